import { type AssetManifest, MANIFEST_FORMAT_VERSION, type ManifestEntry } from '../model/asset-manifest.ts';

export type { AssetManifest, ManifestEntry } from '../model/asset-manifest.ts';

/** The file as a bundler gives it, whose types are wider than what is in it. */
export type ManifestFile = { readonly formatVersion: number; readonly entries: readonly object[] };

const CURE = 'write it with `reelform assets export <spec> --out public/reelform-assets.json`';

/** A manifest from its file. @throws TypeError for anything that `reelform assets export` does not write */
export const readManifest = (file: ManifestFile): AssetManifest => {
	if (file?.formatVersion !== MANIFEST_FORMAT_VERSION)
		throw new TypeError(`this is no asset manifest of format ${MANIFEST_FORMAT_VERSION}: ${CURE}`);
	if (!Array.isArray(file.entries) || !file.entries.every(isEntry)) throw new TypeError(`the asset manifest is damaged: ${CURE}`);
	return file as AssetManifest;
};

const isEntry = (value: object | null): boolean => {
	const entry = value as Partial<ManifestEntry> | null;
	const isAsked = typeof entry?.asks === 'object' && entry.asks !== null && typeof entry.asks.settings === 'object';
	return isAsked && typeof entry.name === 'string' && (typeof entry.src === 'string' || entry.icon !== undefined);
};
