import type { TextStyle } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';

/**
 * CSS family of one file. It is named by all that describes the file, so that segments on one page never see each other's fonts:
 * a page that has drawn other segments before draws the same pixels as a fresh one. An identifier: the browser gives back other names quoted.
 */
export const fontFileFamily = (file: FontFile): string => {
	const ranges = file.unicodeRange.replaceAll(/[^0-9A-Fa-f?-]+/g, '_').replaceAll('?', 'x');
	return `f-${file.asset.sha256}-${file.weight}-${file.italic ? 'italic' : 'normal'}-${ranges}`;
};

/**
 * CSS `font-family` of a text: the files of its face, in the message's order.
 * @throws Error when the message has no file of that face: a bug in the compiler, and drawing on would substitute a font.
 */
export const familyOf = (style: Pick<TextStyle, 'family' | 'weight' | 'italic'>, fonts: readonly FontFile[]): string => {
	const files = fonts.filter((file) => file.family === style.family && file.weight === style.weight && file.italic === style.italic);
	if (files.length === 0)
		throw new Error(`the segment has no font file for ${style.family} ${style.weight}${style.italic ? ' italic' : ''}`);
	return files.map((file) => `'${fontFileFamily(file)}'`).join(', ');
};
