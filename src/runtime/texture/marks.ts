import { createNoise2D } from 'simplex-noise';
import type { Box } from '../../model/drawing.ts';
import type { Texture } from '../../model/texture.ts';
import { randomFrom } from '../noise.ts';

type Pattern = Extract<Texture, { type: 'pattern' }>;

/** Path data in canvas pixels. Marks of one strength are one path; `stroke` is the width of its line, null for filled ones. */
export type Marks = { readonly data: string; readonly stroke: number | null; readonly opacity: number };

/** Shares of the distance between marks. */
const DOT = { least: 0.035, most: 0.17 } as const;
const HAIRLINE = 0.028;
const BAND = 0.09;
/** Distances over which the strength of marks swells and ebbs. */
const SWELL = 7;

export const marksOf = (pattern: Pattern, box: Box): readonly Marks[] => {
	switch (pattern.motif) {
		case 'dots':
			return dots(pattern, box);
		case 'grid':
			return grid(pattern, box);
		case 'lines':
			return lines(pattern, box);
		case 'waves':
			return waves(pattern, box);
	}
};

/** Marks a whole number of steps apart, the same distance from both edges. */
const ticks = (start: number, length: number, step: number): readonly number[] => {
	const count = Math.floor(length / step);
	return Array.from({ length: count + 1 }, (_, index) => start + (length - count * step) / 2 + index * step);
};

/** Dots on a grid whose size follows a slow field: a halftone of nothing. */
const dots = ({ scale, seed, opacity }: Pattern, box: Box): readonly Marks[] => {
	const field = createNoise2D(randomFrom(seed));
	const data = ticks(box.y, box.height, scale).flatMap((y) =>
		ticks(box.x, box.width, scale).map((x) => {
			const share = (1 + field(x / (SWELL * scale), y / (SWELL * scale))) / 2;
			const radius = round(scale * (DOT.least + (DOT.most - DOT.least) * share * share));
			return `M${round(x - radius)} ${round(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
		}),
	);
	return [{ data: data.join(''), stroke: null, opacity }];
};

/** Share of a grid's cells that are tinted. */
const TINTED = 0.03;

const grid = ({ scale, seed, opacity }: Pattern, box: Box): readonly Marks[] => {
	const random = randomFrom(seed);
	const [columns, rows] = [ticks(box.x, box.width, scale), ticks(box.y, box.height, scale)];
	const across = rows.map((y) => `M${box.x} ${round(y)}h${box.width}`);
	const down = columns.map((x) => `M${round(x)} ${box.y}v${box.height}`);
	const cells = rows.flatMap((y) => columns.map((x) => (random() < TINTED ? `M${round(x)} ${round(y)}h${scale}v${scale}h${-scale}z` : '')));
	return [
		{ data: cells.join(''), stroke: null, opacity: round(opacity * 0.34) },
		{ data: [...across, ...down].join(''), stroke: lineWidth(scale), opacity: round(opacity * 0.55) },
	];
};

/** Slanted bands; the seed decides on the slant. */
const lines = ({ scale, seed, opacity }: Pattern, box: Box): readonly Marks[] => {
	const slant = (randomFrom(seed)() < 0.5 ? -1 : 1) * box.height;
	const step = scale * Math.SQRT2;
	const from = box.x - Math.max(0, slant) - step;
	const starts = ticks(from, box.width + Math.abs(slant) + 2 * step, step);
	const data = starts.map(
		(x) => `M${round(x)} ${round(box.y - scale)}l${round(slant + 2 * Math.sign(slant) * scale)} ${box.height + 2 * scale}`,
	);
	return [{ data: data.join(''), stroke: round(scale * BAND), opacity: round(opacity * 0.8) }];
};

/** Height of a wave, and its length, in distances. */
const WAVE = { height: 0.85, length: 9 } as const;

const waves = ({ scale, seed, opacity }: Pattern, box: Box): readonly Marks[] => {
	const random = randomFrom(seed);
	const field = createNoise2D(random);
	const phase = 2 * Math.PI * random();
	const step = scale / 2;
	const points = Array.from({ length: Math.ceil(box.width / step) + 3 }, (_, index) => box.x + (index - 1) * step);
	const height = (x: number, row: number): number =>
		scale *
		WAVE.height *
		(Math.sin(phase + (2 * Math.PI * x) / (WAVE.length * scale) + row * 0.16) + 0.9 * field(x / (WAVE.length * 2 * scale), row * 0.07));
	const data = ticks(box.y - 2 * scale, box.height + 4 * scale, scale).map((y, row) => curve(points.map((x) => [x, y + height(x, row)])));
	return [{ data: data.join(''), stroke: lineWidth(scale) * 1.4, opacity: round(opacity * 0.8) }];
};

/** A smooth line through points that are evenly spread in x. */
const curve = (points: readonly (readonly [number, number])[]): string => {
	const at = (index: number): readonly [number, number] => points[Math.min(points.length - 1, Math.max(0, index))]!;
	const parts = points.slice(1).map(([x, y], index) => {
		const [before, from, after] = [at(index - 1), at(index), at(index + 2)];
		const [c1x, c1y] = [from[0] + (x - before[0]) / 6, from[1] + (y - before[1]) / 6];
		const [c2x, c2y] = [x - (after[0] - from[0]) / 6, y - (after[1] - from[1]) / 6];
		return `C${round(c1x)} ${round(c1y)} ${round(c2x)} ${round(c2y)} ${round(x)} ${round(y)}`;
	});
	return `M${round(at(0)[0])} ${round(at(0)[1])}${parts.join('')}`;
};

const lineWidth = (scale: number): number => Math.max(1, round(scale * HAIRLINE));

const round = (value: number): number => Math.round(value * 100) / 100;
