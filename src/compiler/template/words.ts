import { LIMITS } from './scan.ts';

const graphemesOf = (text: string): readonly string[] => [...new Intl.Segmenter('en-US').segment(text)].map(({ segment }) => segment);

/** `text` in at most `most` characters as people count them, `ellipsis` included; cut behind a word when one ends in the last half. */
export const truncated = (text: string, most: number, ellipsis: string): string => {
	// No character is longer than its code units: what is short in those is short.
	if (text.length <= most) return text;
	const graphemes = graphemesOf(text);
	if (graphemes.length <= most) return text;
	const room = most - graphemesOf(ellipsis).length;
	if (room <= 0) return graphemes.slice(0, most).join('');
	const kept = graphemes.slice(0, room);
	const isSpace = (index: number): boolean => /^\s+$/u.test(graphemes[index] ?? '');
	let end = room;
	while (end > room / 2 && !isSpace(end)) end--;
	if (end <= room / 2) end = room;
	while (end > 1 && LOOSE_END.test(kept[end - 1]!)) end--;
	return `${kept.slice(0, end).join('')}${ellipsis}`;
};

/** What no text is cut behind. */
const LOOSE_END = /^[\s.,;:–—-]+$/u;

/** `text` with `to` for each `from`; it ends early where it is longer than any text may be. */
export const replaced = (text: string, from: string, to: string): string => {
	if (from === '') return text;
	const [first = '', ...others] = text.split(from);
	let result = first;
	for (const other of others) {
		result += to + other;
		if (result.length > LIMITS.output) break;
	}
	return result;
};

/** The first letter of each word large. The others stay, unless the whole text shouts: then they become small. */
export const capitalised = (text: string, locale: string): string => {
	const calm = text === text.toLocaleUpperCase(locale) ? text.toLocaleLowerCase(locale) : text;
	return calm.replace(/(^|[\s\-/(“"])(\p{Ll})/gu, (_, before: string, letter: string) => `${before}${letter.toLocaleUpperCase(locale)}`);
};

const SALUTATION = /^(mr|mrs|ms|miss|mx|dr|prof|sir|dame|herr|frau)\.?$/iu;

/** `Ada` of `Ada Lovelace`, `Dr. Ada Lovelace` and `Lovelace, Ada`. */
export const firstName = (name: string): string => {
	const [last = '', given = ''] = name.split(',', 2);
	const words = (given.trim() === '' ? last : given).trim().split(/\s+/u);
	return words.find((word) => !SALUTATION.test(word)) ?? words[0] ?? '';
};

/** `Ada’s`, and `James’`. */
export const possessive = (name: string): string => {
	const plain = name.trimEnd();
	return plain === '' ? '' : `${plain}${/s$/iu.test(plain) ? '’' : '’s'}`;
};

/** The first letters of the first and the last word, large: `AL`. */
export const initials = (name: string): string => {
	const words = name
		.trim()
		.split(/\s+/u)
		.filter((word) => /[\p{L}\p{N}]/u.test(word) && !SALUTATION.test(word));
	const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
	return ends.map((word) => (graphemesOf(word.replace(/^[^\p{L}\p{N}]+/u, ''))[0] ?? '').toLocaleUpperCase('en-US')).join('');
};
