import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type CodeRange, formatUnicodeRange, parseUnicodeRange, subtractRanges, unionRanges } from './unicode-ranges.ts';

/** A script's share of a family. Each file of the family holds one. */
export type FontSubset = {
	readonly name: string;
	/** No code point is in two subsets of a family: which file draws a character does not depend on the files loaded beside it. */
	readonly ranges: readonly CodeRange[];
	/** `ranges` as the CSS descriptor. */
	readonly unicodeRange: string;
};

/** An installed `@fontsource` package. */
export type FontPackage = {
	readonly id: string;
	readonly family: string;
	readonly directory: string;
	/** Ascending, and never empty. */
	readonly weights: readonly number[];
	/** The family's main script first. */
	readonly subsets: readonly FontSubset[];
	/** Names of the files in `files/`. */
	readonly fileNames: ReadonlySet<string>;
};

/** Name of the file that holds a subset of a face, or undefined when the package has none. WOFF before WOFF2: it opens faster. */
export const fontFileName = (
	{ id, fileNames }: Pick<FontPackage, 'id' | 'fileNames'>,
	face: { readonly subset: string; readonly weight: number; readonly italic: boolean },
): string | undefined => {
	const stem = `${id}-${face.subset}-${face.weight}-${face.italic ? 'italic' : 'normal'}`;
	return [`${stem}.woff`, `${stem}.woff2`].find((name) => fileNames.has(name));
};

/** `Baloo 2` is in the package `@fontsource/baloo-2`. */
export const fontPackageId = (family: string): string =>
	family
		.trim()
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-|-$/g, '');

type Metadata = {
	readonly id: string;
	readonly family: string;
	readonly weights: readonly number[];
	readonly defSubset: string;
};

/** The package of a family, looked for from each directory in turn as Node resolves modules; null when none has it. */
export const findFontPackage = (family: string, directories: readonly string[]): FontPackage | null => {
	const id = fontPackageId(family);
	if (id === '') return null;
	for (const from of directories) {
		const file = resolveFrom(from, `@fontsource/${id}/metadata.json`);
		if (file === null) continue;
		const metadata = readJson<Metadata>(file);
		const found = metadata.family.toLowerCase() === family.trim().toLowerCase() ? describePackage(dirname(file), metadata) : null;
		if (found !== null) return found;
	}
	return null;
};

const resolveFrom = (directory: string, module: string): string | null => {
	try {
		return createRequire(join(directory, 'resolve.js')).resolve(module);
	} catch {
		return null;
	}
};

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

/** Null when the package has no file of its main script: nothing could be drawn with it. */
const describePackage = (directory: string, metadata: Metadata): FontPackage | null => {
	const { id, family, defSubset } = metadata;
	const fileNames = new Set(readdirSync(join(directory, 'files')));
	const has = (weight: number): boolean =>
		[false, true].some((italic) => fontFileName({ id, fileNames }, { subset: defSubset, weight, italic }) !== undefined);
	const weights = metadata.weights.filter(has).sort((a, b) => a - b);
	const subsets = disjointSubsets(readJson<Record<string, string>>(join(directory, 'unicode.json')), defSubset);
	return weights.length === 0 ? null : { id, family, directory, weights, subsets, fileNames };
};

/** `unicode.json` lists the main script last, and lets ranges overlap: what an earlier subset has is taken from the later ones. */
const disjointSubsets = (unicode: Readonly<Record<string, string>>, main: string): readonly FontSubset[] => {
	const written = Object.entries(unicode).reverse();
	const ordered = [...written.filter(([name]) => name === main), ...written.filter(([name]) => name !== main)];
	let taken: readonly CodeRange[] = [];
	return ordered.map(([name, text]) => {
		const ranges = subtractRanges(parseUnicodeRange(text), taken);
		taken = unionRanges(taken, ranges);
		return { name: name.replaceAll(/[[\]]/g, ''), ranges, unicodeRange: formatUnicodeRange(ranges) };
	});
};

/** Families that can be named, from the packages that are installed. For hints: reads every package's metadata. */
export const installedFamilies = (directories: readonly string[]): readonly string[] => {
	const families = directories.flatMap((directory) =>
		(createRequire(join(directory, 'resolve.js')).resolve.paths('@fontsource/x') ?? []).flatMap((modules) =>
			familiesIn(join(modules, '@fontsource')),
		),
	);
	return [...new Set(families)].sort();
};

const familiesIn = (scope: string): readonly string[] => {
	try {
		return readdirSync(scope).map((id) => readJson<Metadata>(join(scope, id, 'metadata.json')).family);
	} catch {
		return [];
	}
};
