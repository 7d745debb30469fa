import type { ScriptPart, Speech, SpokenSentence } from '../../model/sound.ts';
import { type PlacedSentence, placeSentences, SPEECH_RATE } from './place-sentences.ts';
import { resample } from './resample.ts';

export { SPEECH_RATE } from './place-sentences.ts';

const FADE = 0.005;
/** The loudest a sentence may get by its gain. */
const CEILING = 0.98;

type Cut = { readonly samples: Float32Array /** In samples. */; readonly at: number };

/**
 * One voice-over from its script and what was synthesised for it: `spoken` has one sound for each sentence of `parts`, in their order, placed by
 * `placeSentences`. Mono at `SPEECH_RATE`. Sentences begin and end at zero, so that none clicks. @throws RangeError if the numbers of sentences differ
 */
export const assembleSpeech = (parts: readonly ScriptPart[], spoken: readonly SpokenSentence[]): Speech => {
	const heard = spoken.map(({ pcm, words }) => ({ seconds: (pcm.channels[0]?.length ?? 0) / pcm.sampleRate, words }));
	const { sentences, words, seconds } = placeSentences(parts, heard);
	const gains = parts.flatMap((part) => (part.kind === 'sentence' ? [part.prosody.gain] : []));
	const cuts = sentences.map((sentence, index) => cut(spoken[index]!, gains[index]!, sentence));
	const pcm = { sampleRate: SPEECH_RATE, channels: [mixDown(cuts, Math.round(seconds * SPEECH_RATE))] };
	return { pcm, words, seconds };
};

const cut = ({ pcm }: SpokenSentence, gain: number, { from, to, at }: PlacedSentence): Cut => {
	const whole = resample(monoOf(pcm.channels), pcm.sampleRate, SPEECH_RATE);
	const samples = new Float32Array(Math.max(0, to - from));
	samples.set(whole.subarray(Math.max(0, from), Math.min(whole.length, to)), Math.max(0, -from));
	amplify(samples, gain);
	fadeEdges(samples);
	return { samples, at };
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

const mixDown = (cuts: readonly Cut[], length: number): Float32Array => {
	const mixed = new Float32Array(length);
	for (const { samples, at } of cuts) {
		for (const [index, sample] of samples.entries()) {
			if (at + index < length) mixed[at + index] = (mixed[at + index] ?? 0) + sample;
		}
	}
	return mixed;
};
