import type { Font } from 'fontkit';
import { sha256Hex } from '../model/keys.ts';
import type { FaceMetrics, FaceQuery, FontBook, TextMeasure } from '../ports/font-book.ts';
import { remember } from './font-face.ts';
import { type FacePart, type FontFamily, type LocalFace, localFamily, nearestWeight, openContents, packageFamily } from './font-family.ts';
import { findFontPackage } from './fontsource-package.ts';
import { measureText } from './measure-text.ts';
import { unwrapWoff } from './unwrap-woff.ts';

export type FontsourceBook = FontBook & {
	/** Path of a font file that a measure named, by its content; null for any other. */
	fileOf(sha256: string): string | null;
};

export type BookOptions = {
	/** Font files of the project. Their families stand before packages of the same name. */
	readonly local?: readonly LocalFace[];
	/** Families that draw what the family of a text has no glyph for, the first that has it. One that is not installed is passed over. */
	readonly fallback?: readonly string[];
};

/**
 * A font book over the `@fontsource` packages that can be resolved from the directories, the first one that has a family winning.
 * Packages and files are read when they are first asked for, and once.
 */
export const createFontsourceBook = async (
	directories: readonly string[],
	{ local = [], fallback = [] }: BookOptions = {},
): Promise<FontsourceBook> => {
	// Loaded late: it takes longer than all that commands without a campaign do.
	const { create } = await import('fontkit');
	const fileOfHash = new Map(local.map((face) => [face.sha256, face.path]));
	const contentOf = openContents((bytes) => create(unwrapWoff(bytes)) as Font, { hash: sha256Hex, paths: fileOfHash });
	const familyOf = remember((name: string): { readonly found: FontFamily | null } => {
		const own = local.filter((face) => face.family === name);
		if (own.length > 0) return { found: localFamily(own) };
		const pack = findFontPackage(name, directories);
		return { found: pack === null ? null : packageFamily(pack, contentOf) };
	});
	const faces = new Map<string, Face>();
	const faceOf = (query: FaceQuery): Face => {
		const key = faceKey(query);
		const known = faces.get(key);
		if (known !== undefined) return known;
		const { found } = familyOf(query.family);
		if (found === null) throw new RangeError(`the font family ${query.family} is not installed`);
		const parts = found.parts(query);
		const others = fallback.filter((family) => family !== query.family);
		const chain = [parts, ...others.map((family) => familyOf(family).found?.parts({ ...query, family }) ?? [])];
		const face = { parts, measure: remember((text) => measureText(chain, text)) };
		faces.set(key, face);
		return face;
	};
	return {
		resolveWeight(query) {
			const { found } = familyOf(query.family);
			return found === null ? null : nearestWeight(found.weights, query.weight);
		},
		metrics: (query) => metricsOf(faceOf(query).parts[0]!.open().font),
		measure: (query, text) => faceOf(query).measure(text),
		fileOf: (sha256) => fileOfHash.get(sha256) ?? null,
	};
};

type Face = { readonly parts: readonly FacePart[]; readonly measure: (text: string) => TextMeasure };

const faceKey = ({ family, weight, italic, tabular }: FaceQuery): string => `${family}/${weight}/${italic}/${tabular ?? false}`;

const metricsOf = (font: Font): FaceMetrics => ({
	ascent: font.ascent / font.unitsPerEm,
	descent: -font.descent / font.unitsPerEm,
	capHeight: font.capHeight / font.unitsPerEm,
	xHeight: font.xHeight / font.unitsPerEm,
});
