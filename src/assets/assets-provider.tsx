import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { staticFile } from 'remotion';
import { findAsset, type ManifestEntry, type Wanted } from '../model/asset-manifest.ts';
import { guarded } from '../runtime/guarded.ts';
import { type AssetManifest, type ManifestFile, readManifest } from './manifest.ts';

const AssetsContext = createContext<AssetManifest | null>(null);

export type AssetsProviderProps = {
	/** The JSON that `reelform assets export` wrote, imported. */
	readonly value: ManifestFile;
	readonly children?: ReactNode;
};

/** The assets that the components beneath it find. @throws TypeError for what is no manifest */
export const AssetsProvider = guarded(({ value, children }: AssetsProviderProps): ReactNode => {
	const manifest = useMemo(() => readManifest(value), [value]);
	return <AssetsContext.Provider value={manifest}>{children}</AssetsContext.Provider>;
});

/** The entry that a component wants, for components that are guarded. @throws Error that names the asset and the cure where there is none */
export const useAsset = (component: string, wanted: Wanted): ManifestEntry => {
	const manifest = useContext(AssetsContext);
	if (manifest === null)
		throw new Error(
			`${component} finds its file in a manifest: put it into an <AssetsProvider value={manifest}>, with the file that \`${EXPORT}\` writes`,
		);
	return lookUp(manifest, component, wanted);
};

/** As `useAsset`, outside of a component. */
export const lookUp = (manifest: AssetManifest, component: string, wanted: Wanted): ManifestEntry => {
	const search = findAsset(manifest, wanted);
	if (search.found) return search.entry;
	const names = [...new Set(search.others.map(({ name }) => name))].join(', ');
	const asked = speak(wanted);
	if (search.reason === 'several') throw new Error(`${component}: ${asked} may be any of ${names}: say which one by \`name\``);
	const there = names === '' ? '' : ` (there is ${names})`;
	const place = wanted.kind === 'voiceover' ? 'give a scene of the spec this `voiceover`' : 'ask for it under `assets` of the spec';
	throw new Error(
		`${component}: ${asked} is not in the manifest${there}: ${place}, then run \`reelform assets resolve <spec>\` and \`${EXPORT}\``,
	);
};

const EXPORT = 'reelform assets export <spec> --out public/reelform-assets.json';

const speak = ({ kind, name, provider, settings }: Wanted): string => {
	if (name !== undefined) return `the ${kind} "${name}"`;
	const said = Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${short(value)}`]));
	return `a ${kind} with ${[...said, ...(provider === undefined ? [] : [`provider "${provider}"`])].join(', ') || 'nothing said'}`;
};

const short = (value: unknown): string => {
	const text = JSON.stringify(value).replace(/(\\[nt]|\s)+/g, ' ');
	return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const ADDRESS = /^([a-z][a-z0-9+.-]*:|\/)/i;

/** What a page can load. */
export const addressOf = (src: string): string => (ADDRESS.test(src) ? src : staticFile(src));

/** The address of an entry. @throws Error for one that has no file */
export const fileOf = (component: string, { name, src }: ManifestEntry): string => {
	if (src === null) throw new Error(`${component}: "${name}" has no file: run \`${EXPORT}\` again`);
	return addressOf(src);
};
