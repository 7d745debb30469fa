import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	ALL_FORMATS,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	FilePathSource,
	FilePathTarget,
	Input,
	Mp4OutputFormat,
	Output,
} from 'mediabunny';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { VideoFacts } from '../../src/model/inputs.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import { readVideoFile } from '../../src/providers/read-video.ts';
import { encodeWave } from '../../src/providers/voice/wave.ts';
import { decodeSound } from '../../src/renderer/decode-sound.ts';
import { type BoundedOrder, recodeVideo } from '../../src/renderer/recode-video.ts';
import { findFfmpeg, probe } from '../support/ffmpeg.ts';
import { eventually, processesWith } from '../support/processes.ts';
import { mono, tone } from '../support/sounds.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { type Color, colorOfFrame, framesOf, makeVideo, middlesOf } from '../support/video.ts';

const Recode = suite('renderer/recode-video');

const ffmpeg = await findFfmpeg();
const directory = temporaryDirectory();
const at = (name: string): string => join(directory, name);
const never = new AbortController().signal;

const run = (...list: readonly string[]): void => {
	const { status, stderr } = spawnSync(ffmpeg.path, ['-v', 'error', '-y', ...list], { env: { ...ffmpeg.environment }, encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
};

const factsOf = async (path: string): Promise<VideoFacts> => {
	const read = await readVideoFile(path, { path, bytes: statSync(path).size });
	if (!read.ok) throw new Error(read.problem.summary);
	return read.value.facts;
};

const orderOf = async (path: string, output = `${path}.new`): Promise<BoundedOrder> => {
	const { width, height, times, end } = await factsOf(path);
	return { path, width, height, times, end, output };
};

const asItIs = (): void => {};
const invert = (rgb: Uint8Array): void => rgb.set(rgb.map((level) => 255 - level));

const recoded = async (path: string, change: (rgb: Uint8Array) => void = asItIs): Promise<string> => {
	const order = await orderOf(path);
	await recodeVideo(ffmpeg, order, change, never);
	return order.output;
};

/** A video of 27 frames whose times are moved, or which is to be turned. */
const rewritten = async (name: string, { rotation = 0, warp = (time: number) => time }): Promise<string> => {
	await makeVideo(ffmpeg, at(`from-${name}`), { frames: 27, fps: 24 });
	const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(at(`from-${name}`)) });
	const track = (await input.getPrimaryVideoTrack())!;
	const output = new Output({ format: new Mp4OutputFormat(), target: new FilePathTarget(at(name)) });
	const source = new EncodedVideoPacketSource('avc');
	output.addVideoTrack(source, { rotation: rotation as 0 | 90 });
	await output.start();
	const decoderConfig = (await track.getDecoderConfig())!;
	for await (const packet of new EncodedPacketSink(track).packets()) {
		const [timestamp, end] = [warp(packet.timestamp), warp(packet.timestamp + packet.duration)];
		await source.add(packet.clone({ timestamp, duration: end - timestamp }), { decoderConfig });
	}
	await output.finalize();
	input.dispose();
	return at(name);
};

const made = async (name: string, sketch: Parameters<typeof makeVideo>[2], codec?: readonly string[]): Promise<string> => {
	await makeVideo(ffmpeg, at(name), sketch, codec);
	return at(name);
};

/** A video of 27 frames with two seconds of sound. */
const heard = async (name: string, codec: string, video?: readonly string[]): Promise<string> => {
	const silent = await made(`silent-${name}`, { frames: 27, fps: 24 }, video);
	writeFileSync(at('tone.wav'), encodeWave(mono(tone(2, 440, 0.5))));
	run('-i', silent, '-i', at('tone.wav'), '-map', '0:v', '-map', '1:a', '-c:v', 'copy', '-c:a', codec, at(name));
	return at(name);
};

const NTSC = 30_000 / 1_001;
const VP9 = ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '20'];

const clips: readonly (readonly [title: string, make: () => Promise<string>])[] = [
	['24 frames a second', () => made('24.mp4', { frames: 30, fps: 24 })],
	['29.97 frames a second', () => made('ntsc.mp4', { frames: 30, fps: NTSC })],
	['times that are not even', () => rewritten('uneven.mp4', { warp: (time) => time + (time * time) / 3 })],
	['a camera that was held upright', () => rewritten('turned.mp4', { rotation: 90 })],
	['times in milliseconds, odd sides', () => made('odd.webm', { frames: 20, fps: NTSC, width: 63, height: 35 }, VP9)],
	['frames in high quality, in QuickTime', () => made('fine.mov', { frames: 10, fps: 25 }, ['-c:v', 'prores_ks'])],
	[
		'frames that an edit hides',
		async () => {
			run('-ss', '0.3', '-i', await heard('whole.mp4', 'aac'), '-c', 'copy', at('edited.mp4'));
			return at('edited.mp4');
		},
	],
	[
		'pictures that begin after the sound',
		async () => {
			run(
				'-itsoffset',
				'0.2',
				'-i',
				await made('late.mp4', { frames: 20, fps: 24 }),
				'-i',
				await heard('early.mp4', 'aac'),
				'-map',
				'0:v',
				'-map',
				'1:a',
				'-c',
				'copy',
				at('begins-late.mp4'),
			);
			return at('begins-late.mp4');
		},
	],
];

