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

function* boxesIn(content: Buffer): Generator<Box> {
	for (let at = 0, box = boxAt(content, 0, content.length); box !== null; at = box.end, box = boxAt(content, at, content.length)) yield box;
}

const isPlausible = (content: Buffer, isPicture = false): boolean => {
	const inside = (box: Box): Buffer => content.subarray(box.body, box.end);
	for (const box of boxesIn(content)) {
		const part = inside(box);
		const tells = isPicture || (box.type === 'mdia' && isPictureTrack(part));
		if (CONTAINERS.includes(box.type) ? !isPlausible(part, tells) : countIn(box.type, part, tells) > MAX_SAMPLES) return false;
	}
	return true;
};

const isPictureTrack = (media: Buffer): boolean => {
	for (const { type, body } of boxesIn(media)) if (type === 'hdlr') return media.toString('latin1', body + 8, body + 12) === 'vide';
	return false;
};

/** Where the tables that count have their entries: bytes of one, and where in it a number of frames stands. */
const TABLES: Readonly<Record<string, { readonly entry: number; readonly place: number; readonly adds: boolean }>> = {
	ctts: { entry: 8, place: 0, adds: true },
	stts: { entry: 8, place: 0, adds: true },
	stsc: { entry: 12, place: 4, adds: false },
};

/**
 * The most frames that one table speaks of. Sound that is not compressed counts each of its samples in `stts` and `stsz`, so that those say something only
 * of pictures.
 */
const countIn = (type: string, table: Buffer, isPicture: boolean): number => {
	const kind = TABLES[type];
	if (type === 'stsz') return isPicture && table.length >= 12 ? table.readUInt32BE(8) : 0;
	if (kind === undefined || table.length < 8 || (type === 'stts' && !isPicture)) return 0;
	const { entry, place, adds } = kind;
	let count = 0;
	const entries = Math.min(table.readUInt32BE(4), Math.floor((table.length - 8) / entry));
	for (let i = 0; i < entries; i++) {
		const frames = table.readUInt32BE(8 + i * entry + place);
		count = adds ? count + frames : Math.max(count, frames);
	}
	return count;
};
