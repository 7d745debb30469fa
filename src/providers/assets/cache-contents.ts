import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AssetLock } from '../../model/asset-lock.ts';

/** A thing in a cache of assets: a spoken sentence, or a file that was fetched or made. */
export type CachedThing = {
	/** Key of the sentence, or sha256 of the file. */
	readonly name: string;
	/** Absolute; what says that the others are whole is the first. */
	readonly paths: readonly string[];
	readonly bytes: number;
	/** Milliseconds since 1970 of its last use, as far as that is known. */
	readonly usedAt: number;
	/** Whether it cost something, or may have. */
	readonly paid: boolean;
};

/** What locks say of things: keys of sentences, and hashes of files that cost something or may have. Null when one cannot be read: nobody knows then. */
export type PaidNames = ReadonlySet<string> | null;

export const paidByLocks = (locks: readonly AssetLock[] | null): PaidNames =>
	locks === null
		? null
		: new Set(
				locks.flatMap(({ assets, sentences }) => [
					...Object.values(assets).flatMap(({ sha256, cost }) => (cost === 0 ? [] : [sha256])),
					...Object.keys(sentences),
				]),
			);

/** The sentences that are kept in a folder of assets. One whose record cannot be read may have been paid for. */
export async function* cachedSentences(directory: string, paid: PaidNames): AsyncGenerator<CachedThing> {
	for (const path of await filesBelow(join(directory, 'voices'))) {
		const name = /^([0-9a-f]{64})\.json$/.exec(basename(path))?.[1];
		if (name === undefined) continue;
		const sound = `${path.slice(0, -'.json'.length)}.wav`;
		const [record, pcm] = await Promise.all([stat(path).catch(() => null), stat(sound).catch(() => null)]);
		if (record === null) continue;
		const isFree = paid !== null && !paid.has(name) && (await costOf(path)) === 0;
		yield { name, paths: [path, sound], bytes: record.size + (pcm?.size ?? 0), usedAt: record.mtimeMs, paid: !isFree };
	}
}

/** The files that are kept in a folder of assets, by content. */
export async function* cachedFiles(directory: string, paid: PaidNames): AsyncGenerator<CachedThing> {
	for (const path of await filesBelow(join(directory, 'files'))) {
		const facts = await stat(path).catch(() => null);
		const name = basename(path).slice(0, 64);
		if (facts !== null) yield { name, paths: [path], bytes: facts.size, usedAt: facts.mtimeMs, paid: paid?.has(name) ?? true };
	}
}

const filesBelow = async (folder: string): Promise<readonly string[]> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

/** Null for what says nothing. */
const costOf = async (record: string): Promise<unknown> => {
	try {
		return (JSON.parse(await readFile(record, 'utf8')) as { readonly cost?: unknown } | null)?.cost ?? null;
	} catch {
		return null;
	}
};
