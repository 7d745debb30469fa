import type { ScaleName } from './feel.ts';

export const STEM_NAMES = ['drums', 'bass', 'chords', 'melody'] as const;
export type StemName = (typeof STEM_NAMES)[number];

/** Which instrument plays a note. */
export type Voice = 'pad' | 'keys' | 'bass' | 'lead' | 'arp';
export type Drum = 'kick' | 'snare' | 'rim' | 'hat' | 'shaker' | 'cymbal' | 'swell';

export type Note = {
	/** Seconds from the start of the music. */
	readonly at: number;
	/** Seconds until the key is let go; the release comes on top. */
	readonly seconds: number;
	readonly midi: number;
	/** Above 0, at most 1. */
	readonly velocity: number;
	readonly voice: Voice;
};

export type Hit = { readonly at: number; readonly drum: Drum; readonly velocity: number; readonly seconds: number };

export type SectionName = 'intro' | 'A' | 'B' | 'build' | 'ending';

export type Section = {
	readonly name: SectionName;
	/** Seconds. Sections touch, start at 0 and end at the end of the music. */
	readonly from: number;
	readonly to: number;
	/** 0 (almost nothing plays) to 1 (everybody plays). */
	readonly density: number;
};

/** Everything that is heard, in seconds, in the order of time within each part. */
export type Score = {
	readonly seconds: number;
	readonly seed: number;
	readonly bpm: number;
	/** Semitones above C, 0 to 11. */
	readonly tonic: number;
	readonly scale: ScaleName;
	/** Every beat before the end of the music, the ring-out's included; the first is 0. Exact: beat k is at k x 60 / bpm. */
	readonly beats: readonly number[];
	/** Every downbeat, 4 beats apart. `endingAt` is one of them. */
	readonly bars: readonly number[];
	/** Where the last chord sounds; behind it nothing new starts. */
	readonly endingAt: number;
	readonly sections: readonly Section[];
	readonly lead: LeadSound;
	/** How soft the pads are: the corner of their low-pass filter in Hz. */
	readonly brightness: number;
	/** 0 to 0.5: how far a kick pushes the chords down. */
	readonly pump: number;
	readonly parts: {
		readonly drums: readonly Hit[];
		readonly bass: readonly Note[];
		readonly chords: readonly Note[];
		readonly melody: readonly Note[];
	};
};

export type LeadSound = 'keys' | 'pluck' | 'bell' | 'mallet';
