import { decodeVideo } from './decode-video.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';

export type FrameDifference = {
	/** The first frame that looks different, from 0. */
	readonly frame: number;
	/** Both pictures, as JPEG. */
	readonly stored: Uint8Array;
	readonly fresh: Uint8Array;
};

type Compared = {
	readonly stored: string;
	readonly fresh: string;
	readonly width: number;
	readonly height: number;
	readonly frames: number;
};

/** Where two videos of one size and length begin to differ; null when every frame looks the same although the files do not read the same. */
export const firstDifference = async (
	ffmpeg: InstalledFfmpeg,
	{ stored, fresh, width, height, frames }: Compared,
	signal: AbortSignal,
): Promise<FrameDifference | null> => {
	const picturesOf = (path: string) =>
		decodeVideo(ffmpeg, { video: { sha256: '', extension: 'mp4' }, width, height, path, last: frames - 1 }, signal)[Symbol.asyncIterator]();
	const [a, b] = [picturesOf(stored), picturesOf(fresh)];
	try {
		for (let frame = 0; frame < frames; frame++) {
			const [one, other] = await Promise.all([a.next(), b.next()]);
			if (one.done || other.done) return null;
			if (!one.value.equals(other.value)) return { frame, stored: one.value, fresh: other.value };
		}
		return null;
	} finally {
		await Promise.all([a.return(undefined), b.return(undefined)]);
	}
};
