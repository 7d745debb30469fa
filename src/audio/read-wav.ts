import type { Pcm } from '../model/sound.ts';

const INTEGER = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

type Format = { readonly kind: number; readonly channels: number; readonly sampleRate: number; readonly bits: number };

/**
 * A WAV file as samples: integers of 8, 16, 24 or 32 bits, or floats of 32, where what is no number is silence. A size that the file does not hold, as a program writes that did not know it
 * beforehand, means up to the end. Null for anything else.
 */
export const readWav = (bytes: Uint8Array): Pcm | null => {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 12 || tagAt(view, 0) !== 'RIFF' || tagAt(view, 8) !== 'WAVE') return null;
	let format: Format | null = null;
	for (let at = 12; at + 8 <= bytes.length; ) {
		const size = view.getUint32(at + 4, true);
		const body = at + 8;
		if (tagAt(view, at) === 'fmt ' && body + 16 <= bytes.length) format = formatAt(view, body, size);
		if (tagAt(view, at) === 'data')
			return format === null ? null : samplesOf(view, format, { from: body, to: Math.min(bytes.length, body + size) });
		at = body + size + (size & 1);
	}
	return null;
};

const tagAt = (view: DataView, at: number): string => String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));

const formatAt = (view: DataView, at: number, size: number): Format => {
	const kind = view.getUint16(at, true);
	const isExtended = kind === EXTENSIBLE && size >= 26 && at + 26 <= view.byteLength;
	return {
		kind: isExtended ? view.getUint16(at + 24, true) : kind,
		channels: view.getUint16(at + 2, true),
		sampleRate: view.getUint32(at + 4, true),
		bits: view.getUint16(at + 14, true),
	};
};

/** Reads one sample as a number between -1 and 1; null for a kind that is not known. */
const readerOf = (view: DataView, { kind, bits }: Format): ((at: number) => number) | null => {
	if (kind === FLOAT && bits === 32) return (at) => finite(view.getFloat32(at, true));
	if (kind !== INTEGER) return null;
	if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
	if (bits === 16) return (at) => view.getInt16(at, true) / 2 ** 15;
	if (bits === 24) return (at) => (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 2 ** 23;
	return bits === 32 ? (at) => view.getInt32(at, true) / 2 ** 31 : null;
};

/** One sample that is no number would make the whole mix none. */
const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

const samplesOf = (view: DataView, format: Format, { from, to }: { readonly from: number; readonly to: number }): Pcm | null => {
	const { channels: count, sampleRate, bits } = format;
	const read = readerOf(view, format);
	if (read === null || count === 0 || sampleRate === 0) return null;
	const width = bits / 8;
	const length = Math.floor((to - from) / (width * count));
	const channels = Array.from({ length: count }, (_, channel) => {
		const samples = new Float32Array(length);
		for (let index = 0, at = from + channel * width; index < length; index++, at += width * count) samples[index] = read(at);
		return samples;
	});
	return { sampleRate, channels };
};
