import type { ReactNode } from 'react';
import type { Drawing } from '../model/drawing.ts';
import { place } from './draw-shape.tsx';

type IconDrawing = Extract<Drawing, { type: 'icon' }>;

export const DrawIcon = ({ drawing }: { readonly drawing: IconDrawing }): ReactNode => (
	<svg
		aria-hidden="true"
		viewBox={`0 0 ${drawing.size} ${drawing.size}`}
		style={{ ...place(drawing.box), color: drawing.color, overflow: 'visible' }}
		// biome-ignore lint/security/noDangerouslySetInnerHtml: the body comes from the icon package, never from a spec or a row
		dangerouslySetInnerHTML={{ __html: drawing.body }}
	/>
);
