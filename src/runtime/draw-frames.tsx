import type { ReactNode } from 'react';
import type { Drawing } from '../model/drawing.ts';
import { frameAsset } from '../model/video-frames.ts';
import { DrawImage } from './draw-image.tsx';

type FramesDrawing = Extract<Drawing, { type: 'frames' }>;

type Drawn = { readonly drawing: FramesDrawing /** Counts from the segment's first. */; readonly frame: number };

/** Each frame of the video is an element of its own: none is ever seen with the picture of the one before. */
export const DrawFrames = ({ drawing, frame }: Drawn): ReactNode => {
	const { box, tracks, fit, radius, focus, steps } = drawing;
	const [, index] = steps.findLast(([start]) => start <= frame) ?? steps[0]!;
	const asset = frameAsset(drawing, index);
	return (
		<DrawImage
			key={asset.sha256}
			drawing={{ type: 'image', box, tracks, asset, fit, radius, ...(focus === undefined ? {} : { focus }) }}
			frame={frame}
		/>
	);
};
