import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetLock } from '../../model/asset-lock.ts';
import { readLock } from './lock.ts';

const SKIPPED = ['node_modules', 'dist', 'out'];

/** Hashes of files and keys of sentences that any lock of a project names. Null when a lock cannot be read: then nobody knows what is needed. */
export const keptByLocks = async (root: string): Promise<ReadonlySet<string> | null> => {
	const locks = await locksOf(root);
	return locks === null ? null : new Set(locks.flatMap(namesOf));
};

/** Every lock of a project; null when one cannot be read. */
export const locksOf = async (root: string): Promise<readonly AssetLock[] | null> => {
	const locks: AssetLock[] = [];
	for (const file of await locksBelow(root)) {
		const lock = await readLock(file);
		if (!lock.ok) return null;
		locks.push(lock.value);
	}
	return locks;
};

/** Names that the cache keeps the files of a lock under. */
export const namesOf = ({ assets, sentences }: AssetLock): readonly string[] => [
	...Object.values(assets).map(({ sha256 }) => sha256),
	...Object.keys(sentences),
];

const locksBelow = async (folder: string): Promise<readonly string[]> => {
	const found: string[] = [];
	for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.includes(entry.name)) found.push(...(await locksBelow(path)));
		else if (entry.isFile() && entry.name.endsWith('.lock.yaml')) found.push(path);
	}
	return found;
};
