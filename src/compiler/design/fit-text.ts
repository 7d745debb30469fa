import type { FaceMetrics, FaceQuery, FontBook } from '../../ports/font-book.ts';
import { joinWords, type Piece, piecesOf, type Ranges } from './emphasis.ts';
import { type Broken, balance, linesNeeded, type Word } from './line-break.ts';

/** A text that is ready to be set: typeset, in its case, with a face that is installed. Lengths in em unless said otherwise. */
export type TextToFit = {
	readonly text: string;
	readonly face: FaceQuery;
	/** Where the text is emphasised, and the face of it. */
	readonly strong?: Strong | null;
	readonly tracking: number;
	readonly leading: number;
	readonly measure: number;
	readonly maxLines: number;
	/**
	 * Pixels: the size it should have, and the least it may have. Down to `compact` it gets smaller when it breaks better there.
	 */
	readonly size: { readonly best: number; readonly least: number; readonly compact?: number };
};

export type Strong = { readonly ranges: Ranges; readonly face: FaceQuery };

/** `width` in pixels. The pieces make up the text. */
export type FittedLine = { readonly text: string; readonly width: number; readonly pieces: readonly Piece[] };

/**
 * Pixels. The block starts at the capitals of its first line and ends at the baseline of its last, so that gaps between blocks are what the eye sees;
 * `overhang` is what hangs below that baseline. `firstBaseline` counts from the block's top.
 */
export type FittedText = {
	readonly face: FaceQuery;
	readonly metrics: FaceMetrics;
	readonly size: number;
	readonly tracking: number;
	readonly leading: number;
	readonly lines: readonly FittedLine[];
	readonly width: number;
	readonly height: number;
	readonly overhang: number;
	readonly firstBaseline: number;
	/** Face of the emphasised pieces: that of the others where nothing is emphasised. */
	readonly strongFace: FaceQuery;
	/** Pixels by which a left-aligned text sets its lines in after the first: its opening mark hangs. */
	readonly indent?: number;
};

/** Each step of shrinking leaves this share of the size. */
const SHRINK = 0.97;
/** Share of a line that is kept free: word widths leave out kerning across spaces. */
const SLACK = 0.004;

/**
 * The text at the largest size, from `best` down to `least`, at which it breaks into `maxLines` lines that fit `width` pixels. Null when none does.
 */
export const fitText = (fonts: FontBook, text: TextToFit, width: number): FittedText | null => {
	const paragraphs = paragraphsOf(fonts, text);
	const longest = Math.max(0, ...paragraphs.flat().map((word) => word.width));
	const space = fonts.measure(text.face, ' ').advance + text.tracking;
	const at = (size: number): Breaking => {
		const limit = Math.min((width / size) * (1 - SLACK), Math.max(text.measure, longest));
		const counts = paragraphs.map((words) => linesNeeded(words, space, limit));
		return { size, limit, counts, lines: counts.reduce((sum, count) => sum + count, 0) };
	};
	const largest = largestThat(text.size, (size) => at(size).lines <= text.maxLines);
	if (largest === null) return null;
	const candidates = sizesFrom(largest, text.size.compact ?? largest).map(at);
	const distinct = candidates.filter(({ lines }, index) => lines !== candidates[index - 1]?.lines);
	const broken = distinct.map((breaking) => breakAt(paragraphs, space, breaking));
	const cost = ({ size }: Breaking, index: number): number => broken[index]!.cost + SMALLER * (1 - size / largest);
	const costs = distinct.map(cost);
	const best = costs.indexOf(Math.min(...costs));
	return setLines(fonts, text, {
		size: Math.round(distinct[best]!.size * 100) / 100,
		lines: broken[best]!.lines,
		words: paragraphs.flat(),
	});
};

/** What losing all of its size would cost a text, on the scale of `balance`. */
const SMALLER = 0.5;

type Breaking = { readonly size: number; readonly limit: number; readonly counts: readonly number[]; readonly lines: number };

const breakAt = (paragraphs: readonly (readonly SetWord[])[], space: number, { limit, counts }: Breaking): Broken => {
	const broken = paragraphs.map((words, index) => balance(words, space, { limit, count: counts[index]! }));
	return { lines: broken.flatMap(({ lines }) => lines), cost: broken.reduce((sum, { cost }) => sum + cost, 0) };
};

