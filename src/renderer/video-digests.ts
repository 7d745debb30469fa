import { createHash } from 'node:crypto';
import { RenderFailure } from '../model/failure.ts';
import type { FileSystem } from './file-system.ts';
import { childBoxes, findBox, readBoxContent, readTopBoxes, tracksOf } from './mp4-boxes.ts';
import { readSampleRanges, type SampleRange } from './sample-table.ts';

/**
 * What stretches of a video decode to, as hashes of their packets and of how a decoder is set up: stretches with the same hash that begin with a key frame
 * show the same pictures. `lengths` are the frames of each, one after the other from the first on.
 * @throws RenderFailure `OUTPUT` when the file is cut off or has fewer frames
 */
export const videoDigests = async (fs: FileSystem, file: string, lengths: readonly number[]): Promise<readonly string[]> => {
	const handle = await fs.open(file, 'r');
	try {
		const { size } = await handle.stat();
		const index = (await readTopBoxes(handle, size)).find((box) => box.type === 'moov');
		const tracks = index ? tracksOf(await readBoxContent(handle, index)) : [];
		const video = tracks.find((track) => findBox(track, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'vide');
		const ranges = video && readSampleRanges(video);
		if (!video || !ranges) throw cutOff(file);
		const setup = setupOf(video);
		const digests: string[] = [];
		let first = 0;
		for (const length of lengths) {
			const part = ranges.slice(first, first + length);
			if (part.length !== length) throw cutOff(file);
			digests.push(await digestOf(handle, { setup, part, file }));
			first += length;
		}
		return digests;
	} catch (error) {
		if (error instanceof RangeError) throw cutOff(file);
		throw error;
	} finally {
		await handle.close();
	}
};

const cutOff = (file: string): RenderFailure => new RenderFailure('OUTPUT', `${file} is cut off`);

/** Offset of the boxes inside a visual sample entry. */
const INNER_BOXES = 78;

const setupOf = (track: Buffer): Buffer => {
	const description = findBox(track, ['mdia', 'minf', 'stbl', 'stsd']);
	const entry = description && childBoxes(description, 8)[0];
	if (!description || !entry) return Buffer.alloc(0);
	const sample = description.subarray(entry.body, entry.end);
	const box = childBoxes(sample, INNER_BOXES).find((child) => child.type === 'avcC');
	return box ? sample.subarray(box.body, box.end) : Buffer.alloc(0);
};

type Stretch = { readonly setup: Buffer; readonly part: readonly SampleRange[]; readonly file: string };

/** Neighbours in the file are read together. */
const digestOf = async (handle: Awaited<ReturnType<FileSystem['open']>>, { setup, part, file }: Stretch): Promise<string> => {
	const hash = createHash('sha256').update(setup);
	for (let index = 0; index < part.length; ) {
		const start = part[index]?.offset ?? 0;
		let end = start;
		while (index < part.length && part[index]?.offset === end && end - start < MOST_BYTES) end += part[index++]?.size ?? 0;
		const bytes = Buffer.alloc(end - start);
		const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
		if (bytesRead !== bytes.length) throw cutOff(file);
		hash.update(bytes);
	}
	return hash.digest('hex');
};

const MOST_BYTES = 4 << 20;
