import { type ReactNode, useLayoutEffect, useMemo, useRef } from 'react';
import type { Box } from '../model/drawing.ts';
import { cloudPixels } from '../runtime/texture/clouds.ts';
import { rasterOf } from '../runtime/texture/raster.ts';

export type MistProps = {
	/** `#rrggbb`. */
	readonly rgb: string;
	/** Opacity where it is densest, 0 to 1. */
	readonly alpha: number;
	/** Pixels of a large cloud. */
	readonly scale: number;
	readonly octaves: number;
	readonly seed: number;
	/** 1 % of the shorter side. */
	readonly u: number;
	readonly box: Box;
	readonly seconds: number;
};

/** The runtime's clouds as the opacity of one colour, so that what is behind shows through. */
export const Mist = ({ rgb, alpha, scale, octaves, seed, u, box, seconds }: MistProps): ReactNode => {
	const canvas = useRef<HTMLCanvasElement>(null);
	const { width, height } = box;
	const raster = useMemo(() => rasterOf({ width, height }, Math.min(0.6 * u, scale / 8)), [width, height, u, scale]);
	useLayoutEffect(() => {
		const clouds = cloudPixels({ type: 'noise', colors: ['#000000', '#ffffff'], scale, octaves, seed, u }, raster, seconds);
		const context = canvas.current!.getContext('2d');
		if (context === null) throw new Error('the browser gives no 2D canvas');
		context.putImageData(new ImageData(tinted(clouds, rgb, alpha), raster.columns, raster.rows), 0, 0);
	}, [rgb, alpha, scale, octaves, seed, u, raster, seconds]);
	const size = { width: raster.columns * raster.cell, height: raster.rows * raster.cell };
	return (
		<canvas ref={canvas} width={raster.columns} height={raster.rows} style={{ position: 'absolute', left: box.x, top: box.y, ...size }} />
	);
};

/** One colour; its opacity is how light a grey picture is. */
export const tinted = (grey: Uint8ClampedArray, rgb: string, alpha: number): Uint8ClampedArray<ArrayBuffer> => {
	const channels = [1, 3, 5].map((at) => Number.parseInt(rgb.slice(at, at + 2), 16));
	const pixels = new Uint8ClampedArray(grey.length);
	for (let at = 0; at < grey.length; at += 4) {
		pixels.set(channels, at);
		pixels[at + 3] = Math.round(grey[at]! * alpha);
	}
	return pixels;
};
