import type { Pcm } from '../../model/sound.ts';
import { truePeak } from './true-peak.ts';

/** LUFS and dBTP are -Infinity where there is nothing to measure: silence, or less sound than one block. */
export type Loudness = {
	/** LUFS over the whole sound, gated. */
	readonly integrated: number;
	/** Loudest 400 ms, LUFS. */
	readonly momentaryMax: number;
	/** Loudest 3 s, LUFS. */
	readonly shortTermMax: number;
	/** dBTP. */
	readonly truePeak: number;
};

type Biquad = { readonly b: readonly [number, number, number]; readonly a: readonly [number, number] };

/** The head's shelf of BS.1770-4, from its analogue prototype, so that it is right at every sample rate. */
const shelf = (sampleRate: number): Biquad => {
	const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
	const q = 0.7071752369554196;
	const high = 10 ** (3.999843853973347 / 20);
	const middle = high ** 0.4996667741545416;
	const a0 = 1 + k / q + k * k;
	return {
		b: [(high + (middle * k) / q + k * k) / a0, (2 * (k * k - high)) / a0, (high - (middle * k) / q + k * k) / a0],
		a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
	};
};

/** The low end's high-pass of BS.1770-4. */
const lowCut = (sampleRate: number): Biquad => {
	const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
	const q = 0.5003270373238773;
	const a0 = 1 + k / q + k * k;
	return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
};

const BLOCKS_PER_SECOND = 10;

/** Mean power of every whole 100 ms of a channel behind the K-weighting. */
const weightedPowers = (channel: Float32Array, sampleRate: number): Float64Array => {
	const [first, second] = [shelf(sampleRate), lowCut(sampleRate)];
	const powers = new Float64Array(Math.floor((channel.length * BLOCKS_PER_SECOND) / sampleRate));
	let [x1, x2, y1, y2, z1, z2] = [0, 0, 0, 0, 0, 0];
	let index = 0;
	for (let block = 0; block < powers.length; block++) {
		const start = index;
		const end = Math.round(((block + 1) * sampleRate) / BLOCKS_PER_SECOND);
		let sum = 0;
		for (; index < end; index++) {
			const x = channel[index]!;
			const y = first.b[0] * x + first.b[1] * x1 + first.b[2] * x2 - first.a[0] * y1 - first.a[1] * y2;
			const z = y - 2 * y1 + y2 - second.a[0] * z1 - second.a[1] * z2;
			x2 = x1;
			x1 = x;
			y2 = y1;
			y1 = y;
			z2 = z1;
			z1 = z;
			sum += z * z;
		}
		powers[block] = sum / (end - start);
	}
	return powers;
};

const toLufs = (power: number): number => (power > 0 ? -0.691 + 10 * Math.log10(power) : Number.NEGATIVE_INFINITY);

/** Mean over each run of `count` neighbours. */
const windows = (powers: Float64Array, count: number): readonly number[] =>
	Array.from(
		{ length: Math.max(0, powers.length - count + 1) },
		(_, start) => powers.subarray(start, start + count).reduce((sum, power) => sum + power, 0) / count,
	);

const mean = (values: readonly number[]): number =>
	values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;

const gatedLufs = (blocks: readonly number[]): number => {
	const heard = blocks.filter((power) => toLufs(power) > ABSOLUTE_GATE);
	const gate = toLufs(mean(heard)) + RELATIVE_GATE;
	return toLufs(mean(heard.filter((power) => toLufs(power) > gate)));
};

const SURROUND_WEIGHTS = [1, 1, 1, 0, 1.41, 1.41];

/** Power of all channels per 100 ms. Six channels are taken as L R C LFE Ls Rs; of any other number each counts alike. */
const totalPowers = ({ channels, sampleRate }: Pcm): Float64Array => {
	const each = channels.map((channel) => weightedPowers(channel, sampleRate));
	const weight = (index: number): number => (channels.length === 6 ? SURROUND_WEIGHTS[index]! : 1);
	return (each[0] ?? new Float64Array(0)).map((_, block) => each.reduce((sum, powers, index) => sum + weight(index) * powers[block]!, 0));
};

/** Integrated loudness alone, in LUFS, by ITU-R BS.1770-4: 400 ms blocks that overlap by 75 %, gated at -70 LUFS and 10 LU below the rest. */
export const integratedLoudness = (pcm: Pcm): number => gatedLufs(windows(totalPowers(pcm), 4));

/** Loudness by ITU-R BS.1770-4 and EBU R 128, at any sample rate. One channel counts as one loudspeaker, as in ffmpeg. */
export const measureLoudness = (pcm: Pcm): Loudness => {
	const powers = totalPowers(pcm);
	const blocks = windows(powers, 4);
	return {
		integrated: gatedLufs(blocks),
		momentaryMax: toLufs(largest(blocks)),
		shortTermMax: toLufs(largest(windows(powers, 30))),
		truePeak: truePeak(pcm),
	};
};
