import { RenderFailure } from '../model/failure.ts';
import type { FileSystem } from './file-system.ts';

type FileHandle = Awaited<ReturnType<FileSystem['open']>>;

/** One box of a file: `start` is the offset of its header, `body` of its content, `end` of the byte after it. */
export type Box = { readonly type: string; readonly start: number; readonly body: number; readonly end: number };

const MAX_INDEX_BYTES = 64 << 20;

/** The boxes at the top of a file, without reading their content. @throws RenderFailure when they do not fill the file exactly. */
export const readTopBoxes = async (handle: FileHandle, bytes: number): Promise<readonly Box[]> => {
	const boxes: Box[] = [];
	const header = Buffer.alloc(16);
	for (let start = 0; start < bytes; ) {
		const { bytesRead } = await handle.read(header, 0, 16, start);
		const box = bytesRead < 8 ? null : boxAt(header.subarray(0, bytesRead), { at: 0, base: start, limit: bytes });
		if (box === null) throw new RenderFailure('OUTPUT', `the file is cut off or is not an MP4: no whole box at byte ${start}`);
		boxes.push(box);
		start = box.end;
	}
	return boxes;
};

/** Offsets are those in the file, not in the buffer. */
export const readBoxContent = async (handle: FileHandle, box: Box): Promise<Buffer> => {
	const length = box.end - box.body;
	if (length > MAX_INDEX_BYTES) throw new RenderFailure('OUTPUT', `the box "${box.type}" is too large: ${length} bytes`);
	const content = Buffer.alloc(length);
	await handle.read(content, 0, length, box.body);
	return content;
};

/** The boxes directly inside `content`, from `offset` on. Offsets are those in `content`. A box that does not fit ends the list. */
export const childBoxes = (content: Buffer, offset = 0): readonly Box[] => {
	const boxes: Box[] = [];
	for (let start = offset; start + 8 <= content.length; ) {
		const box = boxAt(content, { at: start, base: start, limit: content.length });
		if (box === null) break;
		boxes.push(box);
		start = box.end;
	}
	return boxes;
};

/** The content of each `trak` box of an index. */
export const tracksOf = (index: Buffer): readonly Buffer[] =>
	childBoxes(index)
		.filter((box) => box.type === 'trak')
		.map((box) => index.subarray(box.body, box.end));

/** The content of the box at the end of a path of types, or null. */
export const findBox = (content: Buffer, path: readonly string[]): Buffer | null => {
	let inside: Buffer = content;
	for (const type of path) {
		const box = childBoxes(inside).find((child) => child.type === type);
		if (box === undefined) return null;
		inside = inside.subarray(box.body, box.end);
	}
	return inside;
};

/** `at` is where the header is in `bytes`, `base` where it is in the whole, `limit` the length of the whole. */
const boxAt = (bytes: Buffer, place: { readonly at: number; readonly base: number; readonly limit: number }): Box | null => {
	const { at, base, limit } = place;
	const short = bytes.readUInt32BE(at);
	const long = short === 1;
	if (long && at + 16 > bytes.length) return null;
	const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? limit - base : short;
	const header = long ? 16 : 8;
	if (size < header || base + size > limit) return null;
	return { type: bytes.toString('latin1', at + 4, at + 8), start: base, body: base + header, end: base + size };
};
