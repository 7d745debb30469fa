import { type Feel, feelOf, type MusicGenre, type MusicMood } from './feel.ts';
import { chooseGrid, gridTimes, planSections, timeSections } from './grid.ts';
import { planChords } from './harmony.ts';
import { playMelody } from './melody.ts';
import { type Plan, playBass, playChords, playDrums } from './parts.ts';
import { pick, randomFor } from './random.ts';
import type { Score, StemName } from './score.ts';

export type Arrangement = {
	readonly mood: MusicMood;
	readonly genre?: MusicGenre;
	/** Beats per minute: exactly this, or within. Left out, the mood says. */
	readonly bpm?: number | { readonly min: number; readonly max: number };
	/** Exact length of the music, its ring-out included. */
	readonly seconds: number;
	/** Same seed and arguments, same score. */
	readonly seed: number;
	/** Who plays. Left out, everybody. What the others play does not depend on it. */
	readonly stems?: readonly StemName[];
};

const tempoOf = (feel: Feel, bpm: Arrangement['bpm']): Feel['bpm'] => {
	if (bpm === undefined) return feel.bpm;
	if (typeof bpm === 'number') return { min: bpm, preferred: bpm, max: bpm };
	return { ...bpm, preferred: feel.bpm.preferred };
};

/**
 * Writes a piece of music: key, tempo, form and every note. It starts on a beat, ends with a chord on a downbeat, and rings out within `seconds`.
 * @throws RangeError when the length or the tempo is not a positive number.
 */
export const arrange = (wanted: Arrangement): Score => {
	const feel = feelOf(wanted.mood, wanted.genre);
	const grid = chooseGrid(wanted.seconds, tempoOf(feel, wanted.bpm));
	const key = { tonic: pick(randomFor(wanted.seed, 'key'), feel.tonics), scale: feel.scale };
	const sections = planSections(grid.bodyBars, feel.energy);
	const plan: Plan = { feel, grid, key, sections, chords: planChords(feel, key, sections, randomFor(wanted.seed, 'chords')) };
	const heard = (stem: StemName): boolean => wanted.stems?.includes(stem) ?? true;
	return {
		seconds: wanted.seconds,
		seed: wanted.seed,
		bpm: grid.bpm,
		tonic: key.tonic,
		scale: key.scale,
		beats: gridTimes(grid, 1),
		bars: gridTimes(grid, 4),
		endingAt: grid.endingAt,
		sections: timeSections(sections, grid, feel.energy),
		lead: feel.lead,
		brightness: feel.brightness,
		pump: feel.pump,
		parts: {
			drums: heard('drums') ? playDrums(plan, randomFor(wanted.seed, 'drums')) : [],
			bass: heard('bass') ? playBass(plan, randomFor(wanted.seed, 'bass')) : [],
			chords: heard('chords') ? playChords(plan, randomFor(wanted.seed, 'comping')) : [],
			melody: heard('melody') ? playMelody(plan, randomFor(wanted.seed, 'melody')) : [],
		},
	};
};
