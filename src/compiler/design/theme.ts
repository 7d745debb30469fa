import { type BoundedMap, boundedMap } from '../bounded-map.ts';
import { colorNames, fromOklch, LARGE_CONTRAST, legible, mix, oklchOf, parseColor, TEXT_CONTRAST, worstContrast } from './color.ts';
import type { ColorRecipe, Mood } from './mood.ts';

/** The two colours that everything else is derived from: the brand's, or the mood's own. */
export type Palette = { readonly primary: string; readonly accent: string };

/** Colours by what they are for. Every text role has at least 4.5:1 against all grounds that the roles were made for. */
export type Roles = {
	readonly background: string;
	readonly surface: string;
	readonly ink: string;
	readonly muted: string;
	/** The accent as a fill: 3:1 against the ground. */
	readonly accent: string;
	/** The accent as text. */
	readonly accentInk: string;
	/** Text on the accent. */
	readonly onAccent: string;
	/** Whether light ink stands on a dark ground. */
	readonly dark: boolean;
};

/** `known` holds roles that were worked out before, by their grounds. */
export type Theme = { readonly mood: Mood; readonly palette: Palette; readonly known: BoundedMap<Roles> };

/** Colours as a brand writes them, already resolved to `#rrggbb`. */
export type BrandColors = { readonly primary?: string | undefined; readonly accent?: string | undefined };

/** A brand with one colour is set in that one: a second hue that nobody chose would not be its brand. */
export const theme = (mood: Mood, brand: BrandColors): Theme => {
	const primary = brand.primary ?? brand.accent ?? mood.colors.primary;
	const accent = brand.accent ?? brand.primary ?? mood.colors.accent;
	return { mood, palette: { primary, accent }, known: boundedMap(MAX_GROUNDS) };
};

export type ThemeMaker = typeof theme;

/** Recipients may have colours and pictures of their own. */
const MAX_THEMES = 200;
const MAX_GROUNDS = 500;

/** `theme`, with one theme for all scenes of a mood and a palette: their parts mostly stand on the same few grounds. */
export const makeThemes = (): ThemeMaker => {
	const byMood = new Map<Mood, BoundedMap<Theme>>();
	return (mood, brand) => {
		const made = theme(mood, brand);
		const themes = byMood.get(mood) ?? boundedMap<Theme>(MAX_THEMES);
		byMood.set(mood, themes);
		return themes.get(`${made.palette.primary} ${made.palette.accent}`, () => made);
	};
};

/** Below this chroma a brand colour counts as grey, and what is derived from it stays grey. */
const GREY = 0.03;

export const recipeColor = (recipe: ColorRecipe, palette: Palette): string => {
	if (recipe === 'primary' || recipe === 'accent') return palette[recipe];
	const { of, l, c, turn } = recipe;
	if (typeof of === 'number') return fromOklch({ l, c, h: of });
	const base = oklchOf(palette[of]);
	const h = base.h + (turn ?? 0);
	return fromOklch({ l: c >= VIVID && isYellow(h) ? Math.max(l, CLEAR_YELLOW) : l, c: c * Math.min(1, base.c / GREY), h });
};

/** A vivid yellow is clear only when it is light; at the lightness of other hues it is mustard. */
const VIVID = 0.12;
const CLEAR_YELLOW = 0.87;
const isYellow = (hue: number): boolean => {
	const turned = ((hue % 360) + 360) % 360;
	return turned > 78 && turned < 112;
};

/** Mean lightness below which light ink is the natural choice when both read. */
const LIGHT_INK_BELOW = 0.68;

export const prefersLightInk = (light: string, dark: string, grounds: readonly string[]): boolean => {
	const [onLight, onDark] = [worstContrast(dark, grounds), worstContrast(light, grounds)];
	const mean = grounds.reduce((sum, ground) => sum + oklchOf(ground).l, 0) / grounds.length;
	return onDark >= TEXT_CONTRAST ? mean < LIGHT_INK_BELOW || onDark > onLight : onDark > onLight;
};

/** The roles on a ground of these colours: all of them count, so the worst stop of a gradient decides. */
export const rolesOn = (on: Theme, grounds: readonly string[]): Roles => on.known.get(grounds.join(), () => workOutRoles(on, grounds));

