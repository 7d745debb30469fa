import type { Outcome } from '../../diagnostics/diagnostic.ts';
import type { LockedAsset } from '../../model/asset-lock.ts';
import type { AssetState, ResolveEvent } from '../../ports/asset-request.ts';
import type { Sources } from '../views/diagnostics.ts';

/** An asset of a spec, and where it stands. */
export type ListedAsset = {
	readonly name: string;
	/** The word that the spec asks with. */
	readonly kind: string;
	/** Who is asked. */
	readonly provider: string;
	/** Words of the search, or the prompt. */
	readonly what: string;
	readonly state: AssetState;
	readonly locked: LockedAsset | null;
	/** Of a voice that is paid for: distinct ones, and those that are not locked and kept. */
	readonly sentences?: { readonly all: number; readonly open: number };
};

/** What one asset costs at most; null where nobody says. */
export type AssetEstimate = {
	readonly name: string;
	readonly provider: string;
	/** That a voice would say. */
	readonly sentences?: number;
	readonly dollars: number | null;
};

export type ResolveChoice = {
	/** Names that are searched anew, pinned ones excepted. */
	readonly update: readonly string[];
	readonly pins: ReadonlyMap<string, string>;
	/** Only these; all of them when null. */
	readonly only: readonly string[] | null;
};

/** The assets of one spec. */
export type AssetDesk = {
	readonly campaign: string;
	/** As the user wrote it. */
	readonly file: string;
	/** Absolute. */
	readonly lockFile: string;
	/** Where files are kept, absolute. It need not be there. */
	readonly cacheDirectory: string;
	readonly list: () => Promise<readonly ListedAsset[]>;
	/** What of a resolve is paid for. Empty for a resolve that costs nothing. */
	readonly estimate: (choice: ResolveChoice) => Promise<readonly AssetEstimate[]>;
	readonly resolve: (choice: ResolveChoice, signal: AbortSignal) => AsyncIterable<ResolveEvent>;
	/** Takes what is locked for good. False for an asset that is not resolved. */
	readonly keep: (name: string) => Promise<boolean>;
};

export type OpenedDesk = { readonly sources: Sources; readonly outcome: Outcome<AssetDesk> };
