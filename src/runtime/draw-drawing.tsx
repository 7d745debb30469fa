import type { ReactNode } from 'react';
import type { Drawing } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import { unreachable } from '../model/unreachable.ts';
import { DrawComponent } from './draw-component.tsx';
import { DrawFrames } from './draw-frames.tsx';
import { DrawGrain } from './draw-grain.tsx';
import { DrawIcon } from './draw-icon.tsx';
import { DrawImage } from './draw-image.tsx';
import { DrawNumber } from './draw-number.tsx';
import { DrawPath } from './draw-path.tsx';
import { DrawShape } from './draw-shape.tsx';
import { DrawText } from './draw-text.tsx';
import { DrawTexture } from './draw-texture.tsx';
import { styleAt } from './tracks.ts';

/** What a drawing may read besides itself. `frame` counts from the segment's first. */
export type Scope = { readonly frame: number; readonly fonts: readonly FontFile[] };

/** Drawings back to front, on an element whose origin is the canvas's. */
export const DrawDrawings = ({ drawings, scope }: { readonly drawings: readonly Drawing[]; readonly scope: Scope }): ReactNode =>
	// biome-ignore lint/suspicious/noArrayIndexKey: the drawings of a segment never change places
	drawings.map((drawing, index) => <DrawDrawing key={index} drawing={drawing} scope={scope} />);

type Part = { readonly drawing: Drawing; readonly scope: Scope };

/** The wrapper has no size: its coordinates are the canvas's, in which tracks and clips are written. */
const DrawDrawing = ({ drawing, scope }: Part): ReactNode => (
	<div style={{ position: 'absolute', left: 0, top: 0, ...styleAt(drawing, scope.frame) }}>
		<Ink drawing={drawing} scope={scope} />
	</div>
);

const Ink = ({ drawing, scope }: Part): ReactNode => {
	switch (drawing.type) {
		case 'group':
			return <DrawDrawings drawings={drawing.children} scope={scope} />;
		case 'text':
			return <DrawText drawing={drawing} fonts={scope.fonts} />;
		case 'number':
			return <DrawNumber drawing={drawing} scope={scope} />;
		case 'path':
			return <DrawPath drawing={drawing} frame={scope.frame} />;
		case 'rectangle':
		case 'ellipse':
			return <DrawShape drawing={drawing} />;
		case 'icon':
			return <DrawIcon drawing={drawing} />;
		case 'image':
			return <DrawImage drawing={drawing} frame={scope.frame} />;
		case 'frames':
			return <DrawFrames drawing={drawing} frame={scope.frame} />;
		case 'texture':
			return <DrawTexture drawing={drawing} frame={scope.frame} />;
		case 'component':
			return <DrawComponent drawing={drawing} frame={scope.frame} fonts={scope.fonts} />;
		case 'grain':
			return <DrawGrain drawing={drawing} />;
		default:
			return unreachable(drawing);
	}
};
