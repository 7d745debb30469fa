import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { measureLoudness } from '../../src/audio/mix/loudness.ts';
import type { AudioCue, AudioKey, AudioMessage } from '../../src/model/audio.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import type { Pcm } from '../../src/model/sound.ts';
import { assemble } from '../../src/renderer/assemble.ts';
import { checkOutput } from '../../src/renderer/check-output.ts';
import { decodeSound } from '../../src/renderer/decode-sound.ts';
import { encodeAac } from '../../src/renderer/encode-aac.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { makeMix } from '../../src/renderer/mix.ts';
import type { MixFacts } from '../../src/renderer/mix-job.ts';
import { createSoundCache } from '../../src/renderer/mix-sounds.ts';
import { readAudioFacts } from '../../src/renderer/read-audio-facts.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeDirectory } from '../support/directory.ts';
import { decodingErrors, findFfmpeg } from '../support/ffmpeg.ts';
import { makeAudioMessage, makeCue, music, soundAsset } from '../support/mixes.ts';
import { makeSegmentFile } from '../support/segment-files.ts';
import { floatWav, largestStep, mono, noise, RATE, stereo, tone } from '../support/sounds.ts';
import { makeVideo } from '../support/video.ts';

const Mix = suite('renderer/mix');

const never = new AbortController().signal;
const key = 'a'.repeat(64) as AudioKey;

/** Clicks of a few samples in silence, at these samples. */
const clicks = (samples: number, places: readonly number[]): Pcm => {
	const channel = new Float32Array(samples);
	for (const place of places) channel.set([0.6, 0.8, 0.6], place - 1);
	return stereo(channel);
};

/** The sample with the largest value between two. */
const loudestBetween = ({ channels: [channel = new Float32Array()] }: Pcm, from: number, to: number): number => {
	let best = from;
	for (let index = from; index < Math.min(to, channel.length); index++)
		if (Math.abs(channel[index]!) > Math.abs(channel[best]!)) best = index;
	return best;
};

Mix('what is encoded and muxed is heard at its time to the sample, and is as long as the video', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		for (const frames of [9, 25, 32]) {
			const samples = frames * 4_800;
			const places = [480, Math.round(samples / 2), samples - 700];
			const sound = join(directory, `${frames}.m4a`);
			await encodeAac(ffmpeg, { pcm: clicks(samples, places), bitrate: 192_000, file: sound }, never);
			const path = await makeSegmentFile(directory, { color: '#0000aa', frames });
			const file = join(directory, `${frames}.mp4`);
			await assemble(nodeFileSystem, { parts: [{ path, frames }], sound: { path: sound, seconds: frames / 10 }, fps: 10, file }, never);
			const facts = await readMediaFacts(nodeFileSystem, file);
			assert.equal([facts.frames, facts.fastStart, facts.audio?.codec], [frames, true, 'aac']);
			assert.equal([facts.audio?.sampleRate, facts.audio?.channels], [RATE, 2]);
			assert.ok(Math.abs((facts.audio?.seconds ?? 0) - frames / 10) < 1e-6 * frames, String(facts.audio?.seconds));
			assert.is(facts.audio?.packets, (await readAudioFacts(sound)).packets);
			assert.is(decodingErrors(ffmpeg, file), '');
			const heard = await decodeSound(ffmpeg, { path: file, seconds: 60 }, never);
			// This decoder gives the last packet whole; the container says where the sound ends.
			const extra = (heard.channels[0]?.length ?? 0) - samples;
			assert.ok(extra >= 0 && extra < 1_024, String(extra));
			for (const place of places) {
				const found = loudestBetween(heard, place - 400, place + 400);
				assert.ok(Math.abs(found - place) <= 2, `${found - place} samples off at ${place} of ${samples}`);
			}
		}
	}),
);

Mix('audio and video lie in turns in the file', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const sound = join(directory, 'sound.m4a');
		await encodeAac(ffmpeg, { pcm: stereo(noise(8, 0.3)), bitrate: 192_000, file: sound }, never);
		const path = await makeSegmentFile(directory, { color: '#00aa00', frames: 80 });
		const file = join(directory, 'out.mp4');
		await assemble(nodeFileSystem, { parts: [{ path, frames: 80 }], sound: { path: sound, seconds: 8 }, fps: 10, file }, never);
		const again = join(directory, 'again.mp4');
		await assemble(nodeFileSystem, { parts: [{ path, frames: 80 }], sound: { path: sound, seconds: 8 }, fps: 10, file: again }, never);
		assert.ok((await readFile(file)).equals(await readFile(again)));
		// The sound of the first second comes before the pictures of the last.
		const whole = await readFile(file);
		const packets = await readFile(sound);
		const early = packets.subarray(packets.indexOf('mdat') + 2_000, packets.indexOf('mdat') + 2_040);
		assert.ok(whole.indexOf(early) > 0 && whole.indexOf(early) < whole.length / 2);
	}),
);

