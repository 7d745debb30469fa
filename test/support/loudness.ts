import type { Pcm } from '../../src/model/sound.ts';

const STRETCH_SECONDS = 0.005;

/** Where, in seconds, the stretches of 5 ms begin that are louder than a share of the loudest of all. Measured at every millisecond. */
export const loudStretches = ({ sampleRate, channels }: Pcm, share = 0.03): readonly number[] => {
	const samples = channels[0] ?? new Float32Array();
	const [length, step] = [Math.round(STRETCH_SECONDS * sampleRate), Math.round(sampleRate / 1000)];
	const levels = Array.from({ length: Math.max(0, Math.floor((samples.length - length) / step)) }, (_, index) => ({
		at: (index * step) / sampleRate,
		level: rmsOf(samples.subarray(index * step, index * step + length)),
	}));
	const loudest = levels.reduce((most, { level }) => Math.max(most, level), 0);
	return levels.filter(({ level }) => level > loudest * share).map(({ at }) => at);
};

export const rmsOf = (samples: Float32Array): number =>
	Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));

/** The median pitch of the voiced stretches in Hz, by autocorrelation. */
export const medianPitch = ({ sampleRate, channels }: Pcm): number => {
	const samples = channels[0] ?? new Float32Array();
	const [window, hop] = [Math.round(sampleRate * 0.05), Math.round(sampleRate * 0.025)];
	const pitches: number[] = [];
	for (let at = 0; at + 2 * window < samples.length; at += hop) {
		const similar = (lag: number): number => {
			let sum = 0;
			for (let index = at; index < at + window; index++) sum += (samples[index] ?? 0) * (samples[index + lag] ?? 0);
			return sum;
		};
		if (rmsOf(samples.subarray(at, at + window)) < 0.03) continue;
		const lags = Array.from({ length: Math.round(sampleRate / 70 - sampleRate / 350) }, (_, index) => Math.round(sampleRate / 350) + index);
		const best = lags.reduce((found, lag) => (similar(lag) > similar(found) ? lag : found));
		if (similar(best) > 0.5 * similar(0)) pitches.push(sampleRate / best);
	}
	return pitches.sort((a, b) => a - b)[pitches.length >> 1] ?? 0;
};
