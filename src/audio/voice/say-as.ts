import { cardinal, decimal, digitWords, ordinal, year } from './number-words.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');

/** The names of letters that a voice would say as a word, or weakly, when they stand alone. */
const LETTERS: Readonly<Record<string, string>> = { a: 'ay' };

/** `B2B` is "b two b": each letter by its name, each digit as a number; anything else is left out. */
export const spellOut = (text: string): string =>
	[...text.toLowerCase()]
		.filter((character) => /[a-z0-9]/.test(character))
		.map((character) => (/\d/.test(character) ? digitWords(character) : (LETTERS[character] ?? character)))
		.join(' ');

/** "november twentieth twenty twenty six", or null where month or day do not exist. */
export const dateWords = ({
	year: y,
	month,
	day,
}: {
	readonly year: string | undefined;
	readonly month: string;
	readonly day: string;
}): string | null => {
	const name = MONTHS[Number(month) - 1];
	if (name === undefined || Number(day) < 1 || Number(day) > 31) return null;
	return [name, ordinal(day), ...(y === undefined ? [] : [y.length === 4 ? year(y) : cardinal(y)])].join(' ');
};

/** A telephone number digit by digit, "plus" for an international one. */
export const telephone = (text: string): string => `${text.trim().startsWith('+') ? 'plus ' : ''}${digitWords(text.replace(/\D/g, ''))}`;

/** How `say-as` may ask for a text to be said. */
export type SayAs = 'cardinal' | 'ordinal' | 'characters' | 'date' | 'telephone';

/** What is said for a whole text, or null where the text is not of that kind. `format` orders a date: `mdy` (the default), `dmy`, `ymd`, `md`, `dm`. */
export const sayAs = (text: string, as: SayAs, format = 'mdy'): string | null => {
	const digits = text.replace(/[,\s]/g, '');
	switch (as) {
		case 'cardinal':
			return /^-?\d+(\.\d+)?$/.test(digits) ? `${digits.startsWith('-') ? 'minus ' : ''}${decimal(digits.replace('-', ''))}` : null;
		case 'ordinal':
			return /^\d+(st|nd|rd|th)?$/i.test(digits) ? ordinal(digits.replace(/\D/g, '')) : null;
		case 'characters':
			return /[a-z0-9]/i.test(text) ? spellOut(text) : null;
		case 'telephone':
			return /^\+?[\d\s().-]*\d[\d\s().-]*$/.test(text.trim()) ? telephone(text) : null;
		case 'date':
			return formattedDate(text.trim(), format);
	}
};

const formattedDate = (text: string, format: string): string | null => {
	const fields = /^\d{4}-/.test(text) ? 'ymd' : format;
	const numbers = text.split(/[-/.\s]+/);
	if (numbers.length !== fields.length || !numbers.every((number) => /^\d{1,4}$/.test(number))) return null;
	const field = (letter: string): string | undefined => numbers[fields.indexOf(letter)];
	const [month, day] = [field('m'), field('d')];
	return month === undefined || day === undefined ? null : dateWords({ year: field('y'), month, day });
};
