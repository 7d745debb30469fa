export type ImageKind = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'svg';

/** What the first bytes say: a kind that can be drawn, or in words what the file is instead. */
export type Sniffed = { readonly kind: ImageKind } | { readonly kind: null; readonly looksLike: string };

/** File extensions by kind, for the names under which browsers are given the files. */
export const EXTENSION_OF_KIND: Readonly<Record<ImageKind, string>> = {
	png: 'png',
	jpeg: 'jpg',
	webp: 'webp',
	gif: 'gif',
	avif: 'avif',
	svg: 'svg',
};

/** Decides by content alone: the ending of a file's name is what somebody typed. */
export const sniffImage = (bytes: Uint8Array): Sniffed => {
	const head = Buffer.from(bytes.subarray(0, 4096));
	const latin = head.toString('latin1');
	if (latin.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'png' };
	if (latin.startsWith('\xff\xd8\xff')) return { kind: 'jpeg' };
	if (/^GIF8[79]a/.test(latin)) return { kind: 'gif' };
	if (latin.startsWith('RIFF') && latin.slice(8, 12) === 'WEBP') return { kind: 'webp' };
	if (latin.slice(4, 8) === 'ftyp') return sniffContainer(head);
	return sniffText(head.toString('utf8').replace(/^\uFEFF/, ''));
};

/** ISO media file: the brands are in the first box, four characters each. */
const sniffContainer = (head: Buffer): Sniffed => {
	const brands = head.subarray(8, Math.min(head.length, Math.max(8, head.readUInt32BE(0)))).toString('latin1');
	if (/avif|avis/.test(brands)) return { kind: 'avif' };
	return { kind: null, looksLike: /^(hei|hev|mif1|msf1)/.test(brands) ? 'a HEIC picture' : 'a video' };
};

const sniffText = (text: string): Sniffed => {
	const body = text.replace(/^(\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^[>]*(\[[\s\S]*?\]\s*)?>)+/i, '');
	if (/^<(\w+:)?svg[\s>/]/.test(body)) return { kind: 'svg' };
	const guesses: readonly (readonly [RegExp, string])[] = [
		[/^(<!doctype html|<html|<head|<body)/i, 'an HTML page'],
		[/^%PDF-/, 'a PDF'],
		[/^version https:\/\/git-lfs/, 'a Git LFS pointer: the picture itself has not been fetched'],
		[/^(8BPS)/, 'a Photoshop file'],
		[/^(II\*\0|MM\0\*)/, 'a TIFF picture'],
		[/^BM[\s\S]{4}\0\0\0\0/, 'a BMP picture'],
		[/^[[{]/, 'JSON'],
		[/^<\?xml|^</, 'XML'],
	];
	const guess = guesses.find(([pattern]) => pattern.test(body));
	return { kind: null, looksLike: guess?.[1] ?? (/^[\t\n\r\x20-\x7e]+$/.test(text) ? 'text' : 'no kind of picture that is known') };
};
