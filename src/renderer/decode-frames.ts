import { RenderFailure } from '../model/failure.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

export type DecodedFrames = {
	/** 8-bit RGB without gaps, one after the other as `frames` asks for them. Fewer when the video ends before. */
	readonly pictures: readonly Buffer[];
	/** The first frames of the video, as many as were asked for and are there: some of the pixels of each, as they are in the video. None where a program around ffmpeg keeps them back. */
	readonly glimpses: readonly Glimpse[];
	/** What the decoder had to say; empty when all went well. */
	readonly words: string;
};

/** Planes of 8-bit YCbCr, limited range: a grid of single pixels from all over a picture, and for colour one of half as many rows and columns. */
export type Glimpse = { readonly luma: Uint8Array; readonly blue: Uint8Array; readonly red: Uint8Array };

export type FramesToDecode = {
	readonly path: string;
	readonly width: number;
	readonly height: number;
	/** Numbers from 0, ascending, no more than a few. */
	readonly frames: readonly number[];
	/** Of how many frames a glimpse is wanted, from the first on. None when left out. */
	readonly glimpses?: number;
};

/** Pixels of a glimpse in each direction. */
const GRID = 32;
const GLIMPSE_BYTES = (GRID * GRID * 3) / 2;

/**
 * Some frames of a segment as a player shows them. Ends at the last one that is asked for.
 * @throws RenderFailure `OUTPUT` when the decoder hangs or cannot be started; the signal's reason when aborted
 */
export const decodeFrames = async (ffmpeg: InstalledFfmpeg, order: FramesToDecode, signal: AbortSignal): Promise<DecodedFrames> => {
	const { path, width, height, frames, glimpses = 0 } = order;
	const size = width * height * 3;
	const task = { list: listOf(order), mostBytes: size * frames.length, mostAside: GLIMPSE_BYTES * glimpses };
	const end = await runFfmpeg(ffmpeg, task, signal).catch((error) => {
		throw error instanceof RenderFailure ? new RenderFailure('OUTPUT', `${path} cannot be decoded`, error.message) : error;
	});
	// A program around ffmpeg may hand on no more than its first three streams: what it cannot write to is no fault of the video.
	if (end.status !== 0 && glimpses > 0) return decodeFrames(ffmpeg, { ...order, glimpses: 0 }, signal);
	const words = end.status === 0 ? end.words : end.words || 'the decoder ended early';
	return { pictures: cut(end.output, size), glimpses: cut(end.aside, GLIMPSE_BYTES).map(glimpseIn), words };
};

const cut = (bytes: Buffer, size: number): readonly Buffer[] =>
	Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

const glimpseIn = (planes: Buffer): Glimpse => {
	const [luma, chroma] = [GRID * GRID, (GRID * GRID) / 4];
	return { luma: planes.subarray(0, luma), blue: planes.subarray(luma, luma + chroma), red: planes.subarray(luma + chroma) };
};

const listOf = ({ path, frames, glimpses = 0 }: FramesToDecode): readonly string[] => [
	...['-threads', '1', '-filter_complex_threads', '1', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`],
	...['-filter_complex', graphOf(frames, glimpses > 0), '-map', '[rgb]', '-fps_mode', 'passthrough'],
	...['-frames:v', String(frames.length), '-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:1'],
	...(glimpses > 0 ? ['-map', '[glimpse]', '-fps_mode', 'passthrough', '-frames:v', String(glimpses), '-pix_fmt', 'yuv420p'] : []),
	...(glimpses > 0 ? ['-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:3'] : []),
];

/** Not every build has a filter that selects: this cuts one frame out of each of as many copies, and joins them. */
const graphOf = (frames: readonly number[], glimpses: boolean): string => {
	const names = frames.map((_, i) => `[c${i}]`).join('');
	const split = glimpses ? `split=${frames.length + 1}${names}[all]` : `split=${frames.length}${names}`;
	const parts = frames.map((frame, i) => `[c${i}]trim=start_frame=${frame}:end_frame=${frame + 1}[f${i}]`);
	const joined = `${frames.map((_, i) => `[f${i}]`).join('')}concat=n=${frames.length},scale=${TO_RGB}[rgb]`;
	const small = glimpses ? [`[all]scale=${GRID}:${GRID}:flags=neighbor[glimpse]`] : [];
	return [`[0:v:0]${split}`, ...parts, joined, ...small].join(';');
};

const TO_RGB = 'in_color_matrix=bt709:in_range=tv:out_range=pc';
