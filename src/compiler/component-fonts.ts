import type { Drawing } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import type { FontBook } from '../ports/font-book.ts';

type ComponentDrawing = Extract<Drawing, { type: 'component' }>;

/** Every printable character of ASCII and Latin-1: a component writes what nobody can see before it is drawn. */
const COMMON = Array.from({ length: 0xff - 0x20 + 1 }, (_, index) => index + 0x20)
	.filter((code) => code < 0x7f || code > 0xa0)
	.map((code) => String.fromCodePoint(code))
	.join('');

/** The files of the theme's faces for common Latin text, and for the texts that the props hold. */
export const componentFonts = ({ theme, props }: ComponentDrawing, fonts: FontBook): readonly FontFile[] => {
	const text = `${COMMON}–—‘’“”…€${textsOf(props).join('')}`;
	const faces = [theme.faces.heading, theme.faces.body, theme.faces.strong];
	return faces.flatMap(({ family, weight }) => fonts.measure({ family, weight, italic: false }, text).files);
};

const textsOf = (value: unknown): readonly string[] => {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsOf);
};
