/** What an asset turned out to be when it was resolved, as the lockfile beside the spec says. Plain data; keys in this order. */
export type LockedAsset = {
	/** sha256 of what was asked for: kind, query and all that narrows it, provider. A spec that asks for something else has another, and is resolved anew. */
	readonly query: string;
	readonly provider: string;
	/** The provider's own id of what was taken. */
	readonly id: string;
	/** Page or file that it came from, without anything secret; null for what was made here. */
	readonly url: string | null;
	readonly sha256: string;
	readonly extension: string;
	readonly bytes: number;
	/** Pixels of pictures and footage, seconds of footage and sound. */
	readonly width?: number;
	readonly height?: number;
	readonly seconds?: number;
	/** SPDX id or the provider's own name of the licence. */
	readonly license: string;
	/** The line that the licence asks for, or that is fair to print; null for none. */
	readonly attribution: string | null;
	/** US dollars; null where the provider does not say. */
	readonly cost: number | null;
	/** ISO 8601, UTC. */
	readonly resolvedAt: string;
	/** Kept whatever a new search would find. */
	readonly pinned?: boolean;
};

/** One sentence as a voice that is paid for said it. */
export type LockedSentence = Pick<LockedAsset, 'sha256' | 'extension' | 'bytes' | 'cost' | 'resolvedAt'> & {
	readonly seconds: number;
	/** Start and end of each word, in seconds. */
	readonly words: readonly (readonly [text: string, start: number, end: number])[];
};

export const LOCK_FORMAT_VERSION = 1;

/** `<spec>.lock.yaml`. */
export type AssetLock = {
	readonly formatVersion: typeof LOCK_FORMAT_VERSION;
	/** By the name in the spec. */
	readonly assets: Readonly<Record<string, LockedAsset>>;
	/** By sha256 of provider, voice, prosody and text. */
	readonly sentences: Readonly<Record<string, LockedSentence>>;
};
