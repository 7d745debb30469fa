/* Generated from schema/campaign.schema.json by `npm run types`. Do not edit. */

export type Platform = PlatformName | CustomPlatform;
/**
 * A preset: size, frame rate, safe area and limits come with it.
 */
export type PlatformName =
	| 'tiktok'
	| 'youtube'
	| 'youtube-shorts'
	| 'instagram-feed'
	| 'instagram-story'
	| 'instagram-reel'
	| 'linkedin'
	| 'x'
	| 'facebook-feed';
/**
 * Lower-case letters, digits and single hyphens.
 */
export type Slug = string;
/**
 * A share of the canvas, as in `4%`.
 */
export type Percent = string;
/**
 * A length of time in seconds: `2.5` or `2.5s`.
 */
export type Seconds = number | string;
/**
 * A design system: type, colour, space and motion that belong together.
 */
export type MoodName = 'sophisticated' | 'playful' | 'bold' | 'calm';
/**
 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
 */
export type Color = string;
/**
 * One name, or a list of which any may match.
 */
export type Names = string | string[];
/**
 * Path of a file, relative to the spec.
 */
export type File = string;
/**
 * A family that is installed from `@fontsource`, by its name.
 */
export type FontFamily = string;
/**
 * Fixed seconds, or a share of the time that is left between a shortest and a longest length. `{share: 1}` when left out.
 */
export type SceneDuration = Seconds | FlexibleDuration;
export type Aspect = 'portrait' | 'landscape' | 'square';
export type Background = SolidBackground | LinearBackground | RadialBackground;
/**
 * Two to five colours.
 *
 * @minItems 2
 * @maxItems 5
 */
export type GradientColors = Color[];
export type Layer = TextLayer | ImageLayer | ShapeLayer | LogoLayer | CtaLayer;
/**
 * Where in the safe area: a named region, or a box in percent of the safe area.
 */
export type Region = RegionName | RegionBox;
export type RegionName =
	| 'full'
	| 'center'
	| 'top'
	| 'bottom'
	| 'left'
	| 'right'
	| 'top-left'
	| 'top-right'
	| 'bottom-left'
	| 'bottom-right';
/**
 * Seconds from the start of the scene.
 */
export type Offset = number | string;

/**
 * A campaign: which videos to make, for which platforms, durations, variants and calls to action, and what they show.
 */
export interface CampaignSpec {
	/**
	 * Version of the language. This compiler reads version 1.
	 */
	reelform: 1;
	/**
	 * Name of the campaign, in lower case with hyphens. Names folders and records.
	 */
	campaign: string;
	/**
	 * Where the videos are shown: names of presets, or sizes of your own.
	 *
	 * @minItems 1
	 * @maxItems 50
	 */
	platforms: Platform[];
	/**
	 * Lengths in seconds. `15` and `15s` are the same.
	 *
	 * @minItems 1
	 * @maxItems 50
	 */
	durations: Seconds[];
	/**
	 * Named moods. One variant named `default` with the mood `sophisticated` when left out.
	 */
	variants?: {
		[k: string]: Variant;
	};
	/**
	 * Calls to action by name: an axis of the matrix. Left out, the matrix has no such axis.
	 */
	ctas?: {
		[k: string]: Cta;
	};
	matrix?: Matrix;
	brand?: Brand;
	/**
	 * What is shown, in order. A scene whose `when` does not hold for a cell is left out of it.
	 *
	 * @minItems 1
	 * @maxItems 200
	 */
	scenes: Scene[];
	output?: Output;
}
/**
 * A platform of your own.
 */
export interface CustomPlatform {
	name: Slug;
	/**
	 * Pixels, even.
	 */
	width: number;
	/**
	 * Pixels, even.
	 */
	height: number;
	/**
	 * Frames per second.
	 */
	fps?: 24 | 25 | 30 | 50 | 60;
	safeArea?: SafeArea;
}
/**
 * Insets that the platform's own interface may cover. Text stays inside.
 */
export interface SafeArea {
	top?: Percent;
	bottom?: Percent;
	left?: Percent;
	right?: Percent;
}
export interface Variant {
	mood: MoodName;
}
/**
 * A call to action.
 */
