import type { Pcm } from '../../model/sound.ts';
import { type FoundBeats, findBeats } from './find-beats.ts';

export type TrackFit = {
	/** Exact length of the result. */
	readonly seconds: number;
	/** Beats per minute when known; found by listening when left out. */
	readonly bpm?: number;
};

export type FittedTrack = {
	readonly pcm: Pcm;
	/** Tempo given or found; null when the track has no beat that can be found. */
	readonly bpm: number | null;
	readonly how: 'whole' | 'cut' | 'looped';
	/** Seconds of the result at which a loop begins again. */
	readonly joins: readonly number[];
};

const CROSSFADE_SECONDS = 0.06;
/** Without a beat there is no right place, so the join is spread out. */
const LONG_CROSSFADE_SECONDS = 1.5;
const SEARCH_SECONDS = 0.015;
/** A sound shorter than this is no music to loop. */
const SHORTEST_LOOP_SECONDS = 0.5;

/** Samples of the source: everything from `from` to `to` repeats; `overlap` before each of the two is blended. */
type Loop = { readonly from: number; readonly to: number; readonly overlap: number };

const powerOf = (pcm: Pcm, from: number, to: number): number => {
	let sum = 0;
	for (const channel of pcm.channels)
		for (let index = Math.max(0, from); index < Math.min(to, channel.length); index++) sum += channel[index]! ** 2;
	return to > from ? sum / (to - from) : 0;
};

/** How alike the sound before two places is: the higher, the less is heard of a join between them. */
const likeness = (pcm: Pcm, one: number, other: number, reach: number): number => {
	let sum = 0;
	for (const channel of pcm.channels)
		for (let back = -reach; back < reach; back += 3) sum += (channel[one + back] ?? 0) * (channel[other + back] ?? 0);
	return sum;
};

/** The tempo is known to a hair, not exactly: the end of the loop moves to where the waveforms agree best. */
const settle = (pcm: Pcm, loop: Loop): Loop => {
	const reach = Math.round(SEARCH_SECONDS * pcm.sampleRate);
	const length = pcm.channels[0]!.length;
	let [best, most] = [loop.to, Number.NEGATIVE_INFINITY];
	for (let to = loop.to - reach; to <= Math.min(length, loop.to + reach); to += 4) {
		const alike = likeness(pcm, loop.from, to, reach * 2);
		if (alike > most) [best, most] = [to, alike];
	}
	return { ...loop, to: best };
};

/** Most whole bars from the first one on, without an ending that has already gone quiet. Loops of 4, 8, 12... bars are liked best. */
const barLoop = (pcm: Pcm, beats: FoundBeats): Loop | null => {
	const length = pcm.channels[0]!.length;
	const bar = (240 / beats.bpm) * pcm.sampleRate;
	const overlap = Math.round(CROSSFADE_SECONDS * pcm.sampleRate);
	let start = beats.firstBar * pcm.sampleRate;
	while (start < overlap) start += bar / 4;
	const edge = (number: number): number => Math.round(start + number * bar);
	let bars = Math.floor((length - start) / bar + 1e-6);
	const typical = powerOf(pcm, edge(0), edge(bars)) / 4;
	while (bars > 1 && powerOf(pcm, edge(bars - 1), edge(bars)) < typical) bars--;
	if (bars < 1) return null;
	const phrase = bars >= 4 ? bars - (bars % 4) : bars;
	return settle(pcm, { from: edge(0), to: edge(phrase), overlap });
};

const plainLoop = (pcm: Pcm): Loop => {
	const length = pcm.channels[0]!.length;
	const overlap = Math.max(1, Math.floor(Math.min(LONG_CROSSFADE_SECONDS * pcm.sampleRate, length / 4)));
	return { from: overlap, to: length, overlap };
};

/** Source position and the gain of what is left of the round before, at each sample of the result. */
const loopChannel = (channel: Float32Array, loop: Loop, samples: number): Float32Array => {
	const result = new Float32Array(samples);
	const period = loop.to - loop.from;
	for (let index = 0; index < samples; index++) {
		const round = index < loop.to ? 0 : Math.floor((index - loop.to) / period) + 1;
		const place = index - round * period;
		const toJoin = loop.to - place;
		if (toJoin > loop.overlap) {
			result[index] = channel[place] ?? 0;
			continue;
		}
		const angle = (1 - toJoin / loop.overlap) * (Math.PI / 2);
		result[index] = (channel[place] ?? 0) * Math.cos(angle) + (channel[place - period] ?? 0) * Math.sin(angle);
	}
	return result;
};

