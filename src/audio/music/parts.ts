import { drumPattern, stepsOf } from './drum-patterns.ts';
import type { Feel } from './feel.ts';
import { type BarSection, barTime, type Grid } from './grid.ts';
import { type Chord, type Key, scalePitchClasses } from './harmony.ts';
import { pick, type Random } from './random.ts';
import type { Drum, Hit, Note } from './score.ts';

/** What the players agree on before they play. `chords` holds one chord per bar of the body and the last one. */
export type Plan = {
	readonly feel: Feel;
	readonly grid: Grid;
	readonly key: Key;
	readonly sections: readonly BarSection[];
	readonly chords: readonly Chord[];
};

export type Bar = { readonly at: number; readonly index: number; readonly section: BarSection; readonly chord: Chord };

export const barsOf = (plan: Plan): readonly Bar[] =>
	plan.sections.flatMap((section) =>
		Array.from({ length: section.toBar - section.fromBar }, (_, offset) => ({
			at: barTime(plan.grid.bpm, section.fromBar + offset),
			index: section.fromBar + offset,
			section,
			chord: plan.chords[section.fromBar + offset]!,
		})),
	);

/** Seconds from the start of a bar; every second 16th comes late by the swing. */
export const stepTime = (plan: Plan, step: number): number => ((step + (step % 2 === 1 ? plan.feel.swing : 0)) * plan.grid.beat) / 4;

export const lastChord = (plan: Plan): Chord => plan.chords[plan.grid.bodyBars]!;

/** Seconds that the last chord is held: most of the ring-out, so that its release and the room end inside the music. */
export const lastHold = (plan: Plan): number => (plan.grid.seconds - plan.grid.endingAt) * 0.6;

const HIT_SECONDS: Readonly<Record<Drum, number>> = { kick: 0.32, snare: 0.22, rim: 0.06, hat: 0.07, shaker: 0.08, cymbal: 1.6, swell: 0 };

const hit = (at: number, drum: Drum, velocity: number): Hit => ({ at, drum, velocity, seconds: HIT_SECONDS[drum] });

const patternBar = (plan: Plan, bar: Bar, random: Random): readonly Hit[] =>
	Object.entries(drumPattern(plan.feel.kit, bar.section.density)).flatMap(([drum, line]) =>
		stepsOf(line).map(({ step, velocity }) => hit(bar.at + stepTime(plan, step), drum as Drum, velocity * (0.9 + 0.1 * random()))),
	);

const FILLS = ['............4.56', '..........4.4.5.', '............3456'];

const fill = (plan: Plan, bar: Bar, random: Random): readonly Hit[] => {
	if (bar.index + 1 !== bar.section.toBar || bar.section.density < 0.42 || ['none', 'half'].includes(plan.feel.kit)) return [];
	return stepsOf(pick(random, FILLS)).map(({ step, velocity }) => hit(bar.at + stepTime(plan, step), 'snare', velocity * 0.7));
};

const accents = (plan: Plan, bar: Bar): readonly Hit[] => [
	...(bar.section.name === 'B' && bar.index === bar.section.fromBar ? [hit(bar.at, 'cymbal', 0.45)] : []),
	...(bar.section.name === 'build' && bar.index + 1 === bar.section.toBar
		? [{ at: bar.at, drum: 'swell', velocity: 0.4, seconds: plan.grid.bar } as const]
		: []),
];

/** The groove of every bar, a small fill before a section ends, a cymbal where the chorus starts, and one stroke under the last chord. */
export const playDrums = (plan: Plan, random: Random): readonly Hit[] => {
	const body = barsOf(plan).flatMap((bar) => [...patternBar(plan, bar, random), ...fill(plan, bar, random), ...accents(plan, bar)]);
	const quiet = plan.feel.kit === 'none';
	const end = plan.grid.endingAt;
	const last = quiet ? [hit(end, 'cymbal', 0.2)] : [hit(end, 'kick', 0.8), hit(end, 'cymbal', 0.45)];
	const room = plan.grid.seconds - end;
	return [...body, ...last.map((one) => ({ ...one, seconds: Math.min(one.seconds, room * 0.8) }))].sort((one, other) => one.at - other.at);
};

