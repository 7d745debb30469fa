import type { Sharp } from 'sharp';
import type { ImageFacts } from '../model/inputs.ts';
import { sha256Hex } from '../model/keys.ts';
import { EXTENSION_OF_KIND, type ImageKind, sniffImage } from './image-kind.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { readSvg } from './svg-facts.ts';

export const MAX_IMAGE_BYTES = 50_000_000;
export const MAX_IMAGE_PIXELS = 64_000_000;

/** Seconds that a picture may take to decode. One at the limits above takes two. */
const DECODE_SECONDS = 20;

/** Checks a picture by its content alone, down to its last pixel. `name` is what messages call it. */
export const checkImage = async (name: string, bytes: Buffer): Promise<InputResult<ImageFacts>> => {
	const sniffed = sniffImage(bytes);
	if (sniffed.kind === null) {
		return refuse('RF4003', `"${name}" is not a picture but ${sniffed.looksLike}`, 'give a PNG, JPEG, WebP, GIF, AVIF or SVG file');
	}
	const size = sniffed.kind === 'svg' ? await checkSvg(name, bytes) : await checkRaster(name, bytes, sniffed.kind);
	if (!size.ok) return size;
	return { ok: true, value: { asset: { sha256: sha256Hex(bytes), extension: EXTENSION_OF_KIND[sniffed.kind] }, ...size.value } };
};

type Size = { readonly width: number; readonly height: number };

const checkSvg = async (name: string, bytes: Buffer): Promise<InputResult<Size>> => {
	const facts = readSvg(bytes);
	if (!facts.ok) return refuse('RF4003', `"${name}" cannot be used: ${facts.reason}`, facts.hint);
	const { width, height } = facts;
	const decoded = await decodes(await open(bytes, 16), 'whole');
	return decoded ? { ok: true, value: { width, height } } : damaged(name);
};

/** The header is judged before a pixel is decoded: a few bytes can promise gigabytes. */
const checkRaster = async (name: string, bytes: Buffer, kind: Exclude<ImageKind, 'svg'>): Promise<InputResult<Size>> => {
	const header = await (await open(bytes)).metadata().catch(() => null);
	if (header === null) return damaged(name);
	const { width, height } = header.autoOrient;
	if (width * height > MAX_IMAGE_PIXELS) {
		return refuse(
			'RF4004',
			`"${name}" is ${width} x ${height}, more than ${MAX_IMAGE_PIXELS / 1e6} megapixels`,
			'export a smaller picture',
		);
	}
	if ((header.pages ?? 1) > 1 || (kind === 'png' && isAnimatedPng(bytes))) {
		return refuse('RF4003', `"${name}" is animated`, 'export one frame of it: a picture cannot follow the clock of the video');
	}
	return (await decodes(await open(bytes), { width: header.width, height: header.height }))
		? { ok: true, value: { width, height } }
		: damaged(name);
};

const damaged = (name: string): InputResult<never> => refuse('RF4003', `"${name}" is damaged or cut off`, 'export or download it again');

/** APNG announces its frames before the first picture data. */
const isAnimatedPng = (bytes: Buffer): boolean => {
	const animation = bytes.indexOf('acTL', 8, 'latin1');
	return animation !== -1 && animation < bytes.indexOf('IDAT', 8, 'latin1');
};

const open = async (bytes: Buffer, density?: number): Promise<Sharp> => {
	const { default: sharp } = await import('sharp');
	return sharp(bytes, { failOn: 'error', limitInputPixels: false, sequentialRead: true, ...(density === undefined ? {} : { density }) });
};

/** Decodes up to the last row, and keeps one pixel of it: whole files are checked without holding their pixels. */
const decodes = async (image: Sharp, size: Size | 'whole'): Promise<boolean> => {
	const last = size === 'whole' ? image.resize(64) : image.extract({ left: size.width - 1, top: size.height - 1, width: 1, height: 1 });
	return last
		.timeout({ seconds: DECODE_SECONDS })
		.raw()
		.toBuffer()
		.then(
			() => true,
			() => false,
		);
};
