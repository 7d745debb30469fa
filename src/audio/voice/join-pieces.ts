import type { Prosody, ScriptPart, ScriptWord } from '../../model/sound.ts';
import { readWords } from './normalize.ts';
import { splitSentences } from './split-sentences.ts';

/** Text that is said in one way. `spoken` is what is said for the whole of it, or null where its words say themselves. */
export type StretchPiece = { readonly kind: 'text'; readonly text: string; readonly prosody: Prosody; readonly spoken: string | null };

/** What a script in markup consists of, in its order. */
export type SpokenPiece =
	| StretchPiece
	| { readonly kind: 'pause'; readonly seconds: number }
	| { readonly kind: 'boundary'; readonly paragraph: boolean };

type Run = { readonly words: ScriptWord[]; readonly prosody: Prosody };

/** The sentences of a stretch of pieces. Where the way of speaking changes inside of a sentence, it goes on in a part that joins. */
export const joinStretch = (pieces: readonly StretchPiece[]): readonly ScriptPart[] => {
	const text = pieces.map((piece) => piece.text).join('');
	const ends = endsOf(pieces);
	return splitSentences(text).flatMap((sentence) => {
		const runs: Run[] = [];
		for (const [index, piece] of pieces.entries()) {
			const from = Math.max(sentence.start, (ends[index] ?? 0) - piece.text.length);
			const to = Math.min(sentence.end, ends[index] ?? 0);
			if (from < to)
				addWords(runs, wordsOf(piece, text.slice(from, to)), {
					prosody: piece.prosody,
					glued: /\S\S/.test(text.slice(from - 1, from + 1)),
				});
		}
		return runs
			.filter(({ words }) => words.some(({ spoken }) => spoken !== ''))
			.map(({ words, prosody }, index) => ({
				kind: 'sentence',
				text: words.map((word) => word.text).join(' '),
				words,
				prosody,
				joins: index > 0,
			}));
	});
};

/** The offset behind each piece in the text of all. */
const endsOf = (pieces: readonly StretchPiece[]): readonly number[] => {
	let end = 0;
	return pieces.map((piece) => {
		end += piece.text.length;
		return end;
	});
};

const wordsOf = ({ spoken }: StretchPiece, text: string): readonly ScriptWord[] => {
	if (spoken === null) return readWords(text);
	const written = text.trim().split(/\s+/).join(' ');
	return written === ''
		? []
		: [
				{
					text: written,
					spoken: readWords(spoken)
						.map((word) => word.spoken)
						.join(' ')
						.trim(),
				},
			];
};

/** Two pieces with no white space between them share a word: the full stop behind a `say-as`. */
const addWords = (
	runs: Run[],
	words: readonly ScriptWord[],
	{ prosody, glued }: { readonly prosody: Prosody; readonly glued: boolean },
): void => {
	const before = runs.at(-1)?.words;
	const last = before?.at(-1);
	const [first, ...rest] = words;
	if (first === undefined) return;
	const shares = glued && before !== undefined && last !== undefined;
	if (shares) before[before.length - 1] = { text: last.text + first.text, spoken: `${last.spoken} ${first.spoken}`.trim() };
	const own = shares ? rest : [...words];
	if (own.length === 0) return;
	const run = runs.at(-1);
	if (run !== undefined && sameProsody(run.prosody, prosody)) run.words.push(...own);
	else runs.push({ words: own, prosody });
};

const sameProsody = (a: Prosody, b: Prosody): boolean => a.rate === b.rate && a.pitch === b.pitch && a.gain === b.gain;