const workOutRoles = ({ mood, palette }: Theme, grounds: readonly string[]): Roles => {
	const { colors } = mood;
	const light = recipeColor(colors.inkOnDark, palette);
	const dark = recipeColor(colors.inkOnLight, palette);
	const isDark = prefersLightInk(light, dark, grounds);
	const background = grounds[0]!;
	const ink = legible(isDark ? light : dark, grounds, TEXT_CONTRAST);
	const accent = legible(recipeColor(isDark ? colors.accentOnDark : colors.accentOnLight, palette), grounds, LARGE_CONTRAST);
	return {
		background,
		surface: isDark ? mix(background, light, 0.08) : mix(background, '#ffffff', 0.7),
		ink,
		muted: legible(mix(ink, background, colors.mute), grounds, TEXT_CONTRAST),
		accent,
		accentInk: legible(accent, grounds, TEXT_CONTRAST),
		onAccent: labelOn(accent, light, dark),
		dark: isDark,
	};
};

/** Light or dark ink on a fill, whichever reads better. */
export const labelOn = (fill: string, light: string, dark: string): string => {
	const ink = prefersLightInk(light, dark, [fill]) ? light : dark;
	return legible(ink, [fill], TEXT_CONTRAST);
};

/** How far in lightness a brand colour may move as a ground, so that light ink reads on it. Further, and it is another colour. */
const NUDGE = 0.09;

export type SettledGround = { readonly colors: readonly string[]; readonly moved: boolean };

/**
 * Grounds on which some ink reads. Brand colours go a little darker for the sake of light ink, which is how brands wear them; colours that were
 * written out stay as they are while any ink reads on all of them. `moved` when they could not.
 */
export const settleGround = ({ mood, palette }: Theme, colors: readonly string[], areBrand: boolean): SettledGround => {
	const light = recipeColor(mood.colors.inkOnDark, palette);
	const dark = recipeColor(mood.colors.inkOnLight, palette);
	if (worstContrast(light, colors) >= TEXT_CONTRAST) return { colors, moved: false };
	const darkened = colors.map((color) => legibleGround(color, light, 0));
	const shift = Math.max(...colors.map((color, index) => Math.abs(oklchOf(color).l - oklchOf(darkened[index]!).l)));
	if (areBrand && shift <= NUDGE) return { colors: darkened, moved: false };
	if (worstContrast(dark, colors) >= TEXT_CONTRAST) return { colors, moved: false };
	return { colors: prefersLightInk(light, dark, colors) ? darkened : colors.map((color) => legibleGround(color, dark, 1)), moved: true };
};

/** The ground moved in lightness towards `end`, until the ink reads on it. */
const legibleGround = (ground: string, ink: string, end: 0 | 1): string => {
	const from = oklchOf(ground);
	for (let step = 0; step <= 100; step++) {
		const candidate = step === 0 ? ground : fromOklch({ ...from, l: from.l + ((end - from.l) * step) / 100 });
		if (worstContrast(ink, [candidate]) >= TEXT_CONTRAST) return candidate;
	}
	return end === 0 ? '#000000' : '#ffffff';
};

/** Names that a spec may write for a colour, beside hex and CSS names. */
const ROLE_NAMES = ['background', 'surface', 'ink', 'muted', 'accent', 'on-accent'] as const;
const BRAND_NAMES = ['brand.primary', 'brand.accent'] as const;

/** Every name that is a colour, nearest families first: what a misspelt one is compared with. */
export const knownColorNames = (): readonly string[] => [...ROLE_NAMES, ...BRAND_NAMES, ...colorNames()];

export const isBrandColor = (name: string): boolean => BRAND_NAMES.some((known) => known === name);

/** A colour as a spec writes it to `#rrggbb`, or null when no such colour exists. */
export const resolveColor = (name: string, { palette }: Theme, roles: Roles): string | null => {
	switch (name) {
		case 'brand.primary':
			return palette.primary;
		case 'brand.accent':
			return palette.accent;
		case 'on-accent':
			return roles.onAccent;
		case 'background':
		case 'surface':
		case 'ink':
		case 'muted':
		case 'accent':
			return roles[name];
		default:
			return parseColor(name);
	}
};
