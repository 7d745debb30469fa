import type { Code } from '../diagnostics/codes.ts';

export type AssetKind = 'video' | 'image' | 'icon' | 'generated-image' | 'music' | 'generated-music' | 'sound-effect';

/** What is asked for, settled: nothing in it depends on the spec any more. */
export type AssetQuery = {
	readonly kind: AssetKind;
	/** Words of the search, or the prompt. */
	readonly text: string;
	readonly orientation: 'landscape' | 'portrait' | 'square' | null;
	/** Pixels that the largest output shows of it, both 0 for sound. */
	readonly width: number;
	readonly height: number;
	/** Seconds that are needed; null for pictures. */
	readonly seconds: number | null;
	readonly style: string | null;
	readonly seed: number | null;
	readonly bpm: { readonly min: number; readonly max: number } | null;
	readonly mood: string | null;
	readonly genre: string | null;
	readonly color: string | null;
};

/** Something that a provider offers. */
export type AssetHit = {
	readonly id: string;
	/** Where it is shown on the web; null where it is not. */
	readonly page: string | null;
	/** Pixels and seconds where they are known. */
	readonly width: number | null;
	readonly height: number | null;
	readonly seconds: number | null;
	/** Average colour as #rrggbb. */
	readonly color: string | null;
	readonly title: string;
	readonly license: string;
	readonly attribution: string | null;
	/** US dollars. */
	readonly cost: number | null;
};

export type ProviderProblem = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	/** `key`: none is set or it is refused. `empty`: nothing was found. `refused`: moderation. `passing`: may work later. `lasting`: will not. */
	readonly kind: 'key' | 'empty' | 'refused' | 'passing' | 'lasting';
};

export type ProviderResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ProviderProblem };

/** A file that is whole and of the type that was asked for, at `file`. */
export type FetchedAsset = {
	readonly file: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly extension: string;
	readonly cost: number | null;
};

/** Where pictures, footage, icons, music and effects come from. No method rejects but for our own bugs. */
export type AssetProvider = {
	readonly id: string;
	readonly kinds: readonly AssetKind[];
	/** Environment variables that hold its keys. */
	readonly needs: readonly string[];
	/** `search` offers what exists; `generate` makes one thing, and costs money: it is never asked twice for one thing. */
	readonly works: 'search' | 'generate';
	/** Its terms forbid to keep what it answers to a search. */
	readonly keepsNoAnswers?: true;
	/** US dollars that one fetch of this costs at most; null where nobody says. */
	readonly estimate: (query: AssetQuery) => number | null;
	/** At most 80 hits, the provider's best first. Of a generator: the one thing that it would make. */
	readonly search: (query: AssetQuery, signal: AbortSignal) => Promise<ProviderResult<readonly AssetHit[]>>;
	/** The one thing of that id, for a query that pins it; its facts are those of a search. Providers that keep nothing have none. */
	readonly find?: (id: string, query: AssetQuery, signal: AbortSignal) => Promise<ProviderResult<AssetHit>>;
	/** Downloads or makes a hit into `directory`, in the smallest rendition that is large enough. Does what its licence asks for on use. */
	readonly fetch: (
		hit: AssetHit,
		request: { readonly query: AssetQuery; readonly directory: string; readonly signal: AbortSignal },
	) => Promise<ProviderResult<FetchedAsset>>;
};
