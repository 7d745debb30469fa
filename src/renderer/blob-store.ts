import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import { asDiskFailure, discard, hashFile, renameDurably, syncDirectory, syncFile, writeDurably } from './durable-file.ts';
import { errorCode, type FileSystem } from './file-system.ts';
import { sweepTemporaryFiles, temporaryName } from './sweep.ts';

const LOOKUPS_AT_ONCE = 32;

/** What every record of a blob says. */
export type BlobFacts<Key extends string> = { readonly key: Key; readonly sha256: string; readonly bytes: number };

/** One kind of blobs in a store: where they are, and what is written beside them. */
export type BlobKind<Key extends string, Kept extends BlobFacts<Key>> = {
	/** Folder in the store. */
	readonly folder: string;
	readonly extension: string;
	readonly isKey: (text: string) => text is Key;
	/** The record in a text, or null when it is not a whole one of exactly this key. */
	readonly read: (text: string, key: Key) => Kept | null;
	readonly write: (record: Kept) => string;
	/** The whole record of a file, with nothing in it that does not belong there. */
	readonly complete: (known: Omit<Kept, 'sha256' | 'bytes'>, file: { readonly sha256: string; readonly bytes: number }) => Kept;
};

export type BlobStore<Key extends string, Kept extends BlobFacts<Key>> = {
	readonly directory: string;
	/** The record of a blob that is there with the right size, else null. A damaged entry is set aside and is null. */
	lookup(key: Key): Promise<Kept | null>;
	/** The records of those of the keys that are there. Reads only, apart from setting damaged entries aside. */
	lookupAll(keys: Iterable<Key>): Promise<ReadonlyMap<Key, Kept>>;
	/** Every key that has a record, in no order. */
	keys(): AsyncGenerator<Key>;
	/** Moves a finished file into the store. The file is gone from its place afterwards. */
	publish(file: string, known: Omit<Kept, 'sha256' | 'bytes'>): Promise<Kept>;
	/**
	 * Path of a blob whose bytes were checked against its record just now, or null; a damaged entry is set aside.
	 * @throws RenderFailure `DISK` when the machine has no file descriptor or memory left to look
	 */
	open(record: Kept): Promise<string | null>;
	/** Sets aside a whole entry that turned out to be wrong, so that it is made again. */
	distrust(key: Key): Promise<void>;
	/** A path for a new temporary file on the store's own file system. */
	temporaryFile(extension: string): Promise<string>;
	/** Removes what processes that died in the middle of their work left behind. */
	sweep(): Promise<void>;
};

type Shelf<Key extends string, Kept extends BlobFacts<Key>> = {
	readonly directory: string;
	readonly fs: FileSystem;
	readonly kind: BlobKind<Key, Kept>;
	readonly lookupsAtOnce: number;
	/** Blobs whose bytes were checked, as they were then: hashed once a run, however many outputs play them. */
	readonly checked: Map<Key, string>;
};

export type BlobPlace = { readonly directory: string; readonly fs: FileSystem; readonly lookupsAtOnce?: number };

/**
 * Blobs of one kind in a directory: `<folder>/ab/<key>.<extension>` and, written last, `<key>.json` beside it. Creates nothing until something is
 * written, so planning leaves no trace. Damaged entries go to `quarantine/` and are never deleted.
 */
export const openBlobStore = <Key extends string, Kept extends BlobFacts<Key>>(
	kind: BlobKind<Key, Kept>,
	{ directory, fs, lookupsAtOnce = LOOKUPS_AT_ONCE }: BlobPlace,
): BlobStore<Key, Kept> => {
	const shelf: Shelf<Key, Kept> = { directory, fs, kind, lookupsAtOnce, checked: new Map() };
	return {
		directory,
		lookup: (key) => lookup(shelf, key),
		lookupAll: (keys) => lookupAll(shelf, keys),
		keys: () => keys(shelf),
		publish: (file, known) => publish(shelf, file, known),
		open: (record) => open(shelf, record),
		distrust: (key) => quarantine(shelf, key),
		temporaryFile: (extension) => temporaryFile(shelf, extension),
		sweep: async () => {
			await sweepTemporaryFiles(fs, join(directory, 'tmp'));
		},
	};
};

const place = <Key extends string, Kept extends BlobFacts<Key>>(
	{ directory, kind }: Shelf<Key, Kept>,
	key: Key,
	extension: string,
): string => join(directory, kind.folder, key.slice(0, 2), `${key}.${extension}`);

const lookup = async <Key extends string, Kept extends BlobFacts<Key>>(shelf: Shelf<Key, Kept>, key: Key): Promise<Kept | null> => {
	if (!shelf.kind.isKey(key)) return null;
	const text = await shelf.fs.readFile(place(shelf, key, 'json'), 'utf8').catch(() => null);
	if (text === null) return null;
	const record = shelf.kind.read(text, key);
	if (record !== null) {
		const presence = await presenceOf(shelf, record);
		if (presence === 'whole') return record;
		if (presence === 'unknown') return null;
	}
	await quarantine(shelf, key);
	return null;
};

