import type { AssetLock, LockedAsset } from '../../model/asset-lock.ts';
import type { AssetRef } from '../../model/drawing.ts';
import type { AssetRequest, AssetState } from '../../ports/asset-request.ts';
import { type InputResult, refuse } from '../input-problem.ts';
import type { AssetCache } from './cache.ts';
import { type Environment, readKeys } from './provider-keys.ts';

/** Id of what is made on this machine in place of a track that nobody gave. Such an entry of a lock has no file. */
export const MADE_HERE = 'made-here';

export const lockedIn = ({ assets }: AssetLock, name: string): LockedAsset | null =>
	Object.hasOwn(assets, name) ? (assets[name] ?? null) : null;

export const isMadeHere = ({ provider, id, bytes }: LockedAsset): boolean => provider === 'local' && id === MADE_HERE && bytes === 0;

/** Where an asset stands, with the file of one that is ready. Reads the whole file. */
export const standingOf = async (
	request: AssetRequest,
	lock: AssetLock,
	cache: Pick<AssetCache, 'find'>,
): Promise<{ readonly state: AssetState; readonly locked: LockedAsset | null; readonly file: string | null }> => {
	const locked = lockedIn(lock, request.name);
	if (!request.isFile) return { state: 'made-here', locked: null, file: null };
	if (locked === null) return { state: 'unresolved', locked, file: null };
	if (locked.query !== request.queryHash) return { state: 'changed', locked, file: null };
	if (isMadeHere(locked)) return { state: 'made-here', locked, file: null };
	const found = await cache.find(locked);
	return found.ok ? { state: 'ready', locked, file: found.file } : { state: found.why, locked, file: null };
};

export type LockedFile = { readonly path: string; readonly bytes: number; readonly asset: AssetRef };

/** The assets of a campaign as its lock has them. */
export type LockedAssets = {
	/** Null for a name that the spec does not have, and for what is made on this machine when it is needed. Each file is checked once. */
	find(name: string): Promise<InputResult<LockedFile> | null>;
};

export const openLockedAssets = (campaign: {
	readonly requests: readonly AssetRequest[];
	readonly lock: InputResult<AssetLock>;
	readonly cache: Pick<AssetCache, 'find'>;
	/** As the user wrote it: commands name it. */
	readonly spec: string;
	readonly environment: Environment;
}): LockedAssets => {
	const { requests, lock, cache, spec, environment } = campaign;
	const known = new Map<string, Promise<InputResult<LockedFile> | null>>();
	const find = async (name: string): Promise<InputResult<LockedFile> | null> => {
		const request = requests.find((one) => one.name === name);
		if (request === undefined || !request.isFile) return null;
		if (!lock.ok) return lock;
		const { state, locked, file } = await standingOf(request, lock.value, cache);
		if (state === 'made-here') return null;
		if (state !== 'ready' || locked === null || file === null) return unusable(request, { state, locked, spec, environment });
		const { sha256, extension, bytes } = locked;
		return { ok: true, value: { path: file, bytes, asset: { sha256, extension } as AssetRef } };
	};
	return {
		find: (name) => {
			const found = known.get(name) ?? find(name);
			known.set(name, found);
			return found;
		},
	};
};

type Lacking = {
	readonly state: AssetState;
	readonly locked: LockedAsset | null;
	readonly spec: string;
	readonly environment: Environment;
};

/** Why an asset cannot be used as it stands, and the command that mends it. */
export const unusable = (
	{ name, provider, fallsBack }: AssetRequest,
	{ state, locked, spec, environment }: Lacking,
): InputResult<never> => {
	const cure = `run \`reelform assets resolve ${spec}\``;
	if (state === 'missing') {
		const what = locked === null ? '' : ` (${locked.provider} ${locked.id}, ${sizeText(locked.bytes)})`;
		return refuse('RF4243', `the file of asset "${name}"${what} is not in the cache`, `${cure} to fetch it`);
	}
	if (state === 'damaged')
		return refuse('RF4244', `the file of asset "${name}" in the cache is not the one of the lockfile`, `${cure} to fetch it again`);
	if (state === 'changed') return refuse('RF4241', `asset "${name}" is asked for otherwise than when it was resolved`, cure);
	const { missing } = readKeys(provider, environment);
	if (missing.length > 0 && !fallsBack) {
		const summary = `asset "${name}" is not resolved yet, and ${provider} needs a key: the environment has no ${missing.join(' and no ')}`;
		return refuse('RF4230', summary, `set ${missing.join(' and ')} and ${cure}, or write \`provider: local\` or \`fallback: local\``);
	}
	return refuse('RF4240', `asset "${name}" is not resolved yet: ${provider} was not asked`, cure);
};

const sizeText = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`);
