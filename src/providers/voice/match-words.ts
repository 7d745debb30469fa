import type { ScriptWord } from '../../model/sound.ts';
import type { Span } from './trim-speech.ts';

/** A piece of the text as a service tells its time: a character or a word, in seconds. */
export type TimedPiece = Span & { readonly text: string };

/**
 * The spans of the words that are said, from the times of the service's own pieces. Letters and digits are matched one by one, so that it does not matter how the
 * service divides the text or writes its punctuation. Null where its letters are not those of the words.
 */
export const matchWords = (words: readonly ScriptWord[], pieces: readonly TimedPiece[]): readonly Span[] | null => {
	const heard = pieces.flatMap(lettersOf);
	const spans: (Span | null)[] = [];
	let at = 0;
	for (const word of words) {
		const letters = plainLetters(word.text);
		const own = heard.slice(at, at + letters.length);
		if (own.map(({ text }) => text).join('') !== letters.join('')) return null;
		at += letters.length;
		const [first, last] = [own[0], own.at(-1)];
		if (word.spoken !== '') spans.push(first && last ? { start: first.start, end: Math.max(first.start, last.end) } : null);
	}
	return at === heard.length ? fillGaps(spans) : null;
};

/** A sign that is said ("&") has no letters to find it by: it has the time between its neighbours. */
const fillGaps = (spans: readonly (Span | null)[]): readonly Span[] | null =>
	spans.every((span) => span === null)
		? null
		: spans.map((span, index) => {
				if (span !== null) return span;
				const before = spans.slice(0, index).findLast((other) => other !== null);
				const after = spans.slice(index + 1).find((other) => other !== null);
				return { start: before?.end ?? after?.start ?? 0, end: after?.start ?? before?.end ?? 0 };
			});

const plainLetters = (text: string): readonly string[] =>
	[...text.normalize('NFKC').toLowerCase()].filter((letter) => /[\p{L}\p{N}\p{M}]/u.test(letter));

/** The letters of a piece, which share its time evenly. */
const lettersOf = ({ text, start, end }: TimedPiece): readonly TimedPiece[] => {
	const letters = plainLetters(text);
	const step = (end - start) / Math.max(1, letters.length);
	return letters.map((letter, index) => ({ text: letter, start: start + index * step, end: start + (index + 1) * step }));
};