for (const [title, make] of clips)
	Recode(`size, number and times of the frames stay: ${title}`, async () => {
		const clip = await make();
		const [before, after] = [await factsOf(clip), await factsOf(await recoded(clip))];
		assert.equal([after.width, after.height], [before.width, before.height]);
		assert.equal(after.times, before.times);
		assert.ok(Math.abs(after.end - before.end) < 0.001, `${after.end} from ${before.end}`);
	});

Recode('every frame is changed, and the one that it was', async () => {
	const clip = await made('colours.mp4', { frames: 27, fps: 24 });
	const seen = middlesOf(ffmpeg, await recoded(clip, invert), { width: 64, height: 36 });
	assert.is(seen.length, 27);
	for (const [index, color] of seen.entries()) {
		const wanted = colorOfFrame(index).map((level) => 255 - level);
		assert.ok(
			color.every((level, channel) => Math.abs(level - wanted[channel]!) < 16),
			`${index}: ${color}, not ${wanted}`,
		);
	}
});

const isNear = (one: Color, other: Color, most: number): boolean =>
	one.every((level, channel) => Math.abs(level - other[channel]!) <= most);

for (const colorFilter of ['zscale', 'swscale'] as const)
	Recode(`what is not changed looks as before, and says what its colours are (${colorFilter})`, async () => {
		const order = await orderOf(await made('same.mp4', { frames: 27, fps: 24 }), at(`${colorFilter}.mp4`));
		await recodeVideo({ ...ffmpeg, colorFilter }, order, asItIs, never);
		const [before, after] = [order.path, order.output].map((file) => middlesOf(ffmpeg, file, { width: 64, height: 36 }));
		for (const [index, color] of before!.entries()) assert.ok(isNear(color, after![index]!, 4), `${index}: ${after![index]} from ${color}`);
		const facts = probe(ffmpeg, order.output);
		assert.equal(
			['codec_name', 'pix_fmt', 'color_space', 'color_primaries', 'color_transfer', 'color_range'].map((name) => facts[name]),
			['h264', 'yuv420p', 'bt709', 'bt709', 'bt709', 'tv'],
		);
	});

Recode('a video that is turned is seen upright', async () => {
	const clip = await rewritten('upright.mp4', { rotation: 90 });
	const marked = await recoded(clip, (rgb) => void rgb.fill(255, 0, 36 * 3 * 32));
	const [first] = framesOf(ffmpeg, marked, { width: 36, height: 64 });
	const [top, bottom] = [first!.subarray(0, 36 * 3 * 24), first!.subarray(36 * 3 * 40)];
	assert.ok(top.every((level) => level > 240) && bottom.every((level) => level < 60));
});

for (const [name, codec, video] of [
	['a.mp4', 'aac', undefined],
	['a.mov', 'pcm_s16le', undefined],
	['b.mkv', 'pcm_s24le', undefined],
	['a.mkv', 'libmp3lame', undefined],
	['a.webm', 'libopus', ['-c:v', 'libvpx']],
] as const)
	Recode(`the sound is copied: ${codec} in ${name}`, async () => {
		const clip = await heard(name, codec, video);
		const after = await recoded(clip);
		const [one, other] = await Promise.all([clip, after].map((path) => decodeSound(ffmpeg, { path, seconds: 5 }, never)));
		assert.is(await soundBytes(after), await soundBytes(clip));
		const [samples, others] = [one!.channels[0]!, other!.channels[0]!];
		// Where the last packet ends inside of itself is another container's own affair.
		assert.ok(Math.abs(samples.length - others.length) < PACKET, `${others.length} samples from ${samples.length}`);
		const lag = Math.min(...LAGS.filter((moved) => isSame(samples, others, moved)).map(Math.abs));
		assert.ok(lag <= 24, `moved by ${lag} samples`);
	});

/** Samples of the longest one. */
const PACKET = 1_152;
/** Less than half of a wave. Matroska writes down when sound begins to half a millisecond. */
const LAGS = Array.from({ length: 97 }, (_, index) => index - 48);

const isSame = (samples: Float32Array, others: Float32Array, moved: number): boolean =>
	samples.subarray(4_800, 48_000).every((level, index) => Math.abs(level - others[4_800 + index + moved]!) < 0.01);

