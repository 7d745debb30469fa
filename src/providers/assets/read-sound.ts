import { open, stat } from 'node:fs/promises';
import type { InputFormat } from 'mediabunny';
import { type InputResult, refuse } from '../input-problem.ts';

export const MAX_SOUND_BYTES = 300_000_000;
const MAX_SOUND_SECONDS = 3600;

/** What is known of a file of sound. `seconds` > 0. */
export type SoundFacts = { readonly extension: string; readonly seconds: number };

type Format = readonly [format: InputFormat, extension: string];

/** Formats by the ending under which decoders expect them. */
const formatsOf = ({ ADTS, FLAC, MP3, MP4, OGG, WAVE }: typeof import('mediabunny')): readonly Format[] => [
	[MP3, 'mp3'],
	[WAVE, 'wav'],
	[FLAC, 'flac'],
	[OGG, 'ogg'],
	[MP4, 'm4a'],
	[ADTS, 'aac'],
];

/** Reads how long a sound is, by its content. `name` is what messages call it. No sample is decoded. */
export const readSound = async (name: string, file: string): Promise<InputResult<SoundFacts>> => {
	const { size } = await stat(file);
	if (size > MAX_SOUND_BYTES) return unusable(`"${name}" has ${(size / 1e6).toFixed(0)} MB, more than ${MAX_SOUND_BYTES / 1e6}`);
	if (promisedBytes(await beginningOf(file)) > size) return unusable(`"${name}" is damaged or cut off`);
	// Loaded when there is a sound: most plans start without a file of one.
	const mediabunny = await import('mediabunny');
	const { EncodedPacketSink, FilePathSource, Input } = mediabunny;
	const formats = formatsOf(mediabunny);
	const input = new Input({ formats: formats.map(([format]) => format), source: new FilePathSource(file) });
	try {
		const format = await input.getFormat();
		const track = await input.getPrimaryAudioTrack();
		if (track === null) return unusable(`"${name}" has no sound in it`);
		const seconds = await track.computeDuration();
		if (!(seconds > 0) || (await new EncodedPacketSink(track).getPacket(seconds)) === null)
			return unusable(`"${name}" is damaged or cut off`);
		if (seconds > MAX_SOUND_SECONDS) return unusable(`"${name}" is longer than an hour`);
		const extension = formats.find(([known]) => known === format)?.[1] ?? 'm4a';
		return { ok: true, value: { extension, seconds: Math.round(seconds * 1e6) / 1e6 } };
	} catch {
		return unusable(`"${name}" is no sound that can be read`);
	} finally {
		input.dispose();
	}
};

const unusable = (summary: string): InputResult<never> => refuse('RF4234', summary, 'give a WAV, MP3, M4A, FLAC or OGG file');

const beginningOf = async (file: string): Promise<Buffer> => {
	const handle = await open(file);
	try {
		const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await handle.close();
	}
};

const HEAD_BYTES = 65_536;
/** Writers of a stream, who cannot know its size, put 0 or a number near the largest. */
const LARGEST_SIZE = 0xffffff00;

/** Bytes that a file says it has, where its format says so: a file that has fewer has lost its end. */
const promisedBytes = (head: Buffer): number => {
	const latin = head.toString('latin1');
	if (/^RIFF....WAVE/s.test(latin)) {
		const size = head.readUInt32LE(4);
		return size === 0 || size >= LARGEST_SIZE ? 0 : size + 8;
	}
	return latin.startsWith('ID3') || head[0] === 0xff ? promisedByXing(head, latin) : 0;
};

/** The first frame of an MP3 may tell the size of all frames. */
const promisedByXing = (head: Buffer, latin: string): number => {
	const at = latin.search(/Xing|Info/);
	if (at === -1 || at + 16 > head.length) return 0;
	const flags = head.readUInt32BE(at + 4);
	// The count of frames comes before, if it is there.
	return (flags & 2) === 0 ? 0 : head.readUInt32BE(at + ((flags & 1) === 0 ? 8 : 12));
};
