import { crc32 } from 'node:zlib';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { checkImage, MAX_IMAGE_PIXELS } from '../../../src/providers/check-image.ts';
import type { Chance } from '../chance.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { type Mutator, mutateBytes } from '../mutate-bytes.ts';
import { mutateText } from '../mutate-text.ts';

const noise = (width: number, height: number) =>
	sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });

/** Above this a second decoding would take more memory than the reader is allowed. */
const DECODED_AGAIN = 4_000_000;

/** Whether the whole picture can be decoded by a second way, at the size that was said. */
const checkSize = async (input: Buffer, size: { readonly width: number; readonly height: number }): Promise<void> => {
	expectThat(size.width > 0 && size.height > 0 && size.width * size.height <= MAX_IMAGE_PIXELS, `a size of ${size.width} x ${size.height}`);
	if (size.width * size.height > DECODED_AGAIN) return;
	const decoded = await sharp(input, { failOn: 'error' })
		.autoOrient()
		.raw()
		.toBuffer({ resolveWithObject: true })
		.catch((error: unknown) => String(error));
	expectThat(typeof decoded !== 'string', `accepted, but: ${decoded}`);
	if (typeof decoded === 'string') return;
	const { width, height } = decoded.info;
	expectThat(width === size.width && height === size.height, `${size.width} x ${size.height} was said, ${width} x ${height} is there`);
};

const raster = (name: 'png' | 'jpeg' | 'webp' | 'gif', share: number, mutate: Mutator): FuzzKind => ({
	name,
	share,
	prepare: async () => ({
		seeds: await Promise.all([noise(40, 30), noise(7, 61).withMetadata({ orientation: 6 })].map((picture) => picture[name]().toBuffer())),
		mutate,
		judge: async (input) => {
			const checked = await checkImage('fuzz', input);
			if (!checked.ok) return 'refused';
			// A picture may have become one of another kind, and then has the size of that one.
			if (checked.value.asset.extension !== 'svg') await checkSize(input, checked.value);
			return 'accepted';
		},
	}),
});

/** Gives every chunk its right sum again, so that what was changed in it is believed. */
const withRightSums = (input: Buffer): Buffer => {
	const bytes = Buffer.from(input);
	for (let at = 8; at + 12 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		if (at + 12 + length > bytes.length) break;
		bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, at + 8 + length)), at + 8 + length);
		at += 12 + length;
	}
	return bytes;
};

const mutatePng: Mutator = (input, other, chance: Chance) => {
	const bytes = mutateBytes(input, other, chance);
	return chance.once(2) ? withRightSums(bytes) : bytes;
};

export const png = raster('png', 4, mutatePng);
export const jpeg = raster('jpeg', 3, mutateBytes);
export const webp = raster('webp', 3, mutateBytes);
export const gif = raster('gif', 2, mutateBytes);

const SVG = [
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><defs><linearGradient id="a"><stop offset="0" stop-color="#f00"/></linearGradient></defs><rect width="40" height="20" fill="url(#a)"/></svg>',
	'<?xml version="1.0" encoding="UTF-8"?>\n<!-- drawn by hand -->\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="12px" height="8mm"><g id="b"><path d="M0 0L10 5z"/></g><use xlink:href="#b" x="2"/></svg>',
];

const FORBIDDEN_TAGS = /^(script|handler|foreignobject|iframe|embed|object|video|audio|animate.*|set|text|tspan)$/i;

/** What a parser of XML, which the reader is not, finds in the markup that the reader should have refused. Broken markup: nothing. */
const forbiddenIn = (markup: string): string | null => {
	let found: string | null = null;
	const parser = new SaxesParser({ xmlns: false });
	parser.on('opentag', ({ name, attributes }) => {
		const local = name.replace(/^.*:/, '');
		if (FORBIDDEN_TAGS.test(local)) found ??= `<${name}>`;
		for (const [attribute, value] of Object.entries(attributes)) {
			if (/^on/i.test(attribute)) found ??= attribute;
			if (/^(.*:)?(href|src)$/i.test(attribute) && /^\s*([a-z]+:)?\/\//i.test(value)) found ??= `${attribute}=${value}`;
			if (/url\(\s*["']?\s*([a-z]+:)?\/\//i.test(value)) found ??= `${attribute}=${value}`;
		}
	});
	parser.on('doctype', () => {
		found ??= 'a document type';
	});
	parser.on('error', () => {});
	parser.write(markup).close();
	return found;
};

export const svg: FuzzKind = {
	name: 'svg',
	share: 4,
	prepare: async () => ({
		seeds: SVG.map((text) => Buffer.from(text)),
		mutate: mutateText,
		judge: async (input) => {
			const checked = await checkImage('fuzz.svg', input);
			if (!checked.ok) return 'refused';
			const { width, height } = checked.value;
			expectThat(Number.isFinite(width) && Number.isFinite(height) && width > 0 && height > 0, `a size of ${width} x ${height}`);
			const forbidden = forbiddenIn(input.toString('utf8'));
			expectThat(forbidden === null, `accepted with ${forbidden}`);
			return 'accepted';
		},
	}),
};
