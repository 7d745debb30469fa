import { createHash } from 'node:crypto';
import { RenderFailure } from '../model/failure.ts';
import type { AudioFacts } from '../model/media.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { type Box, childBoxes, findBox, readBoxContent, readTopBoxes, tracksOf } from './mp4-boxes.ts';
import { readSampleRanges, readSampleTable, type SampleRange } from './sample-table.ts';

type FileHandle = Awaited<ReturnType<FileSystem['open']>>;

/** What the sound of an MP4 is. @throws RenderFailure `MIX` when it has none or is cut off */
export const readAudioFacts = async (file: string): Promise<AudioFacts> => {
	const handle = await nodeFileSystem.open(file, 'r');
	try {
		const { size } = await handle.stat();
		const index = (await readTopBoxes(handle, size)).find((box) => box.type === 'moov');
		const track = index && tracksOf(await readBoxContent(handle, index)).find(isSound);
		if (track === undefined) throw new RenderFailure('MIX', `${file} has no sound`);
		return await describeAudio(handle, track, size);
	} finally {
		await handle.close();
	}
};

export const isSound = (track: Buffer): boolean => findBox(track, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'soun';

/** What a sound track is, its packets read. @throws RenderFailure `OUTPUT` when its index is incomplete or points past the end of the file */
export const describeAudio = async (handle: FileHandle, track: Buffer, size: number): Promise<AudioFacts> => {
	const table = readSampleTable(track);
	const ranges = readSampleRanges(track);
	const description = findBox(track, ['mdia', 'minf', 'stbl', 'stsd']);
	const entry = description && childBoxes(description, 8)[0];
	if (!table || !ranges || !description || !entry) throw new RenderFailure('OUTPUT', 'the index of the sound is incomplete');
	if (table.end > size) throw new RenderFailure('OUTPUT', 'the index of the sound points past the end of the file');
	const sample = description.subarray(entry.body, entry.end);
	const total = table.durations.reduce((sum, duration) => sum + duration, 0);
	return {
		codec: codecOf(sample, entry),
		sampleRate: sample.readUInt32BE(24) >>> 16,
		channels: sample.readUInt16BE(16),
		// What comes before the first instant is hidden by the edit list.
		seconds: (total + (table.shownAt[0] ?? 0)) / table.timescale,
		packets: await hashRanges(handle, ranges),
	};
};

/** Offset of the boxes inside an audio sample entry (ISO 14496-12, 12.2.3). */
const INNER_BOXES = 28;
const DECODER_CONFIG = 0x04;
const MPEG4_AUDIO = 0x40;

/** `aac` is an `mp4a` entry whose descriptor says MPEG-4 audio (ISO 14496-1, 7.2.6.6). */
const codecOf = (sample: Buffer, entry: Box): string => {
	const box = childBoxes(sample, INNER_BOXES).find((child) => child.type === 'esds');
	if (entry.type !== 'mp4a' || box === undefined) return entry.type;
	const descriptors = sample.subarray(box.body + 4, box.end);
	let at = skipHeader(descriptors, 0) + 3;
	if (descriptors[at] !== DECODER_CONFIG) return entry.type;
	at = skipHeader(descriptors, at);
	return descriptors[at] === MPEG4_AUDIO ? 'aac' : entry.type;
};

/** Offset after a descriptor's tag and its length, of which every byte but the last has its highest bit set. */
const skipHeader = (descriptors: Buffer, offset: number): number => {
	let at = offset + 1;
	while (((descriptors[at] ?? 0) & 0x80) !== 0) at++;
	return at + 1;
};

/** sha256 of the packets one after the other. Neighbours in the file are read together. */
const hashRanges = async (handle: FileHandle, ranges: readonly SampleRange[]): Promise<string> => {
	const hash = createHash('sha256');
	for (let index = 0; index < ranges.length; ) {
		const start = ranges[index]?.offset ?? 0;
		let end = start;
		while (index < ranges.length && ranges[index]?.offset === end) end += ranges[index++]?.size ?? 0;
		const bytes = Buffer.alloc(end - start);
		const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
		if (bytesRead !== bytes.length) throw new RenderFailure('OUTPUT', 'the sound is cut off');
		hash.update(bytes);
	}
	return hash.digest('hex');
};
