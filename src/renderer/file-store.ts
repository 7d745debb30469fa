import { isSegmentKey, type SegmentKey } from '../model/keys.ts';
import type { SegmentRecord, SegmentStore } from '../ports/segment-store.ts';
import { type BlobKind, type BlobPlace, type BlobStore, openBlobStore } from './blob-store.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { readRecord, writeRecord } from './segment-record.ts';

export type FileStore = SegmentStore & BlobStore<SegmentKey, SegmentRecord>;

const SEGMENTS: BlobKind<SegmentKey, SegmentRecord> = {
	folder: 'segments',
	extension: 'mp4',
	isKey: isSegmentKey,
	read: readRecord,
	write: writeRecord,
	complete: ({ key, frames, width, height, fps, costMs }, { sha256, bytes }) => ({
		...{ key, sha256, bytes, frames, width, height, fps },
		costMs: Math.round(costMs),
	}),
};

/** The segment store in a directory. */
export const openFileStore = (
	directory: string,
	fs: FileSystem = nodeFileSystem,
	options: Pick<BlobPlace, 'lookupsAtOnce'> = {},
): FileStore => openBlobStore(SEGMENTS, { directory, fs, ...options });
