import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing } from '../../src/model/drawing.ts';
import type { FontFile } from '../../src/model/segment-message.ts';
import { placeAssets } from '../../src/renderer/bundle.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { createStageSource } from '../../src/renderer/stage-source.ts';
import { line, movingBox, sketchSegment } from '../support/reel-fixture.ts';
import { drawAll, sourceOptions, withSource } from '../support/stage.ts';

const Sources = suite('renderer/frame-sources');

// Bundled once for all tests of this file.
const options = await sourceOptions();

const sha256 = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const fontFile = 'node_modules/@fontsource/inter/files/inter-latin-400-normal.woff2';

const font: FontFile = {
	family: 'Inter',
	weight: 400,
	italic: false,
	unicodeRange: 'U+0-10FFFF',
	asset: { sha256: sha256(readFileSync(fontFile)), extension: 'woff2' },
};

/** A photograph-like image, so that decoding takes its time. */
const makeImage = async (): Promise<Drawing> => {
	const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
	const path = join(options.temporaryDirectory, 'image.png');
	const content = await sharp({ create: { width: 1_200, height: 900, channels: 3, background: '#000', noise } })
		.png()
		.toBuffer();
	await sharp(content).toFile(path);
	const asset = { sha256: sha256(readFileSync(path)), extension: 'png' };
	await placeAssets(options.bundleDirectory, [{ ...asset, path }]);
	return { type: 'image', box: { x: 80, y: 0, width: 80, height: 90 }, tracks: [], asset, fit: 'cover', radius: 0 };
};

const makeReel = async () => {
	await placeAssets(options.bundleDirectory, [{ ...font.asset, path: fontFile }]);
	const image = await makeImage();
	return [
		sketchSegment({ frames: 8, color: '#6366f1', layers: [movingBox(2, 5), line('Hello', 0, 'Inter')], fonts: [font] }),
		sketchSegment({ frames: 1, color: '#22c55e' }),
		sketchSegment({ frames: 6, color: '#22c55e', layers: [image, movingBox(-1, 3)] }),
		sketchSegment({ frames: 3, color: '#22c55e', layers: [line('late')] }),
		sketchSegment({ frames: 3, color: '#22c55e', layers: [line('late')] }),
		sketchSegment({ frames: 4, color: '#6366f1', layers: [movingBox(2, 5), line('Hello', 0, 'Inter')], fonts: [font] }),
	];
};

Sources('the stage draws the bytes that Remotion draws, moving, resting, and after fonts and images have loaded', async () => {
	const reel = await makeReel();
	const staged = await withSource(createStageSource(options), (source) => drawAll(source, reel));
	const expected = await withSource(createRemotionSource(options), (source) => drawAll(source, reel));
	assert.equal(
		staged.map(({ at, hash }) => `${at} ${hash}`),
		expected.map(({ at, hash }) => `${at} ${hash}`),
	);
	assert.ok(new Set(staged.map(({ hash }) => hash)).size >= 10, 'the pictures differ among themselves');
	assert.not(expected.some(({ held }) => held));
	assert.equal(
		staged.filter(({ held }) => held).map(({ at }) => at),
		['0:1', '0:2', '0:6', '0:7', '2:4', '2:5', '3:1', '3:2', '4:1', '4:2', '5:1', '5:2'],
	);
});

Sources('a segment alone is the same as inside a reel, in whatever order, from a browser that has drawn others', async () => {
	const reel = await makeReel();
	await withSource(createStageSource(options), async (source) => {
		const together = await drawAll(source, reel);
		const backwards = await drawAll(source, reel.toReversed());
		for (const [index, segment] of reel.entries()) {
			const alone = (await drawAll(source, [segment])).map(({ hash }) => hash);
			const pick = (frames: typeof together, at: number) => frames.filter((frame) => frame.at.startsWith(`${at}:`)).map(({ hash }) => hash);
			assert.equal(pick(together, index), alone);
			assert.equal(pick(backwards, reel.length - 1 - index), alone);
		}
	});
});

Sources('a frame is drawn when it is asked for, and not before', async () => {
	for (const source of [createStageSource(options), createRemotionSource(options)])
		await withSource(source, async () => {
			// The third frame never ends: it must not keep the first two back.
			const segments = [sketchSegment({ frames: 3, color: '#000000', layers: [line('spin', 2)] })];
			const frames = source.draw({ segments }, new AbortController().signal)[Symbol.asyncIterator]();
			for (const expected of [0, 1]) assert.is((await frames.next()).value?.frame, expected);
			await frames.return?.();
		});
});

Sources.run();
