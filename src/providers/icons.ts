import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { IconShape } from '../model/inputs.ts';

export type IconSet = {
	/** Lucide's icon of that name or alias, or null. */
	icon(name: string): IconShape | null;
	/** Every name, sorted. */
	iconNames(): readonly string[];
};

type IconifyJson = {
	readonly height: number;
	readonly icons: Readonly<Record<string, { readonly body: string; readonly height?: number }>>;
	readonly aliases: Readonly<Record<string, { readonly parent: string }>>;
};

/** Reads the Lucide icons: half a megabyte, so only when a campaign names one. */
export const loadIcons = async (): Promise<IconSet> => {
	const file = createRequire(import.meta.url).resolve('@iconify-json/lucide/icons.json');
	const { icons, aliases, height } = JSON.parse(await readFile(file, 'utf8')) as IconifyJson;
	return {
		icon(name) {
			const parent = Object.hasOwn(aliases, name) ? aliases[name]!.parent : name;
			if (!Object.hasOwn(icons, parent)) return null;
			const found = icons[parent]!;
			return { size: found.height ?? height, body: found.body };
		},
		iconNames: () => [...Object.keys(icons), ...Object.keys(aliases)].sort(),
	};
};

/** Up to four names that may have been meant: the nearest spelling first, then those that contain the word or are contained in it. */
export const nearestIcons = (given: string, names: readonly string[]): readonly string[] => {
	const spelt = didYouMean(given, names);
	const related =
		given.length < 3 ? [] : names.filter((name) => name !== spelt && (name.includes(given) || (name.length > 3 && given.includes(name))));
	return [...(spelt === undefined ? [] : [spelt]), ...related.sort((a, b) => a.length - b.length)].slice(0, 4);
};
