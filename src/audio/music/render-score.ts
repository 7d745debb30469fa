import type { Pcm } from '../../model/sound.ts';
import { addHits } from './drum-sounds.ts';
import { highPass, lowPass } from './filters.ts';
import { addNote } from './instruments.ts';
import { soften } from './oscillators.ts';
import { addRoom, type Room } from './reverb.ts';
import { type Hit, type Score, STEM_NAMES, type StemName } from './score.ts';
import { type Stereo, silence } from './stereo.ts';

export type RenderedScore = {
	/** The sample-by-sample sum of the stems in the order drums, bass, chords, melody. */
	readonly mix: Pcm;
	readonly stems: Readonly<Record<StemName, Pcm>>;
};

const ROOMS: Readonly<Record<StemName, Room>> = {
	drums: { feedback: 0.55, damping: 0.5, wet: 0.35 },
	bass: { feedback: 0, damping: 0, wet: 0 },
	chords: { feedback: 0.8, damping: 0.4, wet: 0.8 },
	melody: { feedback: 0.8, damping: 0.35, wet: 1.1 },
};

/** RMS of each stem where it plays: what makes the balance the same for every mood, key and seed. */
const LEVELS: Readonly<Record<StemName, number>> = { drums: 0.075, bass: 0.075, chords: 0.07, melody: 0.045 };
/** Cymbals and shakers with no kick below them are seasoning, not a stem to balance. */
const SEASONING = 0.014;
const LOWEST: Readonly<Record<StemName, number>> = { drums: 28, bass: 28, chords: 140, melody: 220 };
const HIGHEST_PEAK = 0.7;
const PUMP_SECONDS = 0.18;

/** Pushes the chords down under each kick and lets them come back. */
const pump = (stem: Stereo, score: Score, sampleRate: number): void => {
	if (score.pump === 0) return;
	const kicks = score.parts.drums.filter((hit: Hit) => hit.drum === 'kick').map((hit) => Math.round(hit.at * sampleRate));
	const length = Math.round(PUMP_SECONDS * sampleRate);
	const fall = Math.round(0.012 * sampleRate);
	for (const [number, kick] of kicks.entries()) {
		const end = Math.min(kick + length, (kicks[number + 1] ?? Number.POSITIVE_INFINITY) - fall, stem.left.length);
		for (let index = Math.max(0, kick - fall); index < end; index++) {
			const along = index < kick ? (kick - index) / fall : (index - kick) / (end - kick);
			const gain = 1 - score.pump * (0.5 + 0.5 * Math.cos(Math.PI * along));
			stem.left[index]! *= gain;
			stem.right[index]! *= gain;
		}
	}
};

const play = (stem: Stereo, name: StemName, score: Score, sampleRate: number): void => {
	if (name === 'drums') addHits(stem, score.parts.drums, score.seed, sampleRate);
	const notes = name === 'drums' ? [] : score.parts[name];
	for (const note of notes.filter(({ voice }) => voice === 'pad')) addNote(stem, note, { lead: score.lead, sampleRate });
	if (name === 'chords') for (const side of [stem.left, stem.right]) lowPass(side, () => score.brightness, sampleRate);
	for (const note of notes.filter(({ voice }) => voice !== 'pad')) addNote(stem, note, { lead: score.lead, sampleRate });
	if (name === 'chords') pump(stem, score, sampleRate);
};

const BLOCK = 4096;

/** Root mean square over the blocks that are louder than a tenth of the loudest; 0 for silence. */
const activeLevel = ({ left, right }: Stereo): number => {
	const powers: number[] = [];
	for (let start = 0; start < left.length; start += BLOCK) {
		const end = Math.min(start + BLOCK, left.length);
		let sum = 0;
		for (let index = start; index < end; index++) sum += left[index]! ** 2 + right[index]! ** 2;
		powers.push(sum / (end - start) / 2);
	}
	const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
	const active = powers.filter((power) => power > loudest / 100);
	return active.length === 0 ? 0 : Math.sqrt(active.reduce((sum, power) => sum + power, 0) / active.length);
};

/** Level, gentle saturation, and a fade over the last of the ring-out that ends in exactly 0. */
const finish = (stem: Stereo, name: StemName, score: Score, sampleRate: number): void => {
	const level = activeLevel(stem);
	if (level === 0) return;
	const seasoning = name === 'drums' && score.parts.drums.every(({ drum }) => drum !== 'kick');
	const gain = (seasoning ? SEASONING : LEVELS[name]) / level;
	const fade = Math.max(1, Math.round(Math.min(1, (score.seconds - score.endingAt) * 0.4) * sampleRate));
	for (const side of [stem.left, stem.right]) {
		for (let index = 0; index < side.length; index++) {
			const left = side.length - 1 - index;
			const fading = left < fade ? 0.5 - 0.5 * Math.cos((Math.PI * left) / fade) : 1;
			side[index] = soften(side[index]! * gain * 1.5) * (fading / 1.5);
		}
	}
};

const renderStem = (name: StemName, score: Score, sampleRate: number): Stereo => {
	const stem = silence(Math.round(score.seconds * sampleRate));
	if (score.parts[name].length === 0) return stem;
	play(stem, name, score, sampleRate);
	if (ROOMS[name].wet > 0) addRoom(stem, ROOMS[name], sampleRate);
	for (const side of [stem.left, stem.right]) highPass(side, LOWEST[name], sampleRate);
	finish(stem, name, score, sampleRate);
	return stem;
};

const sumSides = ([drums, bass, chords, melody]: readonly Float32Array[]): Float32Array => {
	const sum = new Float32Array(drums!.length);
	for (let index = 0; index < sum.length; index++) sum[index] = drums![index]! + bass![index]! + chords![index]! + melody![index]!;
	return sum;
};

const peakOf = (sides: readonly Float32Array[]): number => {
	let peak = 0;
	for (const side of sides) for (let index = 0; index < side.length; index++) peak = Math.max(peak, Math.abs(side[index]!));
	return peak;
};

/**
 * Plays a score: stereo, exactly `round(seconds x sampleRate)` samples, peaks at most 0.7, silent at both ends.
 * The same score gives the same samples.
 */
export const renderScore = (score: Score, { sampleRate }: { readonly sampleRate: number }): RenderedScore => {
	const stems = STEM_NAMES.map((name) => renderStem(name, score, sampleRate));
	const peak = peakOf([sumSides(stems.map(({ left }) => left)), sumSides(stems.map(({ right }) => right))]);
	if (peak > HIGHEST_PEAK) {
		const gain = HIGHEST_PEAK / peak;
		for (const { left, right } of stems)
			for (const side of [left, right]) for (let index = 0; index < side.length; index++) side[index]! *= gain;
	}
	const pcm = (stem: Stereo): Pcm => ({ sampleRate, channels: [stem.left, stem.right] });
	const [drums, bass, chords, melody] = stems.map(pcm) as [Pcm, Pcm, Pcm, Pcm];
	return {
		mix: pcm({ left: sumSides(stems.map(({ left }) => left)), right: sumSides(stems.map(({ right }) => right)) }),
		stems: { drums, bass, chords, melody },
	};
};
