import type { MoodName } from '../../model/campaign-spec.gen.ts';
import type { Easing } from '../../model/drawing.ts';
import type { Aspect } from '../../model/platform.ts';

export type TextRole = 'headline' | 'subhead' | 'body' | 'caption' | 'eyebrow' | 'stat' | 'quote' | 'cta' | 'wordmark';

/** What stands in a stack: texts by role, and the rest by kind. Gaps are looked up by pairs of these. */
export type StackRole = TextRole | 'logo' | 'image' | 'line' | 'rule';

export type InkRole = 'ink' | 'muted' | 'accent';

/** Sizes in u: smallest and largest of the range that the mood sets this role in. */
export type SizeRange = readonly [min: number, max: number];

export type TypeStyle = {
	/** `mono` is for moods that have a third family for labels. */
	readonly face: 'display' | 'text' | 'mono';
	/** 100 to 900; the nearest installed weight is used. */
	readonly weight: number;
	readonly size: Readonly<Record<Aspect, SizeRange>>;
	/** Distance of baselines, in em. */
	readonly leading: number;
	/** Em after each glyph. */
	readonly tracking: number;
	readonly upper: boolean;
	readonly italic?: true;
	readonly ink: InkRole;
	/** Longest line, in em. */
	readonly measure: number;
	readonly maxLines: number;
};

/** A colour by its place in OKLCH: the hue of the palette's colour (turned by `turn` degrees) or a hue of its own. Chroma is a ceiling. */
export type Tint = { readonly of: 'primary' | 'accent' | number; readonly l: number; readonly c: number; readonly turn?: number };

/** `primary` and `accent` stand for the palette's colours as they are. */
export type ColorRecipe = Tint | 'primary' | 'accent';

export type GroundRecipe = {
	readonly type: 'solid' | 'linear';
	/** Degrees clockwise, 0 upwards. */
	readonly angle: number;
	readonly colors: readonly ColorRecipe[];
};

export type MoodColors = {
	/** Palette of a campaign without brand colours. */
	readonly primary: string;
	readonly accent: string;
	/** Scenes take one of these by their id, so that a campaign has rhythm and a scene keeps its ground. */
	readonly grounds: readonly GroundRecipe[];
	/** Of a scene that asks for the click: one look throughout a campaign. */
	readonly closing: GroundRecipe;
	readonly inkOnLight: Tint;
	readonly inkOnDark: Tint;
	/** The accent as text and thin shapes show it. */
	readonly accentOnLight: ColorRecipe;
	readonly accentOnDark: ColorRecipe;
	/** Share of the ground in muted text, before it is made legible. */
	readonly mute: number;
	/** Shapes behind everything, in the order in which the mood's decoration uses them. */
	readonly decor: readonly ColorRecipe[];
	/** Highest chroma of a button, so that a loud colour name stays inside the mood. */
	readonly buttonChroma: number;
	/** Lightness of a button whose colour is a CSS name, by ground: names say a hue and not a shade. */
	readonly buttonLightness: { readonly onLight: number; readonly onDark: number };
	readonly emphasis: EmphasisStyle;
};

/** How words between asterisks differ from those around them. What is left out stays as it is. */
export type EmphasisStyle = {
	readonly ink: 'accent' | 'ink';
	readonly weight?: number;
	readonly italic?: true;
	/** Ink of the words around them, where the role's own would leave no difference. */
	readonly around?: InkRole;
};

/** `words` and `typewriter` are for texts; everything else that is asked for them fades. */
export type EntranceKind = 'mask' | 'rise' | 'pop' | 'slam' | 'fade' | 'wipe' | 'slide' | 'words' | 'typewriter' | 'none';

export type Side = 'left' | 'right' | 'up' | 'down';

export type Entrance = {
	readonly kind: EntranceKind;
	readonly seconds: number;
	readonly easing: Easing;
	/** u. */
	readonly travel: number;
	/** Seconds between lines; between words or letters where these come one by one. */
	readonly stagger: number;
	/** Seconds for all words or letters together, in place of `stagger`. */
	readonly within?: number;
	/** Where a slide comes from: the left when left out. */
	readonly from?: Side;
};

export type MoodMotion = {
	readonly display: Entrance;
	readonly text: Entrance;
	readonly image: Entrance;
	readonly button: Entrance;
	/** Roles of text that come in a way of their own. */
	readonly roles?: Readonly<Partial<Record<TextRole, Entrance>>>;
	/** Seconds between one layer's start and the next one's. */
	readonly follow: number;
	readonly transitionSeconds: number;
};

export type MarkerShape = 'dash' | 'disc' | 'square' | 'slash' | 'chevron';

export type MoodShape = {
	/** u. `pill` rounds to half the height. */
	readonly imageRadius: number;
	readonly buttonRadius: number | 'pill';
	readonly panelRadius: number;
	readonly shadow: 'soft' | 'block' | 'none';
	/** Share of shadow at its darkest. */
	readonly shadowAlpha: number;
	/** A short line that opens a text block, in u; null for moods without. */
	readonly rule: { readonly width: number; readonly height: number } | null;
	/** What stands before the items of a list, in the accent. */
	readonly marker: MarkerShape;
	/** Film grain over gradients, 0 to 1; 0 where grounds are flat. */
	readonly grain: number;
	readonly imageGrain: number;
};

/** A coherent set of decisions. Everything in u is a share of the canvas's shorter side: 1 u = 1 %. */
export type Mood = {
	readonly name: MoodName;
	readonly families: { readonly display: string; readonly text: string; readonly mono?: string };
	readonly type: Readonly<Record<TextRole, TypeStyle>>;
	readonly align: 'left' | 'center';
	/** Where a block in the middle rows sits: a little above their middle, or low on the page as in print. */
	readonly anchor?: 'low';
	/** Least distance from the edge of the canvas, in u. The platform's safe area may ask for more. */
	readonly margin: number;
	/** Factor on the gaps between roles. */
	readonly air: number;
	readonly colors: MoodColors;
	readonly shape: MoodShape;
	readonly motion: MoodMotion;
};
