import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { progressOf } from '../../src/runtime/draw-segment.tsx';
import { locateSegment } from '../../src/runtime/locate-segment.ts';
import { reelMetadata } from '../../src/runtime/root.tsx';

const Locate = suite('runtime/locate-segment');

const segment = (frames: number): SegmentMessage => ({
	canvas: { width: 160, height: 90, fps: 25 },
	frames,
	scenes: [{ background: { type: 'solid', color: '#000000' }, layers: [] }],
	transition: null,
	fonts: [],
	encoder: { codec: 'h264', preset: 'veryfast', crf: 20, threads: 1, jpegQuality: 80 },
});
const reel = [segment(3), segment(1), segment(2)];

Locate('every frame of a reel is in one segment, and outside there is none', () => {
	const places = [-1, 0, 1, 2, 3, 4, 5, 6].map((frame) => {
		const located = locateSegment(reel, frame);
		return located && [located.index, frame - located.start];
	});
	assert.equal(places, [null, [0, 0], [0, 1], [0, 2], [1, 0], [2, 0], [2, 1], null]);
});

Locate('a reel without segments has no frame', () => assert.is(locateSegment([], 0), null));

Locate('a reel has the canvas of its segments and the sum of their frames', () => {
	assert.equal(reelMetadata({ segments: reel }), { width: 160, height: 90, fps: 25, durationInFrames: 6 });
	assert.equal(reelMetadata({ segments: [] }), {});
});

Locate('a crossfade runs between nothing and all, reaching neither', () => {
	const transition = { type: 'crossfade', frames: 3, easing: 'linear', offset: 0 } as const;
	assert.equal(
		[0, 1, 2].map((frame) => progressOf({ transition }, frame)),
		[0.25, 0.5, 0.75],
	);
});

Locate('a segment that begins inside of a crossfade goes on where it is', () => {
	assert.is(progressOf({ transition: { type: 'crossfade', frames: 3, easing: 'linear', offset: 2 } }, 0), 0.75);
});

Locate.run();
