import type { Pcm } from '../../model/sound.ts';
import { highPass, lowPass } from '../music/filters.ts';
import { midiToHz, shapeNote } from '../music/oscillators.ts';
import { type Random, randomFor } from '../music/random.ts';
import { addRoom } from '../music/reverb.ts';
import { addMono, panGains, type Stereo, silence } from '../music/stereo.ts';

/** What each is for: `whoosh` slides and wipes, `soft-hit` cuts, `rise` zooms, `pop` entrances, `tick` counters, `shimmer` logos. */
export const EFFECT_NAMES = ['whoosh', 'soft-hit', 'rise', 'pop', 'tick', 'shimmer'] as const;
export type EffectName = (typeof EFFECT_NAMES)[number];

const SAMPLE_RATE = 48_000;

/** `peak`: what the loudest sample is brought to. `accent`: seconds from the start to the moment that belongs on the picture's event. */
type Facts = { readonly seconds: number; readonly peak: number; readonly accent: number };

const FACTS: Readonly<Record<EffectName, Facts>> = {
	whoosh: { seconds: 0.7, peak: 0.16, accent: 0.32 },
	'soft-hit': { seconds: 0.6, peak: 0.25, accent: 0.004 },
	rise: { seconds: 1, peak: 0.14, accent: 0.85 },
	pop: { seconds: 0.16, peak: 0.16, accent: 0.01 },
	tick: { seconds: 0.06, peak: 0.08, accent: 0.002 },
	shimmer: { seconds: 1.15, peak: 0.12, accent: 0.02 },
};

/** Seconds from an effect's start to the moment that is to meet the cut, the landing or the digit. */
export const effectAccent = (name: EffectName): number => FACTS[name].accent;

const noise = (samples: number, random: Random): Float32Array => Float32Array.from({ length: samples }, () => random() * 2 - 1);

/** Noise between two corners that move with time. */
const wind = (samples: number, random: Random, top: (progress: number) => number): Float32Array => {
	const sound = noise(samples, random);
	highPass(sound, 220, SAMPLE_RATE);
	lowPass(sound, (sample) => top(sample / samples), SAMPLE_RATE);
	lowPass(sound, (sample) => top(sample / samples), SAMPLE_RATE);
	return sound;
};

const whoosh = (into: Stereo, random: Random): void => {
	const [samples, middle] = [into.left.length, 0.45 + 0.03 * random()];
	const hump = (progress: number): number => Math.sin(Math.PI * progress ** (Math.log(0.5) / Math.log(middle))) ** 2;
	const sound = wind(samples, random, (progress) => 400 + 3600 * hump(progress));
	for (let index = 0; index < samples; index++) {
		const progress = index / samples;
		const [left, right] = panGains(-0.6 + 1.2 * progress);
		const value = sound[index]! * hump(progress);
		into.left[index]! += value * left;
		into.right[index]! += value * right;
	}
};

const softHit = (into: Stereo, random: Random): void => {
	const levels = shapeNote(0.45, { attack: 0.004, decay: 0.12, release: 0.1 }, SAMPLE_RATE);
	const base = 46 + 6 * random();
	let phase = 0;
	const body = levels.map((level, index) => {
		phase += (2 * Math.PI * base * (1 + 1.1 * Math.exp(-index / (0.03 * SAMPLE_RATE)))) / SAMPLE_RATE;
		return level * (Math.sin(phase) + 0.2 * Math.sin(2 * phase));
	});
	addMono(into, body, 0, panGains(0));
	const air = wind(levels.length, random, () => 1400);
	addMono(
		into,
		air.map((value, index) => value * levels[index]! * Math.exp(-index / (0.03 * SAMPLE_RATE)) * 0.8),
		0,
		panGains(0),
	);
	addRoom(into, { feedback: 0.5, damping: 0.6, wet: 0.3 }, SAMPLE_RATE);
};

