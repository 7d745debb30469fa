import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
	AT_REST,
	type Clip,
	type Direction,
	poseAt,
	type ScenePose,
	type TransitionEffect,
	type TransitionPose,
	wholePixels,
} from '../../src/model/transitions.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const Transitions = suite('model/transitions');

const DIRECTIONS: readonly Direction[] = ['left', 'right', 'up', 'down'];
const EFFECTS: readonly TransitionEffect[] = [
	{ type: 'crossfade' },
	{ type: 'fade', color: '#ffffff' },
	{ type: 'zoom' },
	{ type: 'iris' },
	...DIRECTIONS.flatMap((direction) => (['slide', 'wipe', 'push'] as const).map((type): TransitionEffect => ({ type, direction }))),
];
const nameOf = (effect: TransitionEffect): string => ('direction' in effect ? `${effect.type}-${effect.direction}` : effect.type);

/** Odd sizes on purpose: no share falls on whole pixels by luck. */
const CANVASES = [
	{ width: 1080, height: 1920 },
	{ width: 854, height: 482 },
	{ width: 66, height: 130 },
];

type Size = (typeof CANVASES)[number];

const inClip = (clip: Clip | null, { width, height }: Size, x: number, y: number): boolean => {
	if (clip === null) return true;
	if (clip.shape === 'circle')
		return Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) <= (clip.radius * Math.hypot(width, height)) / 2;
	return (
		x >= wholePixels(clip.left, width) &&
		x < width - wholePixels(clip.right, width) &&
		y >= wholePixels(clip.top, height) &&
		y < height - wholePixels(clip.bottom, height)
	);
};

/** Share of a pixel that a scene covers: its place in whole pixels, as it is drawn. Scaled scenes are larger than the canvas. */
const coverOf = (pose: ScenePose, canvas: Size, x: number, y: number): number => {
	assert.ok(pose.scale >= 1);
	const [left, top] = [wholePixels(pose.x, canvas.width), wholePixels(pose.y, canvas.height)];
	const isOn = x >= left && x < left + canvas.width && y >= top && y < top + canvas.height;
	return isOn && inClip(pose.clip, canvas, x, y) ? pose.opacity : 0;
};

const isWhole = (pose: ScenePose): boolean => JSON.stringify({ ...pose, opacity: 1 }) === JSON.stringify(AT_REST);

/** Whether a scene leaves a mark on the picture anywhere. */
const isSeen = (pose: ScenePose): boolean => {
	const hasMoved = Math.abs(pose.x) >= 1 || Math.abs(pose.y) >= 1;
	const { clip } = pose;
	const isClosed =
		clip !== null && (clip.shape === 'circle' ? clip.radius === 0 : clip.left + clip.right >= 1 || clip.top + clip.bottom >= 1);
	return pose.opacity > 0 && !hasMoved && !isClosed;
};

for (const effect of EFFECTS) {
	const name = nameOf(effect);

	Transitions(`${name}: at 0 there is only the first scene, at 1 only the second`, () => {
		const start = poseAt(effect, 0);
		assert.ok(isWhole(start.first) && start.first.opacity === 1);
		assert.not(isSeen(start.second));
		assert.is(start.wash?.opacity ?? 0, 0);
		const end = poseAt(effect, 1);
		assert.ok(isWhole(end.second) && end.second.opacity === 1, JSON.stringify(end.second));
		assert.is(end.wash?.opacity ?? 0, 0);
	});

	Transitions(`${name}: no pixel is uncovered at any progress`, () => {
		const next = seededNumbers(5);
		for (const canvas of CANVASES) {
			for (let round = 0; round < 120; round++) {
				const pose = poseAt(effect, round < 20 ? round / 19 : next());
				for (let sample = 0; sample < 60; sample++) {
					// Seams lie between any two columns or rows, so edges are tried as often as the middle.
					const x = sample < 20 ? Math.floor(next() * canvas.width) : seamOf(pose, canvas, 'width', sample);
					const y = sample < 40 ? Math.floor(next() * canvas.height) : seamOf(pose, canvas, 'height', sample);
					const covered = Math.max(coverOf(pose.first, canvas, x, y), coverOf(pose.second, canvas, x, y), pose.wash?.opacity ?? 0);
					assert.is(covered, 1, `${x},${y} of ${canvas.width}x${canvas.height}`);
				}
			}
		}
	});

	Transitions(`${name}: never jumps`, () => {
		for (let step = 0; step < 200; step++) {
			const [one, other] = [poseAt(effect, step / 200), poseAt(effect, (step + 1) / 200)];
			for (const key of ['first', 'second'] as const) {
				for (const part of ['x', 'y', 'scale', 'shade'] as const) assert.ok(Math.abs(one[key][part] - other[key][part]) < 0.011);
				// The scenes change places behind the wash, where nobody sees it.
				if (effect.type !== 'fade') assert.ok(Math.abs(one[key].opacity - other[key].opacity) < 0.02);
			}
			assert.ok(Math.abs((one.wash?.opacity ?? 0) - (other.wash?.opacity ?? 0)) < 0.011);
		}
	});
}

const seamOf = (pose: TransitionPose, canvas: Size, side: 'width' | 'height', sample: number): number => {
	const length = canvas[side];
	const offset = wholePixels(side === 'width' ? pose.second.x : pose.second.y, length);
	const seam = (((offset + (sample % 3) - 1) % length) + length) % length;
	return seam;
};

Transitions('what is pushed and what pushes meet to the pixel', () => {
	for (const width of [1080, 854, 66, 3840])
		for (let step = 0; step <= 5000; step++) {
			const { first, second } = poseAt({ type: 'push', direction: 'left' }, step / 5000);
			assert.is(wholePixels(first.x, width) + width, wholePixels(second.x, width), `${step} of ${width}`);
		}
});

Transitions('left means that the next scene comes from the right', () => {
	const table: readonly (readonly [Direction, number, number])[] = [
		['left', 0.75, 0],
		['right', -0.75, 0],
		['up', 0, 0.75],
		['down', 0, -0.75],
	];
	for (const [direction, x, y] of table) {
		const { second } = poseAt({ type: 'slide', direction }, 0.25);
		assert.equal([second.x, second.y], [x, y]);
	}
});

Transitions('a fade hides the change of scenes behind its colour', () => {
	const middle = poseAt({ type: 'fade', color: '#102030' }, 0.5);
	assert.equal(middle.wash, { color: '#102030', opacity: 1 });
	assert.is(poseAt({ type: 'fade', color: '#102030' }, 0.499).second.opacity, 0);
	assert.is(middle.second.opacity, 1);
});

Transitions.run();
