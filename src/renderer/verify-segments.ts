import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { createEventChannel } from './event-channel.ts';
import type { FileStore } from './file-store.ts';
import { type PackedReel, packReels } from './pack-reels.ts';
import type { ReelPool } from './pool.ts';

export type VerifyEvent =
	/** Drawn again, with the same bytes. */
	| { readonly type: 'segment-verified'; readonly segment: SegmentKey; readonly frames: number }
	/** Drawn again, with other bytes. Both are absolute paths of videos. */
	| { readonly type: 'segment-differs'; readonly segment: SegmentKey; readonly stored: string; readonly fresh: string }
	/** Its bytes are not those of its record; it is set aside, and will be drawn again when it is needed. */
	| { readonly type: 'segment-damaged'; readonly segment: SegmentKey }
	| { readonly type: 'segment-unverified'; readonly segment: SegmentKey; readonly failure: Failure };

export type VerifyOptions = {
	readonly store: FileStore;
	/** Empty, and the one that the pool's workers write to. */
	readonly fresh: FileStore;
	readonly pool: ReelPool;
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

const verifyReel = async (reel: PackedReel, { messages, options, signal, emit }: Verification): Promise<void> => {
	const { store, fresh, pool } = options;
	const job = reel.segments.map(({ key }) => ({ key, message: messages.get(key)! }));
	const broken = await pool.run(job, () => {}, signal);
	if (signal.aborted) return;
	for (const { key, frames } of reel.segments) {
		const drawn = await fresh.lookup(key);
		if (drawn === null) {
			emit({ type: 'segment-unverified', segment: key, failure: broken?.failure ?? { class: 'WORKER', message: 'it was not drawn' } });
			continue;
		}
		const record = await store.lookup(key);
		const stored = record === null ? null : await store.open(record);
		const file = await fresh.open(drawn);
		if (record === null || stored === null) emit({ type: 'segment-damaged', segment: key });
		else if (record.sha256 === drawn.sha256) emit({ type: 'segment-verified', segment: key, frames });
		else emit({ type: 'segment-differs', segment: key, stored, fresh: file ?? '' });
	}
};
