import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readLock } from './lock.ts';

const SKIPPED = ['node_modules', 'dist', 'out'];

/** Hashes of files and keys of sentences that any lock of a project names. Null when a lock cannot be read: then nobody knows what is needed. */
export const keptByLocks = async (root: string): Promise<ReadonlySet<string> | null> => {
	const kept = new Set<string>();
	for (const file of await locksBelow(root)) {
		const lock = await readLock(file);
		if (!lock.ok) return null;
		for (const { sha256 } of Object.values(lock.value.assets)) kept.add(sha256);
		for (const [key, { sha256 }] of Object.entries(lock.value.sentences)) kept.add(key).add(sha256);
	}
	return kept;
};

const locksBelow = async (folder: string): Promise<readonly string[]> => {
	const found: string[] = [];
	for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.includes(entry.name)) found.push(...(await locksBelow(path)));
		else if (entry.isFile() && entry.name.endsWith('.lock.yaml')) found.push(path);
	}
	return found;
};
