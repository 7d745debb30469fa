import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, copyFile, mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { sha256Hex } from '../../model/keys.ts';
import { type Claim, claimFiles, evictUnused, sweepWork } from './cache-eviction.ts';
import { takeTurn } from './lock.ts';

/** A file by its content. */
export type CachedRef = { readonly sha256: string; readonly extension: string; readonly bytes: number };

export type CacheLookup =
	| { readonly ok: true; readonly file: string }
	/** `damaged`: a file is there and not the one that was put there. */
	| { readonly ok: false; readonly why: 'missing' | 'damaged' };

export type CacheOptions = {
	/** Absolute. Made when something is put into it. */
	readonly directory: string;
	readonly maxBytes: number;
	/** How long answers to searches are good. */
	readonly ttlMs: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
};

export type AssetCache = {
	readonly directory: string;
	/** The file with this content, its size and hash checked now. Counts as a use. */
	find(ref: CachedRef): Promise<CacheLookup>;
	/** Takes a whole file over by its content: it is at its place complete, or not at all. `file` is gone afterwards. */
	put(file: string, extension: string): Promise<CachedRef & { readonly file: string }>;
	/** An empty folder for files in the making; gone after `use`, and swept when its process dies. */
	inWorkFolder<T>(use: (folder: string) => Promise<T>): Promise<T>;
	/** Runs `use` while nobody else of this cache does the same thing. `thing` is a file name. */
	inTurn<T>(thing: string, use: () => Promise<T>): Promise<T>;
	/** What a search gave, if it is younger than the time to live. The question must have no secret in it. */
	findAnswer(question: string): Promise<unknown>;
	keepAnswer(question: string, answer: unknown): Promise<void>;
	/** Keeps these from eviction for as long as this process lives, or until released. */
	claim(sha256s: Iterable<string>): Promise<Claim>;
	/** Removes what was unused longest until the rest fits, never what is `kept` or claimed. */
	evict(kept: ReadonlySet<string>): Promise<{ readonly removed: number; readonly bytes: number }>;
};

export const openAssetCache = ({ directory, maxBytes, ttlMs, now }: CacheOptions): AssetCache => {
	const placeOf = (sha256: string, extension: string): string =>
		join(directory, 'files', sha256.slice(0, 2), extension === '' ? sha256 : `${sha256}.${extension}`);
	const answerFile = (question: string): string => join(directory, 'answers', `${sha256Hex(question)}.json`);
	return {
		directory,
		find: async ({ sha256, extension, bytes }) => {
			const file = placeOf(sha256, extension);
			const facts = await stat(file).catch(() => null);
			if (facts === null) return { ok: false, why: 'missing' };
			if (facts.size !== bytes || (await hashOf(file)).sha256 !== sha256) return { ok: false, why: 'damaged' };
			const used = new Date(now());
			await utimes(file, used, used).catch(() => {});
			return { ok: true, file };
		},
		put: async (file, extension) => {
			await syncFile(file);
			const { sha256, bytes } = await hashOf(file);
			const place = placeOf(sha256, extension);
			await mkdir(dirname(place), { recursive: true });
			await moveTo(file, place);
			return { sha256, extension, bytes, file: place };
		},
		inWorkFolder: async (use) => {
			await sweepWork(join(directory, 'work'));
			const folder = join(directory, 'work', `${process.pid}-${randomBytes(6).toString('hex')}`);
			await mkdir(folder, { recursive: true });
			try {
				return await use(folder);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
		inTurn: async (thing, use) => {
			await mkdir(join(directory, 'turns'), { recursive: true });
			const release = await takeTurn(join(directory, 'turns', thing));
			try {
				return await use();
			} finally {
				await release();
			}
		},
		findAnswer: async (question) => {
			const kept = parse(await readFile(answerFile(question), 'utf8').catch(() => ''));
			const age = now() - (typeof kept?.['asked'] === 'number' ? kept['asked'] : Number.NEGATIVE_INFINITY);
			return age >= 0 && age < ttlMs ? kept?.['answer'] : undefined;
		},
		keepAnswer: async (question, answer) => {
			const file = answerFile(question);
			await mkdir(dirname(file), { recursive: true });
			const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
			await writeFile(temporary, JSON.stringify({ asked: now(), answer }), { mode: 0o600 });
			await rename(temporary, file);
		},
		claim: (sha256s) => claimFiles(join(directory, 'claims'), sha256s),
		evict: (kept) => evictUnused(directory, { kept, maxBytes }),
	};
};

/** Where a project's cache is: where the spec says; else `.asset-cache` of the project, or the user's own cache where the project cannot be written. */
export const cacheDirectoryOf = async (place: {
	readonly root: string;
	readonly written: string | null;
	readonly environment: Readonly<Record<string, string | undefined>>;
}): Promise<string> => {
	if (place.written !== null) return join(place.root, place.written);
	const own = join(place.root, '.asset-cache');
	const isWritable = await access(place.root, constants.W_OK).then(
		() => true,
		() => false,
	);
	if (isWritable) return own;
	const shared = place.environment['XDG_CACHE_HOME'] || join(place.environment['HOME'] || homedir(), '.cache');
	return join(shared, 'reelform', 'assets');
};

export const hashOf = async (file: string): Promise<{ readonly sha256: string; readonly bytes: number }> => {
	const hash = createHash('sha256');
	let bytes = 0;
	for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
		hash.update(chunk as Buffer);
		bytes += (chunk as Buffer).length;
	}
	return { sha256: hash.digest('hex'), bytes };
};

const syncFile = async (file: string): Promise<void> => {
	const handle = await open(file, 'r+');
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
};

/** The temporary copy is on the same disk as its place, so that the last step is a rename. */
const moveTo = async (file: string, place: string): Promise<void> => {
	try {
		await rename(file, place);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
		const temporary = `${place}.${randomBytes(6).toString('hex')}.tmp`;
		await copyFile(file, temporary);
		await syncFile(temporary);
		await rename(temporary, place);
		await rm(file, { force: true });
	}
};

const parse = (text: string): Readonly<Record<string, unknown>> | null => {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
	} catch {
		return null;
	}
};
