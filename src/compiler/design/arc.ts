import type { Point } from '../../model/drawing.ts';
import { round2 } from './geometry.ts';

/** The point at a share of a turn, clockwise from the top. */
export const onCircle = (center: Point, radius: number, share: number): Point => {
	const angle = share * 2 * Math.PI - Math.PI / 2;
	return { x: center.x + radius * Math.cos(angle), y: center.y + radius * Math.sin(angle) };
};

/** Path data of a circle's arc, clockwise between two shares of a turn from the top. `from` < `to`, at most a whole turn. */
export const arcPath = (center: Point, radius: number, { from, to }: { readonly from: number; readonly to: number }): string => {
	// No single arc reaches its own start, and none beyond half a turn is unambiguous after rounding.
	const pieces = Math.max(1, Math.ceil((to - from) * 3 - 1e-9));
	const at = (index: number): string => {
		const { x, y } = onCircle(center, radius, from + ((to - from) * index) / pieces);
		return `${round2(x)} ${round2(y)}`;
	};
	const arcs = Array.from({ length: pieces }, (_, index) => `A${round2(radius)} ${round2(radius)} 0 0 1 ${at(index + 1)}`);
	return `M${at(0)}${arcs.join('')}`;
};
