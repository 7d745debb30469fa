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
export type MoodName = 'sophisticated' | 'playful' | 'bold' | 'calm' | 'urgent' | 'minimal' | 'editorial' | 'tech';
/**
 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
 */
export type Color = string;
/**
 * One name, or a list of which any may match.
 */
export type Names = string | string[];
/**
 * Path of a file, relative to the spec; for pictures also `asset.<name>`.
 */
export type File = string;
/**
 * An installed family by its name, or font files of the project.
 */
export type Font = FontFamily | LocalFont;
/**
 * A family that is installed from `@fontsource`, by its name.
 */
export type FontFamily = string;
/**
 * What the file says of itself when left out.
 */
export type FontWeight = number;
/**
 * What the file says of itself when left out.
 */
export type FontItalic = boolean;
export type DataSource = CsvSource | JsonSource | ApiSource | InlineSource | LiveSource;
/**
 * An `http` or `https` address.
 */
export type Address = string;
export type Asset =
	| StockVideoAsset
	| StockImageAsset
	| StockIconAsset
	| GeneratedImageAsset
	| VoiceAsset
	| StockMusicAsset
	| GeneratedMusicAsset
	| SoundEffectAsset;
/**
 * What is heard under everything: made here from a mood, an asset by name, or a file of the project.
 */
export type Music = MusicSource | MusicSettings;
/**
 * `asset.<name>`, or the path of a WAV, MP3, M4A, FLAC or OGG file relative to the spec.
 */
export type MusicSource = string;
/**
 * Words of the voice as they are said: drawn in every scene that has a voice-over, and as SRT and VTT files beside each video.
 */
export type CaptionSettings = boolean | CaptionSettings1;
/**
 * Fixed seconds, or a share of the time that is left between a shortest and a longest length. `auto` is as long as the voice-over. `{share: 1}` when left out.
 */
export type SceneDuration = Seconds | FlexibleDuration | AutoDuration;
export type AutoDuration = 'auto';
/**
 * What is said in the scene: text with `[pause: 0.5]`, or a script with a voice of its own. Templates are filled.
 */
export type Voiceover = VoiceoverScript | VoiceoverSettings;
export type VoiceoverScript = string;
export type Aspect = 'portrait' | 'landscape' | 'square';
/**
 * A value that the field must have, or conditions on it; every one that is given must hold. A row that has no value meets none but `present: false`.
 */
export type DataCondition = string | number | boolean | FieldCondition;
export type Background =
	| SolidBackground
	| LinearBackground
	| RadialBackground
	| MeshBackground
	| NoiseBackground
	| ParticlesBackground
	| PatternBackground
	| ImageBackground
	| VideoBackground;
/**
 * Two to five colours.
 *
 * @minItems 2
 * @maxItems 5
 */
export type GradientColors = Color[];
/**
 * The same seed gives the same picture.
 */
export type Seed = number;
/**
 * Moves slowly. A background that moves is rendered in every frame; a still one costs one.
 */
export type Animated = boolean;
/**
 * What stays in sight when the video is cropped: a point of it, or the name of a side.
 */
