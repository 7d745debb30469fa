import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AudioExpectation, MediaExpectation } from '../../src/model/media.ts';
import { assemble } from '../../src/renderer/assemble.ts';
import { checkOutput } from '../../src/renderer/check-output.ts';
import { encodeAac } from '../../src/renderer/encode-aac.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readAudioFacts } from '../../src/renderer/read-audio-facts.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { makeSegmentFile } from '../support/segment-files.ts';
import { stereo, tone } from '../support/sounds.ts';

const Acceptance = suite('renderer/acceptance');

const never = new AbortController().signal;
const FRAMES = 20;
const encoder = { preset: 'veryfast' } as const;

type Good = { readonly file: string; readonly expected: MediaExpectation };

/** An output of two segments and a sound, as it is made, and what it has to be. */
const makeGood = async (directory: string): Promise<Good> => {
	const parts = [];
	for (const color of ['#aa0000', '#0000aa']) {
		parts.push({ path: await makeSegmentFile(directory, { color, frames: FRAMES / 2, encoder }), frames: FRAMES / 2 });
	}
	const path = join(directory, 'sound.m4a');
	await encodeAac(await findFfmpeg(), { pcm: stereo(tone(2, 440, 0.3)), bitrate: 192_000, file: path }, never);
	const file = join(directory, 'good.mp4');
	await assemble(nodeFileSystem, { parts, sound: { path, seconds: 2 }, fps: 10, file }, never);
	const { packets } = await readAudioFacts(path);
	const audio: AudioExpectation = {
		...{ sampleRate: 48_000, channels: 2, packets },
		...{ target: -14, limit: -1, loudness: -14, truePeak: -2 },
	};
	return { file, expected: { width: 64, height: 48, fps: 10, frames: FRAMES, joins: [0, FRAMES / 2], audio } };
};

/** Breaks one thing about the file and leaves it at this path. */
type Break = (file: string, broken: string) => Promise<void> | void;

/** Writes the file anew with ffmpeg; what is not named is copied, and the index comes first as it was. */
const rewritten =
	(...options: readonly string[]): Break =>
	async (file, broken) => {
		const ffmpeg = await findFfmpeg();
		const { status, stderr } = spawnSync(
			ffmpeg.path,
			['-v', 'error', '-y', '-i', file, '-map', '0', '-c', 'copy', '-movflags', 'faststart', ...options, broken],
			{ env: { ...ffmpeg.environment } },
		);
		if (status !== 0) throw new Error(String(stderr));
	};

/** Overwrites bytes behind a word of its index. */
const patched =
	(word: string, offset: number, bytes: readonly number[]): Break =>
	(file, broken) => {
		const whole = readFileSync(file);
		const at = whole.indexOf(word, 0, 'latin1');
		if (at === -1) throw new Error(`the file has no ${word}`);
		Buffer.from(bytes).copy(whole, at + offset);
		writeFileSync(broken, whole);
	};

const x264 = (...more: readonly string[]): readonly string[] => ['-c:v', 'libx264', '-g', '10', '-bf', '0', ...more];
const letters = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const rows: readonly (readonly [what: string, change: Break, sentences: readonly RegExp[]])[] = [
	['another container', patched('ftyp', 4, letters('qt  ')), [/container is mov/]],
	['another codec', patched('stsd', 16, letters('hvc1')), [/codec is hvc1, expected h264/]],
	['another frame rate', patched('mdhd', 16, [0, 0, 0x2e, 0xe0]), [/frame rate is |not evenly spaced/]],
	[
		'a profile that few players have',
		rewritten(...x264('-pix_fmt', 'yuv444p')),
		[/profile is High 4:4:4 Predictive/, /pixel format is yuv444p/],
	],
	['another size', rewritten(...x264('-vf', 'scale=96:48')), [/size is 96x48, expected 64x48/]],
	['pixels that are not square', rewritten('-bsf:v', 'h264_metadata=sample_aspect_ratio=4/3'), [/shape of a pixel is 4:3/]],
	['a frame too few', rewritten('-frames:v', String(FRAMES - 1)), [/number of frames is 19, expected 20/]],
	[
		'no key frame at a join',
		rewritten(...x264('-g', '50', '-keyint_min', '50', '-sc_threshold', '0')),
		[/no key frame where a segment begins: frame 10/],
	],
	['other colours in the container', patched('nclx', 4, [0, 6, 0, 6, 0, 6, 0]), [/colour is smpte170m limited, expected bt709 limited/]],
	['no colours in the container', patched('nclx', 0, letters('none')), [/colour is not stated/]],
	['the index behind the media', rewritten('-movflags', '0'), [/index comes after the media/]],
	['no sound', rewritten('-an'), [/there is no sound/]],
	['sound that ends early', rewritten('-c:a', 'aac', '-t:a', '1.7'), [/length of the sound is 1\.\d+ s, expected 2\.000 s/]],
	['sound in mono', rewritten('-c:a', 'aac', '-ac', '1'), [/sound has 1 channel/]],
	['sound at another rate', rewritten('-c:a', 'aac', '-ar', '44100'), [/sound has 44100 Hz/]],
	['another sound', rewritten('-c:a', 'aac', '-b:a', '64k'), [/sound is not the one that was mixed/]],
];
for (const [what, change, sentences] of rows) {
	Acceptance(`a file with ${what} is refused`, () =>
		makeDirectory(async (directory) => {
			const { file, expected } = await makeGood(directory);
			const broken = join(directory, 'broken.mp4');
			await change(file, broken);
			assert.equal(checkOutput(await readMediaFacts(nodeFileSystem, file), expected), [], 'as it was made');
			const problems = checkOutput(await readMediaFacts(nodeFileSystem, broken), expected);
			assert.ok(problems.length > 0, 'nothing was found');
			for (const sentence of sentences) assert.match(problems.join('\n'), sentence);
		}),
	);
}

Acceptance.run();
