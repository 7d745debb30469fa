import type { Code } from '../diagnostics/codes.ts';
import type { LockedAsset } from '../model/asset-lock.ts';
import type { AskedKind } from '../model/asset-question.ts';
import type { AssetQuery } from './asset-provider.ts';

/** An asset of a spec that is a file, as it is to be found. */
export type AssetRequest = {
	readonly name: string;
	/** The word that the spec asks with. */
	readonly asked: AskedKind;
	/** Who is asked, without its aliases. */
	readonly provider: string;
	/** Whether `local` stands in where the provider cannot be asked. */
	readonly fallsBack: boolean;
	/** The provider's id of what is taken, whatever a search finds. */
	readonly pin: string | null;
	/** Hash of what is asked for: a lock with another is of another question. */
	readonly queryHash: string;
	readonly query: AssetQuery;
	/** Whether it is graded to the campaign's colours. */
	readonly graded: boolean;
	/** Whether there is a file to be found. What is made on this machine when it is mixed has none. */
	readonly isFile: boolean;
};

/** What every choice among hits goes by. */
export type AssetTaste = {
	/** Width by height of every canvas, each once. */
	readonly aspects: readonly number[];
	/** `#rrggbb`. */
	readonly palette: readonly string[];
	/** Licences that are acceptable; null is all. */
	readonly licenses: readonly string[] | null;
};

/** How assets are kept and paid for. */
export type AssetRules = {
	/** Relative to the project; null where the spec does not say. */
	readonly cacheDirectory: string | null;
	readonly maxBytes: number;
	readonly ttlMs: number;
	/** US dollars that one resolve may spend; null is any. */
	readonly maxCost: number | null;
	/** The folder of media, relative to the spec. */
	readonly folder: string;
};

/** All that a spec says of its assets. */
export type AssetNeeds = {
	readonly requests: readonly AssetRequest[];
	readonly taste: AssetTaste;
	readonly rules: AssetRules;
};

/** Where an asset stands. */
export type AssetState =
	/** Locked, and its file is in the cache. */
	| 'ready'
	/** Made on this machine when it is needed. */
	| 'made-here'
	| 'unresolved'
	| 'changed'
	| 'missing'
	| 'damaged';

export type AssetProblem = { readonly code: Code; readonly summary: string; readonly hint: string };

/** What happens while assets are resolved. Plain data. */
export type ResolveEvent =
	| { readonly type: 'resolved'; readonly name: string; readonly asset: LockedAsset; readonly why: string }
	/** It was in the lock, and is in the cache again. */
	| { readonly type: 'fetched'; readonly name: string; readonly asset: LockedAsset }
	/** Sentences that a voice said, by the voice's name. */
	| { readonly type: 'spoken'; readonly name: string; readonly sentences: number; readonly cost: number | null }
	| { readonly type: 'failed'; readonly name: string; readonly problem: AssetProblem }
	/** The provider could not be asked, and the spec lets `local` stand in. */
	| { readonly type: 'fallback'; readonly name: string; readonly provider: string; readonly problem: AssetProblem };
