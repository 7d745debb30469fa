import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { InputVideoTrack, VideoCodec } from 'mediabunny';
import type { VideoFacts } from '../model/inputs.ts';
import { type InputResult, refuse } from './input-problem.ts';
import { hasPlausibleCounts } from './mp4-counts.ts';
import { locateFile, type ProjectFile, type ProjectFolders } from './project-file.ts';
import { sniffVideo } from './video-kind.ts';

export const MAX_VIDEO_BYTES = 2_000_000_000;
export const MAX_VIDEO_SECONDS = 600;
export const MAX_VIDEO_SIDE = 4096;

/** Frames per second of the fastest cameras that people have: more is a file that lies. */
const MAX_FRAMES = MAX_VIDEO_SECONDS * 240;

/** A video that is there, and whose every frame is accounted for. `path` is the file itself, without symbolic links. */
export type ReadVideo = { readonly facts: VideoFacts; readonly path: string };

/** Reads and checks a video that a spec names, up to where its frames stand. No frame is decoded. */
export const readVideo = async (written: string, folders: ProjectFolders): Promise<InputResult<ReadVideo>> => {
	const located = await locateFile(written, folders);
	return located.ok ? readVideoFile(written, located.value) : located;
};

/** The same for a file that was found already. */
export const readVideoFile = async (written: string, { path, bytes }: ProjectFile): Promise<InputResult<ReadVideo>> => {
	if (bytes > MAX_VIDEO_BYTES) return tooLarge(`"${written}" has ${(bytes / 1e9).toFixed(1)} GB, more than ${MAX_VIDEO_BYTES / 1e9}`);
	const sniffed = sniffVideo(await firstBytes(path));
	if (sniffed.kind === null) return undecodable(`"${written}" is not a video but ${sniffed.looksLike}`);
	if (!(await isPlausible(path))) return undecodable(`"${written}" is damaged or cut off`);
	const read = await readFacts(written, path).catch(() => undecodable(`"${written}" is damaged or cut off`));
	if (!read.ok) return read;
	const asset = { sha256: await hashOf(path), extension: sniffed.kind };
	return { ok: true, value: { facts: { asset, ...read.value }, path } };
};

const tooLarge = (summary: string): InputResult<never> => refuse('RF4041', summary, 'cut out the part that is shown, or export it smaller');
const undecodable = (summary: string): InputResult<never> => refuse('RF4040', summary, 'export it as H.264 in MP4');

const firstBytes = async (path: string): Promise<Buffer> => {
	const handle = await open(path);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
};

const isPlausible = async (path: string): Promise<boolean> => {
	const handle = await open(path);
	try {
		return await hasPlausibleCounts(handle);
	} finally {
		await handle.close();
	}
};

const hashOf = async (path: string): Promise<string> => {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
	return hash.digest('hex');
};

type Facts = Omit<VideoFacts, 'asset'>;

const readFacts = async (written: string, path: string): Promise<InputResult<Facts>> => {
	// Loaded when there is a video: most plans start without one.
	const { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } = await import('mediabunny');
	const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source: new FilePathSource(path) });
	try {
		const track = await input.getPrimaryVideoTrack();
		if (track === null && (await input.getTracks()).length === 0) return undecodable(`"${written}" is damaged or cut off`);
		if (track === null) return undecodable(`"${written}" has no pictures, only sound`);
		const codec = await track.getCodec();
		if (codec === null) return undecodable(`"${written}" has a codec that is not supported`);
		if (await track.hasHighDynamicRange()) return undecodable(`"${written}" has high dynamic range, which is not supported`);
		const [width, height] = await Promise.all([track.getDisplayWidth(), track.getDisplayHeight()]);
		if (!(width >= 1 && height >= 1)) return undecodable(`"${written}" is damaged or cut off`);
		if (Math.max(width, height) > MAX_VIDEO_SIDE)
			return tooLarge(`"${written}" is ${width} x ${height}, more than ${MAX_VIDEO_SIDE} pixels a side`);
		return await readTimes(written, track, { codec, width, height });
	} finally {
		input.dispose();
	}
};

type Shown = { readonly codec: VideoCodec; readonly width: number; readonly height: number };

const readTimes = async (written: string, track: InputVideoTrack, { codec, width, height }: Shown): Promise<InputResult<Facts>> => {
	const { EncodedPacketSink } = await import('mediabunny');
	const sink = new EncodedPacketSink(track);
	const times: number[] = [];
	let end = 0;
	// Only its bits tell a hidden frame of VP8 from one that is seen.
	const isHidden = (data: Uint8Array): boolean => codec === 'vp8' && ((data[0] ?? 0) & 0x10) === 0;
	for await (const packet of sink.packets(undefined, undefined, { metadataOnly: codec !== 'vp8' })) {
		if (!packet.isMetadataOnly && isHidden(packet.data)) continue;
		times.push(round6(packet.timestamp));
		end = Math.max(end, packet.timestamp + packet.duration);
		if (end > MAX_VIDEO_SECONDS || times.length > MAX_FRAMES)
			return tooLarge(`"${written}" is longer than ${MAX_VIDEO_SECONDS / 60} minutes`);
	}
	times.sort((a, b) => a - b);
	const last = times.at(-1);
	if (last === undefined || (await sink.getPacket(last)) === null) return undecodable(`"${written}" is damaged or cut off`);
	return { ok: true, value: { width, height, times, end: round6(end) > last ? round6(end) : round6(last + frameLength(times)) } };
};

/** Seconds that a last frame of no length is seen: as long as the one before, if that had a length. */
const frameLength = (times: readonly number[]): number =>
	times.length > 1 && times.at(-1)! > times.at(-2)! ? times.at(-1)! - times.at(-2)! : 0.04;

const round6 = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;
