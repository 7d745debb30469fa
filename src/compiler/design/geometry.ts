import type { Box } from '../../model/drawing.ts';

/** Two decimals: positions are part of segment keys, and must not carry the noise of floating point. */
export const round2 = (value: number): number => Math.round(value * 100) / 100 + 0;

export const roundBox = ({ x, y, width, height }: Box): Box => ({
	x: round2(x),
	y: round2(y),
	width: round2(width),
	height: round2(height),
});

export const bottomOf = (box: Box): number => box.y + box.height;
export const rightOf = (box: Box): number => box.x + box.width;

/** The smallest box around all; null for none. */
export const unionOf = (boxes: readonly Box[]): Box | null => {
	if (boxes.length === 0) return null;
	const x = Math.min(...boxes.map((box) => box.x));
	const y = Math.min(...boxes.map((box) => box.y));
	return { x, y, width: Math.max(...boxes.map(rightOf)) - x, height: Math.max(...boxes.map(bottomOf)) - y };
};

export const growBox = (box: Box, by: number): Box => ({
	x: box.x - by,
	y: box.y - by,
	width: box.width + 2 * by,
	height: box.height + 2 * by,
});

/** Boxes that only touch do not overlap. */
export const overlap = (one: Box, other: Box): boolean =>
	one.x < rightOf(other) && other.x < rightOf(one) && one.y < bottomOf(other) && other.y < bottomOf(one);
