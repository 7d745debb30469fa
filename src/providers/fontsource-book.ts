import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Font } from 'fontkit';
import { sha256Hex } from '../model/keys.ts';
import type { FontFile } from '../model/segment-message.ts';
import type { FaceMetrics, FaceQuery, FontBook, TextMeasure } from '../ports/font-book.ts';
import { type OpenFace, openFace, remember } from './font-face.ts';
import { type FontPackage, type FontSubset, findFontPackage, fontFileName } from './fontsource-package.ts';
import { hasCodePoint } from './unicode-ranges.ts';
import { unwrapWoff } from './unwrap-woff.ts';

export type FontsourceBook = FontBook & {
	/** Path of a font file that a measure named, by its content; null for any other. */
	fileOf(sha256: string): string | null;
};

/**
 * A font book over the `@fontsource` packages that can be resolved from the directories, the first one that has a family winning.
 * Packages and files are read when they are first asked for, and once.
 */
export const createFontsourceBook = async (directories: readonly string[]): Promise<FontsourceBook> => {
	// Loaded late: it takes longer than all that commands without a campaign do.
	const { create } = await import('fontkit');
	const fileOfHash = new Map<string, string>();
	const packageOf = remember((family: string) => ({ found: findFontPackage(family, directories) }));
	const contentOf = remember((path: string): Content => {
		const bytes = readFileSync(path);
		const sha256 = sha256Hex(bytes);
		fileOfHash.set(sha256, path);
		return { font: create(unwrapWoff(bytes)) as Font, sha256 };
	});
	const faces = new Map<string, Face>();
	const faceOf = (query: FaceQuery): Face => {
		const key = faceKey(query);
		const known = faces.get(key);
		if (known !== undefined) return known;
		const { found } = packageOf(query.family);
		if (found === null) throw new RangeError(`the font family ${query.family} is not installed`);
		const parts = faceParts(query, found, contentOf);
		const face = { parts, measure: remember((text) => measureText(parts, text)) };
		faces.set(key, face);
		return face;
	};
	return {
		resolveWeight(query) {
			const { found } = packageOf(query.family);
			return found === null ? null : nearestWeight(found.weights, query.weight);
		},
		metrics: (query) => metricsOf(faceOf(query).parts[0]!.open().font),
		measure: (query, text) => faceOf(query).measure(text),
		fileOf: (sha256) => fileOfHash.get(sha256) ?? null,
	};
};

type Face = { readonly parts: readonly FacePart[]; readonly measure: (text: string) => TextMeasure };

const faceKey = ({ family, weight, italic, tabular }: FaceQuery): string => `${family}/${weight}/${italic}/${tabular ?? false}`;

/** The nearest weight; of two equally near ones the bolder from 500 up and the lighter below, as browsers choose. */
const nearestWeight = (weights: readonly number[], wanted: number): number =>
	weights.reduce((best, weight) => {
		const nearer = Math.abs(weight - wanted) - Math.abs(best - wanted);
		return nearer < 0 || (nearer === 0 && wanted >= 500) ? weight : best;
	});

/** One file of a face: opened when a text needs it. */
type FacePart = { readonly subset: FontSubset; readonly open: () => OpenFace; readonly file: () => FontFile };

type Content = { readonly font: Font; readonly sha256: string };

/** The files of the nearest face, the main script's first. A family without the style that is asked for answers with the one it has. */
const faceParts = (query: FaceQuery, pack: FontPackage, contentOf: (path: string) => Content): readonly FacePart[] => {
	const weight = nearestWeight(pack.weights, query.weight);
	const main = pack.subsets[0]!.name;
	const italic = fontFileName(pack, { subset: main, weight, italic: query.italic }) === undefined ? !query.italic : query.italic;
	return pack.subsets.flatMap((subset) => {
		const name = fontFileName(pack, { subset: subset.name, weight, italic });
		if (name === undefined) return [];
		const path = join(pack.directory, 'files', name);
		const face = { family: query.family, weight, italic: query.italic, unicodeRange: subset.unicodeRange };
		const open = remember(() => openFace(contentOf(path).font, query.tabular ?? false));
		const file = (): FontFile => ({ ...face, asset: { sha256: contentOf(path).sha256, extension: name.slice(name.lastIndexOf('.') + 1) } });
		return [{ subset, open: () => open(path), file }];
	});
};

const metricsOf = (font: Font): FaceMetrics => ({
	ascent: font.ascent / font.unitsPerEm,
	descent: -font.descent / font.unitsPerEm,
	capHeight: font.capHeight / font.unitsPerEm,
	xHeight: font.xHeight / font.unitsPerEm,
});

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Control and joining characters: nothing is drawn for them, so no glyph can be missing. */
const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;

const ASCII = /^[ -~]*$/;

/** Composed, so that a letter and its accent are looked for as the one glyph that shaping makes of them. */
const graphemesOf = (text: string): Iterable<string> =>
	ASCII.test(text) ? text : Array.from(graphemes.segment(text.normalize('NFC')), ({ segment }) => segment);

const visibleOf = (grapheme: string): readonly string[] =>
	ASCII.test(grapheme) ? [grapheme] : [...grapheme].filter((character) => !INVISIBLE.test(character));

/** Text that one file draws. */
type Run = { readonly part: FacePart; text: string };

const measureText = (parts: readonly FacePart[], text: string): TextMeasure => {
	const runs: Run[] = [];
	const missing = new Set<string>();
	let glyphs = 0;
	for (const segment of graphemesOf(text)) {
		glyphs += 1;
		const visible = visibleOf(segment);
		const part = visible.length === 0 ? runs.at(-1)?.part : partFor(parts, visible);
		if (visible.length > 0 && part === undefined) missing.add(segment);
		if (part === undefined) continue;
		const last = runs.at(-1);
		if (last?.part === part) last.text += segment;
		else runs.push({ part, text: segment });
	}
	return {
		advance: runs.reduce((sum, run) => sum + run.part.open().advance(run.text), 0),
		glyphs,
		missing: [...missing],
		files: parts.filter((part) => runs.some((run) => run.part === part)).map((part) => part.file()),
	};
};

/** The file that has every character of a grapheme. */
const partFor = (parts: readonly FacePart[], characters: readonly string[]): FacePart | undefined => {
	const codePoints = characters.map((character) => character.codePointAt(0)!);
	const part = parts.find(({ subset }) => hasCodePoint(subset.ranges, codePoints[0]!));
	return part !== undefined && codePoints.every((codePoint) => part.open().has(codePoint)) ? part : undefined;
};
