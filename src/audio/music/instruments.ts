import { lowPass } from './filters.ts';
import { type Envelope, midiToHz, saw, shapeNote, square } from './oscillators.ts';
import type { LeadSound, Note } from './score.ts';
import { addMono, panGains, type Stereo } from './stereo.ts';

const PAD: Envelope = { attack: 0.18, decay: Number.POSITIVE_INFINITY, release: 0.55 };
/** Cents. Four saws, two on each side: the beating between them is the chorus. */
const DETUNE = { left: [-7, 4], right: [-4, 7] } as const;

/** Start of an oscillator that depends on nothing but the note: the same note sounds the same wherever it stands. */
const startPhase = (midi: number, index: number): number => (midi * 0.618034 + index * 0.381966) % 1;

const addSaws = (
	into: Float32Array,
	start: number,
	levels: Float32Array,
	voices: { readonly steps: readonly number[]; readonly phases: number[] },
): void => {
	const count = Math.min(levels.length, into.length - start);
	const { steps, phases } = voices;
	for (let index = 0; index < count; index++) {
		let sum = 0;
		for (let voice = 0; voice < steps.length; voice++) {
			const phase = phases[voice]!;
			sum += saw(phase, steps[voice]!);
			const next = phase + steps[voice]!;
			phases[voice] = next >= 1 ? next - 1 : next;
		}
		into[start + index]! += sum * levels[index]!;
	}
};

const addPad = (into: Stereo, note: Note, sampleRate: number): void => {
	const levels = shapeNote(note.seconds, PAD, sampleRate).map((level) => level * note.velocity * 0.25);
	const start = Math.round(note.at * sampleRate);
	const stepsOf = (cents: readonly number[]): readonly number[] => cents.map((cent) => midiToHz(note.midi + cent / 100) / sampleRate);
	const phasesOf = (offset: number): number[] => [startPhase(note.midi, offset), startPhase(note.midi, offset + 1)];
	addSaws(into.left, start, levels, { steps: stepsOf(DETUNE.left), phases: phasesOf(0) });
	addSaws(into.right, start, levels, { steps: stepsOf(DETUNE.right), phases: phasesOf(2) });
};

type FmSound = {
	readonly envelope: Envelope;
	/** Modulator's frequency as a multiple of the carrier's. */
	readonly ratio: number;
	/** Depth in radians at the start, and seconds to fall to 1/e. */
	readonly depth: number;
	readonly depthDecay: number;
};

const KEYS: FmSound = { envelope: { attack: 0.006, decay: 0.7, release: 0.18 }, ratio: 1, depth: 0.9, depthDecay: 0.25 };
const BELL: FmSound = { envelope: { attack: 0.003, decay: 0.6, release: 0.5 }, ratio: 3.01, depth: 0.7, depthDecay: 0.2 };
const MALLET: FmSound = { envelope: { attack: 0.003, decay: 0.22, release: 0.12 }, ratio: 4, depth: 0.5, depthDecay: 0.04 };

/** Frequency modulation at low depth: an electric piano, a bell, a marimba. */
const fmNote = (note: Note, sound: FmSound, sampleRate: number): Float32Array => {
	const levels = shapeNote(note.seconds, sound.envelope, sampleRate);
	const step = (2 * Math.PI * midiToHz(note.midi)) / sampleRate;
	const keep = Math.exp(-1 / (sound.depthDecay * sampleRate));
	let depth = sound.depth * (0.5 + 0.5 * note.velocity);
	for (let index = 0; index < levels.length; index++) {
		const phase = step * index;
		levels[index]! *= note.velocity * Math.sin(phase + depth * Math.sin(phase * sound.ratio));
		depth *= keep;
	}
	return levels;
};

const PLUCK: Envelope = { attack: 0.004, decay: 0.28, release: 0.12 };

/** A saw and a square behind a filter that closes, like a damped string. */
const pluckNote = (note: Note, sampleRate: number): Float32Array => {
	const step = midiToHz(note.midi) / sampleRate;
	const levels = shapeNote(note.seconds, PLUCK, sampleRate);
	const sound = new Float32Array(levels.length);
	let phase = startPhase(note.midi, 0);
	for (let index = 0; index < sound.length; index++) {
		sound[index] = 0.6 * saw(phase, step) + 0.4 * square(phase, step);
		phase += step;
		if (phase >= 1) phase -= 1;
	}
	const base = midiToHz(note.midi) * 1.5;
	lowPass(sound, (sample) => base + 3200 * note.velocity * Math.exp(-sample / (0.09 * sampleRate)), sampleRate);
	return sound.map((value, index) => value * levels[index]! * note.velocity);
};

const BASS: Envelope = { attack: 0.008, decay: 1.4, release: 0.07 };

const bassNote = (note: Note, sampleRate: number): Float32Array => {
	const step = midiToHz(note.midi) / sampleRate;
	const levels = shapeNote(note.seconds, BASS, sampleRate);
	const sound = new Float32Array(levels.length);
	let phase = 0;
	for (let index = 0; index < sound.length; index++) {
		sound[index] = 0.75 * Math.sin(2 * Math.PI * phase) + 0.35 * saw((phase + 0.5) % 1, step);
		phase += step;
		if (phase >= 1) phase -= 1;
	}
	lowPass(sound, (sample) => 260 + 500 * Math.exp(-sample / (0.12 * sampleRate)), sampleRate);
	return sound.map((value, index) => value * levels[index]! * note.velocity);
};

const leadNote = (note: Note, lead: LeadSound, sampleRate: number): Float32Array => {
	switch (lead) {
		case 'keys':
			return fmNote(note, KEYS, sampleRate);
		case 'bell':
			return fmNote(note, BELL, sampleRate);
		case 'mallet':
			return fmNote(note, MALLET, sampleRate);
		case 'pluck':
			return pluckNote(note, sampleRate);
	}
};

/** Plays a note into a stem. Notes on keys spread over the stage by pitch, arpeggios swing from side to side. */
export const addNote = (into: Stereo, note: Note, sound: { readonly lead: LeadSound; readonly sampleRate: number }): void => {
	const { lead, sampleRate } = sound;
	const start = Math.round(note.at * sampleRate);
	const spread = Math.max(-0.4, Math.min(0.4, (note.midi - 64) / 24));
	switch (note.voice) {
		case 'pad':
			addPad(into, note, sampleRate);
			break;
		case 'keys':
			addMono(into, fmNote(note, KEYS, sampleRate), start, panGains(spread));
			break;
		case 'bass':
			addMono(into, bassNote(note, sampleRate), start, panGains(0));
			break;
		case 'lead':
			addMono(into, leadNote(note, lead, sampleRate), start, panGains(0.12));
			break;
		case 'arp':
			addMono(into, pluckNote(note, sampleRate), start, panGains(note.midi % 2 === 0 ? -0.35 : 0.35));
			break;
	}
};
