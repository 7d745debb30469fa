import { open, readFile } from 'node:fs/promises';
import { readWav } from '../audio/read-wav.ts';
import { RenderFailure } from '../model/failure.ts';
import type { Pcm } from '../model/sound.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { runFfmpeg } from './run-ffmpeg.ts';

export type SoundOrder = { readonly path: string /** What is needed of it, from its start: above 0. */; readonly seconds: number };

const RATE = 48_000;
/** Playlists, which name other files, are not among them. */
const CONTAINERS = 'wav,mp3,mov,flac,ogg,matroska,aac';
const MOST_CHANNELS = 8;
/** Of a WAV that is read as it is. */
const MOST_WAV_BYTES = 64 << 20;

/**
 * The sound of a file from its start, at most as long as is needed: WAV, MP3, M4A, FLAC, Ogg, or the first sound track of a video.
 * @throws RenderFailure `MIX` when it has no sound or cannot be decoded; the signal's reason when aborted
 */
export const decodeSound = async (ffmpeg: InstalledFfmpeg, { path, seconds }: SoundOrder, signal: AbortSignal): Promise<Pcm> => {
	const wav = await readWavFile(path);
	if (wav !== null) return cut(wav, seconds);
	const list = [
		...[
			'-protocol_whitelist',
			'file,pipe',
			'-format_whitelist',
			CONTAINERS,
			'-i',
			`file:${path}`,
			'-map',
			'0:a:0',
			'-vn',
			'-sn',
			'-dn',
			'-t',
			String(seconds),
		],
		// 24 bits: the ffmpeg inside Remotion writes no floats.
		...['-ar', String(RATE), '-c:a', 'pcm_s24le', '-threads', '1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-f', 'wav', 'pipe:1'],
	];
	const mostBytes = Math.ceil((seconds + 1) * RATE * 3 * MOST_CHANNELS) + 4_096;
	const { status, output, words } = await runFfmpeg(ffmpeg, { list, mostBytes }, signal);
	if (/matches no streams/.test(words)) throw new RenderFailure('MIX', `${path} has no sound`, words);
	const pcm = status === 0 ? readWav(output) : null;
	if (pcm === null || (pcm.channels[0]?.length ?? 0) === 0) throw new RenderFailure('MIX', `the sound of ${path} cannot be decoded`, words);
	return cut(pcm, seconds);
};

/** Null for a file of another kind. */
const readWavFile = async (path: string): Promise<Pcm | null> => {
	try {
		return (await isSmallWav(path)) ? readWav(await readFile(path)) : null;
	} catch (error) {
		throw new RenderFailure('MIX', `${path} cannot be read`, (error as Error).message);
	}
};

const isSmallWav = async (path: string): Promise<boolean> => {
	const handle = await open(path, 'r');
	try {
		const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
		return buffer.toString('latin1') === 'RIFF' && (await handle.stat()).size <= MOST_WAV_BYTES;
	} finally {
		await handle.close();
	}
};

const cut = (pcm: Pcm, seconds: number): Pcm => ({
	...pcm,
	channels: pcm.channels.map((channel) => channel.subarray(0, Math.ceil(seconds * pcm.sampleRate))),
});
