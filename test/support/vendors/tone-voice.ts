import { encodeWave } from '../../../src/providers/voice/wave.ts';

export const TONE_RATE = 24_000;
const LEAD = 0.12;
const WORD = 0.2;
const GAP = 0.03;
const PAUSE = 0.3;

export type ToneWord = { readonly text: string; readonly start: number; readonly end: number };
export type ToneSpeech = { readonly samples: Float32Array; readonly words: readonly ToneWord[]; readonly seconds: number };

/** A voice that says every word as a tone of 0.2 s, with pauses behind commas. A dash alone is silence. */
export const sayTones = (text: string): ToneSpeech => {
	const words: ToneWord[] = [];
	let at = LEAD;
	for (const word of text.split(/\s+/).filter((part) => part !== '')) {
		const length = /[\p{L}\p{N}]/u.test(word) ? WORD : 0;
		words.push({ text: word, start: at, end: at + length });
		at += length + (/[,;:]$/.test(word) ? PAUSE : GAP);
	}
	const seconds = at + LEAD;
	const samples = new Float32Array(Math.round(seconds * TONE_RATE));
	for (const [number, { start, end }] of words.entries())
		for (let index = Math.round(start * TONE_RATE); index < Math.round(end * TONE_RATE); index++)
			samples[index] = 0.3 * Math.sin((2 * Math.PI * (220 + 20 * (number % 5)) * index) / TONE_RATE);
	return { samples, words, seconds };
};

/** The bytes of a WAV file; `silent` keeps its length, `empty` nothing. */
export const toneWave = (text: string, mood: 'well' | 'empty' | 'silent'): Uint8Array => {
	const { samples } = sayTones(text);
	const channel = mood === 'empty' ? new Float32Array() : mood === 'silent' ? new Float32Array(samples.length) : samples;
	return encodeWave({ sampleRate: TONE_RATE, channels: [channel] });
};
