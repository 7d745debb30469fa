import { resolve } from 'node:path';
import { readSpec } from '../compiler/pipeline.ts';
import { errorAt, fail, succeed } from '../diagnostics/diagnostic.ts';
import type { AssetLock } from '../model/asset-lock.ts';
import { RenderFailure } from '../model/failure.ts';
import type { AssetRequest } from '../ports/asset-request.ts';
import type { Recode } from '../ports/recode.ts';
import { chooseHit } from '../providers/assets/choose.ts';
import { gradePicture } from '../providers/assets/grade.ts';
import { gradeFootage } from '../providers/assets/grade-footage.ts';
import { readLock, updateLock } from '../providers/assets/lock.ts';
import { keptByLocks } from '../providers/assets/lock-search.ts';
import { type AssetAddresses, openAssetProviders } from '../providers/assets/open-providers.ts';
import { resolveAssets } from '../providers/assets/resolve.ts';
import { checkFetched } from '../providers/assets/resolve-check.ts';
import { standingOf } from '../providers/assets/resolve-locked.ts';
import type { Choose, Grade, ResolveRun, ResolveTools } from '../providers/assets/resolve-types.ts';
import { type Fetcher, openFetcher } from '../providers/http/fetcher.ts';
import { projectFolders } from '../providers/project-file.ts';
import type { CloudName } from '../providers/voice/services.ts';
import type { DecodeSound } from '../providers/voice/wellsaid.ts';
import type { Resolution } from '../renderer/resolution.ts';
import type { InstalledFfmpeg } from '../renderer/resolve-ffmpeg.ts';
import type { AssetDesk, AssetEstimate, ListedAsset, OpenedDesk, ResolveChoice } from './assets/desk.ts';
import { readSpecFile } from './read-spec-file.ts';
import { type AssetPlace, type CampaignAssets, openCampaignAssets } from './wire-assets.ts';
import { openPaidVoices, type PaidVoices } from './wire-paid-voices.ts';

export type DeskPlace = AssetPlace & {
	/** The project's `.reelform` folder. */
	readonly stateDirectory: string;
	/** For services that send compressed sound. */
	readonly decode: DecodeSound;
	/** For footage that is graded. */
	readonly ffmpeg: () => Promise<Resolution<InstalledFfmpeg>>;
	/** In place of the services' own addresses and of the network. */
	readonly services?: {
		readonly openFetcher: () => Fetcher;
		readonly assets: AssetAddresses;
		readonly voices: Partial<Readonly<Record<CloudName, string>>>;
	};
};

/** Everything that the commands of assets do. The spec must be right as far as it tells. */
export const openDesk = async (place: DeskPlace, file: string): Promise<OpenedDesk> => {
	const text = await readSpecFile(place.cwd, file);
	if (!text.ok) return { sources: new Map(), outcome: text };
	const sources = new Map([[file, text.value]]);
	const checked = readSpec({ file, text: text.value });
	if (!checked.ok) return { sources, outcome: checked };
	const { spec, rangeOf } = checked.value;
	const assets = await openCampaignAssets(place, { file, spec });
	const problem = assets.problem ?? (assets.lock.ok ? null : assets.lock.problem);
	if (problem !== null) return { sources, outcome: fail(errorAt(rangeOf(['assets'], 'key'), problem.code, problem.summary, problem.hint)) };
	const voices = openPaidVoices(place, { checked: checked.value, assets });
	return { sources, outcome: succeed(deskOf(place, { file, campaign: spec.campaign, assets, voices })) };
};

type Desk = Resolving & { readonly campaign: string; readonly voices: PaidVoices };

const deskOf = (place: DeskPlace, { file, campaign, assets, voices }: Desk): AssetDesk => {
	const { needs, lockFile } = assets;
	return {
		campaign,
		file,
		lockFile,
		cacheDirectory: assets.cache.directory,
		list: async () => {
			const lock = await readLock(lockFile);
			const known = lock.ok ? lock.value : null;
			const spoken = new Map((await voices.list(known)).map((voice) => [voice.name, voice]));
			return Promise.all(needs.requests.map(async (request) => spoken.get(request.name) ?? listed(request, known, assets)));
		},
		estimate: async (choice) => [...(await estimate(place, { file, assets, choice })), ...(await voices.estimate(choice.only))],
		resolve: async function* (choice, signal) {
			const fetcher = (place.services?.openFetcher ?? openFetcher)();
			const budget = { spent: 0 };
			try {
				const run = { ...runOf(assets, { file, choice, signal }), budget };
				yield* resolveAssets(run, await toolsOf(place, { file, assets, fetcher }));
				yield* voices.resolve({ only: choice.only, fetcher, budget, signal });
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
type Fetching = Resolving & { readonly fetcher: Fetcher };

const runOf = (
	{ needs, lockFile }: CampaignAssets,
	{ file, choice, signal }: { readonly file: string; readonly choice: ResolveChoice; readonly signal: AbortSignal },
): ResolveRun => ({
	requests: needs.requests.filter(({ name }) => choice.only === null || choice.only.includes(name)),
	taste: needs.taste,
	lockFile,
	spec: file,
	maxCost: needs.rules.maxCost,
	update: new Set(choice.update),
	pins: choice.pins,
	signal,
});

const toolsOf = async (place: DeskPlace, { file, assets, fetcher }: Fetching): Promise<ResolveTools> => {
	const { specFolder } = projectFolders(resolve(place.cwd, file));
	return {
		providers: openAssetProviders({
			environment: assets.environment,
			fetcher,
			folder: resolve(specFolder, assets.needs.rules.folder),
			...(place.services === undefined ? {} : { baseUrls: place.services.assets }),
			now: place.now,
		}),
		cache: assets.cache,
		choose,
		grade: gradingWith(recodingWith(place)),
		check: checkFetched,
		now: place.now,
	};
};

const choose: Choose = (hits, taste) => chooseHit(hits, taste);

const gradingWith =
	(recode: Recode): Grade =>
	async (file, { kind, palette, directory, signal }) => {
		const grading = { palette, directory, cost: null };
		const graded = kind === 'image' ? await gradePicture(file, grading) : await gradeFootage(file, { ...grading, signal }, recode);
		return graded.ok ? { ok: true, value: graded.value.file } : graded;
	};

/** What it needs is loaded when there is footage to grade. */
const recodingWith =
	({ ffmpeg }: DeskPlace): Recode =>
	async (order, change, signal) => {
		const [{ recodeVideo }, { chosen }] = await Promise.all([import('../renderer/recode-video.ts'), ffmpeg()]);
		if (chosen === null) throw new RenderFailure('ENCODE', 'there is no encoder');
		return recodeVideo(chosen, order, change, signal);
	};

/** Only what would be asked for counts, and only where it may cost something. */
const estimate = async (
	place: DeskPlace,
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
