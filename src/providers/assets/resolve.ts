import type { LockedAsset } from '../../model/asset-lock.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import { sha256Hex } from '../../model/keys.ts';
import type { AssetHit, AssetProvider, FetchedAsset, ProviderProblem, ProviderResult } from '../../ports/asset-provider.ts';
import type { AssetRequest, ResolveEvent } from '../../ports/asset-request.ts';
import { type InputProblem, type InputResult, refuse } from '../input-problem.ts';
import { readLock, updateLock } from './lock.ts';
import { isMadeHere, MADE_HERE, standingOf } from './resolve-locked.ts';
import type { CheckedFile, ResolveRun, ResolveTools } from './resolve-types.ts';
import { withoutSecrets } from './resolve-url.ts';

type Work = { readonly run: ResolveRun; readonly tools: ResolveTools; readonly budget: { spent: number } };

/**
 * Finds and fetches what is not at hand, one asset after the other. Each goes into the lock as soon as its file is in the cache: what was paid for stays
 * when a later one fails. One asset is resolved once, however many do this at the same time.
 */
export async function* resolveAssets(run: ResolveRun, tools: ResolveTools): AsyncGenerator<ResolveEvent> {
	const work: Work = { run, tools, budget: run.budget ?? { spent: 0 } };
	for (const request of run.requests) {
		if (run.signal.aborted) return;
		if (request.isFile) yield* await tools.cache.inTurn(sha256Hex(`${run.lockFile}\n${request.name}`), () => resolveOne(request, work));
	}
}

const resolveOne = async (request: AssetRequest, work: Work): Promise<readonly ResolveEvent[]> => {
	const { run, tools } = work;
	const { name } = request;
	const lock = await readLock(run.lockFile);
	if (!lock.ok) return [{ type: 'failed', name, problem: lock.problem }];
	const { state, locked } = await standingOf(request, lock.value, tools.cache);
	const pin = run.pins.get(name) ?? request.pin ?? (locked?.pinned === true && isOf(request, locked) ? locked.id : null);
	const isPinned = locked?.pinned === true || request.pin !== null;
	const anew = (run.pins.has(name) && run.pins.get(name) !== locked?.id) || (run.update.has(name) && !isPinned);
	if (!anew && (state === 'ready' || (state === 'made-here' && locked !== null))) return [];
	if (!anew && locked !== null && (state === 'missing' || state === 'damaged')) return [await fetchAgain(request, locked, work)];
	return takeAnew(request, { pin, keepPin: run.pins.has(name) || (locked?.pinned === true && pin !== null && request.pin === null) }, work);
};

const isOf = ({ provider }: AssetRequest, locked: LockedAsset): boolean => locked.provider === provider && !isMadeHere(locked);

type Taken = { readonly hit: AssetHit; readonly why: string; readonly checked: CheckedFile; readonly fetched: FetchedAsset };
type Failed = { readonly ok: false; readonly problem: InputProblem & { readonly kind?: ProviderProblem['kind'] } };
type Taking = { readonly ok: true; readonly value: Taken } | Failed;

type Pin = { readonly pin: string | null; readonly keepPin: boolean };

const takeAnew = async (request: AssetRequest, { pin, keepPin }: Pin, work: Work): Promise<readonly ResolveEvent[]> => {
	const { name } = request;
	const taken = await takeFrom(request.provider, request, { pin, work });
	if (taken.ok) return [await lockIn(request, { ...taken.value, provider: request.provider, pinned: keepPin }, work)];
	const problem = plain(taken.problem);
	const cannotBeAsked = taken.problem.kind === 'key' || taken.problem.code === 'RF4235';
	if (!request.fallsBack || !cannotBeAsked || request.provider === 'local') return [{ type: 'failed', name, problem }];
	const fallback: ResolveEvent = { type: 'fallback', name, provider: request.provider, problem };
	if (request.query.kind === 'music' || request.query.kind === 'generated-music') return [fallback, await lockMadeHere(request, work)];
	const local = await takeFrom('local', request, { pin: null, work });
	if (!local.ok) return [fallback, { type: 'failed', name, problem: plain(local.problem) }];
	return [fallback, await lockIn(request, { ...local.value, provider: 'local', pinned: false }, work)];
};

const plain = ({ code, summary, hint }: InputProblem): InputProblem => ({ code, summary, hint });

type From = { readonly pin: string | null; readonly work: Work };

