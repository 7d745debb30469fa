import { highPass, lowPass } from './filters.ts';
import { shapeNote } from './oscillators.ts';
import { type Random, randomFor } from './random.ts';
import type { Drum, Hit } from './score.ts';
import { addMono, panGains, type Stereo } from './stereo.ts';

const noise = (samples: number, random: Random): Float32Array => Float32Array.from({ length: samples }, () => random() * 2 - 1);

const kick = (seconds: number, sampleRate: number): Float32Array => {
	const levels = shapeNote(seconds, { attack: 0.002, decay: 0.11, release: 0.05 }, sampleRate);
	let phase = 0;
	return levels.map((level, index) => {
		phase += (2 * Math.PI * (47 + 85 * Math.exp(-index / (0.028 * sampleRate)))) / sampleRate;
		return level * Math.sin(phase);
	});
};

const snare = (seconds: number, sampleRate: number, random: Random): Float32Array => {
	const levels = shapeNote(seconds, { attack: 0.0015, decay: 0.07, release: 0.04 }, sampleRate);
	const rattle = noise(levels.length, random);
	highPass(rattle, 900, sampleRate);
	lowPass(rattle, () => 6500, sampleRate);
	return levels.map((level, index) => level * (0.7 * rattle[index]! + 0.35 * Math.sin((2 * Math.PI * 186 * index) / sampleRate)));
};

const rim = (seconds: number, sampleRate: number): Float32Array =>
	shapeNote(seconds, { attack: 0.0015, decay: 0.014, release: 0.02 }, sampleRate).map((level, index) => {
		const angle = (2 * Math.PI * index) / sampleRate;
		return level * (0.45 * Math.sin(angle * 820) + 0.25 * Math.sin(angle * 1730));
	});

type NoiseSound = {
	readonly attack: number;
	readonly decay: number;
	readonly release: number;
	readonly from: number;
	readonly to: number;
	readonly gain: number;
};

const NOISES: Readonly<Record<'hat' | 'shaker' | 'cymbal', NoiseSound>> = {
	hat: { attack: 0.001, decay: 0.022, release: 0.02, from: 6500, to: 12_000, gain: 0.5 },
	shaker: { attack: 0.018, decay: 0.03, release: 0.025, from: 4200, to: 9000, gain: 0.4 },
	cymbal: { attack: 0.004, decay: 0.45, release: 0.5, from: 3800, to: 10_000, gain: 0.3 },
};

const noiseHit = (seconds: number, sound: NoiseSound, sampleRate: number, random: Random): Float32Array => {
	const levels = shapeNote(seconds, sound, sampleRate);
	const hiss = noise(levels.length, random);
	highPass(hiss, sound.from, sampleRate);
	lowPass(hiss, () => sound.to, sampleRate);
	return levels.map((level, index) => level * hiss[index]! * sound.gain);
};

/** Noise that opens over its whole length, and stops where the chord that it leads to sounds. */
const swell = (seconds: number, sampleRate: number, random: Random): Float32Array => {
	const levels = shapeNote(seconds, { attack: seconds, decay: Number.POSITIVE_INFINITY, release: 0.06 }, sampleRate);
	const hiss = noise(levels.length, random);
	highPass(hiss, 600, sampleRate);
	lowPass(hiss, (sample) => 600 + 5400 * (sample / levels.length) ** 2, sampleRate);
	return levels.map((level, index) => 0.5 * level * level * hiss[index]!);
};

const strike = (drum: Drum, seconds: number, sampleRate: number, random: Random): Float32Array => {
	switch (drum) {
		case 'kick':
			return kick(seconds, sampleRate);
		case 'snare':
			return snare(seconds, sampleRate, random);
		case 'rim':
			return rim(seconds, sampleRate);
		case 'hat':
		case 'shaker':
		case 'cymbal':
			return noiseHit(seconds, NOISES[drum], sampleRate, random);
		case 'swell':
			return swell(seconds, sampleRate, random);
	}
};

const PLACES: Readonly<Record<Drum, number>> = { kick: 0, snare: 0, rim: -0.2, hat: 0.3, shaker: -0.35, cymbal: 0.15, swell: 0 };
const TAKES = 4;

/** Plays the hits into a stem. Noise has four takes per drum, so that no two strokes in a row are the same. */
export const addHits = (into: Stereo, hits: readonly Hit[], seed: number, sampleRate: number): void => {
	const takes = new Map<string, Float32Array>();
	hits.forEach((hit, index) => {
		const name = `${hit.drum} ${hit.seconds} ${index % TAKES}`;
		const sound = takes.get(name) ?? strike(hit.drum, hit.seconds, sampleRate, randomFor(seed, name));
		takes.set(name, sound);
		const [left, right] = panGains(PLACES[hit.drum]);
		addMono(into, sound, Math.round(hit.at * sampleRate), [left * hit.velocity, right * hit.velocity]);
	});
};