/** [16th, length in 16ths, semitones above the root, velocity in ninths] */
type BassStep = readonly [number, number, number, number];
const BASS_LINES: Readonly<Record<'held' | 'walking' | 'pulsing', readonly (readonly BassStep[])[]>> = {
	held: [[[0, 15, 0, 7]]],
	walking: [
		[
			[0, 6, 0, 8],
			[8, 4, 0, 6],
			[12, 3, 7, 5],
		],
		[
			[0, 7, 0, 8],
			[10, 5, 0, 6],
		],
		[
			[0, 5, 0, 8],
			[6, 2, 0, 5],
			[8, 7, 0, 6],
		],
	],
	pulsing: [
		[0, 2, 4, 6, 8, 10, 12, 14].map((step) => [step, 1.7, 0, step % 4 === 0 ? 8 : 6] as const),
		[
			[0, 3, 0, 8],
			[3, 3, 0, 6],
			[6, 2, 0, 6],
			[8, 3, 0, 7],
			[11, 3, 0, 6],
			[14, 2, 12, 5],
		],
	],
};

const bassStyle = (plan: Plan, density: number): keyof typeof BASS_LINES => {
	if (density < 0.5 || plan.feel.kit === 'none') return 'held';
	return density < 0.78 || plan.feel.energy < 0.8 ? 'walking' : 'pulsing';
};

/** Roots, and fifths and octaves of them: nothing that argues with the chord. Silent in the introduction. */
export const playBass = (plan: Plan, random: Random): readonly Note[] => {
	const lines = Object.fromEntries(Object.entries(BASS_LINES).map(([style, choices]) => [style, pick(random, choices)]));
	const body = barsOf(plan)
		.filter((bar) => bar.section.name !== 'intro')
		.flatMap((bar) =>
			lines[bassStyle(plan, bar.section.density)]!.map(([step, length, above, velocity]) => ({
				at: bar.at + stepTime(plan, step),
				seconds: (length * plan.grid.beat) / 4,
				midi: bar.chord.bass + above,
				velocity: velocity / 9,
				voice: 'bass' as const,
			})),
		);
	return [...body, { at: plan.grid.endingAt, seconds: lastHold(plan), midi: lastChord(plan).bass, velocity: 0.85, voice: 'bass' }];
};

const STABS: readonly (readonly number[])[] = [
	[0, 6, 10],
	[4, 12],
	[0, 3, 6, 11],
	[2, 6, 10, 14],
];

const stabs = (plan: Plan, bar: Bar, pattern: readonly number[]): readonly Note[] => {
	if (bar.section.density < 0.5 || plan.feel.kit === 'none') return [];
	return pattern.flatMap((step) =>
		bar.chord.voicing.map((midi) => ({
			at: bar.at + stepTime(plan, step),
			seconds: plan.grid.beat * 0.4,
			midi,
			velocity: 0.3 + 0.25 * bar.section.density,
			voice: 'keys' as const,
		})),
	);
};

/** A pad under everything, and short chords on keys where the piece is fuller. The last chord is played by both and rings. */
export const playChords = (plan: Plan, random: Random): readonly Note[] => {
	const pattern = pick(random, STABS);
	const body = barsOf(plan).flatMap((bar) => [
		...bar.chord.voicing.map((midi) => ({
			at: bar.at,
			seconds: plan.grid.bar * 0.98,
			midi,
			velocity: 0.55 + 0.2 * bar.section.density,
			voice: 'pad' as const,
		})),
		...stabs(plan, bar, pattern),
	]);
	const last = lastChord(plan).voicing.flatMap((midi) =>
		(['pad', 'keys'] as const).map((voice) => ({ at: plan.grid.endingAt, seconds: lastHold(plan), midi, velocity: 0.65, voice })),
	);
	return [...body, ...last];
};

/** Pitches from `lowest` on that belong to `pitchClasses`, low to high. */
export const pitchesFrom = (pitchClasses: readonly number[], lowest: number, count: number): readonly number[] => {
	const found: number[] = [];
	for (let midi = lowest; found.length < count; midi++) if (pitchClasses.includes(midi % 12)) found.push(midi);
	return found;
};

export const scaleOf = (plan: Plan): readonly number[] => scalePitchClasses(plan.key);
