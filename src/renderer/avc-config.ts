import { readPixelAspect } from './read-parameter-set.ts';

/** What an AVCDecoderConfigurationRecord (ISO 14496-15, 5.3.3.1) says about the stream. */
export type AvcConfig = {
	readonly profile: string;
	readonly pixelFormat: string;
	/** Width to height of a pixel; null when its parameter set cannot be read. */
	readonly pixelAspect: string | null;
};

const PROFILES: Readonly<Record<number, string>> = {
	66: 'Baseline',
	77: 'Main',
	88: 'Extended',
	100: 'High',
	110: 'High 10',
	122: 'High 4:2:2',
	244: 'High 4:4:4 Predictive',
};

const CHROMA = ['gray', 'yuv420p', 'yuv422p', 'yuv444p'] as const;

/** Profiles below High have no chroma field: they are 4:2:0 with 8 bits. Null when the record is cut off. */
export const readAvcConfig = (record: Buffer): AvcConfig | null => {
	const number = record[1];
	if (record[0] !== 1 || number === undefined) return null;
	const profile = PROFILES[number] ?? `profile ${number}`;
	const pixelAspect = readPixelAspect(firstParameterSet(record));
	if (number < 100) return { profile, pixelFormat: 'yuv420p', pixelAspect };
	const end = skipParameterSets(record, skipParameterSets(record, 5, 0x1f), 0xff);
	const chroma = record[end];
	const depth = record[end + 1];
	if (chroma === undefined || depth === undefined) return null;
	const bits = 8 + (depth & 7);
	return { profile, pixelFormat: `${CHROMA[chroma & 3]}${bits === 8 ? '' : `${bits}le`}`, pixelAspect };
};

const firstParameterSet = (record: Buffer): Buffer =>
	record.length < 8 ? record.subarray(0, 0) : record.subarray(8, 8 + record.readUInt16BE(6));

/** Offset after a counted list of parameter sets. */
const skipParameterSets = (record: Buffer, offset: number, mask: number): number => {
	let at = offset + 1;
	for (let left = (record[offset] ?? 0) & mask; left > 0; left--) {
		if (at + 2 > record.length) return record.length;
		at += 2 + record.readUInt16BE(at);
	}
	return at;
};
