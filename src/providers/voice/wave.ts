import type { Pcm } from '../../model/sound.ts';

const HEADER_BYTES = 44;
const INTEGER = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

/** A WAV file of 16-bit samples. What is beyond full scale is cut off. */
export const encodeWave = ({ sampleRate, channels }: Pcm): Uint8Array => {
	const length = channels[0]?.length ?? 0;
	const frameBytes = channels.length * 2;
	const bytes = Buffer.alloc(HEADER_BYTES + length * frameBytes);
	bytes.write('RIFF', 0, 'latin1');
	bytes.writeUInt32LE(bytes.length - 8, 4);
	bytes.write('WAVEfmt ', 8, 'latin1');
	bytes.writeUInt32LE(16, 16);
	bytes.writeUInt16LE(INTEGER, 20);
	bytes.writeUInt16LE(channels.length, 22);
	bytes.writeUInt32LE(sampleRate, 24);
	bytes.writeUInt32LE(sampleRate * frameBytes, 28);
	bytes.writeUInt16LE(frameBytes, 32);
	bytes.writeUInt16LE(16, 34);
	bytes.write('data', 36, 'latin1');
	bytes.writeUInt32LE(length * frameBytes, 40);
	for (const [number, channel] of channels.entries())
		for (let index = 0; index < length; index++) {
			const sample = Math.round((channel[index] ?? 0) * 32_768);
			bytes.writeInt16LE(Math.min(32_767, Math.max(-32_768, sample)), HEADER_BYTES + index * frameBytes + number * 2);
		}
	return bytes;
};

/** Samples of one channel, 16 bits each, lowest byte first, without a header. */
export const decodeSamples = (bytes: Uint8Array, sampleRate: number): Pcm => ({
	sampleRate,
	channels: deinterleave(bytes, { kind: INTEGER, channels: 1, bits: 16 }),
});

/** The sound of a WAV file of whole numbers (16, 24 or 32 bits) or floats (32 bits); null for anything else. */
export const decodeWave = (bytes: Uint8Array): Pcm | null => {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.length < 12 || view.toString('latin1', 0, 4) !== 'RIFF' || view.toString('latin1', 8, 12) !== 'WAVE') return null;
	let format: (Layout & { readonly sampleRate: number }) | null = null;
	for (let at = 12; at + 8 <= view.length; ) {
		const name = view.toString('latin1', at, at + 4);
		// A file that was streamed has a size in its header that it never reached.
		const size = Math.min(view.readUInt32LE(at + 4), view.length - at - 8);
		const chunk = view.subarray(at + 8, at + 8 + size);
		if (name === 'fmt ') format = readFormat(chunk);
		if (name === 'data') return format === null ? null : { sampleRate: format.sampleRate, channels: deinterleave(chunk, format) };
		at += 8 + size + (size % 2);
	}
	return null;
};

type Layout = { readonly kind: number; readonly channels: number; readonly bits: number };

const readFormat = (chunk: Buffer): (Layout & { readonly sampleRate: number }) | null => {
	if (chunk.length < 16) return null;
	const written = chunk.readUInt16LE(0);
	const kind = written === EXTENSIBLE && chunk.length >= 26 ? chunk.readUInt16LE(24) : written;
	const [channels, sampleRate, bits] = [chunk.readUInt16LE(2), chunk.readUInt32LE(4), chunk.readUInt16LE(14)];
	const known = (kind === INTEGER && [16, 24, 32].includes(bits)) || (kind === FLOAT && bits === 32);
	const sane = channels >= 1 && channels <= 8 && sampleRate >= 4000 && sampleRate <= 384_000;
	return known && sane ? { kind, channels, bits, sampleRate } : null;
};

const deinterleave = (bytes: Uint8Array, { kind, channels, bits }: Layout): readonly Float32Array[] => {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const width = bits / 8;
	const length = Math.floor(view.length / (width * channels));
	const scale = 2 ** (bits - 1);
	return Array.from({ length: channels }, (_, channel) =>
		Float32Array.from({ length }, (_sample, index) => {
			const at = (index * channels + channel) * width;
			return kind === FLOAT ? view.readFloatLE(at) : view.readIntLE(at, width) / scale;
		}),
	);
};