export type VideoFocus =
	| ('center' | 'top' | 'bottom' | 'left' | 'right' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right')
	| Point;
export type Layer =
	| TextLayer
	| ListLayer
	| ImageLayer
	| VideoLayer
	| ShapeLayer
	| LogoLayer
	| ComponentLayer
	| CtaLayer
	| NumberLayer
	| IconLayer
	| ProgressLayer
	| ChartLayer
	| MockupLayer
	| QrLayer
	| GroupLayer
	| CaptionsLayer;
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
export type EntrancePreset = 'fade' | 'fade-up' | 'slide' | 'scale' | 'typewriter' | 'word-by-word' | 'mask-reveal' | 'count-up' | 'none';
export type ExitPreset = 'fade' | 'fade-up' | 'slide' | 'scale' | 'mask-reveal' | 'none';
/**
 * A curve, by its name in GSAP.
 */
export type Easing =
	| 'linear'
	| 'none'
	| 'power1.in'
	| 'power1.out'
	| 'power1.inOut'
	| 'power2.in'
	| 'power2.out'
	| 'power2.inOut'
	| 'power3.in'
	| 'power3.out'
	| 'power3.inOut'
	| 'power4.in'
	| 'power4.out'
	| 'power4.inOut'
	| 'sine.in'
	| 'sine.out'
	| 'sine.inOut'
	| 'circ.in'
	| 'circ.out'
	| 'circ.inOut'
	| 'expo.in'
	| 'expo.out'
	| 'expo.inOut'
	| 'back.in'
	| 'back.out'
	| 'back.inOut'
	| 'elastic.out'
	| 'bounce.out';
/**
 * Seconds from the start of the scene.
 */
export type Offset = number | string;
/**
 * How a number is written: `plain` 42,500, `currency` $42,500, `percent` 42% from 0.42, `compact` 42.5K, `unit` 42 km/h.
 */
export type NumberFormat = 'plain' | 'currency' | 'percent' | 'compact' | 'unit';
/**
 * ISO 4217 code; for `format: currency`.
 */
export type CurrencyCode = string;
/**
 * What stands behind the number; for `format: unit`.
 */
export type UnitText = string;
/**
 * BCP 47 tag of the language that numbers are written in.
 */
export type Locale = string;
/**
 * Digits after the decimal point. As many as the number needs when left out, at most 2.
 */
export type Decimals = number;
/**
 * A number, or a template that gives one: `{{recipient.deals}}`.
 */
export type Amount = number;
export type Transition =
	| TransitionName
	| CutTransition
	| CrossfadeTransition
	| FadeTransition
	| SlideTransition
	| WipeTransition
	| PushTransition
	| ZoomTransition
	| IrisTransition;
/**
 * A transition with the length of the mood. `slide`, `wipe` and `push` run to the left.
 */
export type TransitionName =
	| 'cut'
	| 'crossfade'
	| 'fade'
	| 'slide'
	| 'slide-left'
	| 'slide-right'
	| 'slide-up'
	| 'slide-down'
	| 'wipe'
	| 'wipe-left'
	| 'wipe-right'
	| 'wipe-up'
	| 'wipe-down'
	| 'push'
	| 'push-left'
	| 'push-right'
	| 'push-up'
	| 'push-down'
	| 'zoom'
	| 'iris';
/**
 * Where the picture moves to: `left` brings the next scene in from the right.
 */
export type Direction = 'left' | 'right' | 'up' | 'down';

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
	 * Where values come from that differ from video to video. The source named `recipients` makes one video of each cell for each of its rows; others are joined to it, or hold for all.
	 */
	data?: {
		[k: string]: DataSource;
	};
	assets?: Assets;
	music?: Music;
	captions?: CaptionSettings;
	sound?: Sound;
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
	 * Name of a Lucide icon, such as `arrow-right`, or `asset.<name>` for an icon of `assets`.
	 */
	icon?: string;
	/**
	 * A line of small words under the button.
	 */
	sub?: string;
	/**
	 * Where it leads. Shown where a layer asks for it: as text with `cta: {url: true}`, as a code with `cta: {qr: true}`.
	 */
	url?: string;
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
	/**
	 * The calls to action that make an axis. All of them when left out; with `[]` there is no such axis, and each `cta` layer draws its `default`.
	 *
	 * @maxItems 50
	 */
	ctas?: Slug[];
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
		/**
		 * A field with an image, such as a logo of the recipient's company: its colours take the place of the brand's own. `primary` and `accent` stand where the picture has none.
		 */
		from?: string;
	};
	/**
	 * Families to use instead of the mood's own.
	 */
	fonts?: {
		heading?: Font;
		body?: Font;
		/**
		 * Families that draw the characters which the family of a text does not have: the first that has a character draws it.
		 *
		 * @minItems 1
		 * @maxItems 12
		 */
		fallback?: FontFamily[];
	};
}
/**
 * A family of font files: WOFF2, WOFF, TTF or OTF. One of `file` and `files`.
 */
export interface LocalFont {
	file?: File;
	/**
	 * @minItems 1
	 * @maxItems 20
	 */
	files?: FontFileEntry[];
	/**
	 * Name of the family. The name of the first file without its ending when left out.
	 */
	family?: string;
	weight?: FontWeight;
	italic?: FontItalic;
}
export interface FontFileEntry {
	file: File;
	weight?: FontWeight;
	italic?: FontItalic;
}
/**
 * A table in a file or at an address: the first line names the columns.
 */
export interface CsvSource {
	type: 'csv';
	path?: File;
	url?: Address;
	/**
	 * Found out from the file when left out.
	 */
	delimiter?: ',' | ';' | '\t' | '|';
	/**
	 * UTF-8, or what the file's own mark says, when left out.
	 */
	encoding?: 'utf-8' | 'utf-16le' | 'windows-1252';
	/**
	 * Sent with each request. `${env.NAME}` stands for the value of an environment variable.
	 */
	headers?: {
		[k: string]: string;
	};
	/**
	 * Hosts in private networks that may be asked, for the source and for the pictures of its rows, by name or address and port. None when left out.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	allowPrivate?: string[];
	/**
	 * The field or column that tells rows apart, for good: names of files and all that is remembered hang on it. Needed for `recipients` and for what is joined with `on`.
	 */
	key?: string;
	/**
	 * Joins this source to the recipients: the field of `recipients` whose value is the `key` of a row here.
	 */
	on?: string;
	/**
	 * The fields that the campaign reads, each with its type. What is not listed here is not read.
	 */
	fields: {
		[k: string]: Field;
	};
	/**
	 * What a row that breaks its contract does: it is left out and reported, or it stops the command before anything is rendered.
	 */
	onBadRow?: 'skip' | 'fail';
}
export interface Field {
	type: 'string' | 'number' | 'integer' | 'boolean';
	/**
	 * What the text is: checked in every row. An `image` is a path or an address whose picture can be drawn, a `color` can be drawn with.
	 */
	format?: 'email' | 'uri' | 'date' | 'date-time' | 'color' | 'image';
	/**
	 * The column, or the place in a document with dots between keys. The field's own name when left out.
	 */
	from?: string;
	/**
	 * Whether a row without it is a bad one.
	 */
	required?: boolean;
	/**
	 * What stands for a value that a row does not have.
	 */
	fallback?: string | number | boolean;
	/**
	 * The values that it may have.
	 *
	 * @minItems 1
	 * @maxItems 200
	 */
	enum?: (string | number | boolean)[];
	minimum?: number;
	maximum?: number;
	minLength?: number;
	/**
	 * Characters.
	 */
	maxLength?: number;
	/**
	 * For people, and for the types that `reelform types` writes.
	 */
	description?: string;
}
/**
 * A JSON document, or one JSON value on each line (`.ndjson`, `.jsonl`).
 */
