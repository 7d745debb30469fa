import type { ReactNode } from 'react';
import type { Drawing, Stroke } from '../model/drawing.ts';
import { valueAt } from './tracks.ts';

type PathDrawing = Extract<Drawing, { type: 'path' }>;

/** An element without a size of its own, whose coordinates are the canvas's. */
export const DrawPath = ({ drawing, frame }: { readonly drawing: PathDrawing; readonly frame: number }): ReactNode => {
	const drawn = Math.min(1, Math.max(0, Math.round(valueAt(drawing.tracks, 'draw', frame) * 1e5) / 1e5));
	return (
		<svg aria-hidden="true" width={1} height={1} style={{ position: 'absolute', left: 0, top: 0, overflow: 'visible' }}>
			<path d={drawing.data} fill={drawing.fill ?? 'none'} {...strokeOf(drawing.stroke, drawn)} />
		</svg>
	);
};

/** Nothing of a stroke is nothing: a round end of length 0 would be a dot. */
const strokeOf = (stroke: Stroke | null, drawn: number) => {
	if (stroke === null || drawn === 0) return {};
	const { color, width, cap } = stroke;
	const dash = drawn === 1 ? {} : { pathLength: 1, strokeDasharray: `${drawn} 2` };
	return {
		stroke: color,
		strokeWidth: width,
		strokeLinecap: cap,
		strokeLinejoin: cap === 'round' ? ('round' as const) : ('miter' as const),
		...dash,
	};
};
