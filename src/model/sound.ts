/** Sound as numbers: one `Float32Array` per channel, all of one length, full scale is 1. `sampleRate` in Hz. */
export type Pcm = { readonly sampleRate: number; readonly channels: readonly Float32Array[] };

/** One word as its source writes it ("$42,500"), and when it is heard. `start` and `end` in seconds from the start of the sound it belongs to. */
export type WordTiming = { readonly text: string; readonly start: number; readonly end: number };

/** How a stretch of speech is said. Factors on the voice's own rate and pitch; `gain` is in decibels. */
export type Prosody = { readonly rate: number; readonly pitch: number; readonly gain: number };

/** The voice as it is by itself. */
export const PLAIN_PROSODY: Prosody = { rate: 1, pitch: 1, gain: 0 };

/**
 * One word of a script. `text` is what captions show, its punctuation included ("$42,500."). `spoken` is what is said for it, in plain words with no
 * punctuation ("forty two thousand five hundred dollars"); empty where nothing is said.
 */
export type ScriptWord = { readonly text: string; readonly spoken: string };

/** A script in the order it is heard. */
export type ScriptPart =
	| {
			readonly kind: 'sentence';
			/** As a reader sees it: the texts of `words`, joined by single spaces. */
			readonly text: string;
			readonly words: readonly ScriptWord[];
			readonly prosody: Prosody;
			/** The rest of a sentence whose beginning is the part before: it follows with no pause. */
			readonly joins: boolean;
	  }
	| { readonly kind: 'pause' /** >= 0 */; readonly seconds: number };

/** One synthesised sentence. Word times count from the start of `pcm`. */
export type SpokenSentence = { readonly pcm: Pcm; readonly words: readonly WordTiming[] };

/** A whole voice-over. Word times count from its start; `seconds` is the length of `pcm`. */
export type Speech = SpokenSentence & { readonly seconds: number };
