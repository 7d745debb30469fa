import type { Pcm } from '../../model/sound.ts';

/** Hz under which nothing is heard: an offset and rumble there only take the room that the rest needs. */
const LOWEST = 20;

/**
 * A sound that somebody gives, without what lies below 20 Hz: a constant offset, and rumble. Butterworth, 12 dB an octave. It starts as if the sound had stood
 * before at the mean of its first 50 ms, so that an offset does not begin with a thud.
 */
export const withoutSubsonics = ({ sampleRate, channels }: Pcm): Pcm => ({
	sampleRate,
	channels: channels.map((channel) => highPassed(channel, sampleRate)),
});

const highPassed = (channel: Float32Array, sampleRate: number): Float32Array => {
	const k = Math.tan((Math.PI * LOWEST) / sampleRate);
	const norm = 1 / (1 + Math.SQRT2 * k + k * k);
	const [a1, a2] = [2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm];
	const result = new Float32Array(channel.length);
	const before = mean(channel.subarray(0, Math.ceil(sampleRate / LOWEST)));
	let [x1, x2, y1, y2] = [before, before, 0, 0];
	for (let index = 0; index < channel.length; index++) {
		const x = channel[index]!;
		const y = norm * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
		result[index] = y;
		[x1, x2, y1, y2] = [x, x1, y, y1];
	}
	return result;
};

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Share of the louder side's power that is left of the mean of both, under which they cancel each other: -12 dB. One silent side alone leaves -6 dB. */
const CANCELLED = 1 / 16;

/** For a mix in one channel: the louder side of a stereo sound whose sides cancel each other, as in opposite phase; any other sound as it is. */
export const withoutCancelling = (pcm: Pcm): Pcm => {
	const [left, right] = pcm.channels;
	if (left === undefined || right === undefined || pcm.channels.length !== 2) return pcm;
	let [ofLeft, ofRight, ofMean] = [0, 0, 0];
	for (let index = 0; index < left.length; index++) {
		const [one, other] = [left[index]!, right[index]!];
		ofLeft += one * one;
		ofRight += other * other;
		ofMean += ((one + other) / 2) ** 2;
	}
	if (ofMean >= CANCELLED * Math.max(ofLeft, ofRight)) return pcm;
	return { ...pcm, channels: [ofLeft >= ofRight ? left : right] };
};
