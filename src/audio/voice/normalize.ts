import type { ScriptWord } from '../../model/sound.ts';
import { ABBREVIATIONS, INITIALISMS, SAID_AS, UNITS } from './abbreviations.ts';
import { amountWords, isNumber, startsAmount } from './amounts.ts';
import { cardinal, digitWords } from './number-words.ts';
import { spellOut } from './say-as.ts';

/**
 * The words of a text, split at white space, each with what an English voice is told for it: numbers, currencies, years, dates, units, abbreviations,
 * addresses and initials in plain words. What has no English letters keeps them, so that a voice can refuse it by name; signs and emoji are not said.
 */
export const readWords = (text: string): readonly ScriptWord[] => {
	const written = text.split(/\s+/u).filter((word) => word !== '');
	return written.map((word, index) => ({ text: word, spoken: spokenFor(word, { before: written[index - 1], after: written[index + 1] }) }));
};

type Neighbours = { readonly before: string | undefined; readonly after: string | undefined };

const OPENING = /^["'“‘«([{<*_~]+/u;
const CLOSING = /["'”’»)\]}>*_~.,;:!?…]+$/u;

const spokenFor = (word: string, around: Neighbours): string => {
	const plain = word
		.replace(/[™®©]|\p{Cf}|\p{Variation_Selector}/gu, '')
		.normalize('NFKC')
		.replace(/[’‘]/g, "'")
		.replace(OPENING, '');
	const core = plain.replace(CLOSING, '');
	const amount = amountWords(core, { before: bare(around.before), after: bare(around.after) });
	return amount ?? unitAfterNumber(core, around) ?? abbreviation(core, plain, around) ?? address(core) ?? compound(core);
};

const bare = (word: string | undefined): string => (word ?? '').normalize('NFKC').replace(OPENING, '').replace(CLOSING, '');

/** "5 kg", "$3.5 million", "20 °C". */
const unitAfterNumber = (core: string, { before }: Neighbours): string | null => {
	const number = bare(before);
	if (startsAmount(number) && /^(thousand|million|billion|trillion)$/i.test(core)) return `${core.toLowerCase()} ${currencyName(number)}`;
	const unit = Object.hasOwn(UNITS, core.toLowerCase()) ? UNITS[core.toLowerCase()] : undefined;
	return unit === undefined || !isNumber(number) ? null : unit[number === '1' ? 0 : 1];
};

const currencyName = (amount: string): string => ({ $: 'dollars', '€': 'euros', '£': 'pounds', '¥': 'yen' })[amount[0] ?? ''] ?? '';

const abbreviation = (core: string, plain: string, { before, after }: Neighbours): string | null => {
	const stopped = plain.startsWith(`${core}.`);
	const key = core.toLowerCase();
	if (key === 'no' && stopped && /^\d/.test(after ?? '')) return 'number';
	// "Main St." is a street, "St. Anna" a saint.
	if (key === 'st' && stopped && before !== undefined && !/^\p{Lu}/u.test(after ?? '')) return 'street';
	if (stopped && Object.hasOwn(ABBREVIATIONS, key)) return ABBREVIATIONS[key] ?? null;
	if (/^([A-Z]\.)+[A-Z]$/.test(core)) return spellOut(core);
	return Object.hasOwn(SAID_AS, key) ? (SAID_AS[key] ?? null) : null;
};

/** "acme.com/pricing", "anna@acme.com", "#launch", "@acme". */
const address = (core: string): string | null => {
	const tag = /^([#@])([\p{L}\d_].*)$/u.exec(core);
	if (tag !== null) return `${tag[1] === '@' ? 'at' : /^\d+$/.test(tag[2] ?? '') ? 'number' : 'hashtag'} ${compound(tag[2] ?? '')}`;
	const link = /^(?:https?:\/\/)?((?:[\p{L}\d_.+-]+@)?[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.\p{L}{2,}(?:\/\S*)?)$/iu.exec(core)?.[1];
	if (link === undefined) return null;
	return link
		.replace(/\/$/, '')
		.split(/([./@])/)
		.map((part) => ({ '.': 'dot', '/': 'slash', '@': 'at' })[part] ?? compound(part))
		.filter((part) => part !== '')
		.join(' ');
};

const SIGNS: Readonly<Record<string, string>> = { '&': 'and', '+': 'plus', '=': 'equals', '%': 'percent', '@': 'at' };
/** Runs of capitals, capitalised or small words, numbers, and single signs. `Remotion`, `YouTube`, `Q3`, `R&D`, `café`. */
const PIECES = /\p{Lu}{2,}(?!\p{Ll})|\p{Lu}?[\p{Ll}']+(?:'\p{L}+)?|\p{Lu}|[\p{L}\p{M}]+|\d+|[&+=%@]/gu;

const compound = (core: string): string => {
	const whole = wholeWord(core);
	if (whole !== null) return whole;
	if (/^\p{L}(\/\p{L})+$/u.test(core)) return spellOut(core);
	return (core.match(PIECES) ?? [])
		.map((piece) =>
			/^\d+$/.test(piece)
				? piece.length > 4 || piece.startsWith('0')
					? digitWords(piece)
					: cardinal(piece)
				: (SIGNS[piece] ?? wholeWord(piece) ?? latin(piece)),
		)
		.filter((piece) => /[\p{L}]/u.test(piece))
		.join(' ');
};

const VOWELS = /[AEIOUY]/;

/** A word that is not taken apart: all capitals, plain, or null. */
const wholeWord = (word: string): string | null => {
	if (/^[A-Z]$/.test(word)) return word === 'A' ? 'a' : word;
	if (INITIALISMS.has(word.toUpperCase()) && word === word.toUpperCase()) return spellOut(word);
	if (/^[A-Z]{2,5}$/.test(word)) return VOWELS.test(word) ? word.toLowerCase() : spellOut(word);
	if (/^(Mc|Mac|O')\p{Lu}\p{Ll}+('s)?$/u.test(word) || /^\p{L}\p{Ll}*('\p{L}+)*'?$/u.test(word)) return latin(word).replace(/'$/, '');
	return null;
};

const UNMARKED: Readonly<Record<string, string>> = {
	ß: 'ss',
	ø: 'o',
	Ø: 'O',
	æ: 'ae',
	Æ: 'Ae',
	œ: 'oe',
	Œ: 'Oe',
	ł: 'l',
	Ł: 'L',
	đ: 'd',
	Đ: 'D',
	ð: 'th',
	þ: 'th',
	ı: 'i',
};

/** Latin letters without their marks; letters of other scripts stay. */
const latin = (word: string): string =>
	[...word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')].map((letter) => UNMARKED[letter] ?? letter).join('');
