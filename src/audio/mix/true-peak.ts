import type { Pcm } from '../../model/sound.ts';

const TAPS = 24;
const HALF = TAPS / 2;
const PHASES = [0.25, 0.5, 0.75];

/** Interpolates between the samples `HALF - 1` and `HALF` of a window: a sinc under a Blackman-Harris-like bell, gain 1 at DC. */
const kernelAt = (fraction: number): Float64Array => {
	const kernel = new Float64Array(TAPS);
	for (let tap = 0; tap < TAPS; tap++) {
		const distance = tap - (HALF - 1) - fraction;
		const angle = (Math.PI * distance) / HALF;
		const bell = 0.5 + 0.5 * Math.cos(angle);
		kernel[tap] = (Math.sin(Math.PI * distance) / (Math.PI * distance)) * bell;
	}
	const sum = kernel.reduce((total, value) => total + value, 0);
	return kernel.map((value) => value / sum);
};

/**
 * What the waveform reaches at and on the way to the next sample: one value per sample, the larger of the sample and of three points between it and
 * the next (4x oversampling). The sound is silent outside of its ends.
 */
export const peakEnvelope = (channel: Float32Array): Float32Array => {
	const kernels = PHASES.map(kernelAt);
	const padded = new Float32Array(channel.length + TAPS);
	padded.set(channel, HALF - 1);
	const peaks = new Float32Array(channel.length);
	for (const kernel of kernels) {
		for (let index = 0; index < channel.length; index++) {
			let sum = 0;
			for (let tap = 0; tap < TAPS; tap++) sum += padded[index + tap]! * kernel[tap]!;
			const size = sum < 0 ? -sum : sum;
			if (size > peaks[index]!) peaks[index] = size;
		}
	}
	for (let index = 0; index < channel.length; index++) {
		const size = Math.abs(channel[index]!);
		if (size > peaks[index]!) peaks[index] = size;
	}
	return peaks;
};

/** Largest value of the waveform between and at the samples, in dB over full scale (dBTP, ITU-R BS.1770-4 annex 2); -Infinity for silence. */
export const truePeak = (pcm: Pcm): number => {
	let peak = 0;
	for (const channel of pcm.channels) for (const value of peakEnvelope(channel)) if (value > peak) peak = value;
	return 20 * Math.log10(peak);
};
