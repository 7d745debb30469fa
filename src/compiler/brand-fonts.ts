import type { Brand, Font } from '../model/campaign-spec.gen.ts';
import type { FontFileNeed } from '../model/inputs.ts';
import type { SpecPath } from './checked-spec.ts';
import type { Draft } from './draft-spec.ts';

/** The name of what `brand.fonts` gives: a family's own, or of files of the project. Undefined for what is broken or names no file. */
export const fontName = (font: Draft<Font> | undefined): string | undefined => {
	if (font === undefined || typeof font === 'string') return font;
	const [first] = filesIn(font);
	return first === undefined ? undefined : (font.family ?? stemOf(first.file));
};

export type PlacedFontFile = FontFileNeed & { readonly path: SpecPath };

/** The font files of a brand, with where each is written. */
export const fontFilesOf = (fonts: Draft<NonNullable<Brand['fonts']>> | undefined): readonly PlacedFontFile[] =>
	(['heading', 'body'] as const).flatMap((use) => {
		const font = fonts?.[use];
		const family = fontName(font);
		if (font === undefined || typeof font === 'string' || family === undefined) return [];
		return filesIn(font).map(({ file, weight, italic, path }) => ({
			file,
			family,
			weight: weight ?? null,
			italic: italic ?? null,
			path: ['brand', 'fonts', use, ...path],
		}));
	});

type WrittenFile = { readonly file: string; readonly weight?: number | undefined; readonly italic?: boolean | undefined };

const filesIn = (font: Exclude<Draft<Font>, string>): readonly (WrittenFile & { readonly path: SpecPath })[] => [
	...(font.file === undefined ? [] : [{ file: font.file, weight: font.weight, italic: font.italic, path: ['file'] }]),
	...(font.files ?? []).flatMap((entry, index) =>
		entry?.file === undefined
			? []
			: [
					{
						file: entry.file,
						weight: entry.weight ?? font.weight,
						italic: entry.italic ?? font.italic,
						path: ['files', index, 'file'],
					},
				],
	),
];

/** `fonts/Own-Bold.woff2` to `Own-Bold`. */
const stemOf = (file: string): string => file.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
