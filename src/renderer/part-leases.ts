import { hostname } from 'node:os';
import { join } from 'node:path';
import { discard } from './durable-file.ts';
import { errorCode, type FileSystem } from './file-system.ts';
import { lifeOf, type ProcessIdentity, thisProcess } from './host-identity.ts';
import { parseObject } from './segment-record.ts';
import { sweepTemporaryFiles, temporaryName } from './sweep.ts';
import type { PartKey } from './tasks.ts';

/** Who draws a segment, or mixes a sound. */
export type LeaseHolder = ProcessIdentity & {
	readonly host: string;
	/** For people, ISO 8601. Nothing is decided by it: clocks jump. */
	readonly since: string;
	/** Name of its sign of life beside the leases; never used twice. */
	readonly token: string;
};

/**
 * Which run draws which segment of a store, and mixes which sound, so that two runs share the work. A lease saves work and nothing else: what is published is
 * right whoever publishes it, and where leases cannot be written everybody draws.
 */
export type PartLeases = {
	/** Takes those of the keys that nobody holds, or whose holder is gone; the others are with who holds them. Never throws. */
	take(keys: Iterable<PartKey>): Promise<ReadonlyMap<PartKey, LeaseHolder>>;
	/** Those of the keys that another living run holds. Never throws. */
	heldByOthers(keys: Iterable<PartKey>): Promise<ReadonlyMap<PartKey, LeaseHolder>>;
	/** Gives leases back, as far as they are still this run's. Never throws. */
	release(keys: Iterable<PartKey>): Promise<void>;
	/** Ends the signs of life and gives back everything. */
	close(): Promise<void>;
};

export type LeaseOptions = {
	readonly fs: FileSystem;
	/** Of the store. */
	readonly directory: string;
	/** How often a run gives a sign of life. */
	readonly beatMs?: number;
	/** How long the same sign of life may stand, by the watcher's own clock, before the run counts as gone. */
	readonly expiryMs?: number;
};

/** The name of a lease is the key of its part. */
const KEY = /^[0-9a-f]{64}$/;
const BEAT_MS = 3_000;
const EXPIRY_MS = 20_000;

/** The last sign of life of a run, and when this process first saw it, on a clock that only goes forward. */
type Sighting = { readonly beat: string; readonly atMs: number };

type Desk = {
	readonly fs: FileSystem;
	readonly folder: string;
	readonly expiryMs: number;
	readonly self: LeaseHolder;
	readonly mine: Set<PartKey>;
	readonly sightings: Map<string, Sighting>;
};

/** Opens the leases of a store for one run. Nothing is written before the first `take`. */
export const openPartLeases = async ({ fs, directory, beatMs = BEAT_MS, expiryMs = EXPIRY_MS }: LeaseOptions): Promise<PartLeases> => {
	const folder = join(directory, 'leases');
	const self = { ...thisProcess(), host: hostname(), since: new Date().toISOString(), token: temporaryName('beat') };
	const desk: Desk = { fs, folder, expiryMs, self, mine: new Set(), sightings: new Map() };
	await sweep(desk);
	const heart = startHeart(desk, beatMs);
	return {
		take: async (keys) => {
			await heart.start();
			return collect(keys, (key) => takeOne(desk, key));
		},
		heldByOthers: (keys) => collect(keys, (key) => otherHolder(desk, key)),
		release: (keys) => release(desk, keys),
		async close() {
			await heart.stop();
			await release(desk, [...desk.mine]);
			await discard(fs, beatFile(desk, self.token));
			// What others left that were killed meanwhile, too.
			await sweep(desk);
		},
	};
};

const collect = async (
	keys: Iterable<PartKey>,
	look: (key: PartKey) => Promise<LeaseHolder | null>,
): Promise<ReadonlyMap<PartKey, LeaseHolder>> => {
	const held = new Map<PartKey, LeaseHolder>();
	for (const key of keys) {
		const holder = await look(key).catch(() => null);
		if (holder !== null) held.set(key, holder);
	}
	return held;
};

const beatFile = ({ folder }: Pick<Desk, 'folder'>, token: string): string => join(folder, token);

/** A run gives one sign of life for all of its leases: a number that grows. */
const startHeart = (desk: Desk, beatMs: number): { start(): Promise<void>; stop(): Promise<void> } => {
	let count = 0;
	let timer: NodeJS.Timeout | null = null;
	let beating: Promise<void> = Promise.resolve();
	const beat = (): Promise<void> => {
		const text = String(count++);
		beating = beating.then(() => replace(desk, beatFile(desk, desk.self.token), text)).catch(() => {});
		return beating;
	};
	return {
		async start() {
			if (timer !== null) return;
			timer = setInterval(beat, beatMs);
			timer.unref();
			await desk.fs.mkdir(desk.folder, { recursive: true }).catch(() => {});
			await beat();
		},
		async stop() {
			if (timer !== null) clearInterval(timer);
			await beating;
		},
	};
};

