import type { CSSProperties } from 'react';
import type { Paint, Point } from '../model/drawing.ts';
import { unreachable } from '../model/unreachable.ts';

/** A paint as a style, for an element whose upper left corner is at `origin` on the canvas. */
export const paintStyle = (paint: Paint, origin: Point): CSSProperties => {
	switch (paint.type) {
		case 'solid':
			return { backgroundColor: paint.color };
		case 'linear':
			return { backgroundImage: `linear-gradient(${paint.angle}deg in oklab, ${paint.colors.join(', ')})` };
		case 'radial': {
			const at = `${paint.center.x - origin.x}px ${paint.center.y - origin.y}px`;
			return { backgroundImage: `radial-gradient(circle ${paint.radius}px at ${at} in oklab, ${paint.colors.join(', ')})` };
		}
		default:
			return unreachable(paint);
	}
};
