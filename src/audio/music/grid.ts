import type { Feel } from './feel.ts';
import type { Section, SectionName } from './score.ts';

export const BEATS_PER_BAR = 4;

export type Grid = {
	readonly seconds: number;
	readonly bpm: number;
	/** Seconds. */
	readonly beat: number;
	readonly bar: number;
	/** Bars before the last chord. */
	readonly bodyBars: number;
	/** Seconds; the downbeat of the last chord. */
	readonly endingAt: number;
};

/** Seconds at which a bar starts: one formula for all, so that equal moments are equal numbers. */
export const barTime = (bpm: number, bar: number): number => (bar * 60 * BEATS_PER_BAR) / bpm;

type Tempo = Feel['bpm'];

const shortestRing = (seconds: number): number => Math.min(1.6, seconds * 0.35);

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

const cost = (grid: Grid, preferred: number): number => {
	const wantedRing = clamp(grid.bar, 1.8, 3.2);
	const ring = grid.seconds - grid.endingAt;
	const phrase = grid.bodyBars === 0 ? 2 : grid.bodyBars % 4 === 0 ? 0 : grid.bodyBars % 2 === 0 ? 0.08 : 0.16;
	return Math.abs(Math.log(grid.bpm / preferred)) * 4 + Math.abs(ring - wantedRing) / grid.bar + phrase;
};

const gridOf = (seconds: number, bodyBars: number, bpm: number): Grid => ({
	seconds,
	bpm,
	beat: 60 / bpm,
	bar: (60 * BEATS_PER_BAR) / bpm,
	bodyBars,
	endingAt: barTime(bpm, bodyBars),
});

/**
 * Whole bars and then a chord that rings out, together exactly `seconds` long. The tempo bends within `tempo` so that the ring-out is about a bar.
 * Music too short for one bar is its last chord alone.
 * @throws RangeError unless `seconds` and the tempo are positive, finite and `min` <= `max`.
 */
export const chooseGrid = (seconds: number, tempo: Tempo): Grid => {
	if (!(seconds > 0 && Number.isFinite(seconds))) throw new RangeError(`music of ${seconds} seconds`);
	if (!(tempo.min > 0 && tempo.min <= tempo.max && Number.isFinite(tempo.max)))
		throw new RangeError(`tempo from ${tempo.min} to ${tempo.max}`);
	const preferred = clamp(tempo.preferred, tempo.min, tempo.max);
	let best = gridOf(seconds, 0, preferred);
	for (let bodyBars = 1; bodyBars <= (seconds * tempo.max) / 240; bodyBars++) {
		const grid = gridOf(seconds, bodyBars, clamp((240 * (bodyBars + 1)) / seconds, tempo.min, tempo.max));
		if (seconds - grid.endingAt >= shortestRing(seconds) && cost(grid, preferred) < cost(best, preferred)) best = grid;
	}
	return best;
};

/** Every `step` beats from 0 to before the end. Multiplied, not added up, so that the last is as exact as the first. */
export const gridTimes = (grid: Grid, step: number): readonly number[] =>
	Array.from(
		{ length: Math.max(1, Math.ceil((grid.seconds * grid.bpm) / 60 / step - 1e-9)) },
		(_, index) => (index * step * 60) / grid.bpm,
	);

export type BarSection = { readonly name: SectionName; readonly fromBar: number; readonly toBar: number; readonly density: number };

const DENSITY: Readonly<Record<SectionName, number>> = { intro: 0.3, A: 0.6, B: 0.95, build: 0.5, ending: 0.4 };
const PHRASE = 8;

const middleLengths = (bars: number): readonly number[] => {
	if (bars <= 3) return bars === 0 ? [] : [bars];
	if (bars <= PHRASE * 2) {
		const first = Math.ceil(bars / 4) * 2;
		return [first, bars - first];
	}
	const whole = Math.floor(bars / PHRASE) - 1;
	return [...Array.from({ length: whole }, () => PHRASE), bars - whole * PHRASE];
};

/** Verses and choruses of an even number of bars sound intended: the introduction gives or takes the odd one. */
const introBars = (bodyBars: number, build: number): number => {
	if (bodyBars < 4) return 0;
	const wanted = bodyBars >= 16 ? 4 : bodyBars >= 8 ? 2 : 1;
	const odd = (bodyBars - wanted - build) % 2 === 1 && bodyBars > 4;
	return odd ? wanted + (wanted > 1 ? -1 : 1) : wanted;
};

/** The form of the piece: a sparse start, verses and fuller choruses in turn, a step back before the last chord. `energy` scales the densities. */
export const planSections = (bodyBars: number, energy: number): readonly BarSection[] => {
	const build = bodyBars >= 12 ? 2 : bodyBars >= 6 ? 1 : 0;
	const intro = introBars(bodyBars, build);
	const lengths: readonly (readonly [SectionName, number])[] = [
		['intro', intro],
		...middleLengths(bodyBars - intro - build).map((bars, index) => [index % 2 === 0 ? 'A' : 'B', bars] as const),
		['build', build],
	];
	let bar = 0;
	return lengths
		.filter(([, bars]) => bars > 0)
		.map(([name, bars]) => {
			bar += bars;
			return { name, fromBar: bar - bars, toBar: bar, density: DENSITY[name] * energy };
		});
};

export const timeSections = (sections: readonly BarSection[], grid: Grid, energy: number): readonly Section[] => [
	...sections.map(({ name, fromBar, toBar, density }) => ({
		name,
		from: barTime(grid.bpm, fromBar),
		to: barTime(grid.bpm, toBar),
		density,
	})),
	{ name: 'ending' as const, from: grid.endingAt, to: grid.seconds, density: DENSITY.ending * energy },
];
