import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { movements, rebaseDrawing } from '../../src/compiler/rebase-tracks.ts';
import { videoSteps } from '../../src/compiler/video-steps.ts';
import type { Drawing, VideoStep } from '../../src/model/drawing.ts';
import { box } from '../support/timelines.ts';

const Steps = suite('compiler/video-steps');

const timesAt = (fps: number, count: number, round = 1e6): readonly number[] =>
	Array.from({ length: count }, (_, index) => Math.round((index / fps) * round) / round);

/** The index that each frame shows. */
const spread = (steps: readonly VideoStep[], start: number, end: number): readonly number[] =>
	Array.from({ length: end - start }, (_, at) => steps.findLast(([from]) => from <= start + at)![1]);

Steps('24 frames a second are shown at 30 by the frame that is seen at each time', () => {
	const steps = videoSteps({ times: timesAt(24, 24) }, { from: 0, to: 1, loop: false, fps: 30, start: 0, end: 30 });
	assert.equal(
		spread(steps, 0, 30),
		Array.from({ length: 30 }, (_, frame) => Math.floor((frame * 24) / 30)),
	);
	assert.is(steps.length, 24);
});

Steps('milliseconds that a container has rounded neither repeat a frame nor leave one out', () => {
	for (const fps of [24, 25, 30, 50, 60]) {
		const steps = videoSteps({ times: timesAt(fps, 120, 1e3) }, { from: 0, to: 2, loop: false, fps, start: 0, end: 2 * fps });
		assert.equal(
			spread(steps, 0, 2 * fps),
			Array.from({ length: 2 * fps }, (_, frame) => frame),
			String(fps),
		);
	}
});

Steps('behind the end the last frame of the trim stays, or it begins again', () => {
	const span = { from: 0.25, to: 0.75, fps: 24, start: 6, end: 36 };
	const held = videoSteps({ times: timesAt(24, 24) }, { ...span, loop: false });
	assert.equal(spread(held, 6, 36), [...Array.from({ length: 12 }, (_, i) => 6 + i), ...Array(18).fill(17)]);
	const looped = videoSteps({ times: timesAt(24, 24) }, { ...span, loop: true });
	assert.equal(
		spread(looped, 6, 36),
		Array.from({ length: 30 }, (_, i) => 6 + (i % 12)),
	);
});

const frames = (steps: readonly VideoStep[]): Drawing => ({
	type: 'frames',
	box,
	tracks: [],
	video: { sha256: 'a'.repeat(64), extension: 'mp4' },
	width: 64,
	height: 36,
	steps,
	fit: 'cover',
	radius: 0,
});

Steps('a window has the frames that it shows and no others, and the same stretch reads alike wherever it is', () => {
	const looped = frames(videoSteps({ times: timesAt(24, 24) }, { from: 0, to: 0.5, loop: true, fps: 24, start: 0, end: 48 }));
	const first = rebaseDrawing(looped, { offset: 3, frames: 5 });
	assert.equal(first.type === 'frames' && first.steps, [
		[0, 3],
		[1, 4],
		[2, 5],
		[3, 6],
		[4, 7],
	]);
	assert.equal(rebaseDrawing(looped, { offset: 15, frames: 5 }), first);
	assert.equal(rebaseDrawing(first, { offset: 2, frames: 1 }), frames([[0, 5]]));
});

Steps('a video moves until its last frame stays', () => {
	const held = frames(videoSteps({ times: timesAt(24, 24) }, { from: 0, to: 0.5, loop: false, fps: 24, start: 0, end: 72 }));
	assert.equal(movements(held), [[0, 11]]);
	assert.equal(movements(rebaseDrawing(held, { offset: 20, frames: 30 })), []);
});

Steps.run();