export interface JsonSource {
	type: 'json';
	path?: File;
	url?: Address;
	/**
	 * Where the rows, or the values, stand in the document: keys with dots between them.
	 */
	at?: string;
	/**
	 * Whether each line is a row of its own. From the name of the file when left out.
	 */
	lines?: boolean;
	/**
	 * Sent with each request. `${env.NAME}` stands for the value of an environment variable.
	 */
	headers?: {
		[k: string]: string;
	};
	/**
	 * Hosts in private networks that may be asked, for the source and for the pictures of its rows, by name or address and port. None when left out.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	allowPrivate?: string[];
	/**
	 * Letters, digits and underscores.
	 */
	key?: string;
	/**
	 * Letters, digits and underscores.
	 */
	on?: string;
	/**
	 * The fields that the campaign reads, each with its type. What is not listed here is not read.
	 */
	fields: {
		[k: string]: Field;
	};
	/**
	 * What a row that breaks its contract does: it is left out and reported, or it stops the command before anything is rendered.
	 */
	onBadRow?: 'skip' | 'fail';
}
/**
 * Values that a service gives: one call for the whole list, or one for each recipient when the address has `{field}` of the recipient in it.
 */
export interface ApiSource {
	type: 'api';
	/**
	 * An `http` or `https` address.
	 */
	url: string;
	method?: 'GET' | 'POST';
	/**
	 * Sent as JSON with `POST`. `{field}` in a text of it is filled as in the address.
	 */
	body?: {
		[k: string]: unknown;
	};
	/**
	 * Sent with each request. `${env.NAME}` stands for the value of an environment variable.
	 */
	headers?: {
		[k: string]: string;
	};
	/**
	 * Hosts in private networks that may be asked, for the source and for the pictures of its rows, by name or address and port. None when left out.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	allowPrivate?: string[];
	/**
	 * Where the rows, or the values, stand in the document: keys with dots between them.
	 */
	at?: string;
	/**
	 * How a list goes on: `next` is where the document says the address or the cursor of the next page, `param` is the parameter that takes a cursor, or a number counted up from `from`. Without it, `Link: <...>; rel="next"` is followed.
	 */
	paging?: {
		/**
		 * Where the rows, or the values, stand in the document: keys with dots between them.
		 */
		next?: string;
		param?: string;
		from?: number;
	};
	/**
	 * Whether each command asks anew, or answers are kept for `ttl`.
	 */
	refresh?: 'per-render' | 'cached';
	/**
	 * How long a kept answer is good.
	 */
	ttl?: string;
	/**
	 * Calls at the same time.
	 */
	concurrency?: number;
	/**
	 * Letters, digits and underscores.
	 */
	key?: string;
	/**
	 * Letters, digits and underscores.
	 */
	on?: string;
	/**
	 * The fields that the campaign reads, each with its type. What is not listed here is not read.
	 */
	fields: {
		[k: string]: Field;
	};
	/**
	 * What a row that breaks its contract does: it is left out and reported, or it stops the command before anything is rendered.
	 */
	onBadRow?: 'skip' | 'fail';
}
/**
 * Rows in the spec itself.
 */
export interface InlineSource {
	type: 'inline';
	/**
	 * @minItems 1
	 * @maxItems 1000
	 */
	rows: {
		[k: string]: unknown;
	}[];
	/**
	 * Letters, digits and underscores.
	 */
	key?: string;
	/**
	 * Letters, digits and underscores.
	 */
	on?: string;
	/**
	 * The fields that the campaign reads, each with its type. What is not listed here is not read.
	 */
	fields: {
		[k: string]: Field;
	};
	/**
	 * What a row that breaks its contract does: it is left out and reported, or it stops the command before anything is rendered.
	 */
	onBadRow?: 'skip' | 'fail';
}
/**
 * Values that change while people look: a preview follows them, a render shows those of the moment in which it was planned.
 */
