import { RenderFailure } from '../model/failure.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

export type DecodedFrames = {
	/** 8-bit RGB without gaps, one after the other as `frames` asks for them. Fewer when the video ends before. */
	readonly pictures: readonly Buffer[];
	/** What the decoder had to say; empty when all went well. */
	readonly words: string;
};

export type FramesToDecode = {
	readonly path: string;
	readonly width: number;
	readonly height: number;
	/** Numbers from 0, ascending, no more than a few. */
	readonly frames: readonly number[];
};

/**
 * Some frames of a segment as a player shows them. Ends at the last one that is asked for.
 * @throws RenderFailure `OUTPUT` when the decoder hangs or cannot be started; the signal's reason when aborted
 */
export const decodeFrames = async (
	ffmpeg: InstalledFfmpeg,
	{ path, width, height, frames }: FramesToDecode,
	signal: AbortSignal,
): Promise<DecodedFrames> => {
	const size = width * height * 3;
	const end = await runFfmpeg(ffmpeg, { list: listOf(path, frames), mostBytes: size * frames.length }, signal).catch((error) => {
		throw error instanceof RenderFailure ? new RenderFailure('OUTPUT', `${path} cannot be decoded`, error.message) : error;
	});
	const whole = Math.floor(end.output.length / size);
	const pictures = Array.from({ length: whole }, (_, i) => end.output.subarray(i * size, (i + 1) * size));
	return { pictures, words: end.status === 0 ? end.words : end.words || 'the decoder ended early' };
};

const listOf = (path: string, frames: readonly number[]): readonly string[] => [
	...['-threads', '1', '-filter_complex_threads', '1', '-protocol_whitelist', 'file,pipe', '-i', `file:${path}`],
	...['-filter_complex', graphOf(frames), '-map', '[rgb]', '-fps_mode', 'passthrough'],
	...['-frames:v', String(frames.length), '-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:1'],
];

/** Not every build has a filter that selects: this cuts one frame out of each of as many copies, and joins them. */
const graphOf = (frames: readonly number[]): string => {
	const names = frames.map((_, i) => i);
	const cut = frames.map((frame, i) => `[c${i}]trim=start_frame=${frame}:end_frame=${frame + 1}[f${i}]`);
	const joined = `${names.map((i) => `[f${i}]`).join('')}concat=n=${frames.length},scale=${TO_RGB}[rgb]`;
	return [`[0:v:0]split=${frames.length}${names.map((i) => `[c${i}]`).join('')}`, ...cut, joined].join(';');
};

const TO_RGB = 'in_color_matrix=bt709:in_range=tv:out_range=pc';
