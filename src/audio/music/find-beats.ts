import type { Pcm } from '../../model/sound.ts';

/** `firstBeat` in seconds, below one beat; `firstBar` in seconds, below four beats. */
export type FoundBeats = { readonly bpm: number; readonly firstBeat: number; readonly firstBar: number };

const FRAMES_PER_SECOND = 200;
const SLOWEST = 60;
const FASTEST = 180;
/** People tap along near this tempo: it decides between a tempo, its half and its double. */
const LIKELY = 112;
const SURE = 0.12;

/** How much louder each 5 ms is than the ones before it: a bump for every stroke and every new note. */
export const onsetEnvelope = (pcm: Pcm): Float64Array => {
	const hop = pcm.sampleRate / FRAMES_PER_SECOND;
	const frames = Math.floor((pcm.channels[0]?.length ?? 0) / hop);
	const levels = Float64Array.from({ length: frames }, (_, frame) => {
		let sum = 0;
		for (const channel of pcm.channels) {
			for (let index = Math.round(frame * hop); index < Math.round((frame + 1) * hop); index++) {
				const change = channel[index]! - (channel[index - 1] ?? 0);
				sum += change * change + 0.02 * channel[index]! ** 2;
			}
		}
		return Math.log1p(1e4 * Math.sqrt(sum / hop));
	});
	return levels.map((level, frame) =>
		Math.max(0, level - ((levels[frame - 1] ?? 0) + (levels[frame - 2] ?? 0) + (levels[frame - 3] ?? 0)) / 3),
	);
};

const at = (values: Float64Array, place: number): number => {
	const below = Math.floor(place);
	const share = place - below;
	return (values[below] ?? 0) * (1 - share) + (values[below + 1] ?? 0) * share;
};

const correlation = (onsets: Float64Array): Float64Array => {
	const mean = onsets.reduce((sum, value) => sum + value, 0) / onsets.length;
	const centred = onsets.map((value) => value - mean);
	const lags = Math.min(onsets.length, Math.ceil((16 * 60 * FRAMES_PER_SECOND) / SLOWEST) + 2);
	const result = new Float64Array(lags);
	for (let lag = 0; lag < lags; lag++) {
		let sum = 0;
		for (let frame = lag; frame < centred.length; frame++) sum += centred[frame]! * centred[frame - lag]!;
		result[lag] = sum / (centred.length - lag);
	}
	return result;
};

/** How well a beat of `lag` frames fits: the music repeats after 1, 2, 4, 8 and 16 of them. */
const fit = (correlated: Float64Array, lag: number): number => {
	const places = [1, 2, 4, 8, 16].filter((beats) => beats * lag < correlated.length - 1);
	return places.reduce((sum, beats) => sum + at(correlated, beats * lag), 0) / places.length / correlated[0]!;
};

const bestTempo = (correlated: Float64Array): { readonly bpm: number; readonly score: number } | null => {
	let best: { readonly bpm: number; readonly score: number; readonly rank: number } | null = null;
	for (let bpm = SLOWEST; bpm <= FASTEST; bpm += 0.05) {
		const score = fit(correlated, (60 * FRAMES_PER_SECOND) / bpm);
		const rank = score * Math.exp(-0.5 * (Math.log2(bpm / LIKELY) / 0.7) ** 2);
		if (best === null || rank > best.rank) best = { bpm, score, rank };
	}
	return best;
};

/** Which of `choices` places `step` frames apart collects most when every `period` frames count. */
const bestPhase = (onsets: Float64Array, period: number, offsets: readonly number[]): number => {
	const collected = (offset: number): number => {
		let [sum, count] = [0, 0];
		for (let place = offset; place < onsets.length; place += period) {
			sum += at(onsets, place) + 0.5 * (at(onsets, place - 1) + at(onsets, place + 1));
			count++;
		}
		return count === 0 ? 0 : sum / count;
	};
	return offsets.reduce((best, offset) => (collected(offset) > collected(best) ? offset : best), offsets[0] ?? 0);
};

/**
 * The beat of a piece of music, by how its onsets repeat; null when nothing repeats between 60 and 180 a minute. A known `bpm` is taken as it is.
 * Bars are taken to have four beats.
 */
export const findBeats = (pcm: Pcm, bpm?: number): FoundBeats | null => {
	const onsets = onsetEnvelope(pcm);
	if (onsets.length < FRAMES_PER_SECOND * 2 || onsets.every((value) => value === 0))
		return bpm === undefined ? null : { bpm, firstBeat: 0, firstBar: 0 };
	const found = bpm === undefined ? bestTempo(correlation(onsets)) : { bpm, score: 1 };
	if (found === null || !(found.score > SURE)) return null;
	const beat = (60 * FRAMES_PER_SECOND) / found.bpm;
	const firstBeat = bestPhase(
		onsets,
		beat,
		Array.from({ length: Math.floor(beat) }, (_, offset) => offset),
	);
	const firstBar = bestPhase(
		onsets,
		beat * 4,
		[0, 1, 2, 3].map((number) => firstBeat + number * beat),
	);
	return { bpm: found.bpm, firstBeat: firstBeat / FRAMES_PER_SECOND, firstBar: firstBar / FRAMES_PER_SECOND };
};
