import { converter, convertOklabToRgb } from 'culori';
import { createNoise2D } from 'simplex-noise';
import { canonicalJson } from '../../model/canonical-json.ts';
import { sha256Hex } from '../../model/keys.ts';
import type { AssetHit, AssetQuery } from '../../ports/asset-provider.ts';
import { colorsFor } from './prompt-colors.ts';

/** Longer side of the picture, and of the grid that it is computed on. */
const LONGEST_SIDE = 3840;
const GRID = 288;
const USUAL = { width: 1920, height: 1080 };
/** Steps of a channel that the grain moves a pixel, so that soft gradients show no bands. */
const GRAIN = 1.5;
/** Share of the colours' own chroma that a mix of them keeps at least. */
const LEAST_CHROMA = 0.75;
/** Prompts whose words are soft and without places get clouds instead of fields of colour. */
const CLOUDY = /\b(cloud|clouds|fog|mist|smoke|haze|nebula|storm|dust|steam|marble|paint|ink)\b/i;

/** A stand-in for a picture from words: soft fields or clouds in the colours that the words bring to mind. The same query is the same picture. */
export const textureHit = (query: AssetQuery): AssetHit => ({
	id: idOf(query),
	page: null,
	...sizeOf(query),
	seconds: null,
	color: colorsFor(wordsOf(query))[1] ?? null,
	title: `stand-in in the colours of "${query.text.slice(0, 60)}"`,
	license: 'generated',
	attribution: null,
	cost: 0,
});

const idOf = ({ text, style, color, seed, width, height }: AssetQuery): string =>
	`texture-${sha256Hex(canonicalJson({ text, style, color, seed, width, height })).slice(0, 12)}`;

const wordsOf = ({ text, style, color }: AssetQuery): string => [color, text, style].filter(Boolean).join(' ');

const sizeOf = ({ width, height }: AssetQuery): { readonly width: number; readonly height: number } => {
	if (width <= 0 || height <= 0) return USUAL;
	const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
	return { width: Math.max(16, Math.round(width * scale)), height: Math.max(16, Math.round(height * scale)) };
};

/** The picture as a JPEG. */
export const paintTexture = async (query: AssetQuery): Promise<Uint8Array> => {
	const { default: sharp } = await import('sharp');
	const { width, height } = sizeOf(query);
	const scale = GRID / Math.max(width, height);
	const [columns, rows] = [Math.max(2, Math.round(width * scale)), Math.max(2, Math.round(height * scale))];
	const random = randomFrom(seedOf(query));
	const grid = CLOUDY.test(query.text)
		? clouds(colorsFor(wordsOf(query)), { columns, rows }, random)
		: fields(colorsFor(wordsOf(query)), { columns, rows }, random);
	const smooth = await sharp(grid, { raw: { width: columns, height: rows, channels: 3 } })
		.resize(width, height, { fit: 'fill', kernel: 'cubic' })
		.raw({ depth: 'uchar' })
		.toBuffer();
	addGrain(smooth, seedOf(query));
	return sharp(smooth, { raw: { width, height, channels: 3 } })
		.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
		.toBuffer();
};

const seedOf = (query: AssetQuery): number => (query.seed ?? 0) ^ Number.parseInt(sha256Hex(wordsOf(query)).slice(0, 8), 16);

/** Numbers in [0, 1) that a seed decides. */
const randomFrom = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
};

type Lab = { readonly l: number; readonly a: number; readonly b: number };
type Grid = { readonly columns: number; readonly rows: number };

const toOklab = converter('oklab');
const labsOf = (colors: readonly string[]): readonly Lab[] => colors.map((hex) => toOklab(hex) ?? { l: 0.5, a: 0, b: 0 });

/** Colour by colour of the grid. */
const paint = ({ columns, rows }: Grid, colorAt: (x: number, y: number) => Lab): Buffer => {
	const pixels = Buffer.alloc(columns * rows * 3);
	const unit = Math.max(columns, rows);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			const { l, a, b } = colorAt((column + 0.5) / unit, (row + 0.5) / unit);
			const { r, g, b: blue } = convertOklabToRgb({ l, a, b });
			pixels.set(
				[r, g, blue].map((channel) => Math.round(Math.min(1, Math.max(0, channel)) * 255)),
				(row * columns + column) * 3,
			);
		}
	}
	return pixels;
};

const fields = (colors: readonly string[], grid: Grid, random: () => number): Buffer => {
	const bend = createNoise2D(random);
	const unit = Math.max(grid.columns, grid.rows);
	const labs = labsOf(colors);
	const places = Array.from({ length: labs.length + 2 }, (_, at) => ({
		x: (random() * grid.columns) / unit,
		y: (random() * grid.rows) / unit,
		lab: labs[at % labs.length]!,
		reach: 0.1 + 0.12 * random(),
	}));
	return paint(grid, (left, top) => {
		const x = left + 0.12 * bend(left * 1.9, top * 1.9);
		const y = top + 0.12 * bend(left * 1.9 + 31.7, top * 1.9 - 17.3);
		const weighed = places.map((place) => ({
			lab: place.lab,
			weight: Math.exp(-((x - place.x) ** 2 + (y - place.y) ** 2) / (2 * place.reach ** 2)) + 1e-6,
		}));
		return blend(weighed);
	});
};

const blend = (weighed: readonly { readonly lab: Lab; readonly weight: number }[]): Lab => {
	const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
	const mean = (part: keyof Lab): number => weighed.reduce((sum, { lab, weight }) => sum + weight * lab[part], 0) / total;
	const [a, b] = [mean('a'), mean('b')];
	// Opposite colours would meet in grey.
	const chroma = weighed.reduce((sum, { lab, weight }) => sum + weight * Math.hypot(lab.a, lab.b), 0) / total;
	const gain = Math.max(1, (LEAST_CHROMA * chroma) / Math.max(0.02, Math.hypot(a, b)));
	return { l: mean('l'), a: a * gain, b: b * gain };
};

const clouds = (colors: readonly string[], grid: Grid, random: () => number): Buffer => {
	const noise = createNoise2D(random);
	const labs = labsOf(colors);
	return paint(grid, (x, y) => {
		const height = [1, 2, 4, 8].reduce((sum, octave) => sum + noise(x * 2.2 * octave, y * 2.2 * octave) / octave, 0) / 1.875;
		const place = Math.min(0.9999, Math.max(0, 0.5 + 0.6 * height)) * (labs.length - 1);
		const [from, part] = [Math.floor(place), place - Math.floor(place)];
		return blend([
			{ lab: labs[from]!, weight: 1 - part },
			{ lab: labs[from + 1] ?? labs[from]!, weight: part },
		]);
	});
};

/** The same shift on all channels of a pixel. */
const addGrain = (pixels: Buffer, seed: number): void => {
	const random = randomFrom(seed ^ 0x9e3779b9);
	for (let at = 0; at + 2 < pixels.length; at += 3) {
		const shift = Math.round((random() * 2 - 1) * GRAIN);
		for (let channel = at; channel < at + 3; channel++) pixels[channel] = Math.min(255, Math.max(0, pixels[channel]! + shift));
	}
};
