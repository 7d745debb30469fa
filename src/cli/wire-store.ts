import { join, resolve } from 'node:path';
import type { AudioMessage } from '../model/audio.ts';
import type { RenderEvent } from '../model/events.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import { sentenceKey, voiceWith } from '../model/sentence-key.ts';
import { type CachedThing, cachedFiles, cachedSentences, paidByLocks } from '../providers/assets/cache-contents.ts';
import { locksOf } from '../providers/assets/lock-search.ts';
import { projectFolders } from '../providers/project-file.ts';
import type { AudioStore } from '../renderer/audio-store.ts';
import { blobKind, type CacheEntry, type CacheKind, fileKind, folderKind, type Keeping } from '../renderer/cache-kinds.ts';
import { type Claim, claimNames, watchClaims } from '../renderer/claims.ts';
import type { FileStore } from '../renderer/file-store.ts';
import { measureKinds, pruneKinds } from '../renderer/prune.ts';
import { checkStore, touchRecords } from '../renderer/store-upkeep.ts';
import { assetsOf } from './wire-kept-folders.ts';
import type { CacheUpkeep } from './wiring.ts';

/** Where a project keeps things between commands. */
export type KeptPlace = {
	readonly cwd: string;
	/** Its `.reelform` folder. */
	readonly stateDirectory: string;
	readonly store: FileStore;
	readonly audioStore: AudioStore;
};

/** Looks after what is kept. */
export const cacheUpkeep = (place: KeptPlace): CacheUpkeep => {
	const claims = watchClaims(place.store.directory);
	const kinds = [...stateKinds(place.stateDirectory), ...assetKinds(place.cwd)];
	return {
		stats: async () => (await measureKinds(kinds, claims)).filter(({ things }) => things > 0),
		prune: async (maxBytes) => {
			const pruned = await pruneKinds(kinds, { maxBytes, claims });
			return pruned.filter(({ things, removed }) => things + removed > 0);
		},
		check: async () => [
			{ kind: SEGMENTS, ...(await checkStore(place.store)) },
			{ kind: MIXES, ...(await checkStore(place.audioStore)) },
		],
	};
};

const SEGMENTS = 'segments';
const MIXES = 'mixes of sound';

/** Everything in `.reelform`, each file in one kind. */
export const stateKinds = (stateDirectory: string): readonly CacheKind[] => {
	const at = (path: string): string => join(stateDirectory, path);
	return [
		blobKind(at('store/segments'), { name: SEGMENTS }),
		blobKind(at('store/mixes'), { name: MIXES }),
		folderKind(at('bundles'), { name: 'bundles', first: 'index.html' }),
		folderKind(at('build'), { name: 'compiled for Studio' }),
		fileKind([at('frames')], { name: 'frames of videos' }),
		fileKind([at('assets')], { name: 'pictures of rows' }),
		fileKind([at('data')], { name: 'answers of services' }),
		fileKind([at('recipes'), at('pictures.log')], { name: 'notes' }),
		fileKind([at('store/quarantine')], { name: 'set aside' }),
		fileKind([at('rejected')], { name: 'rejected videos' }),
		fileKind([at('verify')], { name: 'pictures of verify' }),
		fileKind([at('applied'), at('outputs')], { name: 'records of renders', keeping: 'record' }),
		fileKind([at('runs')], { name: 'journals', keeping: 'record' }),
		fileKind([at('cache')], { name: 'browser', keeping: 'program' }),
		fileKind([at('store/tmp'), at('store/leases'), at('store/in-use')], { name: 'at work', keeping: 'in the making' }),
	];
};

/** What the project's own cache of assets holds. Its files have a size of their own that they are kept to. */
const assetKinds = (cwd: string): readonly CacheKind[] => {
	const directory = assetsOf(cwd);
	const paid = async () => paidByLocks(await locksOf(projectFolders(join(cwd, 'x')).root));
	return [
		thingKind('spoken sentences', async () => cachedSentences(directory, await paid())),
		thingKind('assets', async () => cachedFiles(directory, await paid()), 'asset'),
		fileKind([join(directory, 'answers')], { name: 'answers to searches' }),
	];
};

const thingKind = (name: string, things: () => Promise<AsyncIterable<CachedThing>>, rest?: Keeping): CacheKind => ({
	name,
	heldBy: 'name',
	async *list(): AsyncGenerator<CacheEntry> {
		for await (const { paid, ...thing } of await things()) {
			const keeping = paid ? 'paid' : rest;
			yield { ...thing, ...(keeping === undefined ? {} : { keeping }) };
		}
	},
});

/** Until it is released, `cache prune` leaves alone what every run uses. A disk that takes no claim takes nothing else either: the run says so better. */
export const claimPresence = async ({ store }: Pick<KeptPlace, 'store'>, names: Iterable<string> = []): Promise<Claim> =>
	(await claimNames(store.directory, names).catch(() => null)) ?? { release: async () => {} };

/** A plan, and the folder that its spoken sentences are in. */
export type Used = { readonly plan: ExecutablePlan; readonly assetDirectory: string };

/** Passes on what a render says. Until it ends, `cache prune` leaves alone what it needs; afterwards that counts as used just now. */
export async function* whileInUse(
	{ store }: Pick<KeptPlace, 'store'>,
	{ plan, assetDirectory }: Used,
	events: AsyncIterable<RenderEvent>,
): AsyncGenerator<RenderEvent> {
	const segments = plan.plan.segments.map(({ key }) => key);
	const mixes = Object.keys(plan.sounds ?? {});
	const sentences = sentencesOf(Object.values(plan.sounds ?? {}));
	const claim = await claimPresence({ store }, [...segments, ...mixes, ...sentences]);
	try {
		yield* events;
	} finally {
		await touchRecords(join(store.directory, 'segments'), segments);
		await touchRecords(join(store.directory, 'mixes'), mixes);
		await touchRecords(join(resolve(assetDirectory), 'voices'), sentences);
		await claim.release();
	}
}

const sentencesOf = (sounds: readonly AudioMessage[]): readonly string[] => {
	const keys = new Set<string>();
	for (const { cues } of sounds)
		for (const { source } of cues) {
			if (source.type !== 'speech') continue;
			for (const part of source.parts) if (part.kind === 'sentence') keys.add(sentenceKey(voiceWith(source.voice, part.prosody), part));
		}
	return [...keys];
};