/** Hash of what its packets hold. */
const soundBytes = async (path: string): Promise<string> => {
	run('-i', path, '-map', '0:a', '-c', 'copy', '-f', 'matroska', `${path}.sound.mkv`);
	const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(`${path}.sound.mkv`) });
	const found: Uint8Array[] = [];
	for await (const { data } of new EncodedPacketSink((await input.getPrimaryAudioTrack())!).packets()) found.push(data);
	input.dispose();
	return sha256Hex(Buffer.concat(found));
};

Recode('the same video and change give the same bytes', async () => {
	const clip = await heard('twice.mp4', 'aac');
	const first = readFileSync(await recoded(clip, invert));
	assert.ok(first.equals(readFileSync(await recoded(clip, invert))));
	assert.not.ok(first.equals(readFileSync(await recoded(clip))));
	assert.not.match(first.toString('latin1'), /x264 - core|Lavf\d/);
});

const failureOf = async (order: BoundedOrder, using = ffmpeg): Promise<string> => {
	try {
		await recodeVideo(using, order, asItIs, never);
		return 'none';
	} catch (error) {
		if (error instanceof RenderFailure) return error.failure.class;
		throw error;
	}
};

/** An ffmpeg that is a shell script. */
const fake = (script: string): typeof ffmpeg => {
	const path = join(temporaryDirectory(), 'ffmpeg');
	writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	return { ...ffmpeg, path, environment: { PATH: process.env['PATH'] ?? '' } };
};

Recode('another number of frames than the index has, and no video at all, cannot be decoded', async () => {
	const order = await orderOf(await made('counted.mp4', { frames: 10, fps: 24 }));
	assert.is(await failureOf({ ...order, times: order.times.slice(0, -1) }), 'BUNDLE');
	assert.is(await failureOf({ ...order, times: [...order.times, order.end], end: order.end + 0.04 }), 'BUNDLE');
	writeFileSync(at('text.mp4'), 'text');
	assert.is(await failureOf({ ...order, path: at('text.mp4') }), 'BUNDLE');
});

Recode('frames that cannot be decoded are told, not left out', async () => {
	const order = await orderOf(await made('damaged.mp4', { frames: 10, fps: 24, width: 128, height: 72 }));
	const bytes = readFileSync(order.path);
	const start = bytes.indexOf('mdat') + 4;
	writeFileSync(order.path, bytes.fill(0xff, start, bytes.indexOf('moov') > start ? bytes.indexOf('moov') - 4 : bytes.length));
	assert.is(await failureOf(order), 'BUNDLE');
});

for (const [title, script, failure] of [
	['an encoder that fails', 'case "$*" in *libx264*) exit 1;; *) head -c 69120 /dev/zero;; esac', 'ENCODE'],
	['a disk that is full', 'case "$*" in *libx264*) echo "No space left on device" >&2; exit 1;; *) head -c 69120 /dev/zero;; esac', 'DISK'],
	[
		'an encoder that leaves out frames',
		'case "$*" in *libx264*) cat >/dev/null; echo frame=9;; *) head -c 69120 /dev/zero;; esac',
		'ENCODE',
	],
	[
		'a decoder that fails at the end',
		'case "$*" in *libx264*) cat >/dev/null; echo frame=10;; *) head -c 69120 /dev/zero; exit 1;; esac',
		'BUNDLE',
	],
	['nothing is wrong', 'case "$*" in *libx264*) cat >/dev/null; echo frame=10;; *) head -c 69120 /dev/zero;; esac', 'none'],
] as const)
	Recode(`${title}: ${failure}`, async () => {
		const order = await orderOf(await made('scripted.mp4', { frames: 10, fps: 24 }));
		assert.is(await failureOf(order, fake(script)), failure);
	});

for (const [title, limits] of [
	['silent for too long', { silence: 200, whole: 600_000 }],
	['not done in the time for all of it', { silence: 600_000, whole: 200 }],
] as const)
	Recode(`programs that are ${title} are ended`, async () => {
		const order = await orderOf(await made('hangs.mp4', { frames: 10, fps: 24 }), at(`never-${limits.silence}.mp4`));
		assert.is(await failureOf({ ...order, limits }, fake('exec tail -f /dev/null')), 'FRAME_TIMEOUT');
	});

Recode('an abort ends both programs at once, with its own reason', async () => {
	const order = await orderOf(await made('aborted.mp4', { frames: 27, fps: 24 }));
	const abort = new AbortController();
	let frames = 0;
	const counting = (): void => {
		frames++;
		abort.abort(new Error('enough'));
	};
	const reason = await recodeVideo(ffmpeg, order, counting, abort.signal).catch((error: Error) => error.message);
	assert.is(reason, 'enough');
	assert.ok(frames < 27, `${frames}`);
	await eventually(() => processesWith(order.path).length === 0);
	assert.is(
		await recodeVideo(ffmpeg, { ...order, output: at('nothing.mp4') }, asItIs, abort.signal).catch(({ message }: Error) => message),
		'enough',
	);
	assert.not.ok(existsSync(at('nothing.mp4')));
});

Recode.run();
