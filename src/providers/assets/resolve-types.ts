import type { AssetHit, AssetProvider, AssetQuery } from '../../ports/asset-provider.ts';
import type { AssetRequest, AssetTaste } from '../../ports/asset-request.ts';
import type { InputResult } from '../input-problem.ts';
import type { AssetCache } from './cache.ts';

/** The best of several hits, or null when none will do. */
export type Choose = (
	hits: readonly AssetHit[],
	taste: AssetTaste & { readonly query: AssetQuery },
) => { readonly hit: AssetHit; readonly why: string } | null;

/** Grades a picture or footage towards a palette, into a new file in a folder. */
export type Grade = (
	file: string,
	request: {
		readonly kind: 'image' | 'video';
		readonly palette: readonly string[];
		readonly directory: string;
		readonly signal: AbortSignal;
	},
) => Promise<InputResult<string>>;

/** What a file turned out to be, by its content. */
export type CheckedFile = { readonly extension: string; readonly width?: number; readonly height?: number; readonly seconds?: number };
export type CheckFile = (file: string, asset: Pick<AssetRequest, 'name' | 'query'>) => Promise<InputResult<CheckedFile>>;

export type ResolveTools = {
	readonly providers: ReadonlyMap<string, AssetProvider>;
	readonly cache: AssetCache;
	readonly choose: Choose;
	readonly grade: Grade;
	readonly check: CheckFile;
	/** Milliseconds since 1970. */
	readonly now: () => number;
};

export type ResolveRun = {
	readonly requests: readonly AssetRequest[];
	readonly taste: AssetTaste;
	readonly lockFile: string;
	/** As the user wrote it: commands name it. */
	readonly spec: string;
	/** US dollars for the whole run; null is any. */
	readonly maxCost: number | null;
	/** What was spent of it, here and by whoever else spends of it: counts up. Nothing so far when left out. */
	readonly budget?: { spent: number };
	/** Names that are searched anew although they are resolved. */
	readonly update: ReadonlySet<string>;
	/** Ids that are taken from now on, by name. */
	readonly pins: ReadonlyMap<string, string>;
	readonly signal: AbortSignal;
};
