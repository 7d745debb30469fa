/** Takes the corner off a jump of a saw or pulse, so that nothing folds back from above half the sample rate. `step` is the phase per sample. */
const blep = (phase: number, step: number): number => {
	if (phase < step) {
		const near = phase / step;
		return near + near - near * near - 1;
	}
	if (phase > 1 - step) {
		const near = (phase - 1) / step;
		return near * near + near + near + 1;
	}
	return 0;
};

/** One sample of a saw from -1 to 1 at a phase from 0 to 1. */
export const saw = (phase: number, step: number): number => 2 * phase - 1 - blep(phase, step);

/** One sample of a square from -1 to 1 at a phase from 0 to 1. */
export const square = (phase: number, step: number): number =>
	(phase < 0.5 ? 1 : -1) + blep(phase, step) - blep(phase < 0.5 ? phase + 0.5 : phase - 0.5, step);

export const midiToHz = (midi: number): number => 440 * 2 ** ((midi - 69) / 12);

/** Odd-symmetric soft clipping: the identity for small values, never beyond +-1, no DC. */
export const soften = (value: number): number => {
	const limited = Math.min(3, Math.max(-3, value));
	const squared = limited * limited;
	return (limited * (27 + squared)) / (27 + 9 * squared);
};

export type Envelope = {
	/** Seconds to full level. */
	readonly attack: number;
	/** Seconds to fall to 1/e while held; Infinity holds the level. */
	readonly decay: number;
	/** Seconds from letting go to silence. */
	readonly release: number;
};

/** Level over a whole note, `held` seconds and then the release. Starts and ends at exactly 0, with rounded corners. */
export const shapeNote = (held: number, { attack, decay, release }: Envelope, sampleRate: number): Float32Array => {
	const samples = Math.max(2, Math.round((held + release) * sampleRate));
	const levels = new Float32Array(samples);
	const rise = Math.min(samples, Math.max(1, Math.round(attack * sampleRate)));
	const fall = Math.max(1, Math.min(samples - 1, Math.round(release * sampleRate)));
	const keep = Math.exp(-1 / (decay * sampleRate));
	let level = 1;
	for (let index = 0; index < samples; index++) {
		const start = index < rise ? 0.5 - 0.5 * Math.cos((Math.PI * index) / rise) : 1;
		const left = samples - 1 - index;
		const end = left < fall ? 0.5 - 0.5 * Math.cos((Math.PI * left) / fall) : 1;
		levels[index] = level * start * end;
		level *= keep;
	}
	return levels;
};