const joinsOf = (loop: Loop, samples: number, sampleRate: number): readonly number[] =>
	Array.from(
		{ length: Math.max(0, Math.ceil((samples - loop.to) / (loop.to - loop.from))) },
		(_, round) => (loop.to + round * (loop.to - loop.from)) / sampleRate,
	);

/** Seconds of the closing fade: from the last bar, or else beat, that leaves 1 to 2 s, so that the music steps back where a musician would. */
const fadeSeconds = (seconds: number, beats: FoundBeats | null): number => {
	const usual = Math.min(1.5, seconds / 3);
	if (beats === null || seconds < 4) return usual;
	const beat = 60 / beats.bpm;
	const before = (first: number, step: number): number => seconds - (first + Math.floor((seconds - 1 - first) / step) * step);
	const [fromBar, fromBeat] = [before(beats.firstBar, beat * 4), before(beats.firstBeat, beat)];
	return fromBar <= 2 ? fromBar : fromBeat <= 2 ? fromBeat : usual;
};

const fadeOut = (channel: Float32Array, fade: number): Float32Array =>
	channel.map((value, index) => {
		const left = channel.length - 1 - index;
		return left < fade ? value * (0.5 - 0.5 * Math.cos((Math.PI * left) / fade)) : value;
	});

const NEARLY = 0.02;

/** Loops are counted on from where they begin again, so the beats of the last round are those of the source, moved. */
const beatsAfter = (beats: FoundBeats | null, loop: Loop | null, joins: readonly number[], sampleRate: number): FoundBeats | null => {
	const last = joins.at(-1);
	if (beats === null || loop === null || last === undefined) return beats;
	const moved = last - loop.from / sampleRate;
	const beat = 60 / beats.bpm;
	return { ...beats, firstBeat: (beats.firstBeat + moved) % beat, firstBar: (beats.firstBar + moved) % (beat * 4) };
};

/** Silence behind the sound, which fades into it in 20 ms. */
const padded = (track: Pcm, samples: number): Pcm => {
	const own = track.channels[0]?.length ?? 0;
	if (own === samples) return track;
	const channels = track.channels.map((channel) => {
		const longer = new Float32Array(samples);
		longer.set(fadeOut(channel, Math.min(own, NEARLY * track.sampleRate)));
		return longer;
	});
	return { ...track, channels: channels.length === 0 ? [new Float32Array(samples)] : channels };
};

/**
 * A track of exactly `seconds`: cut, or looped on bars, with an equal-power crossfade at every join and a closing fade of 1 to 2 s (a third of it, if
 * shorter than 4 s). A track that has the length already stays as it is. A sound
 * shorter than half a second is not looped: silence follows it.
 * @throws RangeError unless `seconds` is positive and finite.
 */
export const fitTrack = (track: Pcm, { seconds, bpm }: TrackFit): FittedTrack => {
	if (!(seconds > 0 && Number.isFinite(seconds))) throw new RangeError(`music of ${seconds} seconds`);
	const { sampleRate, channels } = track;
	const samples = Math.round(seconds * sampleRate);
	const own = channels[0]?.length ?? 0;
	const tooShort = own < SHORTEST_LOOP_SECONDS * sampleRate;
	if (own <= samples && (tooShort || samples - own < NEARLY * sampleRate))
		return { pcm: padded(track, samples), bpm: bpm ?? null, how: 'whole', joins: [] };
	const beats = findBeats(track, bpm);
	const loop = own < samples ? ((beats === null ? null : barLoop(track, beats)) ?? plainLoop(track)) : null;
	const joins = loop === null ? [] : joinsOf(loop, samples, sampleRate);
	const fade = fadeSeconds(seconds, beatsAfter(beats, loop, joins, sampleRate)) * sampleRate;
	const fitted = channels.map((channel) => (loop === null ? channel.slice(0, samples) : loopChannel(channel, loop, samples)));
	return {
		pcm: { sampleRate, channels: fitted.map((channel) => fadeOut(channel, fade)) },
		bpm: beats?.bpm ?? null,
		how: loop === null ? 'cut' : 'looped',
		joins,
	};
};
