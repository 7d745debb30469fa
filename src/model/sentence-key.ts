import { createHash } from 'node:crypto';
import type { VoiceRef } from './audio.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Prosody, ScriptPart } from './sound.ts';

/**
 * Name of what a voice makes of a sentence: 64 lower-case hex digits. It hangs on the voice and on what is written and said word by word. How a stretch of a
 * script is said is part of the voice: see `voiceWith`.
 */
export const sentenceKey = (voice: VoiceRef, sentence: Pick<Extract<ScriptPart, { kind: 'sentence' }>, 'text' | 'words'>): string => {
	const { provider, voice: name, rate, pitch, version } = voice;
	const words = sentence.words.map(({ text, spoken }) => ({ text, spoken }));
	return createHash('sha256')
		.update(canonicalJson({ voice: { provider, voice: name, rate, pitch, version }, text: sentence.text, words }))
		.digest('hex');
};

/** A voice as a stretch of its script wants it: factors multiplied, and kept between 0.5 and 2. The gain is left to who joins the sentences. */
export const voiceWith = (voice: VoiceRef, { rate, pitch }: Prosody): VoiceRef => ({
	...voice,
	rate: factor(voice.rate * rate),
	pitch: factor(voice.pitch * pitch),
});

const factor = (value: number): number => Math.min(2, Math.max(0.5, Math.round(value * 1e4) / 1e4));
