import { RenderFailure } from '../model/failure.ts';
import type { MediaFacts } from '../model/media.ts';
import { readAvcConfig } from './avc-config.ts';
import type { FileSystem } from './file-system.ts';
import { childBoxes, findBox, readBoxContent, readTopBoxes, tracksOf } from './mp4-boxes.ts';
import { describeAudio, isSound } from './read-audio-facts.ts';
import { readSampleRanges, readSampleTable, type SampleTable } from './sample-table.ts';

/**
 * What an MP4 file is, read from its own index. Shares no code with what writes the file, so that a fault there cannot hide here.
 * @throws RenderFailure `OUTPUT` when the file is cut off, has no video or points past its own end.
 */
export const readMediaFacts = async (fs: FileSystem, file: string): Promise<MediaFacts> => {
	const handle = await fs.open(file, 'r');
	try {
		const { size } = await handle.stat();
		const boxes = await readTopBoxes(handle, size);
		const index = boxes.find((box) => box.type === 'moov');
		const media = boxes.find((box) => box.type === 'mdat');
		const brand = boxes[0];
		if (index === undefined || media === undefined || brand?.type !== 'ftyp') throw unreadable('it has no index or no media');
		const tracks = tracksOf(await readBoxContent(handle, index));
		const video = tracks.find((track) => findBox(track, ['mdia', 'hdlr'])?.toString('latin1', 8, 12) === 'vide');
		if (video === undefined) throw unreadable('it has no video track');
		const facts = describeVideo(video, size);
		const sound = tracks.find(isSound);
		const audio = sound === undefined ? null : await describeAudio(handle, sound, size);
		const container = containerOf(await readBoxContent(handle, brand));
		const leadBytes = (readSampleRanges(video)?.[0]?.offset ?? media.end) - media.body;
		return { container, ...facts, leadBytes, audio, fastStart: index.end <= media.start, bytes: size };
	} catch (error) {
		if (error instanceof RangeError) throw unreadable('a box of its index is cut off');
		throw error;
	} finally {
		await handle.close();
	}
};

const unreadable = (why: string): RenderFailure => new RenderFailure('OUTPUT', `the file cannot be read as a video: ${why}`);

const containerOf = (brand: Buffer): string => (brand.toString('latin1', 0, 4) === 'qt  ' ? 'mov' : 'mp4');

const describeVideo = (track: Buffer, size: number): Omit<MediaFacts, 'container' | 'leadBytes' | 'audio' | 'fastStart' | 'bytes'> => {
	const table = readSampleTable(track);
	const description = findBox(track, ['mdia', 'minf', 'stbl', 'stsd']);
	const entry = description && childBoxes(description, 8)[0];
	if (!table || !description || !entry) throw unreadable('its index is incomplete');
	if (table.end > size) throw unreadable('its index points past its end');
	const sample = description.subarray(entry.body, entry.end);
	const config = configOf(sample);
	return {
		codec: entry.type === 'avc1' ? 'h264' : entry.type,
		profile: config?.profile ?? 'unknown',
		width: sample.readUInt16BE(24),
		height: sample.readUInt16BE(26),
		pixelFormat: config?.pixelFormat ?? 'unknown',
		pixelAspect: containerAspect(sample) ?? config?.pixelAspect ?? 'unknown',
		color: colorOf(sample),
		...timingOf(table),
	};
};

/** Offset of the boxes inside a visual sample entry (ISO 14496-12, 12.1.3). */
const INNER_BOXES = 78;

const configOf = (sample: Buffer): ReturnType<typeof readAvcConfig> => {
	const box = childBoxes(sample, INNER_BOXES).find((child) => child.type === 'avcC');
	return box ? readAvcConfig(sample.subarray(box.body, box.end)) : null;
};

/** As the container states it, in lowest terms; null when it does not. */
const containerAspect = (sample: Buffer): string | null => {
	const box = childBoxes(sample, INNER_BOXES).find((child) => child.type === 'pasp');
	if (box === undefined) return null;
	const [width, height] = [sample.readUInt32BE(box.body), sample.readUInt32BE(box.body + 4)];
	return width === height ? '1:1' : `${width}:${height}`;
};

const COLOR_NAMES: Readonly<Record<number, string>> = { 1: 'bt709', 5: 'bt470bg', 6: 'smpte170m', 9: 'bt2020', 13: 'srgb' };

const colorOf = (sample: Buffer): string | null => {
	const box = childBoxes(sample, INNER_BOXES).find((child) => child.type === 'colr');
	if (box === undefined || sample.toString('latin1', box.body, box.body + 4) !== 'nclx') return null;
	const names = [4, 6, 8].map((at) => {
		const code = sample.readUInt16BE(box.body + at);
		return COLOR_NAMES[code] ?? String(code);
	});
	const range = (sample.readUInt8(box.body + 10) & 0x80) === 0 ? 'limited' : 'full';
	return `${new Set(names).size === 1 ? names[0] : names.join('/')} ${range}`;
};

const timingOf = (table: SampleTable): Pick<MediaFacts, 'fps' | 'frames' | 'seconds' | 'keyFrames'> => {
	const order = [...table.shownAt].sort((a, b) => a - b);
	const step = table.durations[0] ?? 0;
	const even = step > 0 && order.every((time, i) => time === i * step) && table.durations.every((duration) => duration === step);
	const total = table.durations.reduce((sum, duration) => sum + duration, 0);
	return {
		fps: even ? table.timescale / step : 0,
		frames: table.shownAt.length,
		seconds: total / table.timescale,
		keyFrames: table.keys.map((key) => Math.round((table.shownAt[key] ?? 0) / Math.max(1, step))).sort((a, b) => a - b),
	};
};
