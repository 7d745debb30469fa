import { join } from 'node:path';
import { isSegmentKey, type SegmentKey } from '../model/keys.ts';
import { discard, writeDurably } from './durable-file.ts';
import type { FileStore } from './file-store.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { sweepTemporaryFiles, temporaryName } from './sweep.ts';

export type StoredFile = {
	readonly key: SegmentKey;
	readonly bytes: number /** Milliseconds since 1970 at which it was used last. */;
	readonly usedAt: number;
};

/** Every segment that has a record, in no order. */
export async function* storedSegments({ directory }: FileStore, fs: FileSystem = nodeFileSystem): AsyncGenerator<StoredFile> {
	const root = join(directory, 'segments');
	for (const shelf of await fs.readdir(root).catch(() => [])) {
		for (const name of await fs.readdir(join(root, shelf)).catch(() => [])) {
			const key = name.replace(/\.json$/, '');
			if (!name.endsWith('.json') || !isSegmentKey(key)) continue;
			const [record, blob] = await Promise.all([
				fs.stat(join(root, shelf, name)).catch(() => null),
				fs.stat(join(root, shelf, `${key}.mp4`)).catch(() => null),
			]);
			if (record !== null) yield { key, bytes: record.size + (blob?.size ?? 0), usedAt: record.mtimeMs };
		}
	}
}

/** Notes that segments were used, so that `pruneStore` takes them last. Never throws. */
export const touchSegments = async (
	{ directory }: FileStore,
	keys: Iterable<SegmentKey>,
	fs: FileSystem = nodeFileSystem,
): Promise<void> => {
	const now = new Date();
	for (const key of keys) {
		const handle = await fs.open(join(directory, 'segments', key.slice(0, 2), `${key}.json`), 'r').catch(() => null);
		await handle?.utimes(now, now).catch(() => {});
		await handle?.close();
	}
};

/** Says which segments a running process needs, until `release`. What a dead process left is swept. */
export const claimSegments = async (
	{ directory }: FileStore,
	keys: Iterable<SegmentKey>,
	fs: FileSystem = nodeFileSystem,
): Promise<{ release(): Promise<void> }> => {
	const folder = join(directory, 'in-use');
	await fs.mkdir(folder, { recursive: true });
	await sweepTemporaryFiles(fs, folder);
	const file = join(folder, temporaryName('keys'));
	await writeDurably(fs, [...keys].join('\n'), { temporary: join(folder, temporaryName('tmp')), file });
	return { release: () => discard(fs, file) };
};

const claimed = async ({ directory }: FileStore, fs: FileSystem): Promise<ReadonlySet<string>> => {
	const folder = join(directory, 'in-use');
	await sweepTemporaryFiles(fs, folder);
	const names = (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith('.keys'));
	const texts = await Promise.all(names.map((name) => fs.readFile(join(folder, name), 'utf8').catch(() => '')));
	return new Set(texts.flatMap((text) => text.split('\n')));
};

export type Pruned = {
	readonly removed: number;
	readonly bytes: number;
	readonly kept: number;
	readonly bytesKept: number;
	readonly inUse: number;
};

/**
 * Removes segments until the rest is at most `maxBytes`, those that were not used for longest first, and none that a running plan needs. The record goes
 * before its file: what is cut off in the middle is a file without a record, which counts as not there.
 */
export const pruneStore = async (store: FileStore, maxBytes: number, fs: FileSystem = nodeFileSystem): Promise<Pruned> => {
	const all: StoredFile[] = [];
	for await (const one of storedSegments(store, fs)) all.push(one);
	const needed = await claimed(store, fs);
	let bytesKept = all.reduce((sum, { bytes }) => sum + bytes, 0);
	let removed = 0;
	let bytes = 0;
	for (const one of all.sort((a, b) => a.usedAt - b.usedAt || (a.key < b.key ? -1 : 1))) {
		if (bytesKept <= maxBytes) break;
		if (needed.has(one.key)) continue;
		const place = join(store.directory, 'segments', one.key.slice(0, 2), one.key);
		await fs.rm(`${place}.json`, { force: true }).catch(() => {});
		await fs.rm(`${place}.mp4`, { force: true }).catch(() => {});
		bytesKept -= one.bytes;
		bytes += one.bytes;
		removed++;
	}
	return { removed, bytes, kept: all.length - removed, bytesKept, inUse: all.filter(({ key }) => needed.has(key)).length };
};

export type Checked = { readonly segments: number; readonly bytes: number; readonly damaged: readonly SegmentKey[] };

/** Reads every file of the store and compares it with its record. What does not agree is set aside, and drawn again when it is needed. */
export const checkStore = async (store: FileStore, fs: FileSystem = nodeFileSystem): Promise<Checked> => {
	const damaged: SegmentKey[] = [];
	let segments = 0;
	let bytes = 0;
	for await (const { key } of storedSegments(store, fs)) {
		segments++;
		const record = await store.lookup(key);
		const file = record === null ? null : await store.open(record);
		if (record === null || file === null) damaged.push(key);
		else bytes += record.bytes;
	}
	return { segments, bytes, damaged };
};