export interface Cta {
	text: string;
	color?: Color;
	/**
	 * Name of a Lucide icon, such as `arrow-right`.
	 */
	icon?: string;
}
/**
 * Which cells of platform x duration x variant x CTA are made. All of them when left out.
 */
export interface Matrix {
	/**
	 * Only cells that match one of these.
	 *
	 * @minItems 1
	 * @maxItems 200
	 */
	include?: AxisFilter[];
	/**
	 * Cells that match one of these are left out.
	 *
	 * @minItems 1
	 * @maxItems 200
	 */
	exclude?: AxisFilter[];
}
/**
 * Holds for a cell when every axis that it names does. A list means any of its members.
 */
export interface AxisFilter {
	platform?: Names;
	duration?: Seconds | Seconds[];
	variant?: Names;
	cta?: Names;
}
export interface Brand {
	name: string;
	logo?: File;
	colors?: {
		primary?: Color;
		accent?: Color;
	};
	/**
	 * Families to use instead of the mood's own.
	 */
	fonts?: {
		heading?: FontFamily;
		body?: FontFamily;
	};
}
export interface Scene {
	/**
	 * Lower-case letters, digits and single hyphens.
	 */
	id: string;
	duration?: SceneDuration;
	when?: When;
	background?: Background;
	/**
	 * From back to front. Layers with the same region are stacked in it.
	 *
	 * @maxItems 60
	 */
	layers?: Layer[];
	/**
	 * How the next scene comes in.
	 */
	transition?: 'cut' | CutTransition | CrossfadeTransition | 'crossfade';
}
export interface FlexibleDuration {
	min?: Seconds;
	/**
	 * Weight against the other flexible scenes.
	 */
	share?: number;
	max?: Seconds;
}
/**
 * Conditions on the cell; every key that is given must hold.
 */
export interface When {
	platform?: Names;
	duration?: DurationRange;
	aspect?: Aspect | Aspect[];
	variant?: Names;
	mood?: Names;
	cta?: Names;
}
/**
 * Duration of the output in seconds, both ends included.
 */
export interface DurationRange {
	min?: Seconds;
	max?: Seconds;
}
export interface SolidBackground {
	type: 'solid';
	color?: Color;
}
export interface LinearBackground {
	type: 'linear';
	colors?: GradientColors;
	/**
	 * Degrees clockwise; 0 runs upwards.
	 */
	angle?: number;
}
export interface RadialBackground {
	type: 'radial';
	colors?: GradientColors;
	center?: Point;
}
export interface Point {
	x: Percent;
	y: Percent;
}
export interface TextLayer {
	text: string;
	/**
	 * Size, weight, leading and motion come from the mood. `body` when left out.
	 */
	role?: 'headline' | 'subhead' | 'body' | 'caption' | 'eyebrow' | 'stat';
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	color?: Color;
	from?: Offset;
	until?: Offset;
	when?: When;
}
export interface RegionBox {
	x: Percent;
	y: Percent;
	width: Percent;
	height: Percent;
}
export interface ImageLayer {
	image: File;
	fit?: 'cover' | 'contain';
	at?: Region;
	from?: Offset;
	until?: Offset;
	when?: When;
}
export interface ShapeLayer {
	shape: 'rectangle' | 'ellipse' | 'line';
	at?: Region;
	color?: Color;
	from?: Offset;
	until?: Offset;
	when?: When;
}
export interface LogoLayer {
	/**
	 * Draws the brand's logo, or its name as a wordmark.
	 */
	logo: {
		/**
		 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
		 */
		color?: string;
	};
	at?: Region;
	align?: 'left' | 'center' | 'right';
	from?: Offset;
	until?: Offset;
	when?: When;
}
export interface CtaLayer {
	/**
	 * Draws the cell's call to action.
	 */
	cta: {};
	at?: Region;
	align?: 'left' | 'center' | 'right';
	from?: Offset;
	until?: Offset;
	when?: When;
}
export interface CutTransition {
	type: 'cut';
}
export interface CrossfadeTransition {
	type: 'crossfade';
	/**
	 * A length of time in seconds: `2.5` or `2.5s`.
	 */
	duration?: number | string;
}
export interface Output {
	/**
	 * Path of each file, relative to the output folder: `{campaign}`, `{platform}`, `{duration}`, `{variant}`, `{mood}`, `{cta}`.
	 */
	naming?: string;
}