const takeFrom = async (id: string, request: AssetRequest, { pin, work }: From): Promise<Taking> => {
	const provider = work.tools.providers.get(id);
	if (provider === undefined || !provider.kinds.includes(request.query.kind)) return withoutProvider(id, request);
	const found = await findHit(provider, request, { pin, work });
	return found.ok ? fetchHit(provider, request, { ...found.value, work }) : found;
};

const withoutProvider = (id: string, { name, asked }: AssetRequest): Failed => ({
	ok: false,
	problem: { code: 'RF4235', summary: `${id} gives nothing for asset "${name}" (${asked})`, hint: 'name another provider' },
});

type Found = { readonly ok: true; readonly value: { readonly hit: AssetHit; readonly why: string } } | Failed;

const findHit = async (provider: AssetProvider, request: AssetRequest, { pin, work }: From): Promise<Found> => {
	if (pin !== null && provider.works === 'search') return findPinned(provider, request, { pin, work });
	const hits = await search(provider, request, work);
	if (!hits.ok) return hits;
	const { taste } = work.run;
	const chosen = work.tools.choose(hits.value, { ...taste, query: request.query });
	if (chosen !== null) return { ok: true, value: chosen };
	const hint =
		taste.licenses === null ? 'use fewer and plainer words' : 'use fewer and plainer words, or allow more under `assets.licenses`';
	return { ok: false, problem: { code: 'RF4231', summary: `${provider.id} has nothing that suits asset "${request.name}"`, hint } };
};

type Pinned = { readonly pin: string; readonly work: Work };

const findPinned = async (provider: AssetProvider, { name, query }: AssetRequest, { pin, work }: Pinned): Promise<Found> => {
	const { signal } = work.run;
	const asked = provider.find === undefined ? await provider.search(query, signal) : await provider.find(pin, query, signal);
	if (!asked.ok) return asked;
	const hit = Array.isArray(asked.value) ? (asked.value as readonly AssetHit[]).find(({ id }) => id === pin) : (asked.value as AssetHit);
	if (hit !== undefined) return { ok: true, value: { hit, why: 'pinned' } };
	const summary = `${provider.id} no longer has what asset "${name}" is pinned to (${pin})`;
	return { ok: false, problem: { code: 'RF4231', summary, hint: 'pin another, or run `reelform assets update` without a pin' } };
};

/** A search that was asked lately is not asked again, unless something better is wanted. Of what is here, nothing is remembered. */
const search = async (
	provider: AssetProvider,
	{ name, query }: AssetRequest,
	{ run, tools }: Work,
): Promise<ProviderResult<readonly AssetHit[]>> => {
	if (provider.works === 'generate' || provider.id === 'local' || provider.keepsNoAnswers) return provider.search(query, run.signal);
	const question = canonicalJson({ provider: provider.id, query });
	const known = run.update.has(name) ? undefined : await tools.cache.findAnswer(question);
	if (known !== undefined) return { ok: true, value: known as readonly AssetHit[] };
	const hits = await provider.search(query, run.signal);
	if (hits.ok) await tools.cache.keepAnswer(question, hits.value);
	return hits;
};

type Fetching = { readonly hit: AssetHit; readonly why: string; readonly work: Work };

/** Fetches, checks by content, grades, and gives the file to the cache. */
const fetchHit = async (provider: AssetProvider, request: AssetRequest, { hit, why, work }: Fetching): Promise<Taking> => {
	const { run, tools, budget } = work;
	const dear = tooDear(provider, request, work);
	if (!dear.ok) return dear;
	return tools.cache.inWorkFolder(async (directory): Promise<Taking> => {
		const { query } = request;
		const fetched = await provider.fetch(hit, { query, directory, signal: run.signal });
		if (!fetched.ok) return fetched;
		budget.spent += fetched.value.cost ?? hit.cost ?? dear.value;
		const whole = await tools.check(fetched.value.file, request);
		if (!whole.ok) return whole;
		const graded = await gradeFile(fetched.value.file, request, { directory, work });
		if (graded !== null && !graded.ok) return graded;
		const checked = graded === null ? whole : await tools.check(graded.value, request);
		if (!checked.ok) return checked;
		const kept = await tools.cache.put(graded?.value ?? fetched.value.file, checked.value.extension);
		return { ok: true, value: { hit, why, checked: checked.value, fetched: { ...kept, cost: fetched.value.cost ?? hit.cost } } };
	});
};

