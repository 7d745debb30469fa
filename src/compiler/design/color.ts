import { clampChroma, colorsNamed, converter, formatHex, interpolate, parse, wcagLuminance } from 'culori';

/** Lightness 0 to 1, chroma from 0, hue in degrees. */
export type Oklch = { readonly l: number; readonly c: number; readonly h: number };

/** WCAG ratio that every text keeps against everything it stands on. */
export const TEXT_CONTRAST = 4.5;
/** Ratio of large text (24 px regular, 19 px bold at reading size) and of shapes that carry meaning. */
export const LARGE_CONTRAST = 3;

const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const toOklch = converter('oklch');

/** `#rgb`, `#rrggbb` or a CSS colour name to `#rrggbb`; null for everything else. */
export const parseColor = (text: string): string | null => {
	const lower = text.toLowerCase();
	return HEX.test(text) || Object.hasOwn(colorsNamed, lower) ? formatHex(parse(lower))! : null;
};

export const isColorName = (text: string): boolean => Object.hasOwn(colorsNamed, text.toLowerCase());

/**
 * Hue of the plain colour names as people mean them. CSS took them from the phosphors of a screen: its purple is a magenta, its green a traffic light.
 * Null for every other name: those are shades that somebody chose.
 */
export const plainHue = (name: string): number | null => PLAIN_HUES.get(name.toLowerCase()) ?? null;

const PLAIN_HUES: ReadonlyMap<string, number> = new Map([
	['red', 25],
	['orange', 58],
	['yellow', 93],
	['green', 154],
	['teal', 190],
	['blue', 261],
	['purple', 301],
	['pink', 354],
]);

export const colorNames = (): readonly string[] => Object.keys(colorsNamed);

/** Greys get hue 0. */
export const oklchOf = (hex: string): Oklch => {
	const { l, c, h } = toOklch(parse(hex))!;
	return { l, c, h: h ?? 0 };
};

/** The nearest colour of that lightness and hue that sRGB can show: chroma gives way first. */
export const fromOklch = ({ l, c, h }: Oklch): string =>
	formatHex(clampChroma({ mode: 'oklch', l: Math.min(1, Math.max(0, l)), c: Math.max(0, c), h }, 'oklch', 'rgb'));

export const contrast = (one: string, other: string): number => contrastOf(wcagLuminance(one), wcagLuminance(other));

/** WCAG's ratio of two luminances. */
const contrastOf = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** Smallest contrast of a colour against several. */
export const worstContrast = (color: string, grounds: readonly string[]): number => worstOf(color, luminancesOf(grounds));

const luminancesOf = (colors: readonly string[]): readonly number[] => colors.map((color) => wcagLuminance(color));

const worstOf = (color: string, grounds: readonly number[]): number => {
	const luminance = wcagLuminance(color);
	return Math.min(...grounds.map((ground) => contrastOf(luminance, ground)));
};

/** Mixed in OKLab: `share` 0 is `one`, 1 is `other`. */
export const mix = (one: string, other: string, share: number): string => formatHex(interpolate([one, other], 'oklab')(share));

/** `#rrggbbaa`. */
export const withAlpha = (hex: string, alpha: number): string =>
	`${hex}${Math.round(Math.min(1, Math.max(0, alpha)) * 255)
		.toString(16)
		.padStart(2, '0')}`;

/** What a browser shows for a colour at `alpha` over an opaque one. */
export const over = (hex: string, alpha: number, ground: string): string => formatHex(interpolate([ground, hex], 'rgb')(alpha));

/**
 * The colour itself when it has `ratio` against every ground; else the one nearest in lightness that has it, hue kept.
 * Black or white, whichever reads better, when no lightness of that hue is enough.
 */
export const legible = (hex: string, grounds: readonly string[], ratio: number): string => {
	const luminances = luminancesOf(grounds);
	if (worstOf(hex, luminances) >= ratio) return hex;
	const from = oklchOf(hex);
	const lighter = towards(from, 1, luminances, ratio);
	const darker = towards(from, 0, luminances, ratio);
	if (lighter === null && darker === null) return worstOf('#ffffff', luminances) >= worstOf('#000000', luminances) ? '#ffffff' : '#000000';
	if (lighter === null || darker === null) return fromOklch((lighter ?? darker)!);
	return fromOklch(lighter.l - from.l <= from.l - darker.l ? lighter : darker);
};

const STEPS = 12;

/** The first lightness on the way to `end` (0 or 1) with enough contrast to grounds of these luminances, to 1/4096. */
const towards = (from: Oklch, end: 0 | 1, grounds: readonly number[], ratio: number): Oklch | null => {
	const at = (l: number): Oklch => ({ ...from, l });
	const passes = (l: number): boolean => worstOf(fromOklch(at(l)), grounds) >= ratio;
	if (!passes(end)) return null;
	let failing = from.l;
	let passing: number = end;
	for (let step = 0; step < STEPS; step++) {
		const middle = (failing + passing) / 2;
		if (passes(middle)) passing = middle;
		else failing = middle;
	}
	return at(passing);
};
