import { RenderFailure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import type { SegmentStore } from '../ports/segment-store.ts';
import type { SegmentEncoder } from './open-segment-encoder.ts';
import { toFailure } from './to-failure.ts';
import type { ReelJob, ReelResult, WorkerMessage } from './worker-messages.ts';

export type DrawingTools = {
	readonly source: FrameSource;
	readonly store: SegmentStore;
	openEncoder(message: SegmentMessage, file: string): SegmentEncoder;
	post(message: WorkerMessage): void;
	/** Milliseconds, from any start. */
	now(): number;
};

type ReelSegment = ReelJob['segments'][number];

/** A segment that is being drawn, or whose last frames are being encoded. */
type Take = { readonly segment: ReelSegment; readonly file: string; readonly encoder: SegmentEncoder; readonly startedAt: number };

type Pictures = ReturnType<ReturnType<FrameSource['draw']>[typeof Symbol.asyncIterator]>;

/** A failure together with the segment that it belongs to. */
class SegmentFault extends Error {
	readonly segment: SegmentKey;
	constructor(segment: SegmentKey, cause: unknown) {
		super('segment failed', { cause });
		this.segment = segment;
	}
}

/**
 * Draws, encodes and publishes the segments of a reel, one after the other. While the encoder ends one segment, the next is drawn.
 * Never rejects: what went wrong is the result. Segments that were finished before stay in the store.
 */
export const drawReel = async (segments: ReelJob['segments'], tools: DrawingTools, signal: AbortSignal): Promise<ReelResult> => {
	const pictures = tools.source.draw({ segments: segments.map((segment) => segment.message) }, signal)[Symbol.asyncIterator]();
	let ending: Promise<void> = Promise.resolve();
	try {
		for (const [index, segment] of segments.entries()) {
			const take = await drawTake(pictures, { segment, index }, tools);
			await ending.catch((error) => take.encoder.cancel().then(() => Promise.reject(error)));
			ending = endTake(take, tools);
			// Looked at when the next take has been drawn; until then it must not count as unhandled.
			ending.catch(() => {});
		}
		await ending;
		if (!(await pictures.next()).done) throw new RenderFailure('INTERNAL', 'the frame source drew more frames than the reel has');
		return null;
	} catch (error) {
		await ending.catch(() => {});
		const fault = error instanceof SegmentFault ? error : null;
		return { segment: fault?.segment ?? null, failure: toFailure(fault?.cause ?? error, signal) };
	} finally {
		await pictures.return?.().catch(() => {});
	}
};

type Place = { readonly segment: ReelSegment; readonly index: number };

/** All frames of one segment, handed to its encoder. */
const drawTake = async (pictures: Pictures, { segment, index }: Place, tools: DrawingTools): Promise<Take> => {
	let take: Take | null = null;
	let begun = index > 0;
	const report = createReporter(segment.key, tools);
	try {
		for (let frame = 0; frame < segment.message.frames || take === null; frame++) {
			const next = await pictures.next();
			begun = true;
			if (next.done || next.value.segment !== index || next.value.frame !== frame) {
				throw new RenderFailure('INTERNAL', `the frame source did not draw frame ${frame} of segment ${index} when it was due`);
			}
			take ??= await startTake(segment, tools);
			await take.encoder.write(next.value.picture.bytes);
			report.add(next.value.picture.held);
		}
		report.flush();
		return take;
	} catch (error) {
		await take?.encoder.cancel();
		// Before its first picture a reel fails as a whole: no segment is more to blame than another.
		throw begun ? new SegmentFault(segment.key, error) : error;
	}
};

const startTake = async (segment: ReelSegment, { store, openEncoder, post, now }: DrawingTools): Promise<Take> => {
	const startedAt = now();
	const file = await store.temporaryFile('mp4');
	post({ type: 'segment-started', segment: segment.key, file });
	return { segment, file, encoder: openEncoder(segment.message, file), startedAt };
};

const endTake = async ({ segment, file, encoder, startedAt }: Take, { store, post, now }: DrawingTools): Promise<void> => {
	const { key, message } = segment;
	try {
		await encoder.finish();
		const { width, height, fps } = message.canvas;
		// Somebody may have drawn it while this process slept: what is there stays, since others may be reading it.
		const present = await store.lookup(key);
		if (present !== null) await encoder.cancel();
		const record = present ?? (await store.publish(file, { key, frames: message.frames, width, height, fps, costMs: now() - startedAt }));
		post({ type: 'segment-finished', record });
	} catch (error) {
		await encoder.cancel();
		throw new SegmentFault(key, error);
	}
};

const REPORT_EVERY_FRAMES = 5;

/** Counts frames and posts them a few at a time. */
const createReporter = (segment: SegmentKey, { post }: DrawingTools): { add(held: boolean): void; flush(): void } => {
	let frames = 0;
	let held = 0;
	const flush = (): void => {
		if (frames > 0) post({ type: 'frames', segment, frames, held });
		frames = 0;
		held = 0;
	};
	return {
		add(isHeld) {
			frames++;
			if (isHeld) held++;
			if (frames >= REPORT_EVERY_FRAMES) flush();
		},
		flush,
	};
};
