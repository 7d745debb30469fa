import type { Font } from 'fontkit';

/** One opened font file. */
export type OpenFace = {
	readonly has: (codePoint: number) => boolean;
	/** Advance in em of text that this file draws alone, kerning included. */
	readonly advance: (text: string) => number;
	readonly font: Font;
};

/**
 * No ligatures: the runtime draws none, because a browser drops them in tracked text and one rule keeps every width exact.
 * Figures stand on the line, as tall as capitals: in old style a price climbs and sinks, and its size cannot be told from its role.
 */
const FEATURES = { liga: false, clig: false, calt: false, lnum: true };

/**
 * Measures word by word and remembers words: fitting a paragraph asks for the same words in many lines.
 * What kerns with a space is added at each space.
 */
export const openFace = (font: Font, tabular: boolean): OpenFace => {
	const features = tabular ? { ...FEATURES, tnum: true } : FEATURES;
	const shaped = remember((text: string) => (layOut(font, text, features) ?? unkerned(font, text)) / font.unitsPerEm);
	const kernAtSpace = remember((pair: string) => shaped(pair) - shaped(pair.trim()) - shaped(' '));
	const advance = (text: string): number => {
		const words = text.split(' ');
		let sum = shaped(' ') * (words.length - 1);
		for (const [index, word] of words.entries()) {
			if (word === '') continue;
			sum += shaped(word);
			const characters = [...word];
			if (index > 0) sum += kernAtSpace(` ${characters[0]!}`);
			if (index < words.length - 1) sum += kernAtSpace(`${characters.at(-1)!} `);
		}
		return sum;
	};
	return { has: (codePoint) => font.hasGlyphForCodePoint(codePoint), advance, font };
};

/** Null where the tables of kerning are damaged for this text alone, which reading the font cannot find out: browsers drop such tables. */
const layOut = (font: Font, text: string, features: Readonly<Record<string, boolean>>): number | null => {
	try {
		const { advanceWidth } = font.layout(text, { ...features });
		return Number.isFinite(advanceWidth) ? advanceWidth : null;
	} catch {
		return null;
	}
};

const unkerned = (font: Font, text: string): number =>
	[...text].reduce((sum, character) => sum + font.glyphForCodePoint(character.codePointAt(0)!).advanceWidth, 0);

/** A function of one string that computes each answer once. */
export const remember = <T>(compute: (text: string) => T): ((text: string) => T) => {
	const answers = new Map<string, T>();
	return (text) => {
		const known = answers.get(text);
		if (known !== undefined) return known;
		const answer = compute(text);
		answers.set(text, answer);
		return answer;
	};
};
