import type { AnimatedProperty, Box, Drawing, Track } from './drawing.ts';
import type { SegmentMessage } from './segment-message.ts';

/**
 * A drawing that is no group, with the tracks of the groups around it and its own, outermost first. `reach`: what it may cover at any time in which it moves,
 * its box grown by all that its tracks do.
 */
export type Leaf = {
	readonly drawing: Exclude<Drawing, { type: 'group' }>;
	readonly chain: readonly (readonly Track[])[];
	readonly reach: Box;
};

/** Where a leaf is while nothing moves it: off its place by `x` and `y`, at full size and strength. */
export type Pose = 'hidden' | 'unclear' | { readonly x: number; readonly y: number };

/** The leaves of a message's scenes, in the order in which they are painted. */
export const leavesOf = (message: Pick<SegmentMessage, 'scenes'>): readonly Leaf[] => {
	const leaves: Leaf[] = [];
	const visit = (drawing: Drawing, around: Leaf['chain']): void => {
		const chain = [...around, drawing.tracks];
		if (drawing.type !== 'group') leaves.push({ drawing, chain, reach: reachOf(drawing.box, chain) });
		else for (const child of drawing.children) visit(child, chain);
	};
	for (const { layers } of message.scenes) for (const layer of layers) visit(layer, []);
	return leaves;
};

const AT_REST: readonly (readonly [AnimatedProperty, number])[] = [
	['scale', 1],
	['scaleX', 1],
	['rotate', 0],
	['clip-top', 0],
	['clip-right', 0],
	['clip-bottom', 0],
	['clip-left', 0],
	['draw', 1],
];
/** What nobody sees of a share, a factor or a degree. */
const UNSEEN = 0.01;

/** The pose of a leaf at a frame. `unclear` while a track moves it, and where it is not whole, upright and opaque. */
export const poseAt = ({ chain }: Leaf, frame: number): Pose => {
	const opacities = chain.map((tracks) => settledValue(tracks, 'opacity', 1, frame));
	if (opacities.some((value) => value !== null && value <= 0)) return 'hidden';
	if (opacities.some((value) => value === null || value < 1 - UNSEEN)) return 'unclear';
	let [x, y] = [0, 0];
	for (const tracks of chain) {
		for (const [property, rest] of AT_REST) {
			const value = settledValue(tracks, property, rest, frame);
			if (value === null || Math.abs(value - rest) > UNSEEN) return 'unclear';
		}
		const [right, down] = [settledValue(tracks, 'x', 0, frame), settledValue(tracks, 'y', 0, frame)];
		if (right === null || down === null) return 'unclear';
		x += right;
		y += down;
	}
	return { x, y };
};

/** The value of a property at a frame, null while a track is under way. The runtime decides in the same way which of several tracks counts. */
const settledValue = (tracks: readonly Track[], property: AnimatedProperty, rest: number, frame: number): number | null => {
	let first: Track | undefined;
	let current: Track | undefined;
	for (const track of tracks) {
		if (track.property !== property) continue;
		if (first === undefined || track.start < first.start) first = track;
		if (track.start <= frame && (current === undefined || track.start >= current.start)) current = track;
	}
	if (current === undefined) return first?.from ?? rest;
	if (frame >= current.end || current.from === current.to) return current.to;
	return frame === current.start ? current.from : null;
};

const reachOf = (box: Box, chain: Leaf['chain']): Box => {
	let [x, y] = [0, 0];
	for (const { property, from, to } of chain.flat()) {
		const most = Math.max(Math.abs(from), Math.abs(to));
		if (property === 'x') x += most;
		else if (property === 'y') y += most;
		else if (property === 'rotate') {
			x += box.height;
			y += box.width;
		} else if (property === 'scale' || property === 'scaleX') {
			x += box.width * Math.max(0, most - 1);
			y += box.height * Math.max(0, most - 1);
		}
	}
	return { x: box.x - x, y: box.y - y, width: box.width + 2 * x, height: box.height + 2 * y };
};

/** The share of a box, 0 to 1, that another one covers. */
export const coveredShare = (box: Box, by: Box): number => {
	const width = Math.min(box.x + box.width, by.x + by.width) - Math.max(box.x, by.x);
	const height = Math.min(box.y + box.height, by.y + by.height) - Math.max(box.y, by.y);
	return width <= 0 || height <= 0 ? 0 : (width * height) / (box.width * box.height);
};
