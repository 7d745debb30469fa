import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { IconShape } from '../model/inputs.ts';

export const BRAND_PREFIX = 'brand:';

type Mark = { readonly body: string; readonly width?: number; readonly height?: number };
type LogosJson = {
	readonly width?: number;
	readonly height?: number;
	readonly icons: Readonly<Record<string, Mark>>;
	readonly aliases?: Readonly<Record<string, { readonly parent: string }>>;
};

export type BrandMarks = {
	/** The mark of a brand by its name without the prefix (`slack`), or by its name in the set (`slack-icon`); null when there is none. */
	mark(brand: string): IconShape | null;
	/** Up to three names that may have been meant, with the prefix. */
	near(brand: string): readonly string[];
};

/** Reads the marks: two megabytes, so only when a campaign names one. A set that has a mark besides a lettering gives the mark. */
export const loadBrandMarks = async (): Promise<BrandMarks> => {
	const file = createRequire(import.meta.url).resolve('@iconify-json/logos/icons.json');
	const { icons, aliases = {}, width = 256, height = 256 } = JSON.parse(await readFile(file, 'utf8')) as LogosJson;
	const find = (name: string): Mark | null => {
		const parent = Object.hasOwn(aliases, name) ? aliases[name]!.parent : name;
		return Object.hasOwn(icons, parent) ? icons[parent]! : null;
	};
	const brands = [...new Set(Object.keys(icons).map((name) => name.replace(/-icon$/, '')))].sort();
	return {
		mark(brand) {
			const name = brand
				.trim()
				.toLowerCase()
				.replaceAll(/[\s_]+/g, '-');
			const found = find(`${name}-icon`) ?? find(name);
			return found === null ? null : squared(found.body, found.width ?? width, found.height ?? height);
		},
		near(brand) {
			const spelt = didYouMean(brand, brands);
			const related = brand.length < 3 ? [] : brands.filter((name) => name !== spelt && name.includes(brand.toLowerCase()));
			return [...(spelt === undefined ? [] : [spelt]), ...related].slice(0, 3).map((name) => `${BRAND_PREFIX}${name}`);
		},
	};
};

/** In the middle of a square, and in the colour of the text where the mark is of one grey: black on black is no mark. */
const squared = (body: string, width: number, height: number): IconShape => {
	const size = Math.max(width, height);
	const colored = isGrey(body) ? inCurrentColor(body) : body;
	const [dx, dy] = [(size - width) / 2, (size - height) / 2];
	return { size, body: dx === 0 && dy === 0 ? colored : `<g transform="translate(${dx} ${dy})">${colored}</g>` };
};

const COLOR = /#[0-9a-f]{3,8}\b/gi;

const isGrey = (body: string): boolean => {
	const colors = [...new Set((body.match(COLOR) ?? []).map((color) => color.toLowerCase()))];
	return colors.length <= 1 && colors.every(isNeutral);
};

/** Channels within 12 of 255 of each other. */
const isNeutral = (color: string): boolean => {
	const hex = color.length < 6 ? [...color.slice(1, 4)].map((digit) => digit + digit).join('') : color.slice(1, 7);
	const channels = [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
	return Math.max(...channels) - Math.min(...channels) <= 12;
};

const inCurrentColor = (body: string): string => `<g fill="currentColor">${body.replaceAll(COLOR, 'currentColor')}</g>`;
