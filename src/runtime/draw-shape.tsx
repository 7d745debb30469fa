import type { CSSProperties, ReactNode } from 'react';
import type { Box, Drawing } from '../model/drawing.ts';
import { paintStyle } from './paint.ts';

type ShapeDrawing = Extract<Drawing, { type: 'rectangle' | 'ellipse' }>;

/** An element that fills `box`. */
export const place = (box: Box): CSSProperties => ({
	position: 'absolute',
	left: box.x,
	top: box.y,
	width: box.width,
	height: box.height,
});

export const DrawShape = ({ drawing }: { readonly drawing: ShapeDrawing }): ReactNode => {
	const radius = drawing.type === 'ellipse' ? '50%' : drawing.radius;
	return (
		<div style={{ ...place(drawing.box), ...paintStyle(drawing.paint, drawing.box), ...(radius === 0 ? {} : { borderRadius: radius }) }} />
	);
};
