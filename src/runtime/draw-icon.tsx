import { type ReactNode, useMemo } from 'react';
import type { Drawing } from '../model/drawing.ts';
import { place } from './draw-shape.tsx';

type IconDrawing = Extract<Drawing, { type: 'icon' }>;

export const DrawIcon = ({ drawing }: { readonly drawing: IconDrawing }): ReactNode => {
	const { size, box, color, body } = drawing;
	// React compares this object and not the markup in it: a new one would paint the icon again in every frame, and no frame would ever be held.
	const markup = useMemo(() => ({ __html: body }), [body]);
	return (
		<svg
			aria-hidden="true"
			viewBox={`0 0 ${size} ${size}`}
			style={{ ...place(box), color, overflow: 'visible' }}
			// biome-ignore lint/security/noDangerouslySetInnerHtml: the body comes from the icon package, never from a spec or a row
			dangerouslySetInnerHTML={markup}
		/>
	);
};