export interface LiveSource {
	type: 'live';
	/**
	 * `wss://` for a web socket, `https://` for server-sent events or polling.
	 */
	url: string;
	/**
	 * From the address when left out: a web socket for `ws`, else polling.
	 */
	transport?: 'websocket' | 'sse' | 'polling';
	/**
	 * A length of time in seconds: `2.5` or `2.5s`.
	 */
	interval?: number | string;
	/**
	 * Sent with each request. `${env.NAME}` stands for the value of an environment variable.
	 */
	headers?: {
		[k: string]: string;
	};
	/**
	 * Hosts in private networks that may be asked, for the source and for the pictures of its rows, by name or address and port. None when left out.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	allowPrivate?: string[];
	/**
	 * Where the rows, or the values, stand in the document: keys with dots between them.
	 */
	at?: string;
	/**
	 * Letters, digits and underscores.
	 */
	key?: string;
	/**
	 * Letters, digits and underscores.
	 */
	on?: string;
	/**
	 * The fields that the campaign reads, each with its type. What is not listed here is not read.
	 */
	fields: {
		[k: string]: Field;
	};
	/**
	 * What a row that breaks its contract does: it is left out and reported, or it stops the command before anything is rendered.
	 */
	onBadRow?: 'skip' | 'fail';
}
/**
 * Pictures, footage, voices and music by name, as they are asked for. `reelform assets resolve` finds them and writes down what was taken in a lockfile beside the spec; a layer names one as `asset.<name>`.
 */
export interface Assets {
	cache?: AssetCache;
	/**
	 * US dollars that one resolve may spend.
	 */
	maxCost?: number;
	/**
	 * Licences that are acceptable, by their SPDX ids or the provider's names. All of them when left out.
	 *
	 * @minItems 1
	 * @maxItems 40
	 */
	licenses?: string[];
	/**
	 * Path of a file, relative to the spec; for pictures also `asset.<name>`.
	 */
	folder?: string;
	[k: string]: Asset | AssetCache | number | string | string[] | undefined;
}
/**
 * Where what was fetched is kept.
 */
export interface AssetCache {
	/**
	 * Path of a file, relative to the spec; for pictures also `asset.<name>`.
	 */
	directory?: string;
	/**
	 * What no lock and no plan needs goes, the longest unused first, when it grows beyond this.
	 */
	maxSize?: string;
	/**
	 * How long answers to searches are good.
	 */
	ttl?: string;
}
/**
 * Footage by what it shows.
 */
