import type { Pcm } from '../../model/sound.ts';

/** Zero crossings of the sinc on each side. */
const CROSSINGS = 16;
/** Positions between two samples that the kernel is tabulated at; between them it is read off the nearest. */
const RESOLUTION = 512;

/** Half of a windowed sinc from its middle outwards. `cutoff` is a share of half the source's rate. */
const halfKernel = (cutoff: number, reach: number): Float64Array =>
	Float64Array.from({ length: reach * RESOLUTION + 2 }, (_, index) => {
		const distance = index / RESOLUTION;
		if (distance >= reach) return 0;
		const angle = Math.PI * distance * cutoff;
		const bell = 0.42 + 0.5 * Math.cos((Math.PI * distance) / reach) + 0.08 * Math.cos((2 * Math.PI * distance) / reach);
		return cutoff * bell * (angle === 0 ? 1 : Math.sin(angle) / angle);
	});

const resampleChannel = (channel: Float32Array, ratio: number): Float32Array => {
	const cutoff = Math.min(1, ratio) * (ratio === 1 ? 1 : 0.96);
	const reach = Math.ceil(CROSSINGS / cutoff);
	const kernel = halfKernel(cutoff, reach);
	const result = new Float32Array(Math.round(channel.length * ratio));
	for (let index = 0; index < result.length; index++) {
		const centre = index / ratio;
		const from = Math.max(0, Math.ceil(centre - reach));
		const to = Math.min(channel.length - 1, Math.floor(centre + reach));
		let sum = 0;
		for (let source = from; source <= to; source++) {
			const distance = source < centre ? centre - source : source - centre;
			sum += channel[source]! * kernel[Math.round(distance * RESOLUTION)]!;
		}
		result[index] = sum;
	}
	return result;
};

/** The same sound at another rate, with nothing left above half of the lower of the two. Its length is the seconds it had, to the nearest sample. */
export const resample = (pcm: Pcm, sampleRate: number): Pcm =>
	pcm.sampleRate === sampleRate
		? pcm
		: { sampleRate, channels: pcm.channels.map((channel) => resampleChannel(channel, sampleRate / pcm.sampleRate)) };
