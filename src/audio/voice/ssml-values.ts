import type { Prosody } from '../../model/sound.ts';
import type { SayAs } from './say-as.ts';

/** How much a voice may be changed, as factors. */
const SLOWEST = 0.5;
const FASTEST = 2;
/** Quieter than anything that is heard, in decibels. */
const SILENT = -100;
const LOUDEST = 12;

const RATES: Readonly<Record<string, number>> = { 'x-slow': 0.5, slow: 0.75, medium: 1, default: 1, fast: 1.25, 'x-fast': 1.5 };
const PITCHES: Readonly<Record<string, number>> = { 'x-low': 0.7, low: 0.85, medium: 1, default: 1, high: 1.15, 'x-high': 1.3 };
const GAINS: Readonly<Record<string, number>> = { silent: SILENT, 'x-soft': -12, soft: -6, medium: 0, default: 0, loud: 4, 'x-loud': 8 };
const BREAKS: Readonly<Record<string, number>> = { none: 0, 'x-weak': 0.1, weak: 0.2, medium: 0.4, strong: 0.7, 'x-strong': 1.2 };
const EMPHASIS: Readonly<Record<string, Prosody>> = {
	strong: { rate: 0.85, pitch: 1.12, gain: 3 },
	moderate: { rate: 0.92, pitch: 1.06, gain: 1.5 },
	none: { rate: 1, pitch: 1, gain: 0 },
	reduced: { rate: 1.08, pitch: 0.97, gain: -3 },
};
const SAY_AS: Readonly<Record<string, SayAs>> = {
	cardinal: 'cardinal',
	number: 'cardinal',
	ordinal: 'ordinal',
	characters: 'characters',
	'spell-out': 'characters',
	date: 'date',
	telephone: 'telephone',
};

const named = <T>(values: Readonly<Record<string, T>>, name: string): T | null =>
	Object.hasOwn(values, name) ? (values[name] ?? null) : null;
const within = (value: number): number => Math.min(FASTEST, Math.max(SLOWEST, value));

/** `slow`, `80%`, `+10%` or `1.2` as a factor; null for anything else. */
export const rateFactor = (value: string): number | null => named(RATES, value) ?? factor(value);

/** `low`, `80%`, `+10%` or `+2st` as a factor; null for anything else. */
export const pitchFactor = (value: string): number | null => {
	const semitones = /^([+-]\d+(?:\.\d+)?)st$/.exec(value);
	return named(PITCHES, value) ?? (semitones === null ? factor(value) : within(2 ** (Number(semitones[1]) / 12)));
};

const factor = (value: string): number | null => {
	const match = /^([+-]?)(\d+(?:\.\d+)?)(%?)$/.exec(value);
	if (match === null) return null;
	const amount = Number(match[2]) / (match[3] === '%' ? 100 : 1);
	if (match[1] === '') return within(amount);
	return match[3] === '%' ? within(match[1] === '+' ? 1 + amount : 1 - amount) : null;
};

/** `loud` or `+6dB` in decibels; null for anything else. */
export const gainDecibels = (value: string): number | null => {
	const match = /^([+-]?\d+(?:\.\d+)?)dB$/i.exec(value);
	return named(GAINS, value) ?? (match === null ? null : Math.min(LOUDEST, Math.max(SILENT, Number(match[1]))));
};

/** `500ms` or `0.5s` in seconds; null for anything else. */
export const breakSeconds = (value: string): number | null => {
	const match = /^\+?(\d+(?:\.\d+)?|\.\d+)(ms|s)$/.exec(value);
	return match === null ? null : Number(match[1]) / (match[2] === 'ms' ? 1000 : 1);
};

export const breakStrength = (value: string): number | null => named(BREAKS, value);
export const emphasisProsody = (level: string): Prosody | null => named(EMPHASIS, level);
export const sayAsKind = (value: string): SayAs | null => named(SAY_AS, value);

/** One way of speaking inside of another. */
export const combine = (outer: Prosody, inner: Prosody): Prosody => ({
	rate: within(outer.rate * inner.rate),
	pitch: within(outer.pitch * inner.pitch),
	gain: Math.min(LOUDEST, Math.max(SILENT, outer.gain + inner.gain)),
});
