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

const KERNELS = PHASES.map(kernelAt) as [Float64Array, Float64Array, Float64Array];

/** No point between samples is further out than this times the largest sample that its kernel reaches. */
const FURTHEST = Math.max(...KERNELS.map((kernel) => kernel.reduce((sum, tap) => sum + Math.abs(tap), 0)));

/** Samples that are looked at together: a kernel reaches no further than the neighbours of a block. */
const BLOCK = 16;

/** The three points behind each sample from `start` to `end`, and the sample itself: the largest of them. `padded` is `HALF - 1` samples ahead. */
const interpolate = (padded: Float32Array, peaks: Float32Array, start: number, end: number): number => {
	const [first, middle, last] = KERNELS;
	let most = 0;
	for (let index = start; index < end; index++) {
		let one = 0;
		let two = 0;
		let three = 0;
		for (let tap = 0; tap < TAPS; tap++) {
			const value = padded[index + tap]!;
			one += value * first[tap]!;
			two += value * middle[tap]!;
			three += value * last[tap]!;
		}
		const peak = Math.max(Math.abs(padded[index + HALF - 1]!), Math.abs(one), Math.abs(two), Math.abs(three));
		peaks[index] = peak;
		if (peak > most) most = peak;
	}
	return most;
};

const sizesOf = (channel: Float32Array): Float32Array => {
	const sizes = new Float32Array(channel.length);
	for (let index = 0; index < channel.length; index++) sizes[index] = Math.abs(channel[index]!);
	return sizes;
};

/** Largest value of each block. */
const blockPeaks = (sizes: Float32Array): Float32Array => {
	const largest = new Float32Array(Math.ceil(sizes.length / BLOCK));
	for (let block = 0; block < largest.length; block++) {
		const end = Math.min(sizes.length, (block + 1) * BLOCK);
		let most = 0;
		for (let index = block * BLOCK; index < end; index++) if (sizes[index]! > most) most = sizes[index]!;
		largest[block] = most;
	}
	return largest;
};

/** Interpolates the blocks that may hold a peak above the floor. With `rising`, the floor goes up with what is found. Returns where it ends. */
const fillPeaks = (channel: Float32Array, peaks: Float32Array, floor: number, rising: boolean): number => {
	const padded = new Float32Array(channel.length + TAPS);
	padded.set(channel, HALF - 1);
	const largest = blockPeaks(peaks);
	let level = floor;
	for (let block = 0; block < largest.length; block++) {
		const near = Math.max(largest[block]!, largest[block - 1] ?? 0, largest[block + 1] ?? 0);
		if (near * FURTHEST <= level) continue;
		const found = interpolate(padded, peaks, block * BLOCK, Math.min(peaks.length, (block + 1) * BLOCK));
		if (rising && found > level) level = found;
	}
	return level;
};

/**
 * What the waveform reaches at and on the way to the next sample: one value per sample, the larger of the sample and of three points between it and
 * the next (4x oversampling). The sound is silent outside of its ends. Values up to `floor` may be those of the samples alone.
 */
export const peakEnvelope = (channel: Float32Array, floor = 0): Float32Array => {
	const peaks = sizesOf(channel);
	fillPeaks(channel, peaks, floor, false);
	return peaks;
};

/** Largest value of the waveform between and at the samples, in dB over full scale (dBTP, ITU-R BS.1770-4 annex 2); -Infinity for silence. */
export const truePeak = (pcm: Pcm): number => {
	const sizes = pcm.channels.map(sizesOf);
	let peak = sizes.reduce((most, channel) => channel.reduce((larger, value) => Math.max(larger, value), most), 0);
	pcm.channels.forEach((channel, index) => {
		peak = fillPeaks(channel, sizes[index]!, peak, true);
	});
	return 20 * Math.log10(peak);
};
