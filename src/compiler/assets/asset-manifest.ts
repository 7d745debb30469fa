import type { AssetLock, LockedAsset } from '../../model/asset-lock.ts';
import { type AssetManifest, MANIFEST_FORMAT_VERSION, type ManifestEntry } from '../../model/asset-manifest.ts';
import { assetQueryHash } from '../../model/asset-query.ts';
import { type AssetQuestion, settleQuestion } from '../../model/asset-question.ts';

/** An asset of a spec that is a file. */
export type AskedAsset = { readonly name: string; readonly question: AssetQuestion };

export type ManifestParts = {
	readonly asked: readonly AskedAsset[];
	readonly lock: AssetLock;
	/** In front of the names of the files: `reelform-assets/`, or a whole address. */
	readonly baseUrl: string;
	/** What has been made on this machine: voice-overs, music, shapes of icons. It goes before what the lock says of the same name and kind. */
	readonly made: readonly ManifestEntry[];
};

export type ManifestWithFiles = {
	readonly manifest: AssetManifest;
	/** Locked files that the manifest names: each `name` below the base. */
	readonly files: readonly { readonly sha256: string; readonly name: string }[];
	/** Assets that the lock does not have, or has for another question. */
	readonly unresolved: readonly string[];
};

/** What compositions find assets by. The same lock gives the same bytes. */
export const assetManifest = ({ asked, lock, baseUrl, made }: ManifestParts): ManifestWithFiles => {
	const entries: ManifestEntry[] = [...made];
	const files = new Map<string, { readonly sha256: string; readonly name: string }>();
	const unresolved: string[] = [];
	for (const { name, question } of asked) {
		if (made.some((entry) => entry.name === name && entry.asks.kind === question.kind)) continue;
		const locked = Object.hasOwn(lock.assets, name) ? lock.assets[name]! : null;
		if (locked === null || locked.query !== assetQueryHash(question)) {
			unresolved.push(name);
			continue;
		}
		const file = `${locked.sha256}.${locked.extension}`;
		files.set(file, { sha256: locked.sha256, name: file });
		entries.push({ name, asks: settleQuestion(question), src: `${baseUrl}${file}`, ...factsOf(locked) });
	}
	return { manifest: { formatVersion: MANIFEST_FORMAT_VERSION, entries: entries.sort(inOrder) }, files: [...files.values()], unresolved };
};

const factsOf = ({ width, height, seconds, license, attribution }: LockedAsset) => ({
	...(width === undefined ? {} : { width }),
	...(height === undefined ? {} : { height }),
	...(seconds === undefined ? {} : { seconds }),
	license,
	...(attribution === null ? {} : { attribution }),
});

const inOrder = (a: ManifestEntry, b: ManifestEntry): number =>
	compare(a.asks.kind, b.asks.kind) || compare(a.name, b.name) || (a.seconds ?? 0) - (b.seconds ?? 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
