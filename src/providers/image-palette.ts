import { readFile } from 'node:fs/promises';
import { converter, formatHex } from 'culori';

const SIDE = 160;
const MOST_COLORS = 3;

/** Lightness and chroma (OKLCH) outside of which a pixel is paper, ink or grey, and no brand colour. */
const LIGHTEST = 0.95;
const DARKEST = 0.2;
const LEAST_CHROMA = 0.045;
/** Chroma from which a light pixel is a colour all the same: pure yellow is lighter than much paper. */
const VIVID_CHROMA = 0.12;

/** Share of the coloured pixels that a colour must have: less is an edge or a speck. */
const LEAST_SHARE = 0.06;
/** Share of the visible pixels that must be coloured: less is noise of a grey picture. */
const LEAST_COLORED = 0.01;
/** Steps of a channel within which neighbours are one area; more is an edge, whose pixels are mixed from both sides. */
const SAME_AREA = 16;
/** Share of the coloured pixels that must lie inside of areas for those on edges to be left out: a drawing of thin lines is all edges. */
const LEAST_INSIDE = 0.1;
/** Distance in OKLab within which two colours are one to the eye: a brand's blue in light and shade. */
const SAME_COLOR = 0.12;

type Lab = { readonly l: number; readonly a: number; readonly b: number };
type Shade = Lab & { readonly hex: string; readonly pixels: number };

/**
 * The one to three brand colours of a logo as `#rrggbb`, the most frequent first; none when all of it is black, white, grey or transparent.
 * The same file gives the same colours. Rejects when the picture cannot be read or decoded.
 */
export const paletteOf = async (file: string): Promise<readonly string[]> => {
	const { default: sharp } = await import('sharp');
	// By its bytes: under a file's name an earlier content would be remembered.
	const bytes = await readFile(file);
	// Picked, not averaged: between two colours lies a third that nobody chose.
	const { data, info } = await sharp(bytes, { limitInputPixels: false, failOn: 'none' })
		.toColourspace('srgb')
		.resize(SIDE, SIDE, { fit: 'inside', kernel: 'nearest' })
		.ensureAlpha()
		.raw({ depth: 'uchar' })
		.toBuffer({ resolveWithObject: true });
	const pixels = Array.from({ length: info.width * info.height }, (_, at) => at);
	const seen = pixels.filter((at) => data[at * 4 + 3]! >= 128);
	const all = shadesOf(seen, data);
	if (sumOf(all) < seen.length * LEAST_COLORED) return [];
	const inside = shadesOf(
		seen.filter((at) => isInside(data, at, info.width)),
		data,
	);
	const shades = sumOf(inside) < sumOf(all) * LEAST_INSIDE ? all : inside;
	return cluster(shades)
		.filter((group) => group.pixels >= sumOf(shades) * LEAST_SHARE)
		.slice(0, MOST_COLORS)
		.map(({ hex }) => hex);
};

const sumOf = (shades: readonly Shade[]): number => shades.reduce((sum, { pixels }) => sum + pixels, 0);

/** Whether a pixel looks like those around it. */
const isInside = (rgba: Uint8Array, at: number, width: number): boolean => {
	const column = at % width;
	const around = [column > 0 ? at - 1 : at, column < width - 1 ? at + 1 : at, at - width, at + width];
	return around
		.filter((other) => other >= 0 && other * 4 < rgba.length)
		.every((other) => [0, 1, 2, 3].every((channel) => Math.abs(rgba[at * 4 + channel]! - rgba[other * 4 + channel]!) <= SAME_AREA));
};

/** The brand colours among these pixels, the most frequent first. */
const shadesOf = (pixels: readonly number[], rgba: Uint8Array): readonly Shade[] => {
	const counts = new Map<number, number>();
	for (const at of pixels) {
		const rgb = (rgba[at * 4]! << 16) | (rgba[at * 4 + 1]! << 8) | rgba[at * 4 + 2]!;
		counts.set(rgb, (counts.get(rgb) ?? 0) + 1);
	}
	const shades = [...counts].flatMap(([rgb, count]) => {
		const color = { mode: 'rgb', r: (rgb >> 16) / 255, g: ((rgb >> 8) & 255) / 255, b: (rgb & 255) / 255 } as const;
		const { l, a, b } = toOklab(color);
		return isBrandColor({ l, a, b }) ? [{ l, a, b, hex: formatHex(color), pixels: count }] : [];
	});
	return shades.sort(byFrequency);
};

const byFrequency = (one: Shade, other: Shade): number => other.pixels - one.pixels || (one.hex < other.hex ? -1 : 1);

const toOklab = converter('oklab');

const isBrandColor = ({ l, a, b }: Lab): boolean => {
	const chroma = Math.hypot(a, b);
	return l >= DARKEST && chroma >= (l <= LIGHTEST ? LEAST_CHROMA : VIVID_CHROMA);
};

/** Gathers shades around the most frequent ones; each group is named by the shade that began it, a colour that is in the picture. */
const cluster = (shades: readonly Shade[]): readonly Shade[] => {
	const groups: Shade[] = [];
	for (const shade of shades) {
		const near = groups.findIndex((group) => Math.hypot(group.l - shade.l, group.a - shade.a, group.b - shade.b) < SAME_COLOR);
		if (near === -1) groups.push(shade);
		else groups[near] = { ...groups[near]!, pixels: groups[near]!.pixels + shade.pixels };
	}
	return groups.sort(byFrequency);
};
