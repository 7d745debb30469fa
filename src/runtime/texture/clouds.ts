import { createNoise3D } from 'simplex-noise';
import type { Texture } from '../../model/texture.ts';
import { randomFrom } from '../noise.ts';
import { type Oklab, oklabOf, writeOklab } from './oklab.ts';
import type { Raster } from './raster.ts';

type Clouds = Extract<Texture, { type: 'noise' }>;

/** How much weaker each octave is than the one before: below a half, so that detail stays a breath on the large forms. */
const FADE = 0.32;
/** How far the forms are pulled along by a field of twice their size, in scales: silk and not steam. */
const PULL = 0.55;
/** u a second that the clouds drift, and noise lengths a second in which they change their form. */
const DRIFT = 1.2;
const CHANGE = 0.035;
/** Sums of simplex noise stay near 0; this spreads them over the palette, and the ends are reached softly. */
const SPREAD = 1.25;

/** The clouds at a moment, in RGBA; 0 is where still ones stand. */
export const cloudPixels = (clouds: Clouds, raster: Raster, seconds: number): Uint8ClampedArray<ArrayBuffer> => {
	const noise = createNoise3D(randomFrom(clouds.seed));
	const colors = clouds.colors.map(oklabOf);
	const drift = DRIFT * clouds.u * seconds;
	const depth = CHANGE * seconds;
	const total = (1 - FADE ** clouds.octaves) / (1 - FADE);
	const pixels = new Uint8ClampedArray(raster.columns * raster.rows * 4);
	for (let row = 0; row < raster.rows; row++) {
		for (let column = 0; column < raster.columns; column++) {
			const [left, top] = [((column + 0.5) * raster.cell - drift) / clouds.scale, ((row + 0.5) * raster.cell) / clouds.scale];
			const x = left + PULL * noise(left / 2, top / 2, depth + 40);
			const y = top + PULL * noise(left / 2 + 9.3, top / 2, depth + 80);
			let [sum, weight, frequency] = [0, 1, 1];
			for (let octave = 0; octave < clouds.octaves; octave++) {
				sum += weight * noise(x * frequency + 19.1 * octave, y * frequency - 7.7 * octave, depth * frequency);
				weight *= FADE;
				frequency *= 2;
			}
			const share = smooth(0.5 + (0.5 * SPREAD * sum) / total);
			writeMix(pixels, (row * raster.columns + column) * 4, colors, share);
		}
	}
	return pixels;
};

const smooth = (value: number): number => {
	const share = Math.min(1, Math.max(0, value));
	return share * share * (3 - 2 * share);
};

/** The colour at a share of the way through a palette. */
const writeMix = (pixels: Uint8ClampedArray, offset: number, colors: readonly Oklab[], share: number): void => {
	const place = share * (colors.length - 1);
	const index = Math.min(colors.length - 2, Math.floor(place));
	const [from, to] = [colors[Math.max(0, index)]!, colors[index + 1]!];
	const within = place - index;
	writeOklab(
		pixels,
		offset,
		from[0] + (to[0] - from[0]) * within,
		from[1] + (to[1] - from[1]) * within,
		from[2] + (to[2] - from[2]) * within,
	);
};
