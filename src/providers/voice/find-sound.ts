/** Length of the stretches whose loudness is compared, in seconds, and how loud they must be against the loudest sample. */
const STRETCH_SECONDS = 0.005;
const AUDIBLE = 0.02;
/** A file whose loudest sample is below this has nothing in it but the noise of its encoding. */
const SILENT_PEAK = 0.001;

/** A run of samples: from the first that belongs to it to the first that no longer does. */
export type Run = { readonly start: number; readonly end: number };

/** Where a sound can be heard, as runs of samples in order; runs that are nearer to each other than `join` seconds are one. Empty for silence. */
export const findSound = (samples: Float32Array, sampleRate: number, join: number): readonly Run[] => {
	const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
	if (!(peak > SILENT_PEAK)) return [];
	const length = Math.max(1, Math.round(STRETCH_SECONDS * sampleRate));
	const runs: { start: number; end: number }[] = [];
	for (let start = 0; start < samples.length; start += length) {
		const stretch = samples.subarray(start, start + length);
		const energy = stretch.reduce((sum, sample) => sum + sample * sample, 0);
		if (Math.sqrt(energy / stretch.length) <= peak * AUDIBLE) continue;
		const last = runs.at(-1);
		if (last !== undefined && start - last.end <= join * sampleRate) last.end = start + stretch.length;
		else runs.push({ start, end: start + stretch.length });
	}
	return runs;
};
