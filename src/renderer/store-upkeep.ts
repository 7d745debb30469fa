import { join } from 'node:path';
import type { BlobFacts, BlobStore } from './blob-store.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';

/** The record of an entry in a folder of blobs: `<folder>/ab/<key>.json`. */
export const recordFile = (folder: string, key: string): string => join(folder, key.slice(0, 2), `${key}.json`);

/** Notes that entries of a folder of blobs were used, so that pruning takes them last. Never throws. */
export const touchRecords = async (folder: string, keys: Iterable<string>, fs: FileSystem = nodeFileSystem): Promise<void> => {
	const now = new Date();
	for (const key of keys) {
		const handle = await fs.open(recordFile(folder, key), 'r').catch(() => null);
		await handle?.utimes(now, now).catch(() => {});
		await handle?.close();
	}
};

export type CheckedStore<Key extends string> = { readonly checked: number; readonly bytes: number; readonly damaged: readonly Key[] };

/** Reads every file of a store and compares it with its record. What does not agree is set aside, and made again when it is needed. */
export const checkStore = async <Key extends string, Kept extends BlobFacts<Key>>(
	store: BlobStore<Key, Kept>,
): Promise<CheckedStore<Key>> => {
	const damaged: Key[] = [];
	let checked = 0;
	let bytes = 0;
	for await (const key of store.keys()) {
		checked++;
		const record = await store.lookup(key);
		const file = record === null ? null : await store.open(record);
		if (record === null || file === null) damaged.push(key);
		else bytes += record.bytes;
	}
	return { checked, bytes, damaged };
};
