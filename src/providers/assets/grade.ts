import { readFile } from 'node:fs/promises';
import { converter, convertOklabToRgb } from 'culori';
import type { FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import { keepBytes } from './keep-file.ts';
import { unusable } from './provider-problem.ts';

/** Share of the palette in a picture's colour. Mild: skin stays skin. */
const STRENGTH = 0.24;
/** How far shadows and highlights move towards the lightness of the palette's darkest and lightest colour. */
const LIFT = 0.1;
/** Steps of a channel in the table of colours. */
const STEPS = 33;

export type Grading = { readonly palette: readonly string[]; readonly directory: string; readonly cost: number | null };

/**
 * A picture in the colours of a palette (#rrggbb, at least one): shadows lean to the darkest, lights to the lightest, what is between to the colours between.
 * A new file under its own hash; the same picture and palette give the same bytes. Vector drawings are painted to pixels.
 */
export const gradePicture = async (file: string, { palette, directory, cost }: Grading): Promise<ProviderResult<FetchedAsset>> => {
	const bytes = await gradedBytes(await readFile(file), tableOf(palette)).catch(() => null);
	if (bytes === null)
		return unusable('lasting', 'a picture cannot be graded: it cannot be decoded', 'leave out `colorGrade`, or pin another result');
	return keepBytes(bytes, { id: 'the grade', medium: 'image', directory, cost });
};

const gradedBytes = async (picture: Buffer, table: Float32Array): Promise<Uint8Array> => {
	const { default: sharp } = await import('sharp');
	const pixels = sharp(picture, { limitInputPixels: false }).autoOrient().toColourspace('srgb').ensureAlpha();
	const { data, info } = await pixels.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
	const isOpaque = apply(table, data);
	const graded = sharp(data, { raw: { width: info.width, height: info.height, channels: 4 } });
	return isOpaque ? graded.removeAlpha().jpeg({ quality: 92, chromaSubsampling: '4:4:4' }).toBuffer() : graded.png().toBuffer();
};

type Lab = { readonly l: number; readonly a: number; readonly b: number };

const toOklab = converter('oklab');

/** Graded colours of a lattice of colours, as red, green and blue from 0 to 255. */
const tableOf = (palette: readonly string[]): Float32Array => {
	const labs = palette.map((hex) => toOklab(hex)).filter((lab) => lab !== undefined);
	const tones = [...labs].sort((one, other) => one.l - other.l || one.a - other.a || one.b - other.b);
	const table = new Float32Array(STEPS ** 3 * 3);
	for (let at = 0; at < STEPS ** 3; at++) {
		const [r, g, b] = [at % STEPS, Math.floor(at / STEPS) % STEPS, Math.floor(at / STEPS ** 2)].map((step) => step / (STEPS - 1));
		const from = toOklab({ mode: 'rgb', r: r!, g: g!, b: b! });
		const to = convertOklabToRgb(tones.length === 0 ? from : gradeColor(from, tones));
		table.set(
			[to.r, to.g, to.b].map((channel) => Math.min(1, Math.max(0, channel)) * 255),
			at * 3,
		);
	}
	return table;
};

const gradeColor = (color: Lab, tones: readonly Lab[]): Lab => {
	const tone = toneAt(tones, color.l);
	// Colour that is strong already keeps more of itself; black and white keep all.
	const keeps = Math.min(1, Math.hypot(color.a, color.b) / 0.2);
	const share = STRENGTH * (1 - 0.5 * keeps) * Math.min(1, 4 * color.l * (1 - color.l) + 0.15);
	const [darkest, lightest] = [tones[0]!.l, tones.at(-1)!.l];
	const lightness = tones.length < 2 ? color.l : darkest + color.l * Math.max(0.5, lightest - darkest);
	return {
		l: color.l + LIFT * (Math.min(1, lightness) - color.l),
		a: color.a + share * (tone.a - color.a),
		b: color.b + share * (tone.b - color.b),
	};
};

/** The palette as a ramp over lightness. */
const toneAt = (tones: readonly Lab[], lightness: number): Lab => {
	const place = Math.min(1, Math.max(0, lightness)) * (tones.length - 1);
	const [from, part] = [Math.floor(place), place - Math.floor(place)];
	const [one, other] = [tones[from]!, tones[from + 1] ?? tones[from]!];
	const mix = (name: keyof Lab): number => one[name] + part * (other[name] - one[name]);
	return { l: mix('l'), a: mix('a'), b: mix('b') };
};

/** Grades RGBA in place. Whether no pixel is transparent. */
const apply = (table: Float32Array, pixels: Buffer): boolean => {
	let isOpaque = true;
	for (let at = 0; at < pixels.length; at += 4) {
		const to = gradedColor(table, (pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
		pixels[at] = to >> 16;
		pixels[at + 1] = (to >> 8) & 255;
		pixels[at + 2] = to & 255;
		isOpaque &&= pixels[at + 3] === 255;
	}
	return isOpaque;
};

/** Set in a colour that is known, so that graded black is told from one that nobody asked for. */
const KNOWN = 1 << 24;

/**
 * What grades frame after frame to a palette, in place: 8-bit RGB without gaps, with the very colours that a picture would get. Remembers every colour
 * that it met, in 64 MB at most.
 */
export const frameGrader = (palette: readonly string[]): ((rgb: Uint8Array) => void) => {
	const table = tableOf(palette);
	const known = new Uint32Array(1 << 24);
	return (rgb) => {
		for (let at = 0; at + 2 < rgb.length; at += 3) {
			const from = (rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!;
			let to = known[from]!;
			if (to === 0) {
				to = KNOWN | gradedColor(table, from);
				known[from] = to;
			}
			rgb[at] = to >> 16;
			rgb[at + 1] = to >> 8;
			rgb[at + 2] = to;
		}
	};
};

/** A colour between those of the table, both as 0xrrggbb. */
const gradedColor = (table: Float32Array, color: number): number => {
	const scale = (STEPS - 1) / 255;
	const [x, y, z] = [(color >> 16) * scale, ((color >> 8) & 255) * scale, (color & 255) * scale];
	const [x0, y0, z0] = [Math.min(STEPS - 2, x | 0), Math.min(STEPS - 2, y | 0), Math.min(STEPS - 2, z | 0)];
	const [dx, dy, dz] = [x - x0, y - y0, z - z0];
	const base = (x0 + y0 * STEPS + z0 * STEPS * STEPS) * 3;
	const channel = (offset: number): number => Math.round(between(table, base + offset, dx, dy, dz));
	return (channel(0) << 16) | (channel(1) << 8) | channel(2);
};

const NEXT_Y = STEPS * 3;
const NEXT_Z = STEPS * STEPS * 3;

const between = (table: Float32Array, at: number, dx: number, dy: number, dz: number): number => {
	const row = (from: number): number => table[from]! + dx * (table[from + 3]! - table[from]!);
	const plane = (from: number): number => row(from) + dy * (row(from + NEXT_Y) - row(from));
	return plane(at) + dz * (plane(at + NEXT_Z) - plane(at));
};
