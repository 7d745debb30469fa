import { RenderFailure } from '../model/failure.ts';
import type { Pcm } from '../model/sound.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

export type AacOrder = {
	readonly pcm: Pcm;
	/** Bits a second. */
	readonly bitrate: number;
	/** Path of the MP4 to write. */
	readonly file: string;
};

/**
 * Encodes sound as AAC-LC in MP4. An edit list hides what the encoder puts before the first sample, so that it is heard at 0. The same samples and ffmpeg
 * give the same bytes. @throws RenderFailure `MIX`, or `DISK` when there is no room; the signal's reason when aborted
 */
export const encodeAac = async (ffmpeg: InstalledFfmpeg, { pcm, bitrate, file }: AacOrder, signal: AbortSignal): Promise<void> => {
	const { status, words } = await runFfmpeg(ffmpeg, { list: encodeArguments(pcm, bitrate, file), input: interleaved(pcm) }, signal);
	if (status === 0) return;
	// ffmpeg has no exit code of its own for a full disk: its words are all there is.
	if (/No space left on device|Disk quota exceeded/.test(words)) throw new RenderFailure('DISK', 'no room left for the sound', words);
	throw new RenderFailure('MIX', 'the sound cannot be encoded', words);
};

const encodeArguments = ({ sampleRate, channels }: Pcm, bitrate: number, file: string): readonly string[] => [
	...['-protocol_whitelist', 'file,pipe', '-f', 'f32le', '-ar', String(sampleRate), '-ac', String(channels.length), '-i', 'pipe:0'],
	...['-map', '0:a:0', '-map_metadata', '-1', '-c:a', 'aac', '-b:a', String(bitrate), '-threads', '1'],
	...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'mp4', `file:${file}`],
];

const interleaved = ({ channels }: Pcm): Uint8Array => {
	const count = channels.length;
	const samples = new Float32Array((channels[0]?.length ?? 0) * count);
	for (const [number, channel] of channels.entries())
		for (let index = 0; index < channel.length; index++) samples[index * count + number] = channel[index] ?? 0;
	return new Uint8Array(samples.buffer);
};