Mix('a mix whose file is another than the one that was measured is seen', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const facts = await mixed(directory, makeAudioMessage(2, [makeCue('music', music())]));
		const other = join(directory, 'other.m4a');
		await encodeAac(ffmpeg, { pcm: stereo(tone(2, 200, 0.2)), bitrate: 192_000, file: other }, never);
		const path = await makeSegmentFile(directory, { color: '#aa0000', frames: 20 });
		const expected = { width: 64, height: 48, fps: 10, frames: 20, joins: [0], audio: { ...facts, limit: -1 } };
		for (const [sound, problems] of [
			[join(directory, 'mix.m4a'), []],
			[other, ['the sound is not the one that was mixed']],
		] as const) {
			const file = join(directory, `${problems.length}.mp4`);
			await assemble(nodeFileSystem, { parts: [{ path, frames: 20 }], sound: { path: sound, seconds: 2 }, fps: 10, file }, never);
			assert.equal(checkOutput(await readMediaFacts(nodeFileSystem, file), expected), problems);
		}
	}),
);

/** Mixes into `mix.m4a`. `files` has the paths of assets. */
const mixed = async (directory: string, message: AudioMessage, files: Readonly<Record<string, string>> = {}): Promise<MixFacts> => {
	const tools = { ffmpeg: await findFfmpeg(), cache: createSoundCache(1 << 26), now: () => 0 };
	const sentences = message.cues.map(() => []);
	return makeMix({ key, message, file: join(directory, 'mix.m4a'), files: new Map(Object.entries(files)), sentences }, tools, never);
};

Mix('a mix is measured as it is heard: at its loudness, with every peak under the limit, for loud and sparse sounds', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const harsh = join(directory, 'harsh.wav');
		await writeFile(harsh, floatWav(stereo(noise(3, 0.9), tone(3, 9_000, 0.9))));
		const clip = makeCue('clip', { type: 'clip', asset: soundAsset('b'), from: 0, seconds: 3, loop: true });
		const rows: readonly (readonly [string, AudioMessage])[] = [
			['music', makeAudioMessage(6, [makeCue('music', music(4, 'energetic'))])],
			['noise', makeAudioMessage(3, [clip], { loudness: { integrated: -9, truePeak: -1 } })],
			['mono at a low rate', makeAudioMessage(4, [clip], { channels: 1, bitrate: 64_000 })],
		];
		for (const [name, message] of rows) {
			const facts = await mixed(directory, message, { ['b'.repeat(64)]: harsh });
			const heard = measureLoudness(await decodeSound(ffmpeg, { path: join(directory, 'mix.m4a'), seconds: 60 }, never));
			assert.equal([facts.loudness, facts.truePeak], [heard.integrated, heard.truePeak], name);
			assert.ok(heard.truePeak <= -1, `${name}: ${heard.truePeak} dBTP`);
			assert.ok(Math.abs(heard.integrated - message.loudness.integrated) < 0.5, `${name}: ${heard.integrated} LUFS`);
			assert.is(facts.target, message.loudness.integrated, name);
		}
	}),
);

Mix(
	'noise and clicks, of which AAC leaves something out, are made louder for it, or held to no loudness where the limit forbids that',
	() =>
		makeDirectory(async (directory) => {
			const cue = makeCue('music', { type: 'track', asset: soundAsset('b'), bpm: null });
			const beats = Array.from({ length: 12 }, (_, index) => index * 24_000 + 100);
			const rows: readonly (readonly [name: string, sound: Pcm, channels: 1 | 2])[] = [
				['noise in stereo', stereo(noise(6, 0.9), noise(6, 0.9).reverse()), 2],
				['noise in mono', mono(noise(6, 0.9)), 1],
				['clicks', clicks(6 * RATE, beats), 2],
				['one click', clicks(6 * RATE, [RATE]), 2],
			];
			for (const [name, sound, channels] of rows) {
				const file = join(directory, 'source.wav');
				await writeFile(file, floatWav(sound));
				const message = makeAudioMessage(6, [cue], { channels, bitrate: channels === 1 ? 128_000 : 192_000 });
				const facts = await mixed(directory, message, { ['b'.repeat(64)]: file });
				assert.ok((facts.truePeak ?? 0) <= -1, `${name}: ${facts.truePeak} dBTP`);
				if (facts.target !== null) assert.ok(Math.abs((facts.loudness ?? 0) + 14) < 0.5, `${name}: ${facts.loudness} LUFS`);
				if (name.startsWith('noise')) assert.is(facts.target, -14, name);
			}
		}),
);

Mix('a file of which nothing can be heard fails the mix, and is named with what it has', () =>
	makeDirectory(async (directory) => {
		const high = join(directory, 'high.wav');
		await writeFile(high, floatWav(stereo(tone(3, 21_000, 0.5))));
		const file = { ['b'.repeat(64)]: high };
		const asset = soundAsset('b');
		for (const cues of [
			[makeCue('music', { type: 'track', asset, bpm: null })],
			[makeCue('clip', { type: 'clip', asset, from: 0, seconds: 3, loop: true })],
		])
			assert.match(
				await failureOf(mixed(directory, makeAudioMessage(3, cues), file)),
				/^MIX: .*high.wav has nothing that can be heard: its sound lies above 16 kHz/,
			);
	}),
);

