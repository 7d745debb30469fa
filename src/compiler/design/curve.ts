import type { Point } from '../../model/drawing.ts';
import { round2 } from './geometry.ts';

/**
 * Path data of a smooth line through points that go from left to right. It never rises above or falls below the values that it joins
 * (monotone cubic, Fritsch and Carlson): a curve that overshoots shows values that nobody measured.
 */
export const curvePath = (points: readonly Point[]): string => {
	const at = ({ x, y }: Point): string => `${round2(x)} ${round2(y)}`;
	const [first] = points;
	if (first === undefined) return '';
	const slopes = points.slice(1).map((point, index) => (point.y - points[index]!.y) / (point.x - points[index]!.x));
	const tangents = points.map((_, index) => tangentAt(slopes, index));
	const pieces = points.slice(1).map((end, index) => {
		const begin = points[index]!;
		const third = (end.x - begin.x) / 3;
		const leaving = { x: begin.x + third, y: begin.y + third * tangents[index]! };
		const arriving = { x: end.x - third, y: end.y - third * tangents[index + 1]! };
		return `C${at(leaving)} ${at(arriving)} ${at(end)}`;
	});
	return `M${at(first)}${pieces.join('')}`;
};

/** Flat where the line turns; the harmonic mean of both sides elsewhere. */
const tangentAt = (slopes: readonly number[], index: number): number => {
	const [before, after] = [slopes[index - 1], slopes[index]];
	if (before === undefined || after === undefined) return before ?? after ?? 0;
	return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
};

/** Path data of straight lines through points. */
export const polylinePath = (points: readonly Point[]): string =>
	points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round2(x)} ${round2(y)}`).join('');
