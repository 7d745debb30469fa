import type { Box } from '../../model/drawing.ts';
import { round2 } from './geometry.ts';

/** Path data of a bar whose corners are round at one side, the end that its value reaches. */
export const barPath = ({ x, y, width, height }: Box, radius: number, end: 'top' | 'bottom' | 'right'): string => {
	const [right, bottom] = [round2(x + width), round2(y + height)];
	const r = round2(Math.max(0, radius));
	const arc = (dx: number, dy: number): string => (r === 0 ? '' : `a${r} ${r} 0 0 1 ${dx} ${dy}`);
	const from = (point: number, by: number): number => round2(point + by);
	switch (end) {
		case 'top':
			return `M${x} ${bottom}V${from(y, r)}${arc(r, -r)}H${from(right, -r)}${arc(r, r)}V${bottom}Z`;
		case 'bottom':
			return `M${x} ${y}H${right}V${from(bottom, -r)}${arc(-r, r)}H${from(x, r)}${arc(-r, -r)}Z`;
		case 'right':
			return `M${x} ${y}H${from(right, -r)}${arc(r, r)}V${from(bottom, -r)}${arc(-r, r)}H${x}Z`;
	}
};
