import type { Pcm, ScriptWord } from '../../model/sound.ts';
import { findSound, type Run } from './find-sound.ts';
import { oneChannel, type Span } from './trim-speech.ts';

/** A silence of this length, in seconds, is a pause of the speaker and not the closure of a consonant. */
const PAUSE = 0.12;
/** How far from where it is expected a pause may be to belong to a comma, as a share of the whole. */
const REACH = 0.12;

/**
 * Where the words of a recording are likely to be, for a voice that does not say. What can be heard is dealt out by the syllables of each word, and the speaker's
 * pauses are put behind the nearest punctuation. Typically right within a few tenths of a second; for captions, not for cutting.
 */
export const estimateSpans = (pcm: Pcm, words: readonly ScriptWord[]): readonly Span[] => {
	const runs = findSound(oneChannel(pcm), pcm.sampleRate, PAUSE);
	const said = words.filter(({ spoken }) => spoken !== '');
	const ends = placeEnds(said, pausesBetween(runs));
	return said.map((_, index) => ({
		start: timeAt(runs, ends[index - 1] ?? 0, 'after') / pcm.sampleRate,
		end: timeAt(runs, ends[index] ?? 1, 'before') / pcm.sampleRate,
	}));
};

const lengthOf = (runs: readonly Run[]): number => runs.reduce((sum, { start, end }) => sum + end - start, 0);

/** Where the pauses stand in what can be heard, as shares of it. */
const pausesBetween = (runs: readonly Run[]): readonly number[] => {
	const whole = lengthOf(runs);
	let heard = 0;
	return runs.slice(0, -1).map(({ start, end }) => {
		heard += end - start;
		return heard / whole;
	});
};

/** The end of each word as a share of what can be heard. */
const placeEnds = (words: readonly ScriptWord[], pauses: readonly number[]): readonly number[] => {
	const weights = words.map(({ spoken }) => syllables(spoken));
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	let sum = 0;
	const expected = weights.map((weight) => {
		sum += weight;
		return sum / total;
	});
	const anchors = [{ from: 0, to: 0 }];
	for (const [index, { text }] of words.entries()) {
		const from = expected[index] ?? 1;
		const last = anchors.at(-1)?.to ?? 0;
		if (index === words.length - 1 || !/[,;:.!?…—–]["'”’)\]]*$/.test(text)) continue;
		const near = pauses.filter((pause) => pause > last && Math.abs(pause - from) < REACH);
		const to = near.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))[0];
		if (to !== undefined) anchors.push({ from, to });
	}
	anchors.push({ from: 1, to: 1 });
	return expected.map((share) => stretch(anchors, share));
};

const stretch = (anchors: readonly { readonly from: number; readonly to: number }[], share: number): number => {
	const next = Math.max(
		1,
		anchors.findIndex(({ from }) => from >= share),
	);
	const [low, high] = [anchors[next - 1] ?? { from: 0, to: 0 }, anchors[next] ?? { from: 1, to: 1 }];
	return high.from === low.from ? high.to : low.to + ((share - low.from) / (high.from - low.from)) * (high.to - low.to);
};

/** The sample at which a share of what can be heard is over. At a pause, `before` it or `after`. */
const timeAt = (runs: readonly Run[], share: number, side: 'before' | 'after'): number => {
	let left = share * lengthOf(runs);
	for (const [index, { start, end }] of runs.entries()) {
		const length = end - start;
		const over = side === 'before' ? left <= length + 0.5 : left < length - 0.5;
		if (over || index === runs.length - 1) return Math.min(end, start + left);
		left -= length;
	}
	return 0;
};

/** Roughly: groups of vowels, a silent "e" apart; at least one for each word. */
const syllables = (spoken: string): number =>
	spoken
		.toLowerCase()
		.split(/\s+/)
		.reduce((sum, word) => sum + Math.max(1, (word.replace(/[^aeiou]e$/, '').match(/[aeiouy]+/g) ?? []).length), 0);
