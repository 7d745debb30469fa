import { isMap, isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { type AssetLock, LOCK_FORMAT_VERSION, type LockedAsset, type LockedSentence } from '../../model/asset-lock.ts';

export const EMPTY_LOCK: AssetLock = { formatVersion: LOCK_FORMAT_VERSION, assets: {}, sentences: {} };

const HEAD = [
	' What the assets of this campaign turned out to be. Written by `reelform assets resolve`: do not edit by hand.',
	' Commit it: with it and the cache, the same videos come out without a network.',
].join('\n');

/** The text of a lock: names and keys in a stable order, so that a change of one asset is a change of its lines. */
export const lockText = ({ assets, sentences }: AssetLock): string => {
	const sorted = <T>(entries: Readonly<Record<string, T>>, order: (entry: T) => object): object =>
		Object.fromEntries(
			Object.keys(entries)
				.sort()
				.map((name) => [name, order(entries[name]!)]),
		);
	const body = stringify(
		{ formatVersion: LOCK_FORMAT_VERSION, assets: sorted(assets, orderAsset), sentences: sorted(sentences, orderSentence) },
		{ lineWidth: 0 },
	);
	return `${HEAD.replace(/^/gm, '#')}\n${body}`;
};

const orderAsset = (asset: LockedAsset): object => {
	const { query, provider, id, url, sha256, extension, bytes, width, height, seconds, license, attribution, cost, resolvedAt, pinned } =
		asset;
	const all = {
		query,
		provider,
		id,
		url,
		sha256,
		extension,
		bytes,
		width,
		height,
		seconds,
		license,
		attribution,
		cost,
		resolvedAt,
		pinned,
	};
	return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const orderSentence = ({ sha256, extension, bytes, seconds, words, cost, resolvedAt }: LockedSentence): object => ({
	sha256,
	extension,
	bytes,
	seconds,
	words,
	cost,
	resolvedAt,
});

export type LockReading = { readonly ok: true; readonly lock: AssetLock } | { readonly ok: false; readonly why: string };

/**
 * A lock as it was written, or why it is none. Whatever stands in it is checked: hashes and endings become file names. Keys that are not known are those of
 * a later version: they are let be, and lost with the next change. `providers` are all that may be named; any when left out.
 */
export const parseLock = (text: string, providers?: readonly string[]): LockReading => {
	if (/^(<{7}|={7}|>{7})/m.test(text)) return { ok: false, why: 'it has the marks of a merge that was not finished' };
	const lines = new LineCounter();
	const document = parseDocument(text, { uniqueKeys: true, maxAliasCount: 0, lineCounter: lines } as object);
	if (document.errors.length > 0)
		return { ok: false, why: `it is not YAML: ${document.errors[0]!.message.split('\n')[0]!.replace(/:$/, '')}` };
	if (!isMap(document.contents)) return { ok: false, why: 'it is not a mapping' };
	const data = toData(document);
	if (data === null) return { ok: false, why: 'it has aliases' };
	const { formatVersion, assets = {}, sentences = {} } = data;
	if (formatVersion !== LOCK_FORMAT_VERSION)
		return { ok: false, why: `its format is ${String(formatVersion)}, not ${LOCK_FORMAT_VERSION}` };
	if (!isRecord(assets) || !isRecord(sentences)) return { ok: false, why: '`assets` or `sentences` is not a mapping' };
	const badAsset = Object.keys(assets).find((name) => !isLockedAsset(assets[name]));
	const lineOf = (...path: readonly string[]): string => {
		const node = document.getIn(path, true);
		return isNode(node) && node.range ? ` (line ${lines.linePos(node.range[0]).line})` : '';
	};
	if (badAsset !== undefined) return { ok: false, why: `the entry of ${JSON.stringify(badAsset)}${lineOf('assets', badAsset)} is damaged` };
	const strange = Object.keys(assets).find((name) => providers?.includes((assets[name] as LockedAsset).provider) === false);
	if (strange !== undefined) {
		const { provider } = assets[strange] as LockedAsset;
		const close = didYouMean(provider, providers ?? []);
		const meant = close === undefined ? '' : `; "${close}" is one`;
		const place = lineOf('assets', strange, 'provider');
		return {
			ok: false,
			why: `the entry of ${JSON.stringify(strange)} names ${JSON.stringify(provider)}${place}, which is no provider${meant}`,
		};
	}
	const badSentence = Object.keys(sentences).find((key) => !isHash(key) || !isLockedSentence(sentences[key]));
	if (badSentence !== undefined) {
		const place = lineOf('sentences', badSentence);
		return { ok: false, why: `the sentence ${JSON.stringify(badSentence.slice(0, 12))}${place} is damaged` };
	}
	return { ok: true, lock: { formatVersion: LOCK_FORMAT_VERSION, assets, sentences } as AssetLock };
};

const toData = (document: ReturnType<typeof parseDocument>): Readonly<Record<string, unknown>> | null => {
	try {
		return document.toJS({ maxAliasCount: 0 }) as Readonly<Record<string, unknown>>;
	} catch {
		return null;
	}
};

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isHash = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isSize = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const orNull =
	(test: (value: unknown) => boolean) =>
	(value: unknown): boolean =>
		value === null || test(value);
const orNothing =
	(test: (value: unknown) => boolean) =>
	(value: unknown): boolean =>
		value === undefined || test(value);

const isFile = ({ sha256, extension, bytes, cost, resolvedAt }: Fields): boolean =>
	isHash(sha256) &&
	typeof extension === 'string' &&
	/^[a-z0-9]{0,8}$/.test(extension) &&
	isSize(bytes) &&
	orNull(isSize)(cost) &&
	isText(resolvedAt);

const isLockedAsset = (value: unknown): boolean =>
	isRecord(value) &&
	isFile(value) &&
	isHash(value['query']) &&
	[value['provider'], value['id'], value['license']].every(isText) &&
	[value['url'], value['attribution']].every(orNull(isText)) &&
	[value['width'], value['height'], value['seconds']].every(orNothing(isSize)) &&
	orNothing((pinned) => typeof pinned === 'boolean')(value['pinned']);

const isLockedSentence = (value: unknown): boolean =>
	isRecord(value) && isFile(value) && isSize(value['seconds']) && Array.isArray(value['words']) && value['words'].every(isWord);

const isWord = (value: unknown): boolean =>
	Array.isArray(value) && value.length === 3 && isText(value[0]) && isSize(value[1]) && isSize(value[2]);