const writeTemporary = async ({ fs, folder }: Desk, text: string): Promise<string> => {
	const temporary = join(folder, temporaryName('lease'));
	const handle = await fs.open(temporary, 'wx');
	try {
		await handle.writeFile(text);
	} finally {
		await handle.close();
	}
	return temporary;
};

const replace = async (desk: Desk, file: string, text: string): Promise<void> => {
	const temporary = await writeTemporary(desk, text);
	await desk.fs.rename(temporary, file).catch(() => discard(desk.fs, temporary));
};

/** Null when the lease is ours now. */
const takeOne = async (desk: Desk, key: PartKey): Promise<LeaseHolder | null> => {
	if (desk.mine.has(key) || (await create(desk, key))) return null;
	const holder = await otherHolder(desk, key);
	if (holder !== null) return holder;
	await breakLease(desk, key);
	// When another run was faster, it is the holder.
	return (await create(desk, key)) ? null : otherHolder(desk, key);
};

/** With its whole content at once, and only where there is none: a link does both. */
const create = async (desk: Desk, key: PartKey): Promise<boolean> => {
	const temporary = await writeTemporary(desk, JSON.stringify(desk.self));
	try {
		await desk.fs.link(temporary, join(desk.folder, key));
		desk.mine.add(key);
		return true;
	} catch (error) {
		// A file system without links has no leases: everybody draws.
		if (errorCode(error) !== 'EEXIST') throw error;
		return false;
	} finally {
		await discard(desk.fs, temporary);
	}
};

const TOKEN = /^\.reelform-\d+-[0-9a-f]{8}-[0-9a-f-]{36}\.beat$/;

const read = async ({ fs }: Desk, file: string): Promise<LeaseHolder | null> => {
	const value = parseObject(await fs.readFile(file, 'utf8').catch(() => ''));
	if (value === null) return null;
	const { pid, realm, startedAt, host, since, token } = value;
	if (typeof pid !== 'number' || typeof realm !== 'string' || typeof host !== 'string' || typeof since !== 'string') return null;
	if (typeof token !== 'string' || !TOKEN.test(token)) return null;
	return { pid, realm, host, since, token, startedAt: typeof startedAt === 'string' ? startedAt : null };
};

/** Null when nobody holds it, or nobody who lives. */
const otherHolder = async (desk: Desk, key: PartKey): Promise<LeaseHolder | null> => {
	const holder = await read(desk, join(desk.folder, key));
	if (holder === null || holder.token === desk.self.token) return null;
	return (await isGone(desk, holder)) ? null : holder;
};

/** Dead, or without a sign of life for as long as is allowed: stopped, on a machine that lost its power, behind a network that is cut. */
const isGone = async (desk: Desk, holder: LeaseHolder): Promise<boolean> => {
	if (lifeOf(holder) === 'dead') return true;
	const beat = await desk.fs.readFile(beatFile(desk, holder.token), 'utf8').catch(() => 'none');
	const seen = desk.sightings.get(holder.token);
	const now = performance.now();
	if (seen?.beat === beat) return now - seen.atMs > desk.expiryMs;
	desk.sightings.set(holder.token, { beat, atMs: now });
	return false;
};

/**
 * Takes away the lease of a run that is gone. Moved aside first and read there: when it is a living run's, which took it over in between, it is put back.
 */
const breakLease = async (desk: Desk, key: PartKey): Promise<void> => {
	const file = join(desk.folder, key);
	const aside = join(desk.folder, temporaryName('lease'));
	await desk.fs.rename(file, aside);
	const holder = await read(desk, aside);
	if (holder === null || (await isGone(desk, holder))) await discard(desk.fs, aside);
	else await desk.fs.rename(aside, file);
};

const release = async (desk: Desk, keys: Iterable<PartKey>): Promise<void> => {
	for (const key of keys) {
		if (!desk.mine.delete(key)) continue;
		const file = join(desk.folder, key);
		// A run that was stopped for long may have lost it to another.
		if ((await read(desk, file))?.token === desk.self.token) await discard(desk.fs, file);
	}
};

/** Removes what runs of this machine left that are gone. */
const sweep = async (desk: Desk): Promise<void> => {
	await sweepTemporaryFiles(desk.fs, desk.folder);
	for (const name of await desk.fs.readdir(desk.folder).catch(() => [])) {
		if (!KEY.test(name)) continue;
		const holder = await read(desk, join(desk.folder, name));
		if (holder === null || lifeOf(holder) === 'dead') await breakLease(desk, name as PartKey).catch(() => {});
	}
};
