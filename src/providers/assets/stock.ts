import type { AssetHit, AssetKind, AssetProvider, AssetQuery, ProviderResult } from '../../ports/asset-provider.ts';
import type { Fetcher } from '../http/contract.ts';
import type { Asker } from './ask.ts';
import type { Fields } from './json-fields.ts';
import { keepDownload, type Link, type Medium } from './keep-file.ts';
import { failed, missingKey, noSuchId, nothingFound } from './provider-problem.ts';

/** What every adapter is given. `apiKey` null: the environment has none. */
export type AdapterOptions = { readonly baseUrl: string; readonly apiKey: string | null; readonly fetcher: Fetcher };

/** What tells one library of media from another. Records are as the service wrote them, unchecked. */
export type Stock = {
	readonly id: string;
	readonly kinds: readonly AssetKind[];
	readonly needs: readonly string[];
	readonly hasKey: boolean;
	readonly keepsNoAnswers?: true;
	readonly fetcher: Fetcher;
	readonly search: (query: AssetQuery, asker: Asker) => Promise<ProviderResult<readonly Fields[]>>;
	/** One record by its id. */
	readonly lookUp: (id: string, query: AssetQuery, asker: Asker) => Promise<ProviderResult<Fields>>;
	/** Null for a record that is of no use. */
	readonly hitOf: (record: Fields, query: AssetQuery) => AssetHit | null;
	/** Where the smallest rendition that is large enough can be had. Does what the licence asks for on use. */
	readonly linkOf: (record: Fields, query: AssetQuery, asker: Asker) => Promise<ProviderResult<Link>>;
};

const MOST_HITS = 80;

export const mediumOf = (kind: AssetKind): Medium => {
	if (kind === 'video') return 'video';
	if (kind === 'icon') return 'vector';
	return kind === 'image' || kind === 'generated-image' ? 'image' : 'sound';
};

/** A library of media as a provider. */
export const openStock = (stock: Stock): AssetProvider => {
	const { id, kinds, needs, fetcher } = stock;
	const askerOf = (signal: AbortSignal): Asker => ({ id, needs, fetcher, signal });
	const find = async (wanted: string, query: AssetQuery, signal: AbortSignal): Promise<ProviderResult<Fields>> => {
		const refused = refusalOf(stock, query);
		if (refused !== null) return refused;
		return isPlainId(wanted) ? stock.lookUp(wanted, query, askerOf(signal)) : noSuchId(id, wanted);
	};
	return {
		id,
		kinds,
		needs,
		works: 'search',
		...(stock.keepsNoAnswers === undefined ? {} : { keepsNoAnswers: stock.keepsNoAnswers }),
		estimate: () => 0,
		search: async (query, signal) => {
			const refused = refusalOf(stock, query);
			if (refused !== null) return refused;
			const found = await stock.search(query, askerOf(signal));
			if (!found.ok) return found;
			const hits = found.value.map((record) => stock.hitOf(record, query)).filter((hit) => hit !== null);
			return hits.length === 0 ? nothingFound(id, query.text) : { ok: true, value: hits.slice(0, MOST_HITS) };
		},
		find: async (wanted, query, signal) => {
			const record = await find(wanted, query, signal);
			if (!record.ok) return record;
			const hit = stock.hitOf(record.value, query);
			return hit === null ? noSuchId(id, wanted) : { ok: true, value: hit };
		},
		// Links go stale, so that they are asked for when they are used.
		fetch: async (hit, { query, directory, signal }) => {
			const record = await find(hit.id, query, signal);
			if (!record.ok) return record;
			const link = await stock.linkOf(record.value, query, askerOf(signal));
			if (!link.ok) return link;
			return keepDownload(link.value, { fetcher, needs, signal }, { id, medium: mediumOf(query.kind), directory, cost: hit.cost });
		},
	};
};

/** Why a provider cannot be asked at all. */
export const refusalOf = (
	{ id, kinds, needs, hasKey }: Pick<Stock, 'id' | 'kinds' | 'needs' | 'hasKey'>,
	{ kind }: AssetQuery,
): Exclude<ProviderResult<never>, { readonly ok: true }> | null => {
	if (!kinds.includes(kind)) return failed('lasting', `${id} has no ${kind.replace('-', ' ')}s`, 'choose another provider');
	return hasKey ? null : missingKey(id, needs);
};

const isPlainId = (id: string): boolean => /^[\w-]{1,100}$/.test(id);

/** The words of a search. */
export const wordsOf = ({ text, style }: AssetQuery, most = 200): string => [text, style].filter(Boolean).join(' ').slice(0, most);

type Rendition = { readonly url: string; readonly width: number; readonly height: number };

/** The smallest that fills the pixels which are shown, else the largest; of two of a size the first. */
export const smallestEnough = (renditions: readonly Rendition[], { width, height }: AssetQuery): Rendition | null => {
	const bySize = [...renditions].sort((a, b) => a.width * a.height - b.width * b.height);
	return bySize.find((one) => one.width >= width && one.height >= height) ?? bySize.at(-1) ?? null;
};
