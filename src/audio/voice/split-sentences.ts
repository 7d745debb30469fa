import { NEVER_LAST } from './abbreviations.ts';

/** A stretch of a text, `[start, end)`. */
export type Stretch = { readonly start: number; readonly end: number };

/**
 * The sentences of a text, which together cover it. Line breaks are white space like any other, but an empty line ends a sentence. A full stop behind an
 * abbreviation that something always follows ("Dr."), behind an initial ("J. Smith") or inside of a number does not.
 */
export const splitSentences = (text: string): readonly Stretch[] => {
	const sentences: Stretch[] = [];
	// One segment at a time: each holds a copy of the whole text.
	for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(unwrapped(text))) {
		const last = sentences.at(-1);
		const end = index + segment.length;
		if (last === undefined || endsSentence(text.slice(last.start, last.end), text.slice(index, end))) sentences.push({ start: index, end });
		else sentences[sentences.length - 1] = { start: last.start, end };
	}
	return sentences;
};

/** A line break ends a sentence for the segmenter: single ones become spaces, empty lines stay. As long as before. */
const unwrapped = (text: string): string =>
	text.replace(/[^\S\n]*\n\s*/g, (gap) => (gap.indexOf('\n') === gap.lastIndexOf('\n') ? ' '.repeat(gap.length) : '\n'.repeat(gap.length)));

const endsSentence = (before: string, after: string): boolean => {
	if (/\n\s*\n\s*$/.test(before)) return true;
	const last = /([^\s"'“‘(]+)\.\s*$/u.exec(before)?.[1];
	if (last === undefined) return true;
	if (NEVER_LAST.has(last.toLowerCase())) return false;
	// "U.S. " may end a sentence and an initial may not; both are single capitals, but the one has a full stop before it.
	if (/^\p{Lu}$/u.test(last) && last !== 'I') return false;
	return !(/^no$/i.test(last) && /^\d/.test(after));
};
