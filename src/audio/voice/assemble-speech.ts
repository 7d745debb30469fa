import type { ScriptPart, Speech, SpokenSentence, WordTiming } from '../../model/sound.ts';
import { resample } from './resample.ts';

/** Hz of every voice-over. */
export const SPEECH_RATE = 48_000;

/** Silence from the last sound of a sentence to the first of the next, in seconds. */
const SENTENCE_GAP = 0.25;
/** The same where a sentence goes on in another way of speaking. */
const JOIN_GAP = 0.03;
/** What stays of the silence around a sentence: a fade's room before it, time to ring out behind it. */
const LEAD = 0.01;
const TAIL = 0.05;
const FADE = 0.005;
/** The loudest a sentence may get by its gain. */
const CEILING = 0.98;

type Placed = {
	readonly samples: Float32Array /** In samples. */;
	readonly at: number;
	readonly words: readonly WordTiming[];
	readonly end: number;
};

/**
 * One voice-over from its script and what was synthesised for it: `spoken` has one sound for each sentence of `parts`, in their order. Mono at `SPEECH_RATE`.
 * A pause is the silence between two sounds, and exact; without one there are 0.25 s. The first sound begins after 0.01 s, or after the pause that comes first. Sentences
 * begin and end at zero, so that none clicks. @throws RangeError if the numbers of sentences differ
 */
export const assembleSpeech = (parts: readonly ScriptPart[], spoken: readonly SpokenSentence[]): Speech => {
	const sentences = parts.filter((part) => part.kind === 'sentence').length;
	if (sentences !== spoken.length) throw new RangeError(`${spoken.length} sounds for ${sentences} sentences`);
	const placed: Placed[] = [];
	let pause: number | null = null;
	let end = 0;
	for (const part of parts) {
		if (part.kind === 'pause') {
			pause = (pause ?? 0) + part.seconds;
			continue;
		}
		const sentence = spoken[placed.length];
		if (sentence === undefined) break;
		const gap: number = pause ?? (placed.length === 0 ? 0 : part.joins ? JOIN_GAP : SENTENCE_GAP);
		const next = place(sentence, part.prosody.gain, Math.max(end + gap, LEAD));
		placed.push(next);
		end = next.end;
		pause = null;
	}
	const seconds = placed.length === 0 ? (pause ?? 0) : end + Math.max(TAIL, pause ?? 0);
	return mixDown(placed, Math.round(seconds * SPEECH_RATE));
};

/** A sentence whose first sound is heard at `start` seconds. */
const place = ({ pcm, words }: SpokenSentence, gain: number, start: number): Placed => {
	const length = (pcm.channels[0]?.length ?? 0) / pcm.sampleRate;
	const [first, last] = [words[0]?.start ?? 0, Math.min(words.at(-1)?.end ?? length, length)];
	const from = Math.round((first - LEAD) * SPEECH_RATE);
	const to = Math.round((last + TAIL) * SPEECH_RATE);
	const whole = resample(monoOf(pcm.channels), pcm.sampleRate, SPEECH_RATE);
	const samples = new Float32Array(Math.max(0, to - from));
	samples.set(whole.subarray(Math.max(0, from), Math.min(whole.length, to)), Math.max(0, -from));
	amplify(samples, gain);
	fadeEdges(samples);
	const at = Math.round((start - LEAD) * SPEECH_RATE);
	const shift = (at - from) / SPEECH_RATE;
	return { samples, at, words: words.map((word) => ({ ...word, start: word.start + shift, end: word.end + shift })), end: last + shift };
};

const monoOf = (channels: readonly Float32Array[]): Float32Array => {
	const [first = new Float32Array(), ...others] = channels;
	if (others.length === 0) return first;
	return first.map((sample, index) => others.reduce((sum, channel) => sum + (channel[index] ?? 0), sample) / channels.length);
};

/** By decibels, but never over the ceiling. */
const amplify = (samples: Float32Array, gain: number): void => {
	const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
	const factor = Math.min(10 ** (gain / 20), peak === 0 ? 1 : CEILING / peak);
	if (factor === 1) return;
	for (const [index, sample] of samples.entries()) samples[index] = sample * factor;
};

const fadeEdges = (samples: Float32Array): void => {
	const fade = Math.min(Math.round(FADE * SPEECH_RATE), samples.length >> 1);
	for (let index = 0; index < fade; index++) {
		const level = 0.5 - 0.5 * Math.cos((Math.PI * index) / fade);
		const mirror = samples.length - 1 - index;
		samples[index] = (samples[index] ?? 0) * level;
		samples[mirror] = (samples[mirror] ?? 0) * level;
	}
};

const mixDown = (placed: readonly Placed[], length: number): Speech => {
	const mixed = new Float32Array(length);
	for (const { samples, at } of placed) {
		for (const [index, sample] of samples.entries()) {
			if (at + index < length) mixed[at + index] = (mixed[at + index] ?? 0) + sample;
		}
	}
	const pcm = { sampleRate: SPEECH_RATE, channels: [mixed] };
	return { pcm, words: placed.flatMap(({ words }) => words), seconds: length / SPEECH_RATE };
};
