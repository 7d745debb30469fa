import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { frameAsset, framesOf, type WantedFrames } from '../model/video-frames.ts';
import { decodeVideo } from './decode-video.ts';
import { makeOwnDirectory } from './own-directory.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';

export type FramesOrder = {
	readonly frames: WantedFrames;
	/** The video's file. */
	readonly path: string;
	/** Where the page finds its assets. */
	readonly folder: string;
	/** Frames are kept here, those of each ffmpeg apart. */
	readonly cacheDirectory: string;
	readonly ffmpeg: InstalledFfmpeg;
};

/** All the frames that messages draw. `assetFile` knows the file of every video in them. */
export type MessageFrames = Pick<FramesOrder, 'folder' | 'cacheDirectory'> & {
	/** Null when the machine has none. */
	readonly ffmpeg: InstalledFfmpeg | null;
	readonly messages: readonly SegmentMessage[];
	readonly assetFile: (sha256: string) => string | null;
};

/** One video after the other. @throws RenderFailure as `placeFrames` does, and `ENCODE` without an ffmpeg */
export const placeFramesOf = async ({ messages, assetFile, ffmpeg, ...places }: MessageFrames, signal: AbortSignal): Promise<void> => {
	if (ffmpeg === null) throw new RenderFailure('ENCODE', 'a video needs an ffmpeg to be decoded with');
	for (const frames of framesOf(messages)) {
		const path = assetFile(frames.video.sha256);
		if (path === null) throw new Error(`no file is known for the video ${frames.video.sha256}`);
		await placeFrames({ frames, path, ffmpeg, ...places }, signal);
	}
};

/**
 * Puts frames of a video where the page finds them. What was decoded before is not decoded again.
 * @throws RenderFailure `BUNDLE` when the video cannot be decoded, `INPUT_CHANGED` when it has changed, `DISK` when frames cannot be written; the signal's
 * reason when aborted
 */
export const placeFrames = async (order: FramesOrder, signal: AbortSignal): Promise<void> => {
	const cache = join(order.cacheDirectory, createHash('sha256').update(order.ffmpeg.version).digest('hex').slice(0, 16));
	try {
		await mkdir(cache, { recursive: true, mode: 0o700 });
		await mkdir(order.folder, { recursive: true });
		await decodeMissing(order, cache, signal);
		await placeAll(order, cache);
	} catch (error) {
		if (error instanceof RenderFailure || signal.aborted) throw error;
		throw new RenderFailure('DISK', `the frames of ${order.path} could not be written`, (error as Error).message);
	}
};

const fileOf = (folder: string, frames: WantedFrames, index: number): string => {
	const { sha256, extension } = frameAsset(frames, index);
	return join(folder, `${sha256}.${extension}`);
};

const decodeMissing = async ({ frames, path, ffmpeg }: FramesOrder, cache: string, signal: AbortSignal): Promise<void> => {
	const missing = new Set<number>();
	for (const index of frames.indices) if (!(await isWhole(fileOf(cache, frames, index)))) missing.add(index);
	if (missing.size === 0) return;
	if ((await contentHash(path)) !== frames.video.sha256)
		throw new RenderFailure('INPUT_CHANGED', `${path} has changed since it was planned`);
	const temporary = await makeOwnDirectory(cache, 'decoding-');
	try {
		let index = 0;
		for await (const picture of decodeVideo(ffmpeg, { ...frames, path, last: Math.max(...missing) }, signal)) {
			if (missing.has(index)) {
				const written = join(temporary, String(index));
				await writeFile(written, sealed(picture));
				await rename(written, fileOf(cache, frames, index));
			}
			index++;
		}
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
};

const SEAL_BYTES = 32;

/** A picture with its hash behind its end, where no reader of a JPEG looks: a frame that was damaged must not get into a segment. */
const sealed = (picture: Uint8Array): Buffer => Buffer.concat([picture, createHash('sha256').update(picture).digest()]);

/** Whether a file is the picture that was written. */
const isWhole = async (file: string): Promise<boolean> => {
	const content = await readFile(file).catch(() => null);
	return content?.equals(sealed(content.subarray(0, -SEAL_BYTES))) ?? false;
};

/** Frames are linked: nobody but this program writes into the cache. What is there under the name may come from another ffmpeg. */
const placeAll = async ({ frames, folder }: FramesOrder, cache: string): Promise<void> => {
	const temporary = await makeOwnDirectory(folder, 'placing-');
	try {
		for (const index of frames.indices) {
			const [source, target] = [fileOf(cache, frames, index), fileOf(folder, frames, index)];
			if (await isSame(source, target)) continue;
			const placed = join(temporary, String(index));
			await link(source, placed).catch(() => copyFile(source, placed));
			await rename(placed, target);
		}
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
};

const isSame = async (source: string, target: string): Promise<boolean> => {
	const [a, b] = await Promise.all([stat(source), stat(target).catch(() => null)]);
	return b !== null && a.ino === b.ino && a.dev === b.dev;
};

const contentHash = async (path: string): Promise<string> => {
	const hash = createHash('sha256');
	for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
	return hash.digest('hex');
};
