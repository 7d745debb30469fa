import { expectedPictures } from '../model/expected-pictures.ts';
import type { SegmentKey } from '../model/keys.ts';
import { liveSpans } from '../model/live-spans.ts';
import type { PictureFinding } from '../model/media.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { decodeFrames } from './decode-frames.ts';
import { nodeFileSystem } from './file-system.ts';
import { judgeMotion, judgePicture, type Picture } from './judge-picture.ts';
import { packetSizes } from './packet-sizes.ts';
import type { PassedPictures } from './passed-pictures.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { emptyPacket, stillRuns } from './still-runs.ts';

/** A segment's file whose bytes are those of its record. */
export type SegmentToLookAt = {
	readonly key: SegmentKey;
	readonly path: string;
	readonly sha256: string;
	readonly message: SegmentMessage;
};

/** Looks at segments as a player shows them. */
export type PictureCheck = {
	/**
	 * In what a segment's pictures differ from what its message says for sure. A file is decoded once, a few frames of it, however many outputs play it;
	 * one that passed is not decoded in later runs either. Rejects with the signal's reason when aborted.
	 */
	look(segment: SegmentToLookAt, signal: AbortSignal): Promise<readonly PictureFinding[]>;
	/** Has a file pass from now on, whatever was found in it. */
	accept(sha256: string): Promise<void>;
};

/** The check with this machine's decoder. */
export const openPictureCheck = (ffmpeg: InstalledFfmpeg, passed: PassedPictures): PictureCheck => {
	const looks = new Map<string, Promise<readonly PictureFinding[]>>();
	const lookOnce = async (segment: SegmentToLookAt, signal: AbortSignal): Promise<readonly PictureFinding[]> => {
		if (await passed.has(segment.sha256)) return [];
		const findings = await lookAt(ffmpeg, segment, signal);
		if (findings.length === 0) await passed.add(segment.sha256);
		return findings;
	};
	return {
		look(segment, signal) {
			const known = looks.get(segment.sha256);
			if (known !== undefined) return known;
			const look = lookOnce(segment, signal);
			looks.set(segment.sha256, look);
			// What passed is remembered there; what could not be looked at is looked at again.
			const forget = (): void => void looks.delete(segment.sha256);
			look.then((findings) => findings.length === 0 && forget(), forget);
			return look;
		},
		async accept(sha256) {
			await passed.add(sha256);
			looks.delete(sha256);
		},
	};
};

const lookAt = async (
	ffmpeg: InstalledFfmpeg,
	{ key, path, message }: SegmentToLookAt,
	signal: AbortSignal,
): Promise<readonly PictureFinding[]> => {
	const { width, height } = message.canvas;
	const { pictures: expected, motion } = expectedPictures(message);
	const numbers = [...expected.map(({ frame }) => frame), ...(motion === null ? [] : [motion.from, motion.to])];
	const frames = [...new Set(numbers)].sort((a, b) => a - b);
	const decoded = await decodeFrames(ffmpeg, { path, width, height, frames }, signal);
	if (decoded.pictures.length < frames.length || decoded.words !== '') {
		const measured = decoded.words === '' ? `${decoded.pictures.length} of ${frames.length} frames can be decoded` : decoded.words;
		const frame = frames[Math.min(decoded.pictures.length, frames.length - 1)] ?? 0;
		return [{ kind: 'undecodable', segment: key, frame, measured, expected: `frames ${frames.join(', ')}` }];
	}
	const at = (frame: number): Picture => ({ data: decoded.pictures[frames.indexOf(frame)]!, width, height });
	const verdicts = expected.flatMap((picture) => judgePicture(at(picture.frame), picture));
	const still = motion === null ? [] : judgeMotion(at(motion.from), at(motion.to), motion);
	return [...verdicts, ...still, ...(await standStills(path, message))].map((verdict) => ({ ...verdict, segment: key }));
};

const standStills = async (path: string, message: SegmentMessage): Promise<readonly Omit<PictureFinding, 'segment'>[]> => {
	const spans = liveSpans(message);
	if (spans.length === 0) return [];
	const runs = stillRuns(await packetSizes(nodeFileSystem, path), emptyPacket(message.canvas), spans);
	return runs.map(({ first, last, what }) => {
		const measured = `nothing changes from frame ${first} to ${last}`;
		return { kind: 'standstill', frame: first, measured, expected: what };
	});
};

/** A finding as a sentence. `outputFrame` is the frame of the output. */
export const describeFinding = (finding: PictureFinding, outputFrame: number): string => {
	const { kind, segment, frame, measured, expected } = finding;
	return `${WORDS[kind]} at frame ${outputFrame} (frame ${frame} of segment ${segment.slice(0, 12)}): ${measured}, expected ${expected}`;
};

const WORDS: Readonly<Record<PictureFinding['kind'], string>> = {
	undecodable: 'the pictures cannot be decoded',
	flat: 'the picture is empty',
	'no-image': 'the picture is empty',
	'missing-text': 'a text is missing',
	frozen: 'the picture stands still',
	standstill: 'the picture stands still for a while',
	'other-segment': 'these are the pictures of something else',
};

/**
 * Whether a finding stands although another drawing gave the same bytes. A picture of one colour may be what a file really shows, and colours that hardly
 * differ may move unseen.
 */
export const isCertain = ({ kind }: PictureFinding): boolean => kind !== 'no-image' && kind !== 'standstill';
