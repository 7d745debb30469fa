import {
	ALL_FORMATS,
	type EncodedPacket,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	FilePathSource,
	Input,
	type InputVideoTrack,
	Mp4OutputFormat,
	Output,
	StreamTarget,
	type StreamTargetChunk,
} from 'mediabunny';
import { canonicalJson } from '../model/canonical-json.ts';
import { RenderFailure } from '../model/failure.ts';
import { type AssemblySound, openSound, SILENT, type SoundTrack } from './assemble-sound.ts';
import { asDiskFailure, discard } from './durable-file.ts';
import { eraseDates } from './erase-dates.ts';
import type { FileSystem } from './file-system.ts';

/** A segment's file, checked, and the frames that it must have. */
export type AssemblyPart = { readonly path: string; readonly frames: number };

export type Assembly = {
	/** In playing order. */
	readonly parts: readonly AssemblyPart[];
	/** Null or left out for a silent video. */
	readonly sound?: AssemblySound | null;
	readonly fps: number;
	/** Where to write. Must not exist. */
	readonly file: string;
};

/** Written in pieces of this size, so a long output costs no more memory than a short one. */
const WRITE_BYTES = 4 << 20;

type FileHandle = Awaited<ReturnType<FileSystem['open']>>;

/**
 * Joins segments, and their sound, into one fast-start MP4 by copying packets: frame i is shown at exactly i / fps, and sample j is heard at j / rate. The same parts give the same bytes.
 * Leaves no file behind when it fails.
 * @throws RenderFailure `OUTPUT` when the parts do not fit together, `DISK` when the file cannot be written; the signal's reason when aborted.
 */
export const assemble = async (fs: FileSystem, assembly: Assembly, signal: AbortSignal): Promise<void> => {
	try {
		const handle = await fs.open(assembly.file, 'wx+');
		try {
			await join(assembly, handle, signal);
			await eraseDates(handle);
			await handle.sync();
		} finally {
			await handle.close();
		}
	} catch (error) {
		await discard(fs, assembly.file);
		throw asDiskFailure(error, assembly.file);
	}
};

const join = async (assembly: Assembly, handle: FileHandle, signal: AbortSignal): Promise<void> => {
	const frames = assembly.parts.reduce((sum, part) => sum + part.frames, 0);
	const output = new Output({
		format: new Mp4OutputFormat({ fastStart: 'reserve' }),
		target: new StreamTarget(writableTo(handle), { chunked: true, chunkSize: WRITE_BYTES }),
	});
	const video = new EncodedVideoPacketSource('avc');
	output.addVideoTrack(video, { frameRate: assembly.fps, maximumPacketCount: frames });
	const sound = assembly.sound ? await openSound(assembly.sound, output) : SILENT;
	try {
		await output.start();
		let config: VideoDecoderConfig | null = null;
		let first = 0;
		for (const part of assembly.parts) {
			config = await appendPart({ part, first, fps: assembly.fps, config, video, sound, signal });
			first += part.frames;
		}
		await sound.addUpTo(Number.POSITIVE_INFINITY);
		await output.finalize();
	} catch (error) {
		await output.cancel().catch(() => {});
		throw error;
	} finally {
		sound.close();
	}
};

const writableTo = (handle: FileHandle): WritableStream<StreamTargetChunk> =>
	new WritableStream<StreamTargetChunk>({
		async write(chunk) {
			for (let done = 0; done < chunk.data.length; ) {
				const { bytesWritten } = await handle.write(chunk.data, done, chunk.data.length - done, chunk.position + done);
				done += bytesWritten;
			}
		},
	});

type Append = {
	readonly part: AssemblyPart;
	/** Number in the output of the part's first frame. */
	readonly first: number;
	readonly fps: number;
	/** Of the parts before; null at the first. */
	readonly config: VideoDecoderConfig | null;
	readonly video: EncodedVideoPacketSource;
	readonly sound: SoundTrack;
	readonly signal: AbortSignal;
};

const appendPart = async ({ part, first, fps, config, video, sound, signal }: Append): Promise<VideoDecoderConfig> => {
	const input = new Input({ source: new FilePathSource(part.path), formats: ALL_FORMATS });
	try {
		const track = await input.getPrimaryVideoTrack();
		if (track === null) throw new RenderFailure('OUTPUT', `segment ${part.path} has no video`);
		const own = await decoderConfigOf(track, part);
		if (config !== null && describeConfig(own) !== describeConfig(config)) {
			throw new RenderFailure('OUTPUT', `segment ${part.path} was encoded with other parameters than the ones before it`);
		}
		const seen = new Set<number>();
		for await (const packet of new EncodedPacketSink(track).packets()) {
			signal.throwIfAborted();
			const frame = frameOf(packet, { part, fps, seen });
			seen.add(frame);
			const moved = packet.clone({ timestamp: (first + frame) / fps, duration: 1 / fps });
			// Interleaved: neither has to be held back until the other comes.
			await sound.addUpTo(moved.timestamp);
			await video.add(moved, { decoderConfig: own });
		}
		if (seen.size !== part.frames)
			throw new RenderFailure('OUTPUT', `segment ${part.path} has ${seen.size} frames, expected ${part.frames}`);
		return own;
	} finally {
		input.dispose();
	}
};

const decoderConfigOf = async (track: InputVideoTrack, part: AssemblyPart): Promise<VideoDecoderConfig> => {
	const config = await track.getDecoderConfig();
	if (config?.description === undefined) throw new RenderFailure('OUTPUT', `segment ${part.path} does not say how it is decoded`);
	return config;
};

/** Equal texts mean that one decoder set-up plays both. */
const describeConfig = (config: VideoDecoderConfig): string => {
	const { codec, codedWidth, codedHeight, colorSpace, description } = config;
	const color = [colorSpace?.primaries, colorSpace?.transfer, colorSpace?.matrix, colorSpace?.fullRange].map(String);
	return canonicalJson([codec, codedWidth ?? 0, codedHeight ?? 0, color, hex(description)]);
};

const hex = (data: AllowSharedBufferSource | undefined): string => {
	if (data === undefined) return '';
	const bytes = ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data);
	return bytes.toString('hex');
};

/** Number of a packet's frame in its part. The first packet is a key frame and the first frame; each frame comes once. */
const frameOf = (
	packet: EncodedPacket,
	place: { readonly part: AssemblyPart; readonly fps: number; readonly seen: ReadonlySet<number> },
): number => {
	const { part, fps, seen } = place;
	const exact = packet.timestamp * fps;
	const frame = Math.round(exact);
	const fits = Math.abs(exact - frame) < 0.01 && frame >= 0 && frame < part.frames && !seen.has(frame);
	if (!fits)
		throw new RenderFailure('OUTPUT', `segment ${part.path} has a frame at ${packet.timestamp} s, which is not one of its ${part.frames}`);
	if (seen.size === 0 && (packet.type !== 'key' || frame !== 0)) {
		throw new RenderFailure('OUTPUT', `segment ${part.path} does not begin with a key frame`);
	}
	return frame;
};
