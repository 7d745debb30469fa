import type { Colour, Feel, ScaleName } from './feel.ts';
import type { BarSection } from './grid.ts';
import { pick, type Random } from './random.ts';

const SCALES: Readonly<Record<ScaleName, readonly number[]>> = {
	major: [0, 2, 4, 5, 7, 9, 11],
	lydian: [0, 2, 4, 6, 7, 9, 11],
	mixolydian: [0, 2, 4, 5, 7, 9, 10],
	dorian: [0, 2, 3, 5, 7, 9, 10],
	minor: [0, 2, 3, 5, 7, 8, 10],
};

export type Key = { readonly tonic: number; readonly scale: ScaleName };

/** Semitones above the C of octave 0 of the scale's step `degree`, which may run over the octave. */
export const degreeToPitch = (key: Key, degree: number): number => {
	const steps = SCALES[key.scale];
	return key.tonic + steps[((degree % 7) + 7) % 7]! + 12 * Math.floor(degree / 7);
};

export const scalePitchClasses = (key: Key): readonly number[] => SCALES[key.scale].map((step) => (step + key.tonic) % 12);

export type Chord = {
	readonly degree: number;
	/** Pitch classes, the root first. */
	readonly pitchClasses: readonly number[];
	/** MIDI notes of the upper voices, low to high. */
	readonly voicing: readonly number[];
	/** MIDI note of the bass. */
	readonly bass: number;
};

const EXTRA: Readonly<Record<Colour, readonly number[]>> = { triad: [], add9: [8], seventh: [6] };
const LOWEST = 52;
const HIGHEST = 74;
const CENTRE = 62.5;
const BASS_FROM = 31;

const chordTones = (key: Key, degree: number, colour: Colour): readonly number[] =>
	[0, 2, 4, ...EXTRA[colour]].map((step) => degreeToPitch(key, degree + step) % 12);

const voicings = (pitchClasses: readonly number[]): readonly (readonly number[])[] =>
	pitchClasses
		.reduce<readonly (readonly number[])[]>(
			(partial, pitchClass) =>
				partial.flatMap((notes) => {
					const first = LOWEST + ((((pitchClass - LOWEST) % 12) + 12) % 12);
					return [first, first + 12].filter((note) => note <= HIGHEST).map((note) => [...notes, note]);
				}),
			[[]],
		)
		.map((notes) => [...notes].sort((one, other) => one - other));

const roughness = (notes: readonly number[]): number =>
	notes.slice(1).reduce((sum, note, index) => {
		const gap = note - notes[index]!;
		return sum + (gap === 1 ? 12 : gap === 2 ? 1.5 : gap > 9 ? gap - 9 : 0);
	}, 0);

const movement = (notes: readonly number[], previous: readonly number[]): number =>
	notes.reduce((sum, note) => sum + Math.min(...previous.map((other) => Math.abs(note - other))), 0);

/** The smoothest way on from the chord before: voices move little, stay in the middle of the keyboard, and never rub in semitones. */
const voice = (pitchClasses: readonly number[], previous: readonly number[] | null): readonly number[] => {
	const cost = (notes: readonly number[]): number => {
		const middle = notes.reduce((sum, note) => sum + note, 0) / notes.length;
		return roughness(notes) + Math.abs(middle - CENTRE) + (previous === null ? 0 : movement(notes, previous));
	};
	return voicings(pitchClasses).reduce((best, notes) => (cost(notes) < cost(best) ? notes : best));
};

const chordOn = (key: Key, degree: number, colour: Colour, previous: Chord | null): Chord => {
	const pitchClasses = chordTones(key, degree, colour);
	return {
		degree,
		pitchClasses,
		voicing: voice(pitchClasses, previous?.voicing ?? null),
		bass: BASS_FROM + ((((pitchClasses[0]! - BASS_FROM) % 12) + 12) % 12),
	};
};

const degreesOf = (feel: Feel, sections: readonly BarSection[], random: Random): readonly number[] => {
	const verse = pick(random, feel.verse);
	const chorus = pick(random, feel.chorus);
	const degrees = sections.flatMap((section) =>
		Array.from({ length: section.toBar - section.fromBar }, (_, index) => {
			const progression = section.name === 'B' ? chorus : verse;
			return progression[index % progression.length]!;
		}),
	);
	const last = degrees.length - 1;
	return degrees.map((degree, bar) => (bar === last ? feel.cadence[1] : bar === last - 1 && last >= 3 ? feel.cadence[0] : degree));
};

/** One chord per bar of the body, and the tonic to end on. */
export const planChords = (feel: Feel, key: Key, sections: readonly BarSection[], random: Random): readonly Chord[] => {
	const chords: Chord[] = [];
	for (const degree of degreesOf(feel, sections, random)) chords.push(chordOn(key, degree, feel.colour, chords.at(-1) ?? null));
	return [...chords, chordOn(key, 0, feel.colour === 'triad' ? 'triad' : 'add9', chords.at(-1) ?? null)];
};
