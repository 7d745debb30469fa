import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { Canvas } from '../../src/model/segment-message.ts';
import type { ColorFilter } from '../../src/renderer/ffmpeg-arguments.ts';
import { openSegmentEncoder, type SegmentEncoder, type SegmentEncoderOptions } from '../../src/renderer/open-segment-encoder.ts';
import type { InstalledFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';
import { testFfmpeg } from '../support/machine.ts';
import { eventually, processesWith } from '../support/processes.ts';
import { FAST_PROFILE, SMALL_CANVAS } from '../support/reel-fixture.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Encoder = suite('renderer/open-segment-encoder');

const ffmpeg = await testFfmpeg();

const picture = (color: string, { width, height }: Canvas = SMALL_CANVAS): Promise<Buffer> =>
	sharp({ create: { width, height, channels: 3, background: color } })
		.jpeg({ quality: 80 })
		.toBuffer();

/** Pictures that all differ. */
const pictures = (count: number): Promise<Buffer[]> =>
	Promise.all(Array.from({ length: count }, (_, index) => picture(`hsl(${(index * 37) % 360}, 70%, 50%)`)));

const options = (changes: Partial<SegmentEncoderOptions> = {}): SegmentEncoderOptions => ({
	ffmpeg,
	message: { canvas: SMALL_CANVAS, encoder: FAST_PROFILE },
	file: join(temporaryDirectory(), 'segment.mp4'),
	...changes,
});

const encode = async (frames: readonly Uint8Array[], changes: Partial<SegmentEncoderOptions> = {}): Promise<string> => {
	const chosen = options(changes);
	const encoder = openSegmentEncoder(chosen);
	for (const frame of frames) await encoder.write(frame);
	await encoder.finish();
	return chosen.file;
};

const packetsOf = async (file: string) => {
	const track = await new Input({ source: new FilePathSource(file), formats: ALL_FORMATS }).getPrimaryVideoTrack();
	const packets = [];
	for await (const packet of new EncodedPacketSink(track!).packets()) packets.push(packet);
	return { packets, track: track! };
};

for (const [fps, count] of [
	[30, 1],
	[30, 2],
	[25, 3],
	[60, 130],
] as const)
	Encoder(`${count} pictures at ${fps} frames a second are ${count} frames at exact times, and the first is a key frame`, async () => {
		const canvas = { ...SMALL_CANVAS, fps };
		const { packets, track } = await packetsOf(await encode(await pictures(count), { message: { canvas, encoder: FAST_PROFILE } }));
		const times = packets.map(({ timestamp }) => timestamp * fps).sort((a, b) => a - b);
		assert.is(packets.length, count);
		assert.ok(times.every((time, index) => Math.abs(time - index) < 1e-6));
		assert.ok(packets.every(({ duration }) => Math.abs(duration * fps - 1) < 1e-6));
		assert.is(packets[0]!.type, 'key');
		assert.is(packets.filter(({ type }) => type === 'key').length, Math.ceil(count / (2 * fps)));
		assert.is(await track.computeDuration(), count / fps);
	});

/** A colour as a player shows it: BT.709, limited range. */
const playerColor = (y: number, u: number, v: number): number[] => {
	const [luma, blue, red] = [(y - 16) / 219, (u - 128) / 224, (v - 128) / 224];
	const channels = [luma + 1.5748 * red, luma - 0.1873 * blue - 0.4681 * red, luma + 1.8556 * blue];
	return channels.map((channel) => Math.round(255 * Math.min(1, Math.max(0, channel))));
};

/** The colour in the middle of the first frame, from the numbers in the stream and not from a converter's idea of them. */
const firstColor = (file: string, { width, height }: Canvas): number[] => {
	const decode = ['-v', 'error', '-i', file, '-frames:v', '1', '-c:v', 'rawvideo', '-pix_fmt', 'yuv420p', '-f', 'image2pipe', 'pipe:1'];
	const { stdout } = spawnSync(ffmpeg.path, decode, { env: { ...ffmpeg.environment } });
	const quarter = (width * height) / 4;
	const [luma, blue, red] = [stdout.subarray(0, 4 * quarter), stdout.subarray(4 * quarter, 5 * quarter), stdout.subarray(5 * quarter)];
	const middle = (width / 2) * (height / 2 / 2) + width / 4;
	return playerColor(luma[(4 * quarter) >> 1]!, blue[Math.floor(middle)]!, red[Math.floor(middle)]!);
};

for (const colorFilter of ['zscale', 'swscale'] as const satisfies readonly ColorFilter[])
	for (const color of ['#6366f1', '#ec4899', '#22c55e', '#facc15', '#ff0000', '#0000ff', '#ffffff', '#808080', '#000000'])
		Encoder(`${color} is seen as ${color} (${colorFilter})`, async () => {
			const canvas = { width: 64, height: 64, fps: 30 };
			const message = { canvas, encoder: { ...FAST_PROFILE, crf: 10 } };
			const file = await encode([await picture(color, canvas)], { message, ffmpeg: { ...ffmpeg, colorFilter } });
			const wanted = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
			const seen = firstColor(file, canvas);
			assert.ok(
				wanted.every((value, index) => Math.abs(value - seen[index]!) <= 3),
				`${wanted} is seen as ${seen}`,
			);
		});

Encoder('the stream says what its colours are', async () => {
	const { track } = await packetsOf(await encode(await pictures(2)));
	assert.equal(await track.getColorSpace(), { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false });
	const config = await track.getDecoderConfig();
	assert.match(config!.codec, 'avc1');
});

Encoder('the same pictures give the same bytes, without a date or a version in them', async () => {
	const frames = await pictures(40);
	const [first, second] = [readFileSync(await encode(frames)), readFileSync(await encode(frames))];
	assert.is(Buffer.compare(first, second), 0);
	assert.not(first.includes('x264 - core'));
	assert.not(first.includes('Lavf'));
	assert.not.match(first.toString('latin1'), /Lavc\d/);
});

type Script = { readonly script: string };

/** An encoder that is a shell script. */
const fake = ({ script }: Script): InstalledFfmpeg => {
	const path = join(temporaryDirectory(), 'fake-ffmpeg');
	writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	return { ...ffmpeg, path };
};

const failureOf = async (work: Promise<unknown>): Promise<RenderFailure> => {
	const error = await work.then(
		() => new Error('it succeeded'),
		(e: unknown) => e,
	);
	if (!(error instanceof RenderFailure)) throw new Error('not a RenderFailure', { cause: error });
	return error;
};

const writeForEver = async (encoder: SegmentEncoder): Promise<never> => {
	const large = Buffer.alloc(200_000);
	for (;;) await encoder.write(large);
};

for (const [title, script, failureClass, message, detail] of [
	['an encoder that fails says why', 'echo "bad option" >&2; exit 1', 'ENCODE', 'exit code 1', 'bad option'],
	[
		'an encoder that dies in the middle is not an EPIPE',
		'head -c 300000 >/dev/null; echo "I fell" >&2; exit 187',
		'ENCODE',
		'exit code 187',
		'I fell',
	],
	['an encoder that closes its input and goes on is ended', 'exec 0<&-; sleep 60', 'ENCODE', 'closed its input', undefined],
	['a full disk is a disk failure', 'echo "a.mp4: No space left on device" >&2; exit 1', 'DISK', 'no room', 'No space left'],
	['an encoder killed by the system says by what', 'kill -9 $$', 'ENCODE', 'SIGKILL', undefined],
] as const)
	Encoder(title, async () => {
		const encoder = openSegmentEncoder(options({ ffmpeg: fake({ script }) }));
		const { failure } = await failureOf(writeForEver(encoder));
		assert.is(failure.class, failureClass);
		assert.match(failure.message, message);
		if (detail !== undefined) assert.match(failure.detail ?? '', detail);
		assert.is(failure.blameless, message === 'SIGKILL' ? true : undefined);
		await encoder.cancel();
	});

Encoder('an encoder that is not there is a failure', async () => {
	const encoder = openSegmentEncoder(options({ ffmpeg: { ...ffmpeg, path: '/nowhere/ffmpeg' } }));
	assert.match((await failureOf(encoder.finish())).message, 'ENOENT');
});

Encoder('exit code 0 proves nothing: frames are counted', async () => {
	const encoder = openSegmentEncoder(options({ ffmpeg: fake({ script: 'cat >/dev/null; echo frame=7; echo frame=1' }) }));
	for (const frame of await pictures(2)) await encoder.write(frame);
	assert.match((await failureOf(encoder.finish())).message, '2 pictures became 1 frames');
});

Encoder('a picture that is damaged fails the segment instead of being left out', async () => {
	const [first, second] = await pictures(2);
	const { failure } = await failureOf(encode([first!, Buffer.from('not a picture'), second!]));
	assert.is(failure.class, 'ENCODE');
});

Encoder('an encoder that hangs is given up on', async () => {
	const encoder = openSegmentEncoder(options({ ffmpeg: fake({ script: 'exec sleep 60' }), stallMs: 300 }));
	const { failure } = await failureOf(writeForEver(encoder));
	assert.match(failure.message, 'did nothing for 300 ms');
	assert.is(failure.blameless, undefined);
	await encoder.cancel();
});

Encoder('an abort ends an encoder that hangs, with the reason of the abort', async () => {
	const abort = new AbortController();
	const chosen = options({ ffmpeg: fake({ script: 'exec sleep 61' }), signal: abort.signal });
	const encoder = openSegmentEncoder(chosen);
	const reason = new Error('enough');
	setTimeout(() => abort.abort(reason), 100);
	assert.is(await writeForEver(encoder).catch((e: unknown) => e), reason);
	await eventually(() => processesWith('sleep 61').length === 0);
});

Encoder('cancelling ends the process and removes the file', async () => {
	const chosen = options();
	writeFileSync(chosen.file, '');
	const encoder = openSegmentEncoder(chosen);
	for (const frame of await pictures(50)) await encoder.write(frame);
	assert.is(processesWith(chosen.file).length, 1);
	await encoder.cancel();
	assert.not(existsSync(chosen.file));
	assert.is(processesWith(chosen.file).length, 0);
	await encoder.cancel();
});

Encoder('memory is bounded: a write waits while the encoder is busy', async () => {
	const encoder = openSegmentEncoder(options({ ffmpeg: fake({ script: 'exec sleep 62' }) }));
	let accepted = 0;
	const writing = (async () => {
		for (;;) {
			await encoder.write(Buffer.alloc(10_000));
			accepted++;
		}
	})().catch(() => {});
	await new Promise((resolve) => setTimeout(resolve, 300));
	assert.ok(accepted < 50, `${accepted} pictures were taken by an encoder that reads none`);
	await encoder.cancel();
	await writing;
});

Encoder.run();
