import { basename, join } from 'node:path';
import { type FileSystem, nodeFileSystem } from './file-system.ts';

/**
 * Why something stays, however large everything is: it was paid for, it says what was made, it is looked after elsewhere (`asset`), it is a program, or it is in
 * the making.
 */
export type Keeping = 'paid' | 'record' | 'asset' | 'program' | 'in the making';

/** One thing that is kept or removed as a whole. */
export type CacheEntry = {
	/** By which a run claims it: the key of a segment, a mix or a sentence. Anything that is unique, where runs claim a whole kind. */
	readonly name: string;
	/** Absolute paths of its files and folders, in the order in which they are removed. */
	readonly paths: readonly string[];
	/** Of all its files. What several entries share by hard links counts in parts. */
	readonly bytes: number;
	/** Milliseconds since 1970 at which it was used last, as far as that is known. */
	readonly usedAt: number;
	/** Left out for what can be made again for nothing. */
	readonly keeping?: Keeping;
};

/** A part of what is kept on disk between commands. */
export type CacheKind = {
	readonly name: string;
	/** What a living run needs of it: what it has claimed by name, or all. */
	readonly heldBy: 'name' | 'any run';
	/** In no order. Says nothing of what cannot be read. */
	list(): AsyncIterable<CacheEntry>;
};

export type KindFacts = {
	readonly name: string;
	/** Why none of it is ever removed; left out when it can be made again for nothing. */
	readonly keeping?: Keeping;
	readonly fs?: FileSystem;
};

/** The entries of a store of blobs, `<folder>/ab/<key>.json` and the file that it describes, by their keys. */
export const blobKind = (folder: string, { name, fs = nodeFileSystem }: KindFacts): CacheKind => ({
	name,
	heldBy: 'name',
	async *list() {
		for (const shelf of await namesIn(fs, folder)) {
			const byKey = new Map<string, FileFacts[]>();
			for await (const file of filesBelow(fs, join(folder, shelf))) {
				const key = basename(file.path).split('.', 1)[0] ?? '';
				byKey.set(key, [...(byKey.get(key) ?? []), file]);
			}
			// The record goes first: a file without one counts as not there.
			for (const [key, files] of byKey)
				yield entryOf(
					key,
					files.sort((a, b) => Number(isRecord(b)) - Number(isRecord(a))),
				);
		}
	},
});

const isRecord = ({ path }: FileFacts): boolean => path.endsWith('.json');

/** Every file at or below some paths, each by itself. */
export const fileKind = (paths: readonly string[], { name, keeping, fs = nodeFileSystem }: KindFacts): CacheKind => ({
	name,
	heldBy: 'any run',
	async *list() {
		for (const path of paths)
			for await (const file of filesBelow(fs, path)) yield { ...entryOf(file.path, [file]), ...(keeping === undefined ? {} : { keeping }) };
	},
});

/** Every folder in a folder as one thing. `first` is the file in it that tells others that it is whole. */
export const folderKind = (parent: string, { name, first, fs = nodeFileSystem }: KindFacts & { readonly first?: string }): CacheKind => ({
	name,
	heldBy: 'any run',
	async *list() {
		for (const child of await namesIn(fs, parent)) {
			const folder = join(parent, child);
			const files: FileFacts[] = [];
			for await (const file of filesBelow(fs, folder)) files.push(file);
			const own = await fs.lstat(folder).catch(() => null);
			const { bytes } = entryOf(folder, files);
			// Files inside keep their dates when they are only read: whoever uses the folder touches it.
			const paths = first === undefined ? [folder] : [join(folder, first), folder];
			if (own !== null) yield { name: folder, paths, bytes, usedAt: own.mtimeMs };
		}
	},
});

type FileFacts = { readonly path: string; readonly bytes: number; readonly changedAt: number };

const entryOf = (name: string, files: readonly FileFacts[]): CacheEntry => ({
	name,
	paths: files.map(({ path }) => path),
	bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
	usedAt: Math.max(...files.map(({ changedAt }) => changedAt)),
});

async function* filesBelow(fs: FileSystem, path: string): AsyncGenerator<FileFacts> {
	const facts = await fs.lstat(path).catch(() => null);
	if (facts?.isFile()) yield { path, bytes: Math.round(facts.size / facts.nlink), changedAt: facts.mtimeMs };
	if (facts?.isDirectory()) for (const name of await namesIn(fs, path)) yield* filesBelow(fs, join(path, name));
}

const namesIn = (fs: FileSystem, folder: string): Promise<readonly string[]> => fs.readdir(folder).catch(() => []);
