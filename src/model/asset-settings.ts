import type { AskedKind } from './asset-question.ts';

/** What `reelform.assets.mjs` beside a spec may say. The spec's own words go before it. */
export type AssetSettings = {
	readonly cache?: {
		/** Relative to the project. */
		readonly directory?: string;
		/** `10GB`. */
		readonly maxSize?: string;
		/** `30d`: how long answers to searches are good. */
		readonly ttl?: string;
	};
	/** Keys as the environment has them: from the environment, such as `PEXELS_KEY`. They are used, and written nowhere. */
	readonly providers?: Readonly<Record<string, { readonly apiKey?: string | undefined }>>;
	/** Who is asked where the spec names nobody. */
	readonly defaults?: Readonly<Partial<Record<AskedKind, { readonly provider?: string }>>>;
	/** US dollars that one resolve may spend. */
	readonly maxCost?: number;
};

const KINDS: readonly AskedKind[] = [
	'stockVideo',
	'stockImage',
	'stockIcon',
	'generatedImage',
	'voice',
	'stockMusic',
	'generatedMusic',
	'soundEffect',
];

/**
 * Settings that are right, as they were given.
 * @throws TypeError that names the setting and what it may be; never a key
 */
export const configureAssets = (settings: AssetSettings): AssetSettings => {
	onlyKeys(settings, ['cache', 'providers', 'defaults', 'maxCost'], 'configureAssets');
	const { cache = {}, providers = {}, defaults = {}, maxCost } = settings;
	onlyKeys(cache, ['directory', 'maxSize', 'ttl'], 'cache');
	if (cache.directory !== undefined && (typeof cache.directory !== 'string' || cache.directory === ''))
		throw new TypeError('cache.directory is a path, relative to the project');
	if (cache.maxSize !== undefined) bytesOfSize(cache.maxSize);
	if (cache.ttl !== undefined) millisecondsOf(cache.ttl);
	onlyKeys(defaults, KINDS, 'defaults');
	onlyKeys(providers, Object.keys(providers), 'providers');
	for (const [name, provider] of Object.entries(providers)) {
		onlyKeys(provider, ['apiKey'], `providers.${name}`);
		if (provider.apiKey !== undefined && typeof provider.apiKey !== 'string') throw new TypeError(`providers.${name}.apiKey is a text`);
	}
	for (const [kind, choice] of Object.entries(defaults)) {
		onlyKeys(choice, ['provider'], `defaults.${kind}`);
		if (choice.provider !== undefined && typeof choice.provider !== 'string') throw new TypeError(`defaults.${kind}.provider is a name`);
	}
	if (maxCost !== undefined && !(typeof maxCost === 'number' && maxCost >= 0)) throw new TypeError('maxCost is a number of US dollars');
	return settings;
};

const onlyKeys = (value: unknown, allowed: readonly string[], name: string): void => {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${name} takes an object`);
	const other = Object.keys(value).find((key) => !allowed.includes(key));
	if (other !== undefined) throw new TypeError(`${name} has no setting "${other}": it has ${allowed.join(', ')}`);
};

const SIZES: Readonly<Record<string, number>> = { KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };
const SPANS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10GB` to bytes. @throws TypeError */
export const bytesOfSize = (written: string): number => {
	const [, amount, unit] = /^([0-9]+(?:\.[0-9]+)?)(KB|MB|GB|TB)$/.exec(written) ?? [];
	if (amount === undefined || unit === undefined) throw new TypeError('a size is written as 500MB or 10GB');
	return Math.round(Number(amount) * SIZES[unit]!);
};

/** `30d` to milliseconds. @throws TypeError */
export const millisecondsOf = (written: string): number => {
	const [, amount, unit] = /^([0-9]+)([smhd])$/.exec(written) ?? [];
	if (amount === undefined || unit === undefined) throw new TypeError('a time is written as 90s, 10m, 12h or 30d');
	return Number(amount) * SPANS[unit]!;
};
