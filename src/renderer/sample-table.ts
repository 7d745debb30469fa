import { findBox } from './mp4-boxes.ts';

/** The frames of a track in the order of decoding, as the index of the file lists them. */
export type SampleTable = {
	/** Units per second of every time below. */
	readonly timescale: number;
	/** When each frame is shown, counted from the first instant of the film: the edit list is applied. */
	readonly shownAt: readonly number[];
	readonly durations: readonly number[];
	/** Numbers of the frames, in the order of decoding, at which decoding can start. */
	readonly keys: readonly number[];
	/** Offset in the file of the byte after the last one that the index points at. */
	readonly end: number;
};

/** Frames of an hour at 240 a second, and more: a few bytes can promise four thousand million. */
const MAX_SAMPLES = 1_000_000;

/** Reads the index of one `trak` box. Null when a box that must be there is missing, or two of them do not agree. @throws RangeError when it is cut off or has too many frames */
export const readSampleTable = (track: Buffer): SampleTable | null => {
	const header = findBox(track, ['mdia', 'mdhd']);
	const table = findBox(track, ['mdia', 'minf', 'stbl']);
	const durationsBox = table && findBox(table, ['stts']);
	const sizesBox = table && findBox(table, ['stsz']);
	if (!header || !table || !durationsBox || !sizesBox) return null;
	const durations = expandRuns(durationsBox, (at) => durationsBox.readUInt32BE(at));
	const offsetsBox = findBox(table, ['ctts']);
	const offsets = offsetsBox ? expandRuns(offsetsBox, (at) => offsetsBox.readInt32BE(at)) : [];
	const start = mediaStart(findBox(track, ['edts', 'elst']));
	let decodedAt = 0;
	const shownAt = durations.map((duration, i) => {
		const time = decodedAt + (offsets[i] ?? 0) - start;
		decodedAt += duration;
		return time;
	});
	const keysBox = findBox(table, ['stss']);
	const timescale = header.readUInt32BE(header[0] === 1 ? 20 : 12);
	const sizes = readSizes(sizesBox);
	if (timescale === 0 || sizes.length !== durations.length) return null;
	return {
		timescale,
		shownAt,
		durations,
		keys: keysBox ? readNumbers(keysBox).map((number) => number - 1) : durations.map((_, i) => i),
		end: endOfSamples(table, sizes),
	};
};

/** `count, value` pairs, written out. */
const expandRuns = (box: Buffer, read: (offset: number) => number): number[] => {
	const values: number[] = [];
	const runs = box.readUInt32BE(4);
	for (let run = 0, at = 8; run < runs; run++, at += 8) {
		const value = read(at + 4);
		const count = box.readUInt32BE(at);
		checkCount(values.length + count);
		for (let left = count; left > 0; left--) values.push(value);
	}
	return values;
};

const checkCount = (samples: number): void => {
	if (samples > MAX_SAMPLES) throw new RangeError(`${samples} frames`);
};

const readNumbers = (box: Buffer): number[] => Array.from({ length: box.readUInt32BE(4) }, (_, i) => box.readUInt32BE(8 + 4 * i));

const readSizes = (box: Buffer): number[] => {
	const common = box.readUInt32BE(4);
	const count = box.readUInt32BE(8);
	checkCount(count);
	return Array.from({ length: count }, (_, i) => common || box.readUInt32BE(12 + 4 * i));
};

/** Media time of the film's first instant. An edit that only delays (media time -1) does not move it. */
const mediaStart = (list: Buffer | null): number => {
	if (list === null) return 0;
	const wide = list[0] === 1;
	const count = list.readUInt32BE(4);
	for (let i = 0; i < count; i++) {
		const at = 8 + i * (wide ? 20 : 12);
		const time = wide ? Number(list.readBigInt64BE(at + 8)) : list.readInt32BE(at + 4);
		if (time >= 0) return time;
	}
	return 0;
};

/** Where the bytes of each sample are in the file, in the order of decoding. Null when a box that must be there is missing. */
export const readSampleRanges = (track: Buffer): readonly SampleRange[] | null => {
	const table = findBox(track, ['mdia', 'minf', 'stbl']);
	const sizes = table && findBox(table, ['stsz']);
	return table && sizes && rangesOf(table, readSizes(sizes));
};

export type SampleRange = { readonly offset: number; readonly size: number };

const endOfSamples = (table: Buffer, sizes: readonly number[]): number =>
	rangesOf(table, sizes)?.reduce((end, { offset, size }) => Math.max(end, offset + size), 0) ?? Number.POSITIVE_INFINITY;

/** Null unless the chunks hold every sample. */
const rangesOf = (table: Buffer, sizes: readonly number[]): readonly SampleRange[] | null => {
	const runs = findBox(table, ['stsc']);
	const wide = findBox(table, ['co64']);
	const narrow = findBox(table, ['stco']);
	if (!runs || !(wide || narrow)) return null;
	const chunks = wide
		? Array.from({ length: wide.readUInt32BE(4) }, (_, i) => Number(wide.readBigUInt64BE(8 + 8 * i)))
		: readNumbers(narrow as Buffer);
	const perChunk = Array.from({ length: runs.readUInt32BE(4) }, (_, i) => ({
		from: runs.readUInt32BE(8 + 12 * i),
		samples: runs.readUInt32BE(12 + 12 * i),
	}));
	const ranges: SampleRange[] = [];
	let run = 0;
	for (const [index, chunk] of chunks.entries()) {
		while ((perChunk[run + 1]?.from ?? Number.POSITIVE_INFINITY) <= index + 1) run++;
		let offset = chunk;
		for (let left = perChunk[run]?.samples ?? 0; left > 0 && ranges.length <= sizes.length; left--) {
			const size = sizes[ranges.length] ?? 0;
			ranges.push({ offset, size });
			offset += size;
		}
	}
	return ranges.length === sizes.length ? ranges : null;
};
