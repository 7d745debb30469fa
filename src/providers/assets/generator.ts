import { canonicalJson } from '../../model/canonical-json.ts';
import { sha256Hex } from '../../model/keys.ts';
import type { AssetHit, AssetKind, AssetProvider, AssetQuery, FetchedAsset, ProviderResult } from '../../ports/asset-provider.ts';
import type { Fetcher } from '../http/contract.ts';
import type { Asker } from './ask.ts';
import { keepBytes } from './keep-file.ts';
import { mediumOf, refusalOf } from './stock.ts';

/** What was made, and what it cost in US dollars where that is known. */
export type Made = { readonly bytes: Uint8Array; readonly cost: number | null };

/** What tells one maker of media from another. */
export type Generator = {
	readonly id: string;
	readonly kinds: readonly AssetKind[];
	readonly needs: readonly string[];
	readonly hasKey: boolean;
	readonly fetcher: Fetcher;
	readonly license: string;
	readonly estimate: (query: AssetQuery) => number | null;
	/** Pixels or seconds that it would make. */
	readonly sizeOf: (query: AssetQuery) => Pick<AssetHit, 'width' | 'height' | 'seconds'>;
	readonly make: (query: AssetQuery, asker: Asker) => Promise<ProviderResult<Made>>;
};

const LONGEST_TITLE = 80;

/** A maker of media as a provider: one query, one thing, paid for once. */
export const openGenerator = (generator: Generator): AssetProvider => {
	const { id, kinds, needs, fetcher } = generator;
	const made = new Map<string, Promise<ProviderResult<FetchedAsset>>>();
	const makeInto = async (query: AssetQuery, directory: string, signal: AbortSignal): Promise<ProviderResult<FetchedAsset>> => {
		const thing = await generator.make(query, { id, needs, fetcher, signal });
		if (!thing.ok) return thing;
		return keepBytes(thing.value.bytes, { id, medium: mediumOf(query.kind), directory, cost: thing.value.cost });
	};
	return {
		id,
		kinds,
		needs,
		works: 'generate',
		estimate: generator.estimate,
		search: async (query) => refusalOf(generator, query) ?? { ok: true, value: [hitOf(generator, query)] },
		fetch: async (_hit, { query, directory, signal }) => {
			const refused = refusalOf(generator, query);
			if (refused !== null) return refused;
			const name = `${thingId(id, query)} ${directory}`;
			const making = made.get(name) ?? makeInto(query, directory, signal);
			made.set(name, making);
			const result = await making;
			if (!result.ok) made.delete(name);
			return result;
		},
	};
};

const hitOf = ({ id, license, estimate, sizeOf }: Generator, query: AssetQuery): AssetHit => ({
	id: thingId(id, query),
	page: null,
	...sizeOf(query),
	color: null,
	title: query.text.slice(0, LONGEST_TITLE),
	license,
	attribution: null,
	cost: estimate(query),
});

const thingId = (id: string, query: AssetQuery): string => sha256Hex(canonicalJson({ id, query })).slice(0, 16);
