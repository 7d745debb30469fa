import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeSegmenter } from '../../src/compiler/segment.ts';
import { restingFrame, stillOf } from '../../src/compiler/still.ts';
import { canonicalJson } from '../../src/model/canonical-json.ts';
import type { Drawing } from '../../src/model/drawing.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import type { Timeline } from '../../src/model/timeline.ts';
import { FAST_PROFILE, SMALL_CANVAS } from '../support/reel-fixture.ts';
import { noFonts, rectangle, track } from '../support/timelines.ts';

const Still = suite('compiler/still');

const segments = (frames: number, layers: readonly Drawing[], extra: Partial<Timeline> = {}): readonly SegmentMessage[] => {
	const scene = {
		id: 'a',
		start: 0,
		frames,
		background: { type: 'solid', color: '#102030' } as const,
		layers: layers.map((drawing) => ({ drawing, from: 0, until: frames })),
		transition: null,
	};
	return makeSegmenter(FAST_PROFILE, noFonts)({ canvas: SMALL_CANVAS, frames, scenes: [scene], ...extra }).map(({ message }) => message);
};

Still('a still is one frame long and begins in the middle of what moves', () => {
	const messages = segments(60, [rectangle('#ffffff', [track('x', 0, 50, 10, 30)])]);
	const still = stillOf(messages, 20);
	assert.is(still.frames, 1);
	assert.equal(still.scenes[0].layers[0]!.tracks, [{ ...track('x', 0, 50, -10, 10) }]);
});

Still('before and after a movement a still has what it holds', () => {
	const messages = segments(60, [rectangle('#ffffff', [track('x', 0, 50, 10, 30)])]);
	assert.equal(stillOf(messages, 0).scenes[0].layers[0]!.tracks, []);
	assert.equal(
		stillOf(messages, 59).scenes[0].layers[0]!.tracks.map(({ from, to, end }) => [from, to, end]),
		[[50, 50, 0]],
	);
});

Still('frames are counted across the segments of an output', () => {
	const messages = segments(400, [rectangle('#ffffff', [track('x', 0, 50, 200, 220)])]);
	assert.ok(messages.length > 2);
	const moving = stillOf(messages, 210).scenes[0].layers[0]!.tracks[0]!;
	assert.equal([moving.start, moving.end], [-10, 10]);
	assert.is(canonicalJson(stillOf(messages, 300)), canonicalJson(stillOf(messages, 399)));
	assert.throws(() => stillOf(messages, 400), RangeError);
	assert.throws(() => stillOf(messages, -1), RangeError);
});

Still('in a transition a still shows both scenes as far as it has come', () => {
	const base: SegmentMessage = {
		canvas: SMALL_CANVAS,
		frames: 12,
		scenes: [
			{ background: { type: 'solid', color: '#000000' }, layers: [] },
			{ background: { type: 'solid', color: '#ffffff' }, layers: [] },
		],
		transition: { type: 'crossfade', easing: 'linear', frames: 20, offset: 8 },
		fonts: [],
		encoder: FAST_PROFILE,
	};
	const still = stillOf([base], 5);
	assert.is(still.scenes.length, 2);
	assert.is(still.transition?.offset, 13);
	assert.is(still.transition?.frames, 20);
});

Still('the resting frame is in the middle of the longest stretch without movement', () => {
	assert.is(restingFrame(segments(100, [rectangle('#ffffff', [track('x', 0, 50, 0, 20)])])), 59);
	assert.is(restingFrame(segments(100, [rectangle('#ffffff', [track('x', 0, 50, 0, 20), track('x', 50, 0, 90, 100)])])), 54);
	assert.is(restingFrame(segments(100, [rectangle('#ffffff', [track('x', 0, 50, 60, 70)])])), 29);
});

Still('a rest goes on where one segment ends and the next begins', () => {
	assert.is(restingFrame(segments(400, [rectangle('#ffffff', [track('x', 0, 50, 0, 20)])])), 209);
});

Still('an output that never rests is shown in its middle', () => {
	assert.is(restingFrame(segments(100, [rectangle('#ffffff', [track('x', 0, 50, 0, 100)])])), 49);
});

Still.run();
