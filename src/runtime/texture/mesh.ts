import { createNoise2D } from 'simplex-noise';
import type { Texture } from '../../model/texture.ts';
import { randomFrom } from '../noise.ts';
import { type Oklab, oklabOf, writeOklab } from './oklab.ts';
import type { Raster } from './raster.ts';

type Mesh = Extract<Texture, { type: 'mesh' }>;

/** Fields of colour on the canvas by `complexity`, before the format is taken into account. */
const FIELDS = [4, 6, 9, 13, 18] as const;
/** Reach of a field as a share of the mean distance between fields. */
const REACH = 0.43;
/** How far the fields are bent, as a share of that distance, and over what length. */
const BEND = 0.5;
const BEND_LENGTH = 2.2;
/** Fields are this many times as long as wide, along a slant of 20 to 50 degrees. */
const STRETCH = 1.7;
/** u that a field swings to either side, and seconds of a whole swing: at most 2 pi x 5 / 24 = 1.3 u a second. */
const SWING = 5;
const PERIOD = 24;

type Field = { readonly x: number; readonly y: number; readonly color: Oklab; readonly phase: readonly [number, number] };
type Layout = { readonly fields: readonly Field[]; readonly distance: number; readonly slant: number };

/** The mesh at a moment, in RGBA. `seconds` moves the fields; 0 is where a still one stands. */
export const meshPixels = (mesh: Mesh, raster: Raster, seconds: number): Uint8ClampedArray<ArrayBuffer> => {
	const { fields, distance, slant } = layOut(mesh, raster);
	const [along, across] = [Math.cos(slant), Math.sin(slant)];
	const bend = createNoise2D(randomFrom(mesh.seed ^ 0x51ed270b));
	const swing = SWING * mesh.u;
	const turn = (2 * Math.PI * seconds) / PERIOD;
	const placed = fields.map(({ x, y, color, phase }) => ({
		x: x + swing * (Math.sin(phase[0] + turn) - Math.sin(phase[0])),
		y: y + swing * (Math.sin(phase[1] + turn) - Math.sin(phase[1])),
		color,
	}));
	const fall = -1 / (2 * (REACH * distance) ** 2);
	const [length, amount] = [BEND_LENGTH * distance, BEND * distance];
	const pixels = new Uint8ClampedArray(raster.columns * raster.rows * 4);
	for (let row = 0; row < raster.rows; row++) {
		for (let column = 0; column < raster.columns; column++) {
			const [left, top] = [(column + 0.5) * raster.cell, (row + 0.5) * raster.cell];
			const x = left + amount * bend(left / length, top / length);
			const y = top + amount * bend(left / length + 31.7, top / length - 17.3);
			let [total, lightness, a, b] = [1e-9, 0, 0, 0];
			for (const field of placed) {
				const [right, down] = [x - field.x, y - field.y];
				const [long, wide] = [(right * along + down * across) / STRETCH, right * -across + down * along];
				const weight = Math.exp(fall * (long * long + wide * wide));
				total += weight;
				lightness += weight * field.color[0];
				a += weight * field.color[1];
				b += weight * field.color[2];
			}
			writeOklab(pixels, (row * raster.columns + column) * 4, lightness / total, a / total, b / total);
		}
	}
	return pixels;
};

/** One field in each square of a grid that fits the format, somewhere in it: spread, and not in rows. Neighbours differ in colour. */
const layOut = (mesh: Mesh, { width, height }: Raster): Layout => {
	const random = randomFrom(mesh.seed);
	const wanted = FIELDS[mesh.complexity - 1] ?? FIELDS[2];
	const distance = Math.sqrt((width * height) / wanted);
	const [columns, rows] = [Math.max(2, Math.round(width / distance)), Math.max(2, Math.round(height / distance))];
	const colors = mesh.colors.map(oklabOf);
	const first = Math.floor(random() * colors.length);
	// Coprime to small palettes, so that rows do not repeat the one above.
	const step = colors.length === 2 ? 1 : 2;
	const fields = Array.from({ length: columns * rows }, (_, index): Field => {
		const [column, row] = [index % columns, Math.floor(index / columns)];
		return {
			x: ((column + 0.15 + 0.7 * random()) * width) / columns,
			y: ((row + 0.15 + 0.7 * random()) * height) / rows,
			color: colors[(first + column + row * step) % colors.length]!,
			phase: [2 * Math.PI * random(), 2 * Math.PI * random()],
		};
	});
	return { fields, distance, slant: -(20 + 30 * random()) * (Math.PI / 180) };
};
