import { resolve } from 'node:path';
import { assetNeeds } from '../compiler/assets/asset-needs.ts';
import type { DraftSpec } from '../compiler/draft-spec.ts';
import { readSpec } from '../compiler/pipeline.ts';
import { errorAt, fail, succeed } from '../diagnostics/diagnostic.ts';
import type { AssetLock } from '../model/asset-lock.ts';
import type { AssetSettings } from '../model/asset-settings.ts';
import type { AssetNeeds, AssetRequest } from '../ports/asset-request.ts';
import { type AssetCache, cacheDirectoryOf, openAssetCache } from '../providers/assets/cache.ts';
import { chooseHit } from '../providers/assets/choose.ts';
import { gradePicture } from '../providers/assets/grade.ts';
import { lockFileOf, readLock, updateLock } from '../providers/assets/lock.ts';
import { keptByLocks } from '../providers/assets/lock-search.ts';
import { openAssetProviders } from '../providers/assets/open-providers.ts';
import { resolveAssets } from '../providers/assets/resolve.ts';
import { checkFetched } from '../providers/assets/resolve-check.ts';
import { type LockedAssets, openLockedAssets, standingOf } from '../providers/assets/resolve-locked.ts';
import { readAssetSettings, withKeys } from '../providers/assets/resolve-settings.ts';
import type { Choose, Grade, ResolveTools } from '../providers/assets/resolve-types.ts';
import { openFetcher } from '../providers/http/fetcher.ts';
import type { InputProblem, InputResult } from '../providers/input-problem.ts';
import { projectFolders } from '../providers/project-file.ts';
import type { AssetDesk, AssetEstimate, ListedAsset, OpenedDesk, ResolveChoice } from './assets/desk.ts';
import { readSpecFile } from './read-spec-file.ts';

export type AssetPlace = {
	readonly cwd: string;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly now: () => number;
};

/** The assets of a campaign: what it asks for, what its lock says, and where files are kept. */
export type CampaignAssets = {
	readonly needs: AssetNeeds;
	readonly lockFile: string;
	readonly lock: InputResult<AssetLock>;
	readonly cache: AssetCache;
	readonly locked: LockedAssets;
	/** With the keys of the settings. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Why the settings cannot be used. */
	readonly problem: InputProblem | null;
};

/** Reads the lock and the settings beside a spec. Asks nobody. */
export const openCampaignAssets = async (
	place: AssetPlace,
	{ file, spec }: { readonly file: string; readonly spec: DraftSpec },
): Promise<CampaignAssets> => {
	const specFile = resolve(place.cwd, file);
	const { specFolder, root } = projectFolders(specFile);
	const read = spec.assets === undefined ? NO_SETTINGS : await readAssetSettings(specFolder);
	const settings = read.ok ? read.value : {};
	const needs = assetNeeds(spec, settings);
	const { cacheDirectory, maxBytes, ttlMs } = needs.rules;
	const directory = await cacheDirectoryOf({ root, written: cacheDirectory, environment: place.environment });
	const cache = openAssetCache({ directory, maxBytes, ttlMs, now: place.now });
	const lockFile = lockFileOf(specFile);
	const lock = await readLock(lockFile);
	return {
		needs,
		lockFile,
		lock,
		cache,
		locked: openLockedAssets({ requests: needs.requests, lock, cache, spec: file }),
		environment: withKeys(place.environment, settings),
		problem: read.ok ? null : read.problem,
	};
};

const NO_SETTINGS: InputResult<AssetSettings> = { ok: true, value: {} };

/** Everything that the commands of assets do. The spec must be right as far as it tells. */
export const openDesk = async (place: AssetPlace, file: string): Promise<OpenedDesk> => {
	const text = await readSpecFile(place.cwd, file);
	if (!text.ok) return { sources: new Map(), outcome: text };
	const sources = new Map([[file, text.value]]);
	const checked = readSpec({ file, text: text.value });
	if (!checked.ok) return { sources, outcome: checked };
	const { spec, rangeOf } = checked.value;
	const assets = await openCampaignAssets(place, { file, spec });
	const problem = assets.problem ?? (assets.lock.ok ? null : assets.lock.problem);
	if (problem !== null) return { sources, outcome: fail(errorAt(rangeOf(['assets'], 'key'), problem.code, problem.summary, problem.hint)) };
	return { sources, outcome: succeed(deskOf(place, { file, campaign: spec.campaign, assets })) };
};

