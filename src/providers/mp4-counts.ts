import type { FileHandle } from 'node:fs/promises';

/** Frames of a day and a half at 30 a second. */
const MAX_SAMPLES = 4_000_000;
const MAX_INDEX_BYTES = 64 << 20;

type Box = { readonly type: string; readonly body: number; readonly end: number };

/**
 * Whether an MP4 or MOV file promises no more frames than a video can have. A few bytes of its index can promise four thousand million, and a reader that
 * believes them writes each of them down. True for a file without such an index.
 */
export const hasPlausibleCounts = async (handle: FileHandle): Promise<boolean> => {
	const { size } = await handle.stat();
	const header = Buffer.alloc(16);
	for (let start = 0; start + 8 <= size; ) {
		const { bytesRead } = await handle.read(header, 0, 16, start);
		const box = boxAt(header.subarray(0, bytesRead), 0, size - start);
		if (box === null) return true;
		if (box.type === 'moov') {
			if (box.end > MAX_INDEX_BYTES) return false;
			const index = Buffer.alloc(box.end - box.body);
			await handle.read(index, 0, index.length, start + box.body);
			return isPlausible(index);
		}
		start += box.end;
	}
	return true;
};

/** The box at an offset, its end no further than `limit`. Null where there is none. */
const boxAt = (bytes: Buffer, at: number, limit: number): Box | null => {
	if (at + 8 > bytes.length) return null;
	const short = bytes.readUInt32BE(at);
	if (short === 1 && at + 16 > bytes.length) return null;
	const length = short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? limit - at : short;
	const header = short === 1 ? 16 : 8;
	if (length < header) return null;
	return { type: bytes.toString('latin1', at + 4, at + 8), body: at + header, end: Math.min(at + length, limit) };
};

const CONTAINERS: readonly string[] = ['trak', 'mdia', 'minf', 'stbl'];

const isPlausible = (content: Buffer): boolean => {
	for (let at = 0, box = boxAt(content, 0, content.length); box !== null; at = box.end, box = boxAt(content, at, content.length)) {
		const inside = content.subarray(box.body, box.end);
		if (CONTAINERS.includes(box.type) ? !isPlausible(inside) : countIn(box.type, inside) > MAX_SAMPLES) return false;
	}
	return true;
};

/** The most frames that one table speaks of. Sound that is not compressed counts each of its samples, so `stts` and `stsz` say nothing on their own. */
const countIn = (type: string, table: Buffer): number => {
	if (table.length < 8 || (type !== 'ctts' && type !== 'stsc')) return 0;
	const entry = type === 'ctts' ? 8 : 12;
	const place = type === 'ctts' ? 0 : 4;
	let count = 0;
	const entries = Math.min(table.readUInt32BE(4), Math.floor((table.length - 8) / entry));
	for (let i = 0; i < entries; i++)
		count = type === 'ctts' ? count + table.readUInt32BE(8 + i * entry) : Math.max(count, table.readUInt32BE(8 + i * entry + place));
	return count;
};
