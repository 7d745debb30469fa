import type { Pcm } from '../../model/sound.ts';
import { DUCKING, type Ducking, duckingCurve, type Interval, joinIntervals } from './ducking.ts';
import { resample } from './resample.ts';

export type CueRole = 'voice' | 'music' | 'effect' | 'clip';

/** A sound on the timeline. */
export type Cue = {
	/** Any sample rate, any length. One channel is placed by `pan` at equal power; two keep their sides; six are folded (L R C LFE Ls Rs). */
	readonly pcm: Pcm;
	/** Seconds from the start of the mix. Below 0, what lies before the mix is not heard. */
	readonly at: number;
	/** Decibels. */
	readonly gain: number;
	readonly role: CueRole;
	/** Seconds; never shorter than 5 ms, so that no edge clicks. */
	readonly fadeIn: number;
	readonly fadeOut: number;
	/** Seconds that are heard. Left out: to the end of the sound, or of the mix for a loop. */
	readonly seconds?: number;
	/** Begins again at the end. For music that is to loop on a bar, see `fitTrack`. */
	readonly loop?: boolean;
	/** -1 left, 0 middle, 1 right. */
	readonly pan?: number;
	/** Of a voice: when words are heard, in seconds from the start of `pcm`. Left out: all the time. */
	readonly speech?: readonly Interval[];
};

export type MixPlan = {
	readonly seconds: number;
	readonly sampleRate: number;
	readonly cues: readonly Cue[];
	/** What is left out is as in `DUCKING`. */
	readonly ducking?: Partial<Ducking>;
};

const SHORTEST_FADE = 0.005;
const LOOP_CROSSFADE = 0.02;

type Sides = readonly [Float32Array, Float32Array];

const FOLD = Math.SQRT1_2;

const foldSurround = (channels: readonly Float32Array[]): Sides => {
	const side = (front: number, back: number): Float32Array =>
		channels[front]!.map((value, index) => value + FOLD * (channels[2]![index]! + channels[back]![index]!));
	return [side(0, 4), side(1, 5)];
};

/** Both sides of a cue's sound, and what each is multiplied by. */
const sidesOf = ({ pcm: { channels }, pan = 0, gain }: Cue): { readonly sides: Sides; readonly gains: readonly [number, number] } => {
	const level = 10 ** (gain / 20);
	const angle = ((Math.min(1, Math.max(-1, pan)) + 1) * Math.PI) / 4;
	const [left, right] = [level * Math.cos(angle), level * Math.sin(angle)];
	if (channels.length === 1) return { sides: [channels[0]!, channels[0]!], gains: [left, right] };
	const sides: Sides = channels.length === 6 ? foldSurround(channels) : [channels[0]!, channels[1]!];
	return { sides, gains: [Math.min(level, left * Math.SQRT2), Math.min(level, right * Math.SQRT2)] };
};

/** A loop made long enough: each round starts under the end of the one before, at equal power. */
const repeat = (sound: Float32Array, samples: number, overlap: number): Float32Array => {
	const result = new Float32Array(samples);
	const fade = Math.min(overlap, Math.floor(sound.length / 2));
	for (let start = 0; start < samples; start += sound.length - fade) {
		const end = Math.min(sound.length, samples - start);
		for (let index = 0; index < end; index++) {
			const left = sound.length - 1 - index;
			const rise = start > 0 && index < fade ? Math.sin(((index + 0.5) / fade) * (Math.PI / 2)) : 1;
			const fall = left < fade ? Math.sin(((left + 0.5) / fade) * (Math.PI / 2)) : 1;
			result[start + index]! += sound[index]! * rise * fall;
		}
	}
	return result;
};

/** Where a cue is heard: samples of the mix, and the sample of the cue that is heard first. */
type Span = { readonly from: number; readonly to: number; readonly skip: number };

const spanOf = (cue: Cue, plan: MixPlan): Span => {
	const end = Math.round(plan.seconds * plan.sampleRate);
	const start = Math.round(cue.at * plan.sampleRate);
	const own = cue.pcm.channels[0]?.length ?? 0;
	const length = cue.loop === true && own > 0 ? Math.max(own, end - start) : own;
	const wanted = cue.seconds === undefined ? length : Math.min(length, Math.round(cue.seconds * plan.sampleRate));
	return { from: Math.max(0, start), to: Math.min(end, start + wanted), skip: Math.max(0, -start) };
};

