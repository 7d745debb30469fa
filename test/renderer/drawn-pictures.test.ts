import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emitEntry } from '../../src/compiler/emit-entry.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { bundleEntry, placeAssets } from '../../src/renderer/bundle.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { createStageSource, DEFAULT_TIME_LIMITS, type FrameSourceOptions } from '../../src/renderer/stage-source.ts';
import { scaledSize } from '../../src/runtime/scaled-picture.tsx';
import { runtimeDirectory } from '../support/dist.ts';
import { testBrowser } from '../support/machine.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { drawAll, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Pictures = suite('renderer/drawn-pictures');

/** A large noisy picture: whatever way it is scaled shows in many pixels. */
const noisyPicture = async (): Promise<Buffer> => {
	const next = seededNumbers(3);
	const data = Buffer.from(Array.from({ length: 2400 * 1600 * 3 }, () => Math.floor(next() * 256)));
	return sharp(data, { raw: { width: 2400, height: 1600, channels: 3 } })
		.jpeg({ quality: 80 })
		.toBuffer();
};

const openOptions = async (picture: Buffer): Promise<{ options: FrameSourceOptions; sha256: string }> => {
	const directory = temporaryDirectory();
	mkdirSync(join(directory, 'profiles'));
	const file = join(directory, 'picture.jpg');
	writeFileSync(file, picture);
	const sha256 = createHash('sha256').update(picture).digest('hex');
	const entry = emitEntry({ specName: 'pictures', campaign: 'pictures' }).text;
	const runtime = { file: join(runtimeDirectory, 'index.js'), hash: 'test' };
	const { directory: bundleDirectory } = await bundleEntry({
		entry,
		runtime,
		componentHashes: [],
		cacheDirectory: join(directory, 'bundles'),
	});
	await placeAssets(bundleDirectory, [{ sha256, extension: 'jpg', path: file }]);
	const options = {
		browser: await testBrowser(),
		bundleDirectory,
		temporaryDirectory: join(directory, 'profiles'),
		environment: process.env,
		sandbox: process.getuid?.() !== 0,
		timeLimits: DEFAULT_TIME_LIMITS,
		notice: () => {},
	};
	return { options, sha256 };
};

/** One file in two places, shrinking slowly: what a cache of scaled copies mixes up. */
const reelOf = (sha256: string): readonly SegmentMessage[] => {
	const image = (x: number, size: number): Drawing => ({
		type: 'image',
		box: { x, y: 30.28, width: size, height: size },
		tracks: [{ property: 'scale', from: 1.03, to: 1, start: 0, end: 10, easing: 'expo.out' }],
		asset: { sha256, extension: 'jpg' },
		fit: 'cover',
		radius: size / 2,
	});
	const segment = (...layers: readonly Drawing[]): SegmentMessage => ({
		canvas: { width: 640, height: 360, fps: 30 },
		frames: 4,
		scenes: [{ background: { type: 'solid', color: '#203040' }, layers }],
		transition: null,
		fonts: [],
		encoder: { codec: 'h264', preset: 'veryfast', crf: 20, threads: 1, jpegQuality: 90 },
	});
	return [segment(image(25.6, 283.6), image(330.8, 283.6)), segment(image(20, 133.3))];
};

Pictures(
	'a scaled picture has the same bytes in every draw of a busy machine, in a reel or alone, from the stage and from Remotion',
	async () => {
		const { options, sha256 } = await openOptions(await noisyPicture());
		const reel = reelOf(sha256);
		const hashes = async (source: ReturnType<typeof createStageSource>, segments = reel): Promise<readonly string[]> =>
			(await withSource(source, (opened) => drawAll(opened, segments))).map(({ hash }) => hash);
		const expected = await hashes(createRemotionSource(options));
		assert.is(new Set(expected).size, 8);
		const burners = [1, 2].map(() => spawn(process.execPath, ['-e', 'for(;;);']));
		try {
			for (let draw = 0; draw < 6; draw++) assert.equal(await hashes(createStageSource(options)), expected, `draw ${draw}`);
			assert.equal(await hashes(createStageSource(options), [reel[1]!]), expected.slice(4));
		} finally {
			for (const burner of burners) burner.kill('SIGKILL');
		}
	},
);

const sizes = [
	['a wide picture that covers a square', { width: 1200, height: 800 }, 'cover', { width: 100, height: 100 }, { width: 150, height: 100 }],
	['a wide picture that fits into a square', { width: 1200, height: 800 }, 'contain', { width: 90, height: 90 }, { width: 90, height: 60 }],
	['a picture is never enlarged', { width: 40, height: 30 }, 'cover', { width: 400, height: 400 }, { width: 40, height: 30 }],
	['a sliver keeps a pixel', { width: 4000, height: 3 }, 'contain', { width: 10, height: 10 }, { width: 10, height: 1 }],
] as const;

for (const [title, picture, fit, target, expected] of sizes)
	Pictures(title, () => assert.equal(scaledSize(picture, fit, target), expected));

Pictures.run();
