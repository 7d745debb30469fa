import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import { isSegmentKey, type SegmentKey } from '../model/keys.ts';
import type { SegmentRecord, SegmentStore } from '../ports/segment-store.ts';
import { asDiskFailure, discard, hashFile, renameDurably, syncDirectory, syncFile, writeDurably } from './durable-file.ts';
import { errorCode, type FileSystem, nodeFileSystem } from './file-system.ts';
import { readRecord, writeRecord } from './segment-record.ts';
import { sweepTemporaryFiles, temporaryName } from './sweep.ts';

const LOOKUPS_AT_ONCE = 32;

export type FileStore = SegmentStore & {
	readonly directory: string;
	/** The records of those of the keys that are there. Reads only, apart from setting damaged entries aside. */
	lookupAll(keys: Iterable<SegmentKey>): Promise<ReadonlyMap<SegmentKey, SegmentRecord>>;
	/** Removes what processes that died in the middle of their work left behind. */
	sweep(): Promise<void>;
};

type Shelf = {
	readonly directory: string;
	readonly fs: FileSystem;
	/** Blobs whose bytes were checked, as they were then: hashed once a run, however many outputs play them. */
	readonly checked: Map<SegmentKey, string>;
};

/**
 * The segment store in a directory: `segments/ab/<key>.mp4` and, written last, `<key>.json` beside it. Creates nothing until something is
 * written, so planning leaves no trace. Damaged entries go to `quarantine/` and are never deleted.
 */
export const openFileStore = (directory: string, fs: FileSystem = nodeFileSystem): FileStore => {
	const shelf: Shelf = { directory, fs, checked: new Map() };
	return {
		directory,
		lookup: (key) => lookup(shelf, key),
		lookupAll: (keys) => lookupAll(shelf, keys),
		publish: (file, record) => publish(shelf, file, record),
		open: (record) => open(shelf, record),
		temporaryFile: (extension) => temporaryFile(shelf, extension),
		sweep: async () => {
			await sweepTemporaryFiles(fs, join(directory, 'tmp'));
		},
	};
};

const place = (shelf: Shelf, key: SegmentKey, extension: 'mp4' | 'json'): string =>
	join(shelf.directory, 'segments', key.slice(0, 2), `${key}.${extension}`);

const lookup = async (shelf: Shelf, key: SegmentKey): Promise<SegmentRecord | null> => {
	if (!isSegmentKey(key)) return null;
	const text = await shelf.fs.readFile(place(shelf, key, 'json'), 'utf8').catch(() => null);
	if (text === null) return null;
	const record = readRecord(text, key);
	if (record !== null) {
		const presence = await presenceOf(shelf, record);
		if (presence === 'whole') return record;
		if (presence === 'unknown') return null;
	}
	await quarantine(shelf, key);
	return null;
};

/** A busy machine (too many open files) says nothing about the entry: that is `unknown`, not damage. */
const presenceOf = async (shelf: Shelf, record: SegmentRecord): Promise<'whole' | 'damaged' | 'unknown'> => {
	try {
		const facts = await shelf.fs.lstat(place(shelf, record.key, 'mp4'));
		return facts.isFile() && facts.size === record.bytes ? 'whole' : 'damaged';
	} catch (error) {
		return errorCode(error) === 'ENOENT' ? 'damaged' : 'unknown';
	}
};

const lookupAll = async (shelf: Shelf, keys: Iterable<SegmentKey>): Promise<ReadonlyMap<SegmentKey, SegmentRecord>> => {
	const found = new Map<SegmentKey, SegmentRecord>();
	const waiting = [...new Set(keys)];
	const lane = async (): Promise<void> => {
		for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
			const record = await lookup(shelf, key);
			if (record !== null) found.set(key, record);
		}
	};
	await Promise.all(Array.from({ length: LOOKUPS_AT_ONCE }, lane));
	return found;
};

const publish = async (shelf: Shelf, file: string, known: Omit<SegmentRecord, 'sha256' | 'bytes'>): Promise<SegmentRecord> => {
	if (!isSegmentKey(known.key)) throw new TypeError(`not a segment key: ${known.key}`);
	const { fs } = shelf;
	const blob = place(shelf, known.key, 'mp4');
	try {
		const { sha256, bytes } = await hashFile(fs, file);
		if (bytes === 0) throw new RenderFailure('ENCODE', 'the encoder wrote an empty file');
		const { key, frames, width, height, fps, costMs } = known;
		const record: SegmentRecord = { key, sha256, bytes, frames, width, height, fps, costMs: Math.round(costMs) };
		await makeDirectory(fs, dirname(blob));
		await syncFile(fs, file);
		await fs.chmod(file, 0o444);
		await renameDurably(fs, file, blob);
		const temporary = await temporaryFile(shelf, 'json');
		await writeDurably(fs, writeRecord(record), { temporary, file: place(shelf, key, 'json') });
		return record;
	} catch (error) {
		await discard(fs, file);
		throw asDiskFailure(error, blob);
	}
};

/** A new folder is only as durable as its name in the folder above. */
const makeDirectory = async (fs: FileSystem, directory: string): Promise<void> => {
	const first = await fs.mkdir(directory, { recursive: true });
	if (first !== undefined) await syncDirectory(fs, dirname(first));
};

const open = async (shelf: Shelf, record: SegmentRecord): Promise<string | null> => {
	if (!isSegmentKey(record.key)) return null;
	const blob = place(shelf, record.key, 'mp4');
	const facts = await shelf.fs.lstat(blob).catch(() => null);
	if (facts === null) return null;
	const state = `${record.sha256} ${facts.size} ${facts.mtimeMs} ${facts.ino}`;
	if (shelf.checked.get(record.key) === state) return blob;
	if (facts.isFile() && facts.size === record.bytes) {
		const found = await hashFile(shelf.fs, blob).catch(() => null);
		if (found?.sha256 === record.sha256) {
			shelf.checked.set(record.key, state);
			return blob;
		}
	}
	await quarantine(shelf, record.key);
	return null;
};

/** Moves what there is of an entry aside. What cannot be moved stays, and is a miss all the same. */
const quarantine = async (shelf: Shelf, key: SegmentKey): Promise<void> => {
	const { fs } = shelf;
	const folder = join(shelf.directory, 'quarantine');
	const name = `${key}-${randomUUID().slice(0, 8)}`;
	shelf.checked.delete(key);
	await fs.mkdir(folder, { recursive: true }).catch(() => {});
	for (const extension of ['json', 'mp4'] as const) {
		await fs.rename(place(shelf, key, extension), join(folder, `${name}.${extension}`)).catch(() => {});
	}
};

const temporaryFile = async (shelf: Shelf, extension: string): Promise<string> => {
	const folder = join(shelf.directory, 'tmp');
	await shelf.fs.mkdir(folder, { recursive: true }).catch((error) => {
		throw asDiskFailure(error, folder);
	});
	return join(folder, temporaryName(extension));
};
