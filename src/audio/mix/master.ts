import type { Pcm } from '../../model/sound.ts';
import { integratedLoudness } from './loudness.ts';
import { peakEnvelope, truePeak } from './true-peak.ts';

export type MasterTarget = {
	/** Integrated loudness, LUFS. */
	readonly lufs: number;
	/** Ceiling, dBTP. */
	readonly truePeakDb: number;
};

/** Nothing is made louder than this: what is that quiet is noise, or a mistake that more gain would only make louder. */
const MOST_GAIN_DB = 40;
const LOOK_AHEAD_SECONDS = 0.003;
const RELEASE_SECONDS = 0.08;
const PASSES = 12;
const CLOSE_ENOUGH = 0.05;

const fromDb = (db: number): number => 10 ** (db / 20);

/** Smallest value within `reach` on either side of each place. A queue of candidates, so that the time does not grow with the reach. */
const smallestAround = (values: Float32Array, reach: number): Float32Array => {
	const result = new Float32Array(values.length);
	const queue = new Int32Array(values.length);
	let [head, tail] = [0, 0];
	for (let index = 0; index < values.length + reach; index++) {
		if (index < values.length) {
			while (tail > head && values[queue[tail - 1]!]! >= values[index]!) tail--;
			queue[tail++] = index;
		}
		const centre = index - reach;
		if (centre < 0) continue;
		while (queue[head]! < centre - reach) head++;
		result[centre] = values[queue[head]!]!;
	}
	return result;
};

/** Mean within `reach` on either side; beyond its ends a sound goes on as it ends, so that a peak on the very edge is held as well. */
const meanAround = (values: Float32Array, reach: number): Float32Array => {
	const result = new Float32Array(values.length);
	if (values.length === 0) return result;
	const at = (index: number): number => values[Math.min(values.length - 1, Math.max(0, index))]!;
	let sum = 0;
	for (let index = -reach; index <= reach; index++) sum += at(index);
	for (let index = 0; index < values.length; index++) {
		result[index] = sum / (2 * reach + 1);
		const isInside = index >= reach && index + reach + 1 < values.length;
		sum += isInside ? values[index + reach + 1]! - values[index - reach]! : at(index + reach + 1) - at(index - reach);
	}
	return result;
};

/**
 * Gain per sample that keeps the peaks under the ceiling. It falls ahead of a peak and comes back over the release; the smoothing mean never takes in a
 * value above what its middle needs, because every value within its reach is already that low.
 */
const limiterGains = (peaks: Float32Array, { gain: level, ceiling }: Limiting, sampleRate: number): Float32Array => {
	const reach = Math.max(1, Math.round(LOOK_AHEAD_SECONDS * sampleRate));
	const needed = new Float32Array(peaks.length);
	let before = 0;
	for (let index = 0; index < peaks.length; index++) {
		const peak = peaks[index]! * level;
		const around = Math.max(peak, before);
		needed[index] = around > ceiling ? ceiling / around : 1;
		before = peak;
	}
	const held = smallestAround(needed, reach);
	const back = 1 - Math.exp(-1 / (RELEASE_SECONDS * sampleRate));
	let gain = 1;
	for (let index = 0; index < held.length; index++) {
		gain = Math.min(held[index]!, gain + (1 - gain) * back);
		held[index] = gain;
	}
	return meanAround(held, reach);
};

const joinedPeaks = (pcm: Pcm, floor: number): Float32Array => {
	const [first, ...rest] = pcm.channels.map((channel) => peakEnvelope(channel, floor));
	for (const other of rest)
		for (let index = 0; index < other.length; index++) if (other[index]! > first![index]!) first![index] = other[index]!;
	return first ?? new Float32Array(0);
};

type Limiting = { readonly gain: number; readonly ceiling: number };
type Limiter = (limiting: Limiting) => Pcm;

/** Gains of later passes are a little higher: with so much room below, the peaks that they ask for are known already. */
const ROOM = 0.7;

/** Turns a sound up, and holds it under the ceiling. Peaks are looked for between the samples only where the limiter may have to act. */
const makeLimiter = (pcm: Pcm): Limiter => {
	let known: { readonly floor: number; readonly peaks: Float32Array } | null = null;
	return ({ gain, ceiling }) => {
		const floor = ceiling / gain;
		if (known === null || floor < known.floor) known = { floor: floor * ROOM, peaks: joinedPeaks(pcm, floor * ROOM) };
		const gains = limiterGains(known.peaks, { gain, ceiling }, pcm.sampleRate);
		const channels = pcm.channels.map((channel) => {
			const turned = new Float32Array(channel.length);
			for (let index = 0; index < channel.length; index++) turned[index] = channel[index]! * gain * gains[index]!;
			return turned;
		});
		return { ...pcm, channels };
	};
};

const CEILING_PASSES = 4;

/**
 * Changing gain moves the peaks between the samples by a hair: the ceiling goes down by as much as the result stands over it. What is over after a few
 * rounds is turned down as a whole, which always holds.
 */
const underCeiling = (limit: Limiter, gain: number, truePeakDb: number): Pcm => {
	let ceilingDb = truePeakDb;
	for (let pass = 0; pass < CEILING_PASSES; pass++) {
		const result = limit({ gain, ceiling: fromDb(ceilingDb) });
		const over = truePeak(result) - truePeakDb;
		if (over <= 0) return result;
		ceilingDb -= over + 0.01;
	}
	const result = limit({ gain, ceiling: fromDb(ceilingDb) });
	const over = Math.max(0, truePeak(result) - truePeakDb + 0.001);
	return { ...result, channels: result.channels.map((channel) => channel.map((value) => value * fromDb(-over))) };
};

/**
 * Brings a mix to a loudness, with all true peaks at or under the ceiling. Within 0.3 LU of the target unless that asks for more than 40 dB of gain, or
 * for more than limiting gives (sparse clicks). Sound too short or too quiet to have a loudness is only kept under the ceiling; silence stays silence.
 */
export const master = (pcm: Pcm, { lufs, truePeakDb }: MasterTarget): Pcm => {
	const before = integratedLoudness(pcm);
	const limit = makeLimiter(pcm);
	if (before === Number.NEGATIVE_INFINITY) return underCeiling(limit, 1, truePeakDb);
	const ceiling = fromDb(truePeakDb);
	let gainDb = Math.min(MOST_GAIN_DB, lufs - before);
	for (let pass = 0; pass < PASSES && gainDb < MOST_GAIN_DB; pass++) {
		const missing = lufs - integratedLoudness(limit({ gain: fromDb(gainDb), ceiling }));
		if (Math.abs(missing) < CLOSE_ENOUGH) break;
		gainDb = Math.min(MOST_GAIN_DB, gainDb + missing);
	}
	return underCeiling(limit, fromDb(gainDb), truePeakDb);
};