type Desk = { readonly file: string; readonly campaign: string; readonly assets: CampaignAssets };

const deskOf = (place: AssetPlace, { file, campaign, assets }: Desk): AssetDesk => {
	const { needs, lockFile } = assets;
	return {
		campaign,
		file,
		lockFile,
		list: async () => {
			const lock = await readLock(lockFile);
			return Promise.all(needs.requests.map((request) => listed(request, lock.ok ? lock.value : null, assets)));
		},
		estimate: (choice) => estimate(place, { file, assets, choice }),
		resolve: async function* (choice, signal) {
			const fetcher = openFetcher();
			try {
				yield* resolveAssets(runOf(assets, { file, choice, signal }), await toolsOf(place, { file, assets, fetcher }));
				const { root } = projectFolders(resolve(place.cwd, file));
				const kept = await keptByLocks(root);
				if (kept !== null) await assets.cache.evict(kept);
			} finally {
				await fetcher.close();
			}
		},
		keep: async (name) => {
			const changed = await updateLock(lockFile, (lock) => {
				const locked = lock.assets[name];
				return locked === undefined ? lock : { ...lock, assets: { ...lock.assets, [name]: { ...locked, pinned: true } } };
			});
			return changed.ok && changed.value.assets[name]?.pinned === true;
		},
	};
};

const listed = async (request: AssetRequest, lock: AssetLock | null, { cache }: CampaignAssets): Promise<ListedAsset> => {
	const { name, asked, provider, query } = request;
	const about = { name, kind: asked, provider, what: query.text };
	if (lock === null) return { ...about, state: 'unresolved', locked: null };
	const { state, locked } = await standingOf(request, lock, cache);
	return { ...about, state, locked };
};

type Resolving = { readonly file: string; readonly assets: CampaignAssets };
type Fetching = Resolving & { readonly fetcher: ReturnType<typeof openFetcher> };

const runOf = (
	{ needs, lockFile }: CampaignAssets,
	{ file, choice, signal }: { readonly file: string; readonly choice: ResolveChoice; readonly signal: AbortSignal },
) => ({
	requests: needs.requests.filter(({ name }) => choice.only === null || choice.only.includes(name)),
	taste: needs.taste,
	lockFile,
	spec: file,
	maxCost: needs.rules.maxCost,
	update: new Set(choice.update),
	pins: choice.pins,
	signal,
});

const toolsOf = async (place: AssetPlace, { file, assets, fetcher }: Fetching): Promise<ResolveTools> => {
	const { specFolder } = projectFolders(resolve(place.cwd, file));
	return {
		providers: openAssetProviders({
			environment: assets.environment,
			fetcher,
			folder: resolve(specFolder, assets.needs.rules.folder),
			now: place.now,
		}),
		cache: assets.cache,
		choose,
		grade,
		check: checkFetched,
		now: place.now,
	};
};

const choose: Choose = (hits, taste) => chooseHit(hits, taste);

const grade: Grade = async (file, { palette, directory }) => {
	const graded = await gradePicture(file, { palette, directory, cost: null });
	return graded.ok ? { ok: true, value: graded.value.file } : graded;
};

/** Only what would be asked for counts, and only where it may cost something. */
const estimate = async (
	place: AssetPlace,
	{ file, assets, choice }: Resolving & { readonly choice: ResolveChoice },
): Promise<readonly AssetEstimate[]> => {
	const fetcher = openFetcher();
	try {
		const { providers } = await toolsOf(place, { file, assets, fetcher });
		const lock = await readLock(assets.lockFile);
		const found: AssetEstimate[] = [];
		for (const request of runOf(assets, { file, choice, signal: new AbortController().signal }).requests) {
			const provider = providers.get(request.provider);
			if (!request.isFile || provider === undefined || !lock.ok) continue;
			const { state, locked } = await standingOf(request, lock.value, assets.cache);
			const isWanted = choice.update.includes(request.name) && locked?.pinned !== true;
			if (!isWanted && state !== 'unresolved' && state !== 'changed') continue;
			const dollars = provider.estimate(request.query);
			if (provider.works === 'generate' ? dollars !== 0 : (dollars ?? 0) > 0)
				found.push({ name: request.name, provider: request.provider, dollars });
		}
		return found;
	} finally {
		await fetcher.close();
	}
};