const rise = (into: Stereo, random: Random): void => {
	const samples = into.left.length;
	const peak = Math.round(FACTS.rise.accent * SAMPLE_RATE);
	const sound = wind(samples, random, (progress) => 300 + 4200 * progress ** 2);
	const low = midiToHz(50 + Math.floor(random() * 5));
	let phase = 0;
	const tone = sound.map((value, index) => {
		const progress = Math.min(1, index / peak);
		phase += (2 * Math.PI * low * 2 ** (progress * progress)) / SAMPLE_RATE;
		const level = index < peak ? progress ** 2.5 : Math.exp(-(index - peak) / (0.05 * SAMPLE_RATE));
		return level * (value + 0.12 * Math.sin(phase) + 0.06 * Math.sin(2 * phase));
	});
	addMono(into, tone, 0, panGains(0));
};

const pop = (into: Stereo, random: Random): void => {
	const levels = shapeNote(0.09, { attack: 0.003, decay: 0.022, release: 0.03 }, SAMPLE_RATE);
	const top = 520 + 120 * random();
	let phase = 0;
	const sound = levels.map((level, index) => {
		phase += (2 * Math.PI * top * (0.55 + 0.45 * Math.min(1, index / (0.03 * SAMPLE_RATE)))) / SAMPLE_RATE;
		return level * Math.sin(phase);
	});
	addMono(into, sound, 0, panGains(0));
};

const tick = (into: Stereo, random: Random): void => {
	const levels = shapeNote(0.02, { attack: 0.001, decay: 0.004, release: 0.012 }, SAMPLE_RATE);
	const pitch = 1900 + 300 * random();
	const sound = levels.map((level, index) => {
		const angle = (2 * Math.PI * pitch * index) / SAMPLE_RATE;
		return level * (Math.sin(angle) + 0.3 * Math.sin(angle * 2.4));
	});
	addMono(into, sound, 0, panGains(0));
};

/** Intervals of a major chord with its ninth: right over any bright ending, and vague enough over others. */
const SPARKLES = [0, 7, 12, 14, 19, 24];

const shimmer = (into: Stereo, random: Random): void => {
	SPARKLES.forEach((above, number) => {
		const levels = shapeNote(0.35, { attack: 0.004, decay: 0.16, release: 0.25 }, SAMPLE_RATE);
		const step = (2 * Math.PI * midiToHz(76 + above)) / SAMPLE_RATE;
		const sound = levels.map((level, index) => level * (Math.sin(step * index) + 0.25 * Math.sin(step * 2.76 * index)) * 0.8 ** number);
		const start = Math.round((0.005 + number * 0.05 + random() * 0.012) * SAMPLE_RATE);
		addMono(into, sound, start, panGains(random() * 1.2 - 0.6));
	});
	addRoom(into, { feedback: 0.78, damping: 0.2, wet: 1.4 }, SAMPLE_RATE);
};

const PLAYERS: Readonly<Record<EffectName, (into: Stereo, random: Random) => void>> = {
	whoosh,
	'soft-hit': softHit,
	rise,
	pop,
	tick,
	shimmer,
};

const FADE_SECONDS = 0.03;

/** Brings the loudest sample to `peak`, and the end to exactly 0. */
const finish = (sound: Stereo, peak: number): void => {
	const fade = Math.min(sound.left.length / 3, FADE_SECONDS * SAMPLE_RATE);
	const sides = [sound.left, sound.right];
	const loudest = Math.max(...sides.map((side) => side.reduce((most, value) => Math.max(most, Math.abs(value)), 0)));
	for (const side of sides) {
		for (let index = 0; index < side.length; index++) {
			const left = side.length - 1 - index;
			const fading = left < fade ? 0.5 - 0.5 * Math.cos((Math.PI * left) / fade) : 1;
			side[index]! *= (peak / loudest) * fading;
		}
	}
};

/** A short sound: stereo at 48 kHz, at most 1.2 s, quiet enough to lie under a voice, silent at both ends. Another seed, another take. */
export const effect = (name: EffectName, seed: number): Pcm => {
	const { seconds, peak } = FACTS[name];
	const sound = silence(Math.round(seconds * SAMPLE_RATE));
	PLAYERS[name](sound, randomFor(seed, name));
	finish(sound, peak);
	return { sampleRate: SAMPLE_RATE, channels: [sound.left, sound.right] };
};
