import type { Pcm, ScriptWord, SpokenSentence, WordTiming } from '../../model/sound.ts';
import { findSound } from './find-sound.ts';

/** Silence before the first and after the last sound, in seconds. */
const EDGE = 0.05;

/** Spans of words in seconds from the start of the sound as it came; one for each word that is said, in order. */
export type Span = { readonly start: number; readonly end: number };

/**
 * A sentence as every voice hands it over: one channel, 0.05 s of silence at either end, each written word with its time. The first word starts and the last
 * ends with what can be heard; a word that is not said has the moment where the word before it ends. Null if there is nothing to hear.
 */
export const trimSpeech = (pcm: Pcm, words: readonly ScriptWord[], spans: readonly Span[]): SpokenSentence | null => {
	const { sampleRate } = pcm;
	const samples = oneChannel(pcm);
	const runs = findSound(samples, sampleRate, Number.POSITIVE_INFINITY);
	const [sound] = runs;
	if (sound === undefined) return null;
	const edge = Math.round(EDGE * sampleRate);
	const trimmed = new Float32Array(sound.end - sound.start + 2 * edge);
	const first = Math.max(0, sound.start - edge);
	trimmed.set(samples.subarray(first, Math.min(samples.length, sound.end + edge)), edge - (sound.start - first));
	const bounds = { start: edge / sampleRate, end: (edge + sound.end - sound.start) / sampleRate };
	const shift = bounds.start - sound.start / sampleRate;
	return { pcm: { sampleRate, channels: [trimmed] }, words: timeWords(words, spans, { ...bounds, shift }) };
};

/** The mean of all channels. */
export const oneChannel = ({ channels }: Pcm): Float32Array => {
	const [first = new Float32Array()] = channels;
	if (channels.length <= 1) return first;
	return first.map((_, index) => channels.reduce((sum, channel) => sum + (channel[index] ?? 0), 0) / channels.length);
};

const timeWords = (
	words: readonly ScriptWord[],
	spans: readonly Span[],
	bounds: Span & { readonly shift: number },
): readonly WordTiming[] => {
	const said = words.filter(({ spoken }) => spoken !== '').length;
	let number = 0;
	let before = bounds.start;
	return words.map(({ text, spoken }) => {
		if (spoken === '') return { text, start: before, end: before };
		const span = spans[number++];
		const within = (time: number): number => Math.min(bounds.end, Math.max(before, time + bounds.shift));
		const start = number === 1 ? bounds.start : within(span?.start ?? 0);
		const end = number === said ? bounds.end : Math.max(start, within(span?.end ?? 0));
		before = end;
		return { text, start, end };
	});
};