const formats: readonly (readonly [extension: string, codec: readonly string[]])[] = [
	['mp3', ['-c:a', 'libmp3lame']],
	['m4a', ['-c:a', 'aac', '-f', 'mp4']],
	['ogg', ['-c:a', 'libopus']],
	['wav', ['-c:a', 'pcm_s16le']],
];
for (const [extension, codec] of formats) {
	Mix(`sound of ${extension} files is heard`, () =>
		makeDirectory(async (directory) => {
			const file = join(directory, `tone.${extension}`);
			await transcode(join(directory, 'source.wav'), file, codec);
			const pcm = await decodeSound(await findFfmpeg(), { path: file, seconds: 1.5 }, never);
			const [channel = new Float32Array()] = pcm.channels;
			assert.ok(Math.abs(channel.length / pcm.sampleRate - 1.5) < 0.06, String(channel.length));
			const middle = channel.subarray(pcm.sampleRate >> 1, pcm.sampleRate);
			const crossings = middle.reduce((sum, value, index) => sum + Number(value >= 0 && (middle[index - 1] ?? 0) < 0), 0);
			assert.ok(Math.abs(crossings * 2 - 440) <= 4, `${crossings * 2} Hz`);
			assert.ok(largestStep(middle) < 1);
		}),
	);
}

/** Two seconds of 440 Hz at 44.1 kHz in another format. */
const transcode = async (source: string, file: string, codec: readonly string[]): Promise<void> => {
	const { spawnSync } = await import('node:child_process');
	const ffmpeg = await findFfmpeg();
	await writeFile(source, floatWav(mono(tone(2, 440, 0.4, 44_100), 44_100)));
	const { status, stderr } = spawnSync(ffmpeg.path, ['-v', 'error', '-y', '-i', source, ...codec, file], {
		env: { ...ffmpeg.environment },
	});
	if (status !== 0) throw new Error(String(stderr));
};

const failureOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'it worked',
		(error) => (error instanceof RenderFailure ? `${error.failure.class}: ${error.message}` : String(error)),
	);

Mix('a file without sound, a damaged one, one that is gone and an encoder that cannot write are failures that say so', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const silent = join(directory, 'silent.mp4');
		await makeVideo(ffmpeg, silent, { frames: 5, fps: 10 });
		const damaged = join(directory, 'damaged.mp3');
		await writeFile(damaged, 'these are words and no sound at all'.repeat(50));
		const order = (path: string) => decodeSound(ffmpeg, { path, seconds: 1 }, never);
		assert.match(await failureOf(order(silent)), /^MIX: .*silent.mp4 has no sound/);
		assert.match(await failureOf(order(damaged)), /^MIX: the sound of .*damaged.mp3 cannot be decoded/);
		assert.match(await failureOf(order(join(directory, 'gone.wav'))), /^MIX: .*gone.wav cannot be read/);
		const pcm = stereo(tone(1, 440, 0.4));
		assert.match(
			await failureOf(encodeAac(ffmpeg, { pcm, bitrate: 192_000, file: join(directory, 'no/where.m4a') }, never)),
			/^MIX: .*encoded/,
		);
		assert.match(await failureOf(decodeSound(ffmpeg, { path: damaged, seconds: 1 }, AbortSignal.abort())), /AbortError/);
	}),
);

Mix('a sound that another program would read as an address is a file name', () =>
	makeDirectory(async (directory) => {
		const list = join(directory, 'list.m3u8');
		await writeFile(list, '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n');
		assert.match(await failureOf(decodeSound(await findFfmpeg(), { path: list, seconds: 1 }, never)), /^MIX: /);
	}),
);

Mix('the cache keeps what was used last, and makes it once', () => {
	const cache = createSoundCache(3 * 400);
	let made = 0;
	const get = (name: string) => cache.get(name, () => ({ sampleRate: 1, channels: [new Float32Array(100 + 0 * made++)] }));
	for (const name of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) get(name);
	assert.is(made, 5);
});

Mix('a cue of which nothing is left after encoding is found, and files are not left over by the tests', () =>
	makeDirectory(async (directory) => {
		const cues: readonly AudioCue[] = [makeCue('effect', { type: 'effect', name: 'pop', seed: 1 }, { at: 10 })];
		const facts = await mixed(directory, makeAudioMessage(2, cues));
		assert.equal([facts.target, facts.channels, facts.sampleRate], [null, 2, RATE]);
		assert.ok((facts.truePeak ?? 0) < -6);
		assert.equal(await readdir(directory), ['mix.m4a']);
	}),
);

Mix.run();