/** Null for what is taken as it is. */
const gradeFile = async (
	file: string,
	{ graded, query: { kind } }: AssetRequest,
	{ directory, work: { run, tools } }: { readonly directory: string; readonly work: Work },
): Promise<InputResult<string> | null> =>
	graded && (kind === 'image' || kind === 'video')
		? tools.grade(file, { kind, palette: run.taste.palette, directory, signal: run.signal })
		: null;

/** What the next thing costs at most, or why it is not asked for. */
const tooDear = (provider: AssetProvider, { name, query }: AssetRequest, { run: { maxCost }, budget }: Work): InputResult<number> => {
	const cost = provider.estimate(query);
	if (maxCost === null) return { ok: true, value: cost ?? 0 };
	if (cost === null && provider.works === 'generate')
		return refuse('RF4245', `nobody says what asset "${name}" costs at ${provider.id}`, 'leave `assets.maxCost` out to pay for it');
	if (budget.spent + (cost ?? 0) <= maxCost) return { ok: true, value: cost ?? 0 };
	const sum = (budget.spent + (cost ?? 0)).toFixed(2);
	return refuse(
		'RF4245',
		`with asset "${name}" this would cost ${sum} USD, more than ${maxCost}`,
		'raise `assets.maxCost`, or ask for less',
	);
};

type Locking = Taken & { readonly provider: string; readonly pinned: boolean };

const lockIn = async (
	request: AssetRequest,
	{ hit, why, checked, fetched, provider, pinned }: Locking,
	work: Work,
): Promise<ResolveEvent> => {
	const { width, height, seconds, extension } = checked;
	const asset: LockedAsset = {
		query: request.queryHash,
		provider,
		id: hit.id,
		url: hit.page === null ? null : withoutSecrets(hit.page),
		sha256: fetched.sha256,
		extension,
		bytes: fetched.bytes,
		...(width === undefined ? {} : { width }),
		...(height === undefined ? {} : { height }),
		...(seconds === undefined ? {} : { seconds }),
		license: hit.license,
		attribution: hit.attribution,
		cost: fetched.cost,
		resolvedAt: new Date(work.tools.now()).toISOString(),
		...(pinned ? { pinned } : {}),
	};
	return write(request.name, { asset, why }, work);
};

const lockMadeHere = (request: AssetRequest, work: Work): Promise<ResolveEvent> => {
	const asset: LockedAsset = {
		query: request.queryHash,
		provider: 'local',
		id: MADE_HERE,
		url: null,
		sha256: sha256Hex(''),
		extension: '',
		bytes: 0,
		license: 'generated',
		attribution: null,
		cost: 0,
		resolvedAt: new Date(work.tools.now()).toISOString(),
	};
	return write(request.name, { asset, why: 'made on this machine' }, work);
};

const write = async (
	name: string,
	{ asset, why }: { readonly asset: LockedAsset; readonly why: string },
	{ run }: Work,
): Promise<ResolveEvent> => {
	const written = await updateLock(run.lockFile, (lock) => ({ ...lock, assets: { ...lock.assets, [name]: asset } }));
	return written.ok ? { type: 'resolved', name, asset, why } : { type: 'failed', name, problem: written.problem };
};

/** Fetches the very file of the lock. What is made anew every time cannot be. */
const fetchAgain = async (request: AssetRequest, locked: LockedAsset, work: Work): Promise<ResolveEvent> => {
	const { name } = request;
	const failed = (problem: InputProblem): ResolveEvent => ({ type: 'failed', name, problem });
	const provider = work.tools.providers.get(locked.provider);
	const update = `run \`reelform assets update ${work.run.spec} ${name}\` to take what there is now`;
	if (provider === undefined) return failed(withoutProvider(locked.provider, request).problem);
	if (provider.works === 'generate') {
		const made = `the file of asset "${name}" is not in the cache, and ${locked.provider} makes another one every time`;
		return failed({
			code: 'RF4243',
			summary: made,
			hint: `copy the cache from where it was made, or ${update.replace('take', 'pay for')}`,
		});
	}
	const found = await findHit(provider, request, { pin: locked.id, work });
	const taken = found.ok ? await fetchHit(provider, request, { ...found.value, work }) : found;
	if (!taken.ok) return failed(plain(taken.problem));
	if (taken.value.fetched.sha256 === locked.sha256) return { type: 'fetched', name, asset: locked };
	return failed({
		code: 'RF4244',
		summary: `${locked.provider} gives another file for asset "${name}" (${locked.id}) than the lockfile says`,
		hint: update,
	});
};
