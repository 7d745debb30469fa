import type { AudioCue, AudioMessage, AudioSource } from '../../src/model/audio.ts';

/** Seconds at 30 frames a second, -14 LUFS, -1 dBTP, stereo. */
export const makeAudioMessage = (seconds: number, cues: readonly AudioCue[], changes: Partial<AudioMessage> = {}): AudioMessage => ({
	frames: Math.round(seconds * 30),
	fps: 30,
	cues,
	loudness: { integrated: -14, truePeak: -1 },
	channels: 2,
	bitrate: 192_000,
	...changes,
});

export const makeCue = (role: AudioCue['role'], source: AudioSource, changes: Partial<AudioCue> = {}): AudioCue => ({
	...{ role, source, at: 0, until: null, gain: 0 },
	...changes,
});

export const music = (seed = 1, mood = 'uplifting'): AudioSource => ({ type: 'music', mood, genre: null, bpm: null, seed, stems: null });

export const soundAsset = (digit: string) => ({ sha256: digit.repeat(64), extension: 'wav' }) as const;

export const speech = (...texts: readonly string[]): AudioSource => ({
	type: 'speech',
	voice: { provider: 'test', voice: 'tone', rate: 1, pitch: 1, version: '1' },
	parts: texts.map((text) => ({
		kind: 'sentence' as const,
		text,
		words: text.split(' ').map((word) => ({ text: word, spoken: word })),
		prosody: { rate: 1, pitch: 1, gain: 0 },
		joins: false,
	})),
});

/** What a store knows of a finished mix of a second, besides its key. */
export const mixFacts = {
	sampleRate: 48_000,
	channels: 2,
	seconds: 1,
	packets: '0'.repeat(64),
	loudness: -14,
	truePeak: -1,
	target: -14,
	costMs: 1,
} as const;
