import { type ExpectedPicture, expectedPictures } from '../model/expected-pictures.ts';
import type { SegmentKey } from '../model/keys.ts';
import { liveSpans } from '../model/live-spans.ts';
import type { PictureFinding } from '../model/media.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { decodeFrames, type Glimpse } from './decode-frames.ts';
import { nodeFileSystem } from './file-system.ts';
import { flatRuns, suspectFrames } from './flat-runs.ts';
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

const lookAt = async (ffmpeg: InstalledFfmpeg, segment: SegmentToLookAt, signal: AbortSignal): Promise<readonly PictureFinding[]> => {
	const { key, path, message } = segment;
	const { pictures: expected, motion, at } = expectedPictures(message);
	const known = inOrder([...expected.map(({ frame }) => frame), ...(motion === null ? [] : [motion.from, motion.to])]);
	// Every frame up to the last of them is decoded anyway.
	const glimpses = (known.at(-1) ?? 0) + 1;
	const decoded = await decode(ffmpeg, { segment, frames: known, glimpses }, signal);
	if ('kind' in decoded) return [{ ...decoded, segment: key }];
	const verdicts = expected.flatMap((picture) => judgePicture(decoded.at(picture.frame), picture));
	const still = motion === null ? [] : judgeMotion(decoded.at(motion.from), decoded.at(motion.to), motion);
	const runs = await standStills(path, message);
	const suspects = suspectFrames(flatRuns(decoded.glimpses), known, at);
	return [...verdicts, ...still, ...(await judgeSuspects(ffmpeg, { segment, suspects }, signal)), ...runs].map((verdict) => ({
		...verdict,
		segment: key,
	}));
};

type Verdict = Omit<PictureFinding, 'segment'>;

const inOrder = (frames: readonly number[]): readonly number[] => [...new Set(frames)].sort((a, b) => a - b);

type Decoded = { readonly at: (frame: number) => Picture; readonly glimpses: readonly Glimpse[] };
type ToDecode = { readonly segment: SegmentToLookAt; readonly frames: readonly number[]; readonly glimpses?: number };

const decode = async (ffmpeg: InstalledFfmpeg, order: ToDecode, signal: AbortSignal): Promise<Decoded | Verdict> => {
	const { segment, frames, glimpses = 0 } = order;
	const { width, height } = segment.message.canvas;
	const decoded = await decodeFrames(ffmpeg, { path: segment.path, width, height, frames, glimpses }, signal);
	if (decoded.pictures.length < frames.length || decoded.words !== '') {
		const measured = decoded.words === '' ? `${decoded.pictures.length} of ${frames.length} frames can be decoded` : decoded.words;
		const frame = frames[Math.min(decoded.pictures.length, frames.length - 1)] ?? 0;
		return { kind: 'undecodable', frame, measured, expected: `frames ${frames.join(', ')}` };
	}
	return { at: (frame) => ({ data: decoded.pictures[frames.indexOf(frame)]!, width, height }), glimpses: decoded.glimpses };
};

type Suspects = { readonly segment: SegmentToLookAt; readonly suspects: readonly ExpectedPicture[] };

const judgeSuspects = async (
	ffmpeg: InstalledFfmpeg,
	{ segment, suspects }: Suspects,
	signal: AbortSignal,
): Promise<readonly Verdict[]> => {
	if (suspects.length === 0) return [];
	const decoded = await decode(ffmpeg, { segment, frames: inOrder(suspects.map(({ frame }) => frame)) }, signal);
	return 'kind' in decoded ? [decoded] : suspects.flatMap((suspect) => judgePicture(decoded.at(suspect.frame), suspect));
};

const standStills = async (path: string, message: SegmentMessage): Promise<readonly Verdict[]> => {
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