const rounded = (progress: number): number => (progress >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * progress));

/** Gain of the fades at each sample of what is heard. Fades that together are longer than that share it. */
const fadeGains = (length: number, cue: Cue, sampleRate: number): Float32Array => {
	const [wantedIn, wantedOut] = [cue.fadeIn, cue.fadeOut].map((seconds) => Math.max(SHORTEST_FADE, seconds) * sampleRate) as [
		number,
		number,
	];
	const scale = Math.min(1, length / (wantedIn + wantedOut));
	const [fadeIn, fadeOut] = [Math.max(1, wantedIn * scale), Math.max(1, wantedOut * scale)];
	const gains = new Float32Array(length).fill(1);
	for (let index = 0; index < length && index < fadeIn; index++) gains[index] = rounded(index / fadeIn);
	for (let left = 0; left < length && left < fadeOut; left++) gains[length - 1 - left]! *= rounded(left / fadeOut);
	return gains;
};

const depthOf = (role: CueRole, ducking: Ducking): number => {
	switch (role) {
		case 'music':
			return ducking.music;
		case 'clip':
			return ducking.clip;
		case 'voice':
		case 'effect':
			return 0;
	}
};

type Ducked = { readonly curve: Float32Array; readonly ducking: Ducking };

const addCue = (into: Sides, cue: Cue, plan: MixPlan, { curve, ducking }: Ducked): void => {
	const { from, to, skip } = spanOf(cue, plan);
	if (to <= from) return;
	const { sides, gains } = sidesOf(cue);
	const fades = fadeGains(to - from, cue, plan.sampleRate);
	const octaves = (depthOf(cue.role, ducking) * Math.LN10) / 20;
	if (octaves !== 0) for (let index = 0; index < fades.length; index++) fades[index]! *= Math.exp(octaves * curve[from + index]!);
	for (const [number, side] of sides.entries()) {
		const overlap = Math.round(LOOP_CROSSFADE * plan.sampleRate);
		const sound = cue.loop === true ? repeat(side, skip + to - from, overlap) : side;
		const target = into[number]!;
		for (let index = 0; index < fades.length; index++) target[from + index]! += sound[skip + index]! * fades[index]! * gains[number]!;
	}
};

/** When somebody speaks, in seconds of the mix: the words of every voice cue, or all of it where no words are known. */
export const voiceIntervals = (cues: readonly Cue[]): readonly Interval[] =>
	cues
		.filter(({ role }) => role === 'voice')
		.flatMap((cue) => {
			const own = (cue.pcm.channels[0]?.length ?? 0) / cue.pcm.sampleRate;
			const heard = Math.min(own, cue.seconds ?? own);
			const words = cue.speech ?? [{ from: 0, to: heard }];
			return words
				.filter(({ from, to }) => to > from && from < heard)
				.map(({ from, to }) => ({ from: cue.at + from, to: cue.at + Math.min(to, heard) }));
		});

/**
 * One stereo sound of exactly `round(seconds x sampleRate)` samples from all cues: faded, placed, and with music and clips held down under the voice.
 * Levels are not limited; see `master`.
 * @throws RangeError when the length or the rate is not a positive number.
 */
export const mix = (plan: MixPlan): Pcm => {
	const { seconds, sampleRate } = plan;
	if (!(seconds > 0 && sampleRate > 0 && Number.isFinite(seconds * sampleRate)))
		throw new RangeError(`a mix of ${seconds} s at ${sampleRate} Hz`);
	const ducking = { ...DUCKING, ...plan.ducking };
	const speech = joinIntervals(voiceIntervals(plan.cues), ducking.hold);
	const curve = duckingCurve(speech, { ...ducking, seconds, sampleRate });
	const samples = Math.round(seconds * sampleRate);
	const sides: Sides = [new Float32Array(samples), new Float32Array(samples)];
	for (const cue of plan.cues) addCue(sides, { ...cue, pcm: resample(cue.pcm, sampleRate) }, plan, { curve, ducking });
	return { sampleRate, channels: sides };
};