export interface StockVideoAsset {
	stockVideo: {
		/**
		 * What is to be seen.
		 */
		query: string;
		/**
		 * A length of time in seconds: `2.5` or `2.5s`.
		 */
		duration?: number | string;
		/**
		 * From the platforms of the campaign when left out.
		 */
		orientation?: 'landscape' | 'portrait' | 'square';
		/**
		 * `match` grades it to the colours of the mood and the brand.
		 */
		colorGrade?: 'none' | 'match';
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'pexels' | 'pixabay';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
/**
 * A photo by what it shows.
 */
export interface StockImageAsset {
	stockImage: {
		/**
		 * What is to be seen.
		 */
		query: string;
		/**
		 * From the platforms of the campaign when left out.
		 */
		orientation?: 'landscape' | 'portrait' | 'square';
		/**
		 * A word that narrows the search.
		 */
		style?: string;
		/**
		 * `match` grades it to the colours of the mood and the brand.
		 */
		colorGrade?: 'none' | 'match';
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'pexels' | 'unsplash' | 'pixabay';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
/**
 * An icon by what it stands for.
 */
export interface StockIconAsset {
	stockIcon: {
		/**
		 * A word or two.
		 */
		concept: string;
		style?: 'line' | 'solid' | 'duotone';
		color?: Color;
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'noun-project';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
/**
 * A picture made from words.
 */
export interface GeneratedImageAsset {
	generatedImage: {
		/**
		 * What is to be seen.
		 */
		prompt: string;
		seed?: number;
		/**
		 * A style that the provider knows.
		 */
		style?: string;
		/**
		 * From the platforms of the campaign when left out.
		 */
		aspect?: string;
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'stability' | 'openai' | 'dalle' | 'midjourney';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
/**
 * A voice by its name.
 */
export interface VoiceAsset {
	/**
	 * `professional-female-1`, `professional-male-1`, `professional-male-2`, `robot`, or a name of the provider's own.
	 */
	voice: string;
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'espeak' | 'elevenlabs' | 'wellsaid' | 'murf';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
	/**
	 * Factor on the voice's own.
	 */
	rate?: number;
	/**
	 * Factor on the voice's own.
	 */
	pitch?: number;
}
/**
 * A track by its character.
 */
export interface StockMusicAsset {
	stockMusic: {
		/**
		 * `uplifting`, `calm`, or a mood of ours.
		 */
		mood?: string;
		/**
		 * `corporate`, `ambient`.
		 */
		genre?: string;
		/**
		 * Beats a minute, or the least and the most.
		 */
		bpm?: number | BpmRange;
		/**
		 * Words to search for.
		 */
		query?: string;
		/**
		 * Whether drums, bass, chords and melody come apart; of music made here only.
		 */
		stems?: boolean;
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'epidemic-sound' | 'artlist';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
export interface BpmRange {
	min: number;
	max: number;
}
/**
 * Music made from words.
 */
export interface GeneratedMusicAsset {
	generatedMusic: {
		/**
		 * How it sounds.
		 */
		prompt?: string;
		/**
		 * Beats a minute, or the least and the most.
		 */
		bpm?: number | BpmRange1;
		/**
		 * As of stock music.
		 */
		mood?: string;
		seed?: number;
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'elevenlabs' | 'suno' | 'udio';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
export interface BpmRange1 {
	min: number;
	max: number;
}
/**
 * One short sound.
 */
export interface SoundEffectAsset {
	soundEffect: {
		/**
		 * One of those made here.
		 */
		effect?: 'whoosh' | 'soft-hit' | 'rise' | 'pop' | 'tick' | 'shimmer';
		/**
		 * For a provider that makes sounds from words.
		 */
		prompt?: string;
	};
	/**
	 * Who is asked. `local` is the folder of media beside the spec, or what is made on this machine.
	 */
	provider?: 'local' | 'elevenlabs';
	/**
	 * What stands in where the provider cannot be asked: without it, a missing key is an error.
	 */
	fallback?: 'local';
	/**
	 * The provider's own id of what is taken, whatever a search would find.
	 */
	pin?: string;
}
export interface MusicSettings {
	/**
	 * `asset.<name>` or the path of a file. Made here when left out.
	 */
	source?: string;
	/**
	 * The mood of the variant when left out.
	 */
	mood?: string;
	genre?: string;
	/**
	 * Beats a minute, or the least and the most.
	 */
	bpm?: number | BpmRange2;
	/**
	 * Another number, another piece.
	 */
	seed?: number;
	/**
	 * Decibels over or under where the mix puts it.
	 */
	gain?: number;
	/**
	 * Which parts of music made here are heard. All of them when left out.
	 *
	 * @minItems 1
	 * @maxItems 4
	 */
	stems?: ('drums' | 'bass' | 'chords' | 'melody')[];
	/**
	 * Whether flexible scenes begin on beats.
	 */
	cutOnBeat?: boolean;
}
export interface BpmRange2 {
	min: number;
	max: number;
}
export interface CaptionSettings1 {
	/**
	 * Whether they are drawn.
	 */
	burn?: boolean;
	/**
	 * `karaoke` lights each word as it is said, `plain` does not.
	 */
	style?: 'karaoke' | 'plain';
	/**
	 * Whether SRT and VTT files are written.
	 */
	files?: boolean;
	/**
	 * Words on one page.
	 */
	maxWords?: number;
}
/**
 * How everything sounds together.
 */
export interface Sound {
	/**
	 * Sounds under transitions and entrances.
	 */
	effects?: 'none' | 'subtle' | 'full';
	/**
	 * LUFS, integrated. From the platform when left out, mostly -14.
	 */
	loudness?: number;
	/**
	 * dBTP that nothing exceeds.
	 */
	truePeak?: number;
	channels?: 'stereo' | 'mono';
}
export interface Scene {
	/**
	 * Lower-case letters, digits and single hyphens.
	 */
	id: string;
	duration?: SceneDuration;
	voiceover?: Voiceover;
	when?: When;
	/**
	 * Whether the scene is left out where the scenes do not fit the duration. What has to fit is its fixed length or its `min`.
	 */
	optional?: boolean;
	/**
	 * Of optional scenes the lowest goes first; among equals the later one.
	 */
	priority?: number;
	for?: Overrides;
	/**
	 * What the scene stands on, or a list of candidates of which the first whose `when` holds is taken. From the mood when left out, or when none holds.
	 */
	background?: Background | Background[];
	/**
	 * From back to front. Layers with the same region are stacked in it.
	 *
	 * @maxItems 60
	 */
	layers?: Layer[];
	/**
	 * How the next scene comes in, or a list of candidates of which the first whose `when` holds is taken. A cut when none holds.
	 */
	transition?: Transition | Transition[];
}
export interface FlexibleDuration {
	min?: Seconds;
	/**
	 * Weight against the other flexible scenes.
	 */
	share?: number;
	max?: Seconds;
}
export interface VoiceoverSettings {
	script?: string;
	/**
	 * A `speak` document: break, prosody, emphasis, say-as.
	 */
	ssml?: string;
	/**
	 * Name of a voice among the assets; the one named `voice` when left out, else one of this machine.
	 */
	voice?: string;
	/**
	 * Seconds from the start of the scene, after its transition.
	 */
	delay?: number;
	/**
	 * Decibels over or under where the mix puts it.
	 */
	gain?: number;
}
/**
 * Conditions on the cell and on the recipient; every key that is given must hold. `any`, `all` and `not` combine further ones.
 */
export interface When {
	platform?: Names;
	duration?: DurationRange;
	aspect?: Aspect | Aspect[];
	variant?: Names;
	mood?: Names;
	cta?: Names;
	/**
	 * Conditions on fields of the recipient, or with a dot of another source.
	 */
	data?: {
		[k: string]: DataCondition;
	};
	/**
	 * At least one of these holds.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	any?: When[];
	/**
	 * Each of these holds.
	 *
	 * @minItems 1
	 * @maxItems 20
	 */
	all?: When[];
	not?: When;
}
/**
 * Duration of the output in seconds, both ends included.
 */
export interface DurationRange {
	min?: Seconds;
	max?: Seconds;
}
export interface FieldCondition {
	/**
	 * @minItems 1
	 * @maxItems 200
	 */
	in?: (string | number | boolean)[];
	/**
	 * At least, for numbers.
	 */
	min?: number;
	/**
	 * At most, for numbers.
	 */
	max?: number;
	/**
	 * Whether the row has a value.
	 */
	present?: boolean;
}
/**
 * Keys with other values in some outputs, by the name of a platform, an aspect (`portrait`, `landscape`, `square`) or the name of a variant. Where several hold, a platform has the last word over an aspect, and a variant over both. `id`, `when` and `for` stay as they are.
 */
export interface Overrides {
	[k: string]: Override;
}
export interface Override {
	[k: string]: unknown;
}
export interface SolidBackground {
	type: 'solid';
	when?: When;
	color?: Color;
}
export interface LinearBackground {
	type: 'linear';
	when?: When;
	colors?: GradientColors;
	/**
	 * Degrees clockwise; 0 runs upwards.
	 */
	angle?: number;
}
export interface RadialBackground {
	type: 'radial';
	when?: When;
	colors?: GradientColors;
	center?: Point;
}
export interface Point {
	x: Percent;
	y: Percent;
}
/**
 * Colours that flow into each other.
 */
export interface MeshBackground {
	type: 'gradient-mesh';
	when?: When;
	colors?: GradientColors;
	/**
	 * From few large fields (0) to many small ones (1).
	 */
	complexity?: number;
	seed?: Seed;
	animated?: Animated;
}
/**
 * Soft clouds.
 */
export interface NoiseBackground {
	type: 'noise';
	when?: When;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	color?: string;
	colors?: GradientColors;
	/**
	 * Size of the largest clouds, in percent of the shorter side.
	 */
	scale?: number;
	/**
	 * Layers of ever finer detail.
	 */
	octaves?: number;
	seed?: Seed;
	animated?: Animated;
}
/**
 * Specks of light at different depths.
 */
export interface ParticlesBackground {
	type: 'particles';
	when?: When;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	color?: string;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	ground?: string;
	count?: number;
	/**
	 * Diameter of a large one, in percent of the shorter side.
	 */
	size?: number;
	/**
	 * Percent of the shorter side in a second, upwards. Above 0 they move; with `animated` alone it is 1.
	 */
	speed?: number;
	seed?: Seed;
	animated?: Animated;
}
/**
 * A quiet regular pattern.
 */
export interface PatternBackground {
	type: 'pattern';
	when?: When;
	pattern?: 'dots' | 'grid' | 'lines' | 'waves';
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	color?: string;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	ground?: string;
	/**
	 * Distance of the marks, in percent of the shorter side.
	 */
	scale?: number;
	seed?: Seed;
}
/**
 * A picture that fills the canvas, with a scrim where text stands on it.
 */
export interface ImageBackground {
	type: 'image';
	when?: When;
	path: File;
}
/**
 * A video that fills the canvas, with a scrim where text stands on it. Its sound is left out.
 */
export interface VideoBackground {
	type: 'video';
	when?: When;
	/**
	 * A video file: MP4, MOV, WebM or Matroska, up to 10 minutes, 4096 pixels a side and 2 GB; or `asset.<name>`.
	 */
	path: string;
	trim?: Trim;
	/**
	 * Begins again at its end; else its last frame stays.
	 */
	loop?: boolean;
	focus?: VideoFocus;
}
/**
 * The part of the video that is shown, in seconds of the video. All of it when left out.
 */
export interface Trim {
	/**
	 * Where it begins.
	 */
	from?: number | string;
	/**
	 * Where it ends.
	 */
	to?: number | string;
}
export interface TextLayer {
	/**
	 * `*words*` between asterisks are set in the emphasis of the mood; `\*` is an asterisk.
	 */
	text: string;
	/**
	 * Size, weight, leading and motion come from the mood. `body` when left out. A `quote` gets its marks.
	 */
	role?: 'headline' | 'subhead' | 'body' | 'caption' | 'eyebrow' | 'stat' | 'quote';
	/**
	 * Who said it: set beneath a text of the role `quote`.
	 */
	attribution?: string;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	color?: Color;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface RegionBox {
	x: Percent;
	y: Percent;
	width: Percent;
	height: Percent;
}
/**
 * How a layer comes, goes and is stressed. What is left out comes from the mood.
 */
export interface Motion {
	/**
	 * How it comes. `typewriter` and `word-by-word` are for words, `count-up` for numbers.
	 */
	enter?: EntrancePreset | SlideEntrance;
	/**
	 * How it goes, in 60 % of the time in which it came, ending with the layer. Nothing leaves unless asked to.
	 */
	exit?: ExitPreset | SlideExit;
	/**
	 * `pulse` swells once after everything of the layer has come.
	 */
	emphasis?: 'pulse' | 'none';
	/**
	 * Seconds between lines or items; between words or letters where these come one by one.
	 */
	stagger?: number;
	easing?: Easing;
	/**
	 * Seconds that it comes later.
	 */
	delay?: number;
	/**
	 * Seconds of one entrance.
	 */
	duration?: number;
}
export interface SlideEntrance {
	type: 'slide';
	/**
	 * The side that it comes from.
	 */
	from?: 'left' | 'right' | 'up' | 'down';
}
export interface SlideExit {
	type: 'slide';
	/**
	 * The side that it leaves to.
	 */
	to?: 'left' | 'right' | 'up' | 'down';
}
/**
 * A list with a marker before each item; the items come in one after the other.
 */
export interface ListLayer {
	/**
	 * @minItems 1
	 * @maxItems 8
	 */
	list: string[];
	/**
	 * Size and weight of the items.
	 */
	role?: 'subhead' | 'body' | 'caption';
	/**
	 * How a marker looks is the mood's.
	 */
	marker?: 'dot' | 'check' | 'number';
	at?: Region;
	/**
	 * Of the list as a whole. From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	color?: Color;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface ImageLayer {
	image: File;
	fit?: 'cover' | 'contain';
	/**
	 * What stays in sight when the picture is cropped: a point of it, or the name of a side.
	 */
	focus?: ('center' | 'top' | 'bottom' | 'left' | 'right' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right') | Point;
	kenBurns?: KenBurns;
	/**
	 * The shape that the picture is cut to. From the mood when left out. A picture that fills the canvas has none.
	 */
	mask?: 'circle' | 'rounded' | 'none';
	/**
	 * Two colours in place of the picture's own: `true` for the brand's, or the dark one and the light one.
	 */
	duotone?: boolean | Color[];
	at?: Region;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
/**
 * A slow, even movement through the picture for as long as it is seen, under 2 u a second. `{}` moves in a little.
 */
export interface KenBurns {
	/**
	 * Scale at the start.
	 */
	from?: number;
	/**
	 * Scale at the end.
	 */
	to?: number;
	/**
	 * Where the view wanders, as far as the scale allows.
	 */
	direction?: 'left' | 'right' | 'up' | 'down';
}
/**
 * A video from a file, frame by frame. Each frame of the output shows the frame of the video that is seen at its time.
 */
export interface VideoLayer {
	/**
	 * A video file: MP4, MOV, WebM or Matroska, up to 10 minutes, 4096 pixels a side and 2 GB; or `asset.<name>`.
	 */
	video: string;
	trim?: Trim;
	/**
	 * Begins again at its end; else its last frame stays.
	 */
	loop?: boolean;
	/**
	 * Without its sound.
	 */
	mute?: boolean;
	/**
	 * Decibels over or under where the mix puts it.
	 */
	gain?: number;
	fit?: 'cover' | 'contain';
	focus?: VideoFocus;
	/**
	 * The shape that the video is cut to. From the mood when left out. A video that fills the canvas has none.
	 */
	mask?: 'circle' | 'rounded' | 'none';
	at?: Region;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface ShapeLayer {
	shape: 'rectangle' | 'ellipse' | 'line';
	at?: Region;
	color?: Color;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
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
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
/**
 * A React component of your own. It is given its props, the canvas, the theme and its own frame, and nothing else.
 */
export interface ComponentLayer {
	/**
	 * Path of a file, relative to the spec; for pictures also `asset.<name>`.
	 */
	component: string;
	/**
	 * Data for the component: texts, numbers, lists and mappings.
	 */
	props?: {
		[k: string]: unknown;
	};
	/**
	 * JSON Schema that the props have to follow: the path of a file, or the schema itself.
	 */
	propsSchema?: File | InlinePropsSchema;
	/**
	 * Axes of the cell that the component reads. Reading any other one stops the render: what is not declared is not part of what makes a picture new.
	 *
	 * @minItems 1
	 * @maxItems 5
	 */
	uses?: ('platform' | 'duration' | 'variant' | 'mood' | 'cta')[];
	at?: Region;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface InlinePropsSchema {
	[k: string]: unknown;
}
export interface CtaLayer {
	/**
	 * Draws the cell's call to action.
	 */
	cta: {
		/**
		 * Lower-case letters, digits and single hyphens.
		 */
		default?: string;
		/**
		 * Shows the address under the button.
		 */
		url?: boolean;
		/**
		 * Shows the address as a code to scan.
		 */
		qr?: boolean;
	};
	at?: Region;
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface NumberLayer {
	/**
	 * Where the count ends, exactly.
	 */
	number: number;
	format?: NumberFormat;
	currency?: CurrencyCode;
	unit?: UnitText;
	locale?: Locale;
	decimals?: Decimals;
	/**
	 * Where the count starts.
	 */
	countFrom?: number;
	/**
	 * Whether it counts. In the first scene, whose first frame is the thumbnail, it counts only when this is written.
	 */
	animate?: boolean;
	/**
	 * Size and weight, as for text.
	 */
	role?: 'stat' | 'headline' | 'subhead' | 'body' | 'caption';
	color?: Color;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface IconLayer {
	/**
	 * A Lucide name (`rocket`), a brand mark (`brand:slack`), a concept word (`growth`, `save money`) or `asset.<name>` for an icon of `assets`.
	 */
	icon: string;
	/**
	 * Size. Alone in its region `stat`, in a corner `body`, else `headline` when left out.
	 */
	role?: 'stat' | 'headline' | 'body';
	color?: Color;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface ProgressLayer {
	/**
	 * Share that is done, 0 to 1.
	 */
	progress: number;
	label?: string;
	style?: 'bar' | 'ring';
	color?: Color;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface ChartLayer {
	chart: 'bar' | 'line' | 'donut';
	/**
	 * Values, with or without labels.
	 *
	 * @minItems 1
	 * @maxItems 24
	 */
	data: (Amount | DataPoint)[];
	/**
	 * Label of the value that stands out. The largest when left out.
	 */
	highlight?: string;
	format?: NumberFormat;
	currency?: CurrencyCode;
	unit?: UnitText;
	locale?: Locale;
	decimals?: Decimals;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	color?: string;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface DataPoint {
	label: string;
	value: Amount;
}
export interface MockupLayer {
	/**
	 * The device around the picture.
	 */
	mockup: 'browser' | 'phone';
	image: File;
	/**
	 * What the address bar of a browser shows.
	 */
	url?: string;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface QrLayer {
	/**
	 * What the code says; a link as a rule.
	 */
	qr: string;
	/**
	 * Words beneath the code.
	 */
	label?: string;
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface GroupLayer {
	/**
	 * Layers that are laid out together. A group may stand in a group, three deep at most.
	 *
	 * @minItems 1
	 * @maxItems 24
	 */
	group: Layer[];
	/**
	 * Side by side, one under the other, or in columns. A row that is too narrow to read becomes a grid, and then a column.
	 */
	layout?: 'row' | 'column' | 'grid';
	/**
	 * Between the layers, in hundredths of the shorter side of the canvas.
	 */
	gap?: number;
	/**
	 * Of a grid.
	 */
	columns?: number;
	/**
	 * Of layers side by side.
	 */
	valign?: 'top' | 'center' | 'bottom';
	at?: Region;
	/**
	 * From the mood when left out.
	 */
	align?: 'left' | 'center' | 'right';
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface CaptionsLayer {
	/**
	 * Draws the words of the scene's voice-over as they are said.
	 */
	captions: {
		style?: 'karaoke' | 'plain';
		maxWords?: number;
	};
	at?: Region;
	align?: 'left' | 'center' | 'right';
	color?: Color;
	motion?: Motion;
	from?: Offset;
	until?: Offset;
	for?: Overrides;
	when?: When;
}
export interface CutTransition {
	type: 'cut';
	when?: When;
}
/**
 * The next scene appears over the last.
 */
export interface CrossfadeTransition {
	type: 'crossfade';
	when?: When;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * Through a colour.
 */
export interface FadeTransition {
	type: 'fade';
	when?: When;
	/**
	 * `#rgb`, `#rrggbb`, a CSS colour name, `brand.primary`, `brand.accent`, or a role of the mood: `background`, `surface`, `ink`, `muted`, `accent`, `on-accent`.
	 */
	color?: string;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * The next scene slides over the last.
 */
export interface SlideTransition {
	type: 'slide';
	when?: When;
	direction?: Direction;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * An edge runs over the picture and uncovers the next scene.
 */
export interface WipeTransition {
	type: 'wipe';
	when?: When;
	direction?: Direction;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * The next scene pushes the last one out.
 */
export interface PushTransition {
	type: 'push';
	when?: When;
	direction?: Direction;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * Into the last scene and out of the next.
 */
export interface ZoomTransition {
	type: 'zoom';
	when?: When;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
/**
 * A circle opens on the next scene.
 */
export interface IrisTransition {
	type: 'iris';
	when?: When;
	/**
	 * Seconds that both scenes are seen. From the mood when left out.
	 */
	duration?: number | string;
}
export interface Output {
	/**
	 * Path of each file, relative to the output folder: `{campaign}`, `{platform}`, `{duration}`, `{variant}`, `{mood}`, `{cta}`, and for recipients `{key}` and `{data.field}`.
	 */
	naming?: string;
	/**
	 * Recipients are compiled and rendered in groups, one after the other.
	 */
	batch?: {
		/**
		 * Recipients in a group.
		 */
		size?: number;
	};
}
