import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Drawing } from '../model/drawing.ts';
import { place } from './draw-shape.tsx';
import { NOISE_TILE, noiseTile } from './noise.ts';

type GrainDrawing = Extract<Drawing, { type: 'grain' }>;

/** A canvas, painted before the first frame: unlike an image it has nothing to load, so no frame can miss it. */
export const DrawGrain = ({ drawing }: { readonly drawing: GrainDrawing }): ReactNode => {
	const canvas = useRef<HTMLCanvasElement>(null);
	const { seed, amount, box } = drawing;
	const { width, height } = box;
	useLayoutEffect(() => paintGrain(canvas.current!, { seed, amount, width, height }), [seed, amount, width, height]);
	return <canvas ref={canvas} width={Math.ceil(width)} height={Math.ceil(height)} style={place(box)} />;
};

type Grain = { readonly seed: number; readonly amount: number; readonly width: number; readonly height: number };

const paintGrain = (canvas: HTMLCanvasElement, { seed, amount, width, height }: Grain): void => {
	const tile = document.createElement('canvas');
	tile.width = NOISE_TILE;
	tile.height = NOISE_TILE;
	contextOf(tile).putImageData(new ImageData(noiseTile(seed, amount), NOISE_TILE, NOISE_TILE), 0, 0);
	const context = contextOf(canvas);
	context.clearRect(0, 0, width, height);
	context.fillStyle = context.createPattern(tile, 'repeat')!;
	context.fillRect(0, 0, canvas.width, canvas.height);
};

export const contextOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('the browser gives no 2D canvas');
	return context;
};
