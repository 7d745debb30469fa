/** Marks of emphasis while a text is typeset. No spec can hold them: control characters are refused. */
export const OPEN = '\u0002';
export const CLOSE = '\u0003';

/** Where a text is emphasised: ranges of its UTF-16 units, end excluded, in order. */
export type Ranges = readonly (readonly [start: number, end: number])[];

export type EmphasisedText = { readonly text: string; readonly ranges: Ranges };

// An asterisk opens before a word and closes after one, so that those of `5 * 3`, `2*3` and a footnote stay what they are.
const EMPHASISED = /(?<![\p{L}\p{N}*\\])\*(?=[^\s*])((?:\\\*|[^*])*?[^\s*\\]|[^\s*\\])\*(?![\p{L}\p{N}*])/gu;

/** `*word*` to the word between marks, and `\*` to an asterisk. */
export const markEmphasis = (written: string): string =>
	written.replaceAll(EMPHASISED, (_, words: string) => `${OPEN}${words}${CLOSE}`).replaceAll('\\*', '*');

/** A marked text without its marks, and where they were. */
export const readMarks = (marked: string): EmphasisedText => {
	const ranges: [number, number][] = [];
	let text = '';
	let opened = 0;
	for (const character of marked) {
		if (character === OPEN) opened = text.length;
		else if (character !== CLOSE) text += character;
		else if (text.length > opened) ranges.push([opened, text.length]);
	}
	return { text, ranges };
};

/** A piece of a text that is all emphasised or not at all. */
export type Piece = { readonly text: string; readonly strong: boolean };

/** The pieces of `text[start, end)`. */
export const piecesOf = (text: string, ranges: Ranges, [start, end]: readonly [number, number]): readonly Piece[] => {
	const pieces: Piece[] = [];
	let at = start;
	for (const [from, to] of ranges) {
		const [left, right] = [Math.max(from, start), Math.min(to, end)];
		if (left >= right) continue;
		if (left > at) pieces.push({ text: text.slice(at, left), strong: false });
		pieces.push({ text: text.slice(left, right), strong: true });
		at = right;
	}
	return at < end ? [...pieces, { text: text.slice(at, end), strong: false }] : pieces;
};

/** Words joined to a line: neighbours of one kind become one piece, and a space between two emphasised words is emphasised too. */
export const joinWords = (words: readonly (readonly Piece[])[]): readonly Piece[] => {
	const line: Piece[] = [];
	const add = (piece: Piece): void => {
		const last = line.at(-1);
		if (last !== undefined && last.strong === piece.strong) line[line.length - 1] = { ...last, text: last.text + piece.text };
		else line.push(piece);
	};
	for (const [index, pieces] of words.entries()) {
		const before = line.at(-1);
		if (index > 0) add({ text: ' ', strong: before?.strong === true && pieces[0]?.strong === true });
		pieces.forEach(add);
	}
	return line;
};
