import type { ScriptPart, WordTiming } from '../../model/sound.ts';

/** Hz of every voice-over. */
export const SPEECH_RATE = 48_000;

/** Silence from the last sound of a sentence to the first of the next, in seconds. */
const SENTENCE_GAP = 0.25;
/** The same where a sentence goes on in another way of speaking. */
const JOIN_GAP = 0.03;
/** What stays of the silence around a sentence: a fade's room before it, time to ring out behind it. */
const LEAD = 0.01;
const TAIL = 0.05;

/** A sentence as it was said: how long its sound is, and its words from the start of it. Seconds. */
export type HeardSentence = { readonly seconds: number; readonly words: readonly WordTiming[] };

/** A sentence on the way to a voice-over. In samples at `SPEECH_RATE`: its own sound `[from, to)`, `from` maybe below 0, is heard from `at` on. */
export type PlacedSentence = {
	readonly from: number;
	readonly to: number;
	readonly at: number;
	/** From the start of the voice-over. */
	readonly words: readonly WordTiming[];
};

/** `seconds` is a whole number of samples. */
export type PlacedSpeech = {
	readonly sentences: readonly PlacedSentence[];
	readonly words: readonly WordTiming[];
	readonly seconds: number;
};

/**
 * Where each sentence of a script stands in its voice-over: `heard` has one for each sentence of `parts`, in their order. A pause is the silence between two
 * sounds, and exact; without one there are 0.25 s. The first sound begins after 0.01 s, or after the pause that comes first.
 * @throws RangeError if the numbers of sentences differ
 */
export const placeSentences = (parts: readonly ScriptPart[], heard: readonly HeardSentence[]): PlacedSpeech => {
	const count = parts.filter((part) => part.kind === 'sentence').length;
	if (count !== heard.length) throw new RangeError(`${heard.length} sounds for ${count} sentences`);
	const sentences: PlacedSentence[] = [];
	let pause: number | null = null;
	let end = 0;
	for (const part of parts) {
		if (part.kind === 'pause') {
			pause = (pause ?? 0) + part.seconds;
			continue;
		}
		const sentence = heard[sentences.length];
		if (sentence === undefined) break;
		const gap: number = pause ?? (sentences.length === 0 ? 0 : part.joins ? JOIN_GAP : SENTENCE_GAP);
		const next = place(sentence, Math.max(end + gap, LEAD));
		sentences.push(next.placed);
		end = next.end;
		pause = null;
	}
	const seconds = sentences.length === 0 ? (pause ?? 0) : end + Math.max(TAIL, pause ?? 0);
	return { sentences, words: sentences.flatMap(({ words }) => words), seconds: Math.round(seconds * SPEECH_RATE) / SPEECH_RATE };
};

/** A sentence whose first sound is heard at `start` seconds. */
const place = ({ seconds, words }: HeardSentence, start: number): { readonly placed: PlacedSentence; readonly end: number } => {
	const [first, last] = [words[0]?.start ?? 0, Math.min(words.at(-1)?.end ?? seconds, seconds)];
	const from = Math.round((first - LEAD) * SPEECH_RATE);
	const to = Math.round((last + TAIL) * SPEECH_RATE);
	const at = Math.round((start - LEAD) * SPEECH_RATE);
	const shift = (at - from) / SPEECH_RATE;
	return {
		placed: { from, to, at, words: words.map((word) => ({ ...word, start: word.start + shift, end: word.end + shift })) },
		end: last + shift,
	};
};
