import { readFile } from 'node:fs/promises';
import type { Font, FontCollection } from 'fontkit';
import { sha256Hex } from '../model/keys.ts';
import { sniffImage } from './image-kind.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { locateFile, type ProjectFolders } from './project-file.ts';
import { unwrapWoff } from './unwrap-woff.ts';

/** Fonts with every Chinese character have about twenty million. */
export const MAX_FONT_BYTES = 40_000_000;
/** What a compressed font may say that it unpacks to. */
const MAX_UNPACKED_BYTES = 80_000_000;

export type FontKind = 'woff' | 'woff2' | 'ttf' | 'otf';

/** A font file of the project that can be measured with. `weight` and `italic` are what the file says of itself. */
export type ReadFont = {
	/** Without symbolic links. */
	readonly path: string;
	readonly sha256: string;
	readonly extension: FontKind;
	readonly font: Font;
	readonly weight: number;
	readonly italic: boolean;
};

/** Reads and checks a font that a spec names. What it is, is decided by its content; the name of the file counts for nothing. */
export const readFont = async (written: string, folders: ProjectFolders): Promise<InputResult<ReadFont>> => {
	const located = await locateFile(written, folders);
	if (!located.ok) return located;
	const { path, bytes } = located.value;
	if (bytes > MAX_FONT_BYTES) return tooLarge(written, bytes, MAX_FONT_BYTES);
	const content = await readFile(path);
	const kind = sniffFont(content);
	if (kind === 'collection')
		return refuse('RF4030', `"${written}" is a collection of fonts`, 'export the face that you need as one WOFF2, TTF or OTF file');
	if (kind === null) return refuse('RF4030', `"${written}" is not a font${lookOf(content)}`, 'give a WOFF2, WOFF, TTF or OTF file');
	const unpacked = kind === 'woff' || kind === 'woff2' ? content.readUInt32BE(16) : 0;
	if (unpacked > MAX_UNPACKED_BYTES) return tooLarge(written, unpacked, MAX_UNPACKED_BYTES);
	const { create } = await import('fontkit');
	const tried = tryOut(() => create(unwrapWoff(content)));
	if (tried === null) return refuse('RF4030', `"${written}" is damaged or cut off`, 'export or download it again');
	return { ok: true, value: { path, sha256: sha256Hex(content), extension: kind, ...tried } };
};

const tooLarge = (written: string, bytes: number, limit: number): InputResult<never> =>
	refuse(
		'RF4030',
		`"${written}" has ${(bytes / 1e6).toFixed(0)} MB, more than ${limit / 1e6}`,
		'keep only the scripts that the campaign is written in',
	);

/** By the first four bytes: what browsers and fontkit go by too. */
export const sniffFont = (content: Buffer): FontKind | 'collection' | null => {
	const tag = content.toString('latin1', 0, 4);
	if (content.length < 48) return null;
	switch (tag) {
		case 'wOFF':
			return 'woff';
		case 'wOF2':
			return 'woff2';
		case '\0\x01\0\0':
		case 'true':
			return 'ttf';
		case 'OTTO':
			return 'otf';
		case 'ttcf':
			return 'collection';
		default:
			return null;
	}
};

/** In words what the file is instead, where that can be told. */
const lookOf = (content: Buffer): string => {
	const sniffed = sniffImage(content);
	if (sniffed.kind !== null) return ' but a picture';
	return sniffed.looksLike.startsWith('no kind') ? '' : ` but ${sniffed.looksLike.replace('picture', 'font')}`;
};

const SAMPLE_CHARACTERS = 40;
/** Characters whose outlines are looked at: all of most fonts. */
const MOST_CHARACTERS = 5_000;

/** A font that can do all that is asked of one later: fontkit reads tables when they are first needed, and throws then. */
const tryOut = (open: () => Font | FontCollection): Pick<ReadFont, 'font' | 'weight' | 'italic'> | null => {
	try {
		const font = open();
		if (!('layout' in font)) return null;
		const characters = font.characterSet.filter((codePoint) => codePoint >= 0x20);
		const { advanceWidth } = font.layout(String.fromCodePoint(...characters.slice(0, SAMPLE_CHARACTERS)));
		const widths = characters.slice(0, MOST_CHARACTERS).map((codePoint) => font.glyphForCodePoint(codePoint).advanceWidth);
		const numbers = [font.unitsPerEm, font.ascent, font.descent, font.capHeight, font.xHeight, advanceWidth, ...widths];
		return characters.length > 0 && font.unitsPerEm > 0 && numbers.every(Number.isFinite) ? { font, ...styleOf(font) } : null;
	} catch {
		return null;
	}
};

type Os2 = { readonly usWeightClass?: number; readonly fsSelection?: { readonly italic?: boolean } };

/** Weights of old fonts count from 1 to 9. */
const styleOf = (font: Font): { readonly weight: number; readonly italic: boolean } => {
	const os2 = font['OS/2'] as Os2 | undefined;
	const stated = os2?.usWeightClass ?? 400;
	const weight = stated >= 1 && stated <= 9 ? stated * 100 : stated;
	return { weight: Math.min(1000, Math.max(1, weight)), italic: os2?.fsSelection?.italic ?? font.italicAngle !== 0 };
};
