import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './lock.ts';

/** Files that a running process needs. */
export type Claim = { release(): Promise<void> };

/** Writes down which files this process uses, under its id: a claim of a dead process counts for nothing. */
export const claimFiles = async (directory: string, sha256s: Iterable<string>): Promise<Claim> => {
	await mkdir(directory, { recursive: true });
	await sweepWork(directory);
	const file = join(directory, `${process.pid}-${randomBytes(6).toString('hex')}.json`);
	await writeFile(file, JSON.stringify([...sha256s]));
	return { release: () => rm(file, { force: true }) };
};

type Entry = { readonly file: string; readonly name: string; readonly bytes: number; readonly used: number };

/** A file that was put there a moment ago may not be in any lock yet. */
const YOUNG_MS = 10 * 60_000;

export const evictUnused = async (
	directory: string,
	{ kept, maxBytes }: { readonly kept: ReadonlySet<string>; readonly maxBytes: number },
): Promise<{ readonly removed: number; readonly bytes: number }> => {
	const entries = [...(await entriesIn(join(directory, 'files'))), ...(await entriesIn(join(directory, 'voices')))];
	let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
	const gone = { removed: 0, bytes: 0 };
	if (total <= maxBytes) return gone;
	const claimed = await claimedNames(join(directory, 'claims'));
	// The clock that the file system stamps files with.
	const youngest = Date.now() - YOUNG_MS;
	const free = entries.filter(({ name, used }) => !kept.has(name) && !claimed.has(name) && used < youngest);
	for (const entry of free.sort((a, b) => a.used - b.used || (a.name < b.name ? -1 : 1))) {
		if (total <= maxBytes) break;
		await rm(entry.file, { force: true });
		total -= entry.bytes;
		gone.removed += 1;
		gone.bytes += entry.bytes;
	}
	return gone;
};

const entriesIn = async (directory: string): Promise<readonly Entry[]> => {
	const names = (await readdir(directory, { recursive: true }).catch(() => [])) as readonly string[];
	const found: Entry[] = [];
	for (const path of names) {
		const file = join(directory, path);
		const facts = await stat(file).catch(() => null);
		const name = /([0-9a-f]{64})(\.[a-z0-9]+)?$/.exec(path)?.[1];
		if (facts?.isFile() && name !== undefined) found.push({ file, name, bytes: facts.size, used: facts.mtimeMs });
	}
	return found;
};

const claimedNames = async (directory: string): Promise<ReadonlySet<string>> => {
	const claimed = new Set<string>();
	for (const name of await readdir(directory).catch(() => [])) {
		const file = join(directory, name);
		if (!isAlive(name)) await rm(file, { force: true });
		else for (const sha256 of namesIn(await readFile(file, 'utf8').catch(() => '[]'))) claimed.add(sha256);
	}
	return claimed;
};

const namesIn = (text: string): readonly string[] => {
	try {
		return JSON.parse(text) as readonly string[];
	} catch {
		return [];
	}
};

/** Removes what processes that are dead left in a folder. */
export const sweepWork = async (directory: string): Promise<void> => {
	for (const name of await readdir(directory).catch(() => []))
		if (!isAlive(name)) await rm(join(directory, name), { recursive: true, force: true });
};
