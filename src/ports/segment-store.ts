import type { SegmentKey } from '../model/keys.ts';

/** What a segment's file is known to be, written beside it. */
export type SegmentRecord = {
	readonly key: SegmentKey;
	readonly sha256: string;
	readonly bytes: number;
	readonly frames: number;
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	/** Milliseconds of drawing and encoding: what a reuse saves. */
	readonly costMs: number;
};

/**
 * Segment files by key. A record is written after its file is durable, so a record that can be read names a whole file.
 * Writers of one key may race: the bytes are the same, and the last rename wins.
 */
export type SegmentStore = {
	/** The record of a segment that is there with the right size, else null. A damaged entry is set aside and is null. */
	lookup(key: SegmentKey): Promise<SegmentRecord | null>;
	/** Moves a finished file into the store. The file is gone from its place afterwards. */
	publish(file: string, record: Omit<SegmentRecord, 'sha256' | 'bytes'>): Promise<SegmentRecord>;
	/** Path of a segment whose bytes were checked against its record just now, or null; a damaged entry is set aside. */
	open(record: SegmentRecord): Promise<string | null>;
	/** A path for a new temporary file on the store's own file system. */
	temporaryFile(extension: string): Promise<string>;
};
