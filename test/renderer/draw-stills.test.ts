import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stillOf } from '../../src/compiler/still.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { drawStills } from '../../src/renderer/draw-stills.ts';
import { createStageSource } from '../../src/renderer/stage-source.ts';
import { line, movingBox, sketchSegment } from '../support/reel-fixture.ts';
import { sourceOptions, withSource } from '../support/stage.ts';

const Stills = suite('renderer/draw-stills');

// Bundled once for all tests of this file.
const options = await sourceOptions();

const WIDE = sketchSegment({ frames: 12, color: '#6366f1', layers: [movingBox(0, 11), line('Hi')] });
const TALL = sketchSegment({ frames: 6, color: '#226622', layers: [movingBox(0, 5)], canvas: { width: 90, height: 160, fps: 30 } });

type Options = { readonly frameSource?: 'stage' | 'remotion'; readonly scale?: number; readonly signal?: AbortSignal };

const draw = async (
	messages: readonly SegmentMessage[],
	{ frameSource = 'stage', scale = 1, signal = new AbortController().signal }: Options = {},
) => {
	const pictures: Uint8Array[] = [];
	for await (const { index, png } of drawStills({ messages, scale }, { ...options, frameSource }, signal)) pictures[index] = png;
	return pictures;
};

const pixelsOf = (png: Uint8Array) => sharp(png).removeAlpha().raw().toBuffer();

Stills('a still has the pixels that its frame has in the segment', async () => {
	const frames = [0, 3, 7, 11];
	const stills = await draw(frames.map((frame) => stillOf([WIDE], frame)));
	const whole: Uint8Array[] = [];
	await withSource(createStageSource(options), async (source) => {
		for await (const { picture } of source.draw({ segments: [WIDE], format: 'png' }, new AbortController().signal))
			whole.push(picture.bytes);
	});
	for (const [index, frame] of frames.entries())
		assert.ok((await pixelsOf(stills[index]!)).equals(await pixelsOf(whole[frame]!)), `frame ${frame}`);
	assert.not.ok((await pixelsOf(stills[0]!)).equals(await pixelsOf(stills[1]!)));
});

Stills('both frame sources draw the same still', async () => {
	const messages = [stillOf([WIDE], 5)];
	const [[stage], [remotion]] = [await draw(messages), await draw(messages, { frameSource: 'remotion' })];
	assert.ok((await pixelsOf(stage!)).equals(await pixelsOf(remotion!)));
});

Stills('stills of several canvases come with their numbers, in whole size or smaller', async () => {
	const messages = [stillOf([WIDE], 1), stillOf([TALL], 1), stillOf([WIDE], 2)];
	const sizes = async (scale: number): Promise<readonly string[]> =>
		Promise.all(
			(await draw(messages, { scale })).map(async (png) =>
				sharp(png)
					.metadata()
					.then(({ width, height, format }) => `${format} ${width}x${height}`),
			),
		);
	assert.equal(await sizes(1), ['png 160x90', 'png 90x160', 'png 160x90']);
	assert.equal(await sizes(0.5), ['png 80x45', 'png 45x80', 'png 80x45']);
});

Stills('an interruption ends it', async () => {
	const error = await draw([stillOf([WIDE], 0)], { signal: AbortSignal.abort(new Error('enough')) }).then(
		() => null,
		(reason: Error) => reason.message,
	);
	assert.is(error, 'enough');
});

Stills.run();
