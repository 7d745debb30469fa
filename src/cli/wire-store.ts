import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderEvent } from '../model/events.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { FileStore } from '../renderer/file-store.ts';
import { checkStore, claimSegments, pruneStore, touchSegments } from '../renderer/store-upkeep.ts';
import type { CacheUpkeep } from './wiring.ts';

/** Folders of `.reelform`, and what is in them. */
const KINDS: readonly (readonly [kind: string, folder: string])[] = [
	['segments', 'store/segments'],
	['mixes of sound', 'store/mixes'],
	['set aside', 'store/quarantine'],
	['bundles', 'bundles'],
	['frames of videos', 'frames'],
	['pictures of rows', 'assets'],
	['answers of services', 'data'],
	['rejected videos', 'rejected'],
];

/** Looks after the project's state. */
export const cacheUpkeep = (stateDirectory: string, store: FileStore): CacheUpkeep => ({
	stats: async () => {
		const found = await Promise.all(KINDS.map(async ([kind, folder]) => ({ kind, ...(await sizeOf(join(stateDirectory, folder))) })));
		return found.filter(({ files }) => files > 0);
	},
	prune: (maxBytes) => pruneStore(store, maxBytes),
	check: () => checkStore(store),
});

/** Passes on what a render says. Until it ends, `cache prune` leaves its segments alone; afterwards they count as used just now. */
export async function* whileInUse(
	store: FileStore,
	keys: readonly SegmentKey[],
	events: AsyncIterable<RenderEvent>,
): AsyncGenerator<RenderEvent> {
	// A disk that takes no claim takes no segment either: the render says so better.
	const claim = await claimSegments(store, keys).catch(() => null);
	try {
		yield* events;
	} finally {
		await touchSegments(store, keys);
		await claim?.release();
	}
}

const sizeOf = async (folder: string): Promise<{ readonly files: number; readonly bytes: number }> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	let files = 0;
	let bytes = 0;
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const facts = await stat(join(entry.parentPath, entry.name)).catch(() => null);
		if (facts === null) continue;
		files++;
		bytes += facts.size;
	}
	return { files, bytes };
};
