import type { ReactNode } from 'react';
import { Img } from 'remotion';
import type { Drawing } from '../model/drawing.ts';
import { place } from './draw-shape.tsx';
import { assetUrl } from './load-fonts.ts';

type ImageDrawing = Extract<Drawing, { type: 'image' }>;

/** The frame waits until the picture is decoded. A file that fails once fails again: it is local, so there is no second try. */
export const DrawImage = ({ drawing }: { readonly drawing: ImageDrawing }): ReactNode => (
	<Img
		src={assetUrl(drawing.asset)}
		maxRetries={0}
		style={{ ...place(drawing.box), objectFit: drawing.fit, ...(drawing.radius === 0 ? {} : { borderRadius: drawing.radius }) }}
	/>
);
