/** Width in em, tracking included. */
export type Word = { readonly text: string; readonly width: number };

type Paragraph = readonly Word[];

/** Fewest lines that a paragraph needs; Infinity when a word is wider than `limit`. Widths in em. */
export const linesNeeded = (words: Paragraph, space: number, limit: number): number => {
	let lines = 1;
	let width = 0;
	for (const word of words) {
		if (word.width > limit) return Number.POSITIVE_INFINITY;
		const longer = width === 0 ? word.width : width + space + word.width;
		if (longer <= limit) width = longer;
		else {
			lines++;
			width = word.width;
		}
	}
	return lines;
};

/** Words that belong to what follows: a line should not end with one. */
const LEANING = new Set('a an the to of in on at by for and or with from your our my is are be no its as'.split(' '));

/** Against the unevenness of the lines, which is 0.01 for two lines of which one is a tenth longer than the mean. */
const AFTER_SENTENCE = -0.05;
const AFTER_CLAUSE = -0.025;
const AFTER_LEANING = 0.035;
const ACROSS_SENTENCES = 0.06;
const WIDOW = 0.14;
/** A last word is no widow when it is at least this share of a mean line. */
const FULL_ENOUGH = 0.5;
/** A short word alone on the first line: a stumble at the start. */
const STUMBLE = 0.025;
const LONG_ENOUGH = 0.75;

/** `cost` compares ways to break one text: lower is better. */
export type Broken = { readonly lines: readonly string[]; readonly cost: number };

/**
 * A paragraph in exactly `count` lines of even width, none wider than `limit` em. Lines like to end where a sentence or a clause does, never with an
 * article, and the last is not a single word when it can be helped. `count` must be at least what `linesNeeded` says.
 */
export const balance = (words: Paragraph, space: number, room: { readonly limit: number; readonly count: number }): Broken => {
	const { limit, count } = room;
	const total = widthOf(words, space);
	// Long texts are read and not seen: evenness decides there.
	const taste = count > 3 ? 0.25 : 1;
	type Best = { readonly cost: number; readonly from: number };
	const table: Best[][] = [words.map(() => ({ cost: Number.POSITIVE_INFINITY, from: 0 }))];
	for (let line = 1; line <= count; line++) {
		table.push(
			words.map((_, end): Best => {
				let best: Best = { cost: Number.POSITIVE_INFINITY, from: 0 };
				for (let from = end; from >= 0; from--) {
					const width = widthOf(words.slice(from, end + 1), space);
					if (width > limit + 1e-9) break;
					const before = from === 0 ? (line === 1 ? 0 : Number.POSITIVE_INFINITY) : table[line - 1]![from - 1]!.cost;
					const shape = count * (width / total) ** 2 - 1 / count;
					const cost =
						before + shape + penalty({ words, from, end, isLast: end === words.length - 1, share: (width / total) * count }) * taste;
					if (cost < best.cost) best = { cost, from };
				}
				return best;
			}),
		);
	}
	const lines = readLines(
		words,
		table.map((row) => row.map(({ from }) => from)),
		count,
	);
	return { lines, cost: table[count]!.at(-1)!.cost };
};

type Line = {
	readonly words: Paragraph;
	readonly from: number;
	readonly end: number;
	readonly isLast: boolean /** Of the mean width. */;
	readonly share: number;
};

const ENDS_SENTENCE = /[.!?…]["”’)]?$/;

const penalty = ({ words, from, end, isLast, share }: Line): number => {
	const last = words[end]!.text;
	const stumble = from === 0 && end === 0 && share < LONG_ENOUGH ? STUMBLE : 0;
	const across = words.slice(from, end).some(({ text }) => ENDS_SENTENCE.test(text)) ? ACROSS_SENTENCES : 0;
	if (isLast) return across + (from === end && words.length > 3 && share < FULL_ENOUGH ? WIDOW : 0);
	if (ENDS_SENTENCE.test(last)) return across + AFTER_SENTENCE;
	if (/[,;:–—]$/.test(last)) return across + AFTER_CLAUSE;
	return across + stumble + (LEANING.has(last.toLowerCase()) ? AFTER_LEANING : 0);
};

const widthOf = (words: Paragraph, space: number): number =>
	words.reduce((sum, word) => sum + word.width, 0) + space * Math.max(0, words.length - 1);

const readLines = (words: Paragraph, from: readonly (readonly number[])[], count: number): readonly string[] => {
	const lines: string[] = [];
	let end = words.length - 1;
	for (let line = count; line >= 1; line--) {
		const start = from[line]![end]!;
		lines.unshift(
			words
				.slice(start, end + 1)
				.map((word) => word.text)
				.join(' '),
		);
		end = start - 1;
	}
	return lines;
};
