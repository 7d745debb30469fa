import { type Bar, barsOf, lastChord, lastHold, type Plan, pitchesFrom, scaleOf, stepTime } from './parts.ts';
import { pick, type Random } from './random.ts';
import type { Note } from './score.ts';

/** 16ths at which the motif sounds. Sparse on purpose: a voice speaks over it. */
const RHYTHMS: readonly (readonly number[])[] = [
	[0, 6, 12],
	[0, 4, 10],
	[2, 6, 12],
	[0, 3, 6, 12],
	[0, 6, 8, 14],
	[0, 4, 7, 12],
];
const ARPEGGIOS: readonly (readonly number[])[] = [
	[0, 1, 2, 3, 2, 1, 2, 1],
	[0, 2, 1, 3, 0, 2, 1, 3],
	[0, 1, 2, 1, 3, 2, 1, 2],
	[3, 2, 1, 0, 1, 2, 3, 2],
];
const LEAD_FROM = 67;
const LADDER = 7;

type MotifNote = { readonly step: number; readonly rung: number; readonly length: number };

const motif = (random: Random): readonly MotifNote[] => {
	const steps = pick(random, RHYTHMS);
	let rung = 2 + Math.floor(random() * 2);
	return steps.map((step, index) => {
		if (index > 0) rung = Math.min(LADDER - 2, Math.max(0, rung + pick(random, [-2, -1, -1, 1, 1, 2])));
		return { step, rung, length: (steps[index + 1] ?? 16) - step };
	});
};

/** The bars of a phrase: statement, the same higher or lower, answer, and a breath on one long note. */
const phrase = (random: Random): readonly (readonly MotifNote[])[] => {
	const statement = motif(random);
	const shift = pick(random, [-1, 1]);
	const answer = [
		...statement.slice(0, -1),
		...statement.slice(-1).map((note) => ({ ...note, rung: note.rung + (note.rung > 2 ? -1 : 1) })),
	];
	const varied = statement.map((note) => ({ ...note, rung: Math.min(LADDER - 1, Math.max(0, note.rung + shift)) }));
	return [statement, answer, varied, [{ step: 0, rung: 2, length: 12 }]];
};

/** Strong places take a chord tone; the last 16ths before a beat may lean on the scale's step above. */
const sing = (plan: Plan, bar: Bar, notes: readonly MotifNote[]): readonly Note[] => {
	const ladder = pitchesFrom(bar.chord.pitchClasses.slice(0, 3), LEAD_FROM, LADDER);
	const scale = scaleOf(plan);
	return notes.map(({ step, rung, length }) => {
		const tone = ladder[rung]!;
		const leaning = step % 4 === 3 && length <= 4;
		return {
			at: bar.at + stepTime(plan, step),
			seconds: Math.min(length * 0.95, 8) * (plan.grid.beat / 4),
			midi: leaning ? pitchesFrom(scale, tone + 1, 1)[0]! : tone,
			velocity: step % 8 === 0 ? 0.75 : 0.6,
			voice: 'lead' as const,
		};
	});
};

const arpeggiate = (plan: Plan, bar: Bar, order: readonly number[]): readonly Note[] => {
	const rising = bar.section.name === 'build';
	const rungs = pitchesFrom(bar.chord.pitchClasses, 60, 8);
	return order.map((rung, index) => ({
		at: bar.at + stepTime(plan, index * 2),
		seconds: plan.grid.beat * 0.45,
		midi: rungs[rising ? index : rung + 1]!,
		velocity: (index % 4 === 0 ? 0.5 : 0.38) * (rising ? 0.7 + index / 16 : 1),
		voice: 'arp' as const,
	}));
};

const plays = (plan: Plan, bar: Bar): { readonly lead: boolean; readonly arp: boolean } => {
	const { name } = bar.section;
	const busy = plan.feel.energy > 0.7;
	switch (name) {
		case 'intro':
			return { lead: false, arp: busy };
		case 'A':
			return { lead: true, arp: false };
		case 'B':
			return { lead: true, arp: busy };
		case 'build':
			return { lead: false, arp: true };
		case 'ending':
			return { lead: false, arp: false };
	}
};

/** A motif that comes back and varies, an arpeggio on plucked notes, and a run of chord tones into the ring-out. */
export const playMelody = (plan: Plan, random: Random): readonly Note[] => {
	const phrases = { A: phrase(random), B: phrase(random) };
	const order = pick(random, ARPEGGIOS);
	const body = barsOf(plan).flatMap((bar) => {
		const { lead, arp } = plays(plan, bar);
		const bars = bar.section.name === 'B' ? phrases.B : phrases.A;
		return [
			...(lead ? sing(plan, bar, bars[(bar.index - bar.section.fromBar) % bars.length]!) : []),
			...(arp ? arpeggiate(plan, bar, order) : []),
		];
	});
	const gap = Math.min(plan.grid.beat / 4, lastHold(plan) / 8);
	const last = pitchesFrom(lastChord(plan).pitchClasses, LEAD_FROM, 4).map((midi, index) => ({
		at: plan.grid.endingAt + index * gap,
		seconds: lastHold(plan) - index * gap,
		midi,
		velocity: 0.6 - index * 0.06,
		voice: 'lead' as const,
	}));
	return [...body, ...last].sort((one, other) => one.at - other.at);
};
