import type { CacheEntry, CacheKind, Keeping } from './cache-kinds.ts';
import type { Claims } from './claims.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';

/** What there is of a kind, and how much of it nothing removes. */
export type KindSize = {
	readonly kind: string;
	/** Segments, bundles, files: what is kept or removed as a whole. */
	readonly things: number;
	readonly bytes: number;
	/** How many things stay whatever is asked for, by the reason. */
	readonly kept: Readonly<Partial<Record<Keeping | 'in use', number>>>;
};

export type PrunedKind = KindSize & { readonly removed: number; readonly bytesRemoved: number };

/** The claims of living runs as they are at each call. */
type LookAtClaims = () => Promise<Claims>;

export const measureKinds = async (kinds: readonly CacheKind[], claims: LookAtClaims): Promise<readonly KindSize[]> => {
	const now = await claims();
	const sizes: KindSize[] = [];
	for (const kind of kinds) sizes.push(sizeOf(kind, await collect(kind), now));
	return sizes;
};

/**
 * Removes what can be made again for nothing, of all kinds what was not used for longest, until everything together is at most `maxBytes`. What a living run
 * has claimed stays; claims are looked at before each step. What cannot be removed counts as being there.
 */
export const pruneKinds = async (
	kinds: readonly CacheKind[],
	{ maxBytes, claims, fs = nodeFileSystem }: { readonly maxBytes: number; readonly claims: LookAtClaims; readonly fs?: FileSystem },
): Promise<readonly PrunedKind[]> => {
	const shelves = await Promise.all(kinds.map(async (kind) => ({ kind, entries: await collect(kind), removed: new Set<CacheEntry>() })));
	let total = sum(shelves.flatMap(({ entries }) => entries));
	const free = shelves
		.flatMap((shelf) => shelf.entries.filter(({ keeping }) => keeping === undefined).map((entry) => ({ entry, shelf })))
		.sort((a, b) => a.entry.usedAt - b.entry.usedAt || (a.entry.name < b.entry.name ? -1 : 1));
	for (const { entry, shelf } of free) {
		if (total <= maxBytes) break;
		if (isHeld(shelf.kind, entry, await claims()) || !(await remove(fs, entry))) continue;
		shelf.removed.add(entry);
		total -= entry.bytes;
	}
	const now = await claims();
	return shelves.map(({ kind, entries, removed }) => ({
		...sizeOf(
			kind,
			entries.filter((entry) => !removed.has(entry)),
			now,
		),
		removed: removed.size,
		bytesRemoved: sum([...removed]),
	}));
};

const isHeld = ({ heldBy }: CacheKind, { name }: CacheEntry, { names, anyone }: Claims): boolean =>
	heldBy === 'name' ? names.has(name) : anyone;

const remove = async (fs: FileSystem, { paths }: CacheEntry): Promise<boolean> => {
	try {
		for (const path of paths) await fs.rm(path, { recursive: true, force: true });
		return true;
	} catch {
		return false;
	}
};

const sizeOf = (kind: CacheKind, entries: readonly CacheEntry[], claims: Claims): KindSize => {
	const kept: Partial<Record<Keeping | 'in use', number>> = {};
	for (const entry of entries) {
		const why = entry.keeping ?? (isHeld(kind, entry, claims) ? 'in use' : null);
		if (why !== null) kept[why] = (kept[why] ?? 0) + 1;
	}
	return { kind: kind.name, things: entries.length, bytes: sum(entries), kept };
};

const sum = (entries: readonly CacheEntry[]): number => entries.reduce((bytes, entry) => bytes + entry.bytes, 0);

const collect = async (kind: CacheKind): Promise<readonly CacheEntry[]> => {
	const entries: CacheEntry[] = [];
	for await (const entry of kind.list()) entries.push(entry);
	return entries;
};
