import type { Failure } from '../model/failure.ts';
import { type SegmentKey, sha256Hex } from '../model/keys.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import { createEventChannel } from './event-channel.ts';
import type { FileStore } from './file-store.ts';
import type { FrameDifference } from './first-difference.ts';
import type { OutputDoubts } from './output-records.ts';
import { type PackedReel, packReels } from './pack-reels.ts';
import type { ReelPool } from './pool.ts';
import { toFailure } from './to-failure.ts';
import type { ReelResult } from './worker-messages.ts';

/** `difference` is where the pictures differ; null when only the files do. */
export type VerifyEvent =
	/** Drawn again, with the same bytes. */
	| { readonly type: 'segment-verified'; readonly segment: SegmentKey; readonly frames: number }
	/**
	 * Drawn three times, always with the same bytes, which are not those of the store: the stored one was wrong and is set aside. `outputs` are the absolute paths
	 * of files that were made from it; the next render makes them again.
	 */
	| {
			readonly type: 'segment-differs';
			readonly segment: SegmentKey;
			readonly difference: FrameDifference | null;
			readonly outputs: readonly string[];
	  }
	/** Drawn more than once now, with different bytes: nobody can say which is right. What is stored stays. */
	| { readonly type: 'segment-impure'; readonly segment: SegmentKey; readonly difference: FrameDifference | null }
	/** Its bytes are not those of its record; it is set aside, and will be drawn again when it is needed. */
	| { readonly type: 'segment-damaged'; readonly segment: SegmentKey }
	| { readonly type: 'segment-unverified'; readonly segment: SegmentKey; readonly failure: Failure };

export type VerifyOptions = {
	readonly store: FileStore;
	/** Empty, and the one that the pool's workers write to. */
	readonly fresh: FileStore;
	readonly pool: ReelPool;
	readonly doubts: OutputDoubts;
	/** Compares two videos of a message. */
	readonly difference: (files: readonly [string, string], message: SegmentMessage) => Promise<FrameDifference | null>;
};

/** Draws segments of the store once more, and compares byte for byte. Each segment has one event. */
export async function* verifySegments(
	messages: ReadonlyMap<SegmentKey, SegmentMessage>,
	options: VerifyOptions,
	signal: AbortSignal,
): AsyncGenerator<VerifyEvent> {
	const channel = createEventChannel<VerifyEvent>();
	const reels = [...reelsOf(messages, options.pool.workers)];
	const lane = async (): Promise<void> => {
		for (let reel = reels.shift(); reel !== undefined && !signal.aborted; reel = reels.shift())
			await verifyReel(reel, { messages, options, signal, emit: channel.push });
	};
	const done = Promise.all(Array.from({ length: options.pool.workers }, lane)).then(
		() => channel.close(),
		(error) => channel.close(error),
	);
	yield* channel;
	await done;
}

const reelsOf = (messages: ReadonlyMap<SegmentKey, SegmentMessage>, workers: number): readonly PackedReel[] => {
	const segments = [...messages.keys()];
	return packReels({ outputs: [{ segments }], messages: Object.fromEntries(messages), missing: new Set(segments), workers });
};

type Verification = {
	readonly messages: ReadonlyMap<SegmentKey, SegmentMessage>;
	readonly options: VerifyOptions;
	readonly signal: AbortSignal;
	readonly emit: (event: VerifyEvent) => void;
};

const verifyReel = async (reel: PackedReel, verification: Verification): Promise<void> => {
	const { messages, options, signal, emit } = verification;
	const job = reel.segments.map(({ key }) => ({ key, message: messages.get(key)! }));
	const broken = await options.pool.run(job, () => {}, signal);
	for (const { key } of reel.segments) {
		if (signal.aborted) return;
		const event = await verifyOne(key, verification, broken).catch((error): VerifyEvent => {
			return { type: 'segment-unverified', segment: key, failure: toFailure(error, signal) };
		});
		if (!signal.aborted) emit(event);
	}
};

const verifyOne = async (segment: SegmentKey, verification: Verification, broken: ReelResult): Promise<VerifyEvent> => {
	const { store, fresh } = verification.options;
	const drawn = await fresh.lookup(segment);
	if (drawn === null) return unverified(segment, broken);
	const record = await store.lookup(segment);
	const stored = record === null ? null : await store.open(record);
	if (record === null || stored === null) return { type: 'segment-damaged', segment };
	if (record.sha256 === drawn.sha256) return { type: 'segment-verified', segment, frames: drawn.frames };
	return judge({ drawn, stored }, verification);
};

const unverified = (segment: SegmentKey, broken: ReelResult): VerifyEvent => ({
	type: 'segment-unverified',
	segment,
	failure: broken?.failure ?? { class: 'WORKER', message: 'it was not drawn' },
});

type Difference = {
	readonly drawn: SegmentRecord;
	/** Path of the file in the store. */
	readonly stored: string;
};

/** Says which one is wrong: the stored one only if whoever draws it now draws the same. */
const judge = async ({ drawn, stored }: Difference, verification: Verification): Promise<VerifyEvent> => {
	const { options, messages } = verification;
	const { store, fresh, doubts, difference } = options;
	const segment = drawn.key;
	const message = messages.get(segment)!;
	const { again, broken } = await drawTwice(segment, verification);
	if (again.length < 2) return unverified(segment, broken);
	const file = await openFresh(fresh, drawn);
	const other = again.find(({ sha256 }) => sha256 !== drawn.sha256);
	if (other !== undefined)
		return { type: 'segment-impure', segment, difference: await difference([file, await openFresh(fresh, other)], message) };
	const where = await difference([stored, file], message);
	// Before the segment goes: a program that is ended in between finds it wrong once more.
	const outputs = await doubts.doubt(segment);
	await store.distrust(segment);
	return { type: 'segment-differs', segment, difference: where, outputs };
};

/**
 * Draws a segment twice more in one page, under other names: what is kept in the page from one drawing to the next shows in the second of them, what comes
 * from the segments before it in the first.
 */
const drawTwice = async (segment: SegmentKey, { options: { pool, fresh }, messages, signal }: Verification) => {
	const message = messages.get(segment)!;
	const names = ['second', 'third'].map((time) => sha256Hex(`${segment} drawn a ${time} time`) as SegmentKey);
	const job = names.map((key) => ({ key, message }));
	const broken = await pool.run(job, () => {}, signal);
	const found = await fresh.lookupAll(names);
	return { again: names.flatMap((name) => found.get(name) ?? []), broken };
};

const openFresh = async (fresh: FileStore, record: SegmentRecord): Promise<string> => {
	const file = await fresh.open(record);
	if (file === null) throw new Error('what was drawn a moment ago is not what was written');
	return file;
};