/** Ever smaller sizes, the first and the last as given. */
const sizesFrom = (best: number, least: number): readonly number[] => {
	const sizes = [best];
	while (sizes.at(-1)! > least) sizes.push(Math.max(least, sizes.at(-1)! * SHRINK));
	return sizes;
};

const largestThat = ({ best, least }: TextToFit['size'], passes: (size: number) => boolean): number | null =>
	sizesFrom(best, least).find(passes) ?? null;

type SetWord = Word & { readonly pieces: readonly Piece[] };

const paragraphsOf = (fonts: FontBook, text: TextToFit): readonly (readonly SetWord[])[] => {
	let start = 0;
	const paragraphs = text.text.split('\n').map((line) => {
		const words = wordsOf(fonts, text, { line, start });
		start += line.length + 1;
		return words;
	});
	return paragraphs.filter((words) => words.length > 0);
};

/** `start` is where the line begins in the text. */
const wordsOf = (
	fonts: FontBook,
	text: TextToFit,
	{ line, start }: { readonly line: string; readonly start: number },
): readonly SetWord[] => {
	let at = start;
	return line.split(' ').flatMap((word) => {
		const span = [at, at + word.length] as const;
		at += word.length + 1;
		if (word === '') return [];
		const pieces = piecesOf(text.text, text.strong?.ranges ?? [], span);
		return [{ text: word, width: widthOf(fonts, text, pieces), pieces }];
	});
};

/** Em, tracking after every glyph included. Pieces of one face are measured together, as they are shaped. */
const widthOf = (fonts: FontBook, text: TextToFit, pieces: readonly Piece[]): number => {
	const strong = text.strong?.face ?? text.face;
	const parts = sameFace(strong, text.face)
		? [{ text: pieces.map((piece) => piece.text).join(''), face: text.face }]
		: pieces.map((piece) => ({ text: piece.text, face: piece.strong ? strong : text.face }));
	return parts.reduce((sum, part) => {
		const { advance, glyphs } = fonts.measure(part.face, part.text);
		return sum + advance + glyphs * text.tracking;
	}, 0);
};

export const sameFace = (one: FaceQuery, other: FaceQuery): boolean =>
	one.family === other.family && one.weight === other.weight && one.italic === other.italic;

type SetText = { readonly size: number; readonly lines: readonly string[]; readonly words: readonly SetWord[] };

const setLines = (fonts: FontBook, text: TextToFit, { size, lines, words }: SetText): FittedText => {
	const metrics = fonts.metrics(text.face);
	let taken = 0;
	const fitted = lines.map((line): FittedLine => {
		const count = line.split(' ').length;
		const pieces = joinWords(words.slice(taken, taken + count).map((word) => word.pieces));
		taken += count;
		// The browser's gap after the last glyph is no part of the line.
		return { text: line, width: Math.max(0, widthOf(fonts, text, pieces) - text.tracking) * size, pieces };
	});
	const top = inkAbove(lines[0] ?? '', metrics) * size;
	return {
		face: text.face,
		strongFace: text.strong?.face ?? text.face,
		metrics,
		size,
		tracking: text.tracking * size,
		leading: text.leading * size,
		lines: fitted,
		width: Math.max(0, ...fitted.map((line) => line.width)),
		height: top + (lines.length - 1) * text.leading * size,
		overhang: inkBelow(lines.at(-1) ?? '') * size,
		firstBaseline: top,
	};
};

/** Accents on capitals stand this much over the cap height, in em. */
const ACCENT_RISE = 0.24;
const DESCENT = 0.23;

/** Em from the baseline to the top of a line's ink. Ascenders of the families in use end with their capitals, within 0.05 em. */
const inkAbove = (line: string, { capHeight }: FaceMetrics): number =>
	/\p{Lu}\p{M}/u.test(line.normalize('NFD')) ? capHeight + ACCENT_RISE : capHeight + 0.02;

/** Em from the baseline to the bottom of a line's ink. */
const inkBelow = (line: string): number => (/[gjpqyQJ,;()[\]{}@ç€$|/]/.test(line) ? DESCENT : 0.02);

/** Characters of a text that its face cannot draw, each once. */
export const missingGlyphs = (fonts: FontBook, face: FaceQuery, text: string): readonly string[] => [
	...new Set(fonts.measure(face, text.replaceAll('\n', ' ')).missing),
];