/** A busy machine (too many open files) says nothing about the entry: that is `unknown`, not damage. */
const presenceOf = async <Key extends string, Kept extends BlobFacts<Key>>(
	shelf: Shelf<Key, Kept>,
	record: Kept,
): Promise<'whole' | 'damaged' | 'unknown'> => {
	try {
		const facts = await shelf.fs.lstat(place(shelf, record.key, shelf.kind.extension));
		return facts.isFile() && facts.size === record.bytes ? 'whole' : 'damaged';
	} catch (error) {
		return errorCode(error) === 'ENOENT' ? 'damaged' : 'unknown';
	}
};

const lookupAll = async <Key extends string, Kept extends BlobFacts<Key>>(
	shelf: Shelf<Key, Kept>,
	keys: Iterable<Key>,
): Promise<ReadonlyMap<Key, Kept>> => {
	const found = new Map<Key, Kept>();
	const waiting = [...new Set(keys)];
	const lane = async (): Promise<void> => {
		for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
			const record = await lookup(shelf, key);
			if (record !== null) found.set(key, record);
		}
	};
	await Promise.all(Array.from({ length: shelf.lookupsAtOnce }, lane));
	return found;
};

async function* keys<Key extends string, Kept extends BlobFacts<Key>>({ directory, fs, kind }: Shelf<Key, Kept>): AsyncGenerator<Key> {
	const root = join(directory, kind.folder);
	for (const folder of await fs.readdir(root).catch(() => [])) {
		for (const name of await fs.readdir(join(root, folder)).catch(() => [])) {
			const key = name.replace(/\.json$/, '');
			if (name.endsWith('.json') && kind.isKey(key)) yield key;
		}
	}
}

const publish = async <Key extends string, Kept extends BlobFacts<Key>>(
	shelf: Shelf<Key, Kept>,
	file: string,
	known: Omit<Kept, 'sha256' | 'bytes'>,
): Promise<Kept> => {
	if (!shelf.kind.isKey(known.key)) throw new TypeError(`not a key of a store: ${known.key}`);
	const { fs, kind } = shelf;
	const blob = place(shelf, known.key, kind.extension);
	try {
		const hashed = await hashFile(fs, file);
		if (hashed.bytes === 0) throw new RenderFailure('ENCODE', 'the encoder wrote an empty file');
		const record = kind.complete(known, hashed);
		await makeDirectory(fs, dirname(blob));
		await syncFile(fs, file);
		await fs.chmod(file, 0o444);
		await renameDurably(fs, file, blob);
		const temporary = await temporaryFile(shelf, 'json');
		await writeDurably(fs, kind.write(record), { temporary, file: place(shelf, known.key, 'json') });
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

const open = async <Key extends string, Kept extends BlobFacts<Key>>(shelf: Shelf<Key, Kept>, record: Kept): Promise<string | null> => {
	if (!shelf.kind.isKey(record.key)) return null;
	const blob = place(shelf, record.key, shelf.kind.extension);
	const facts = await shelf.fs.lstat(blob).catch(() => null);
	if (facts === null) return null;
	const state = `${record.sha256} ${facts.size} ${facts.mtimeMs} ${facts.ino}`;
	if (shelf.checked.get(record.key) === state) return blob;
	if (facts.isFile() && facts.size === record.bytes) {
		const found = await hashFile(shelf.fs, blob).catch(unlessBusy(blob));
		if (found?.sha256 === record.sha256) {
			shelf.checked.set(record.key, state);
			return blob;
		}
	}
	await quarantine(shelf, record.key);
	return null;
};

const BUSY: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

/** Null for a file that cannot be read. A machine that is out of something says nothing about the file: that is thrown. */
const unlessBusy =
	(file: string) =>
	(error: unknown): null => {
		if (!BUSY.has(errorCode(error))) return null;
		throw asDiskFailure(error, file);
	};

/** Moves what there is of an entry aside. What cannot be moved stays, and is a miss all the same. */
const quarantine = async <Key extends string, Kept extends BlobFacts<Key>>(shelf: Shelf<Key, Kept>, key: Key): Promise<void> => {
	const { fs } = shelf;
	const folder = join(shelf.directory, 'quarantine');
	const name = `${key}-${randomUUID().slice(0, 8)}`;
	shelf.checked.delete(key);
	await fs.mkdir(folder, { recursive: true }).catch(() => {});
	for (const extension of ['json', shelf.kind.extension]) {
		await fs.rename(place(shelf, key, extension), join(folder, `${name}.${extension}`)).catch(() => {});
	}
};

const temporaryFile = async (shelf: { readonly directory: string; readonly fs: FileSystem }, extension: string): Promise<string> => {
	const folder = join(shelf.directory, 'tmp');
	await shelf.fs.mkdir(folder, { recursive: true }).catch((error) => {
		throw asDiskFailure(error, folder);
	});
	return join(folder, temporaryName(extension));
};
