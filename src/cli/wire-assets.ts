import { resolve } from 'node:path';
import { assetNeeds } from '../compiler/assets/asset-needs.ts';
import type { DraftSpec } from '../compiler/draft-spec.ts';
import { hintForName } from '../diagnostics/suggest.ts';
import type { AssetLock } from '../model/asset-lock.ts';
import type { AssetSettings } from '../model/asset-settings.ts';
import type { AssetNeeds } from '../ports/asset-request.ts';
import { type AssetCache, cacheDirectoryOf, openAssetCache } from '../providers/assets/cache.ts';
import { lockFileOf, readLock } from '../providers/assets/lock.ts';
import { namesOf } from '../providers/assets/lock-search.ts';
import { PROVIDER_NAMES } from '../providers/assets/provider-names.ts';
import { type LockedAssets, openLockedAssets } from '../providers/assets/resolve-locked.ts';
import { readAssetSettings, SETTINGS_FILE, withKeys } from '../providers/assets/resolve-settings.ts';
import type { InputProblem, InputResult } from '../providers/input-problem.ts';
import { projectFolders } from '../providers/project-file.ts';
import { isVoiceProvider, VOICE_PROVIDERS, type VoiceProviderName } from '../providers/voice/services.ts';
import { keptSentences } from '../providers/voice/voice-cache.ts';
import type { CampaignCache } from './wiring.ts';

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
	/** Who says the voices of the spec that name nobody; null is this machine. */
	readonly voiceProvider: VoiceProviderName | null;
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
	const { voiceProvider, wrong } = voiceDefaultOf(settings);
	const { cacheDirectory, maxBytes, ttlMs } = needs.rules;
	const directory = await cacheDirectoryOf({ root, written: cacheDirectory, environment: place.environment });
	const cache = openAssetCache({ directory, maxBytes, ttlMs, now: place.now });
	const lockFile = lockFileOf(specFile);
	const lock = await readLock(lockFile, PROVIDER_NAMES);
	const environment = withKeys(place.environment, settings);
	return {
		needs,
		lockFile,
		lock,
		cache,
		locked: openLockedAssets({ requests: needs.requests, lock, cache, spec: file, environment }),
		environment,
		voiceProvider,
		problem: read.ok ? wrong : read.problem,
	};
};

const NO_SETTINGS: InputResult<AssetSettings> = { ok: true, value: {} };

/** What a render needs to know of the cache. A cache that cannot be written needs no protection: nobody evicts from it. */
export const campaignCache = ({ cache, lock }: CampaignAssets): CampaignCache => ({
	directory: cache.directory,
	said: () => keptSentences(cache.directory),
	claim: async () => {
		const names = lock.ok ? namesOf(lock.value) : [];
		return (names.length === 0 ? null : await cache.claim(names).catch(() => null)) ?? { release: async () => {} };
	},
});

/** What the plans of one session keep from eviction. */
export const openHolds = () => {
	const claims = new Map<CampaignCache, ReturnType<CampaignCache['claim']>>();
	return {
		hold: async (cache: CampaignCache | undefined): Promise<void> => {
			if (cache === undefined) return;
			const claim = claims.get(cache) ?? cache.claim();
			claims.set(cache, claim);
			await claim;
		},
		release: async (): Promise<void> => {
			await Promise.all([...claims.values()].map(async (claim) => (await claim).release()));
		},
	};
};

type VoiceDefault = { readonly voiceProvider: VoiceProviderName | null; readonly wrong: InputProblem | null };

const voiceDefaultOf = ({ defaults }: AssetSettings): VoiceDefault => {
	const name = defaults?.voice?.provider;
	if (name === undefined) return { voiceProvider: null, wrong: null };
	if (isVoiceProvider(name)) return { voiceProvider: name, wrong: null };
	const summary = `${SETTINGS_FILE} cannot be used: defaults.voice.provider is "${name}", and no voices are from there`;
	return { voiceProvider: null, wrong: { code: 'RF4246', summary, hint: hintForName(name, VOICE_PROVIDERS) } };
};
