import type { FileSystem } from './file-system.ts';
import { type Box, childBoxes, readBoxContent, readTopBoxes } from './mp4-boxes.ts';

type FileHandle = Awaited<ReturnType<FileSystem['open']>>;

/** Sets the creation and modification times in an MP4's headers to "unknown": the same segments give the same file at any time. */
export const eraseDates = async (handle: FileHandle): Promise<void> => {
	const { size } = await handle.stat();
	const index = (await readTopBoxes(handle, size)).find((box) => box.type === 'moov');
	if (index === undefined) return;
	const content = await readBoxContent(handle, index);
	for (const header of headersIn(content, 0)) {
		const zeros = Buffer.alloc(content[header.body] === 1 ? 16 : 8);
		await handle.write(zeros, 0, zeros.length, index.body + header.body + 4);
	}
};

const HEADERS = new Set(['mvhd', 'tkhd', 'mdhd']);
const PARENTS = new Set(['trak', 'mdia']);

/** The header boxes at any depth, with offsets in the index. */
const headersIn = (content: Buffer, offset: number): readonly Box[] =>
	childBoxes(content, offset).flatMap((box) => {
		if (HEADERS.has(box.type)) return [box];
		return PARENTS.has(box.type) ? headersIn(content.subarray(0, box.end), box.body) : [];
	});
