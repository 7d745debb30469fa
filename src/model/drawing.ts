import type { ComponentAxes, ComponentTokens } from './component.ts';
import type { Texture, TextureTime } from './texture.ts';

/**
 * What a segment shows, fully resolved: the compiler decides every position, size, colour and line break, and the runtime only draws.
 * Positions and sizes are canvas pixels from the upper left, colours are `#rrggbb` or `#rrggbbaa`, times are frames from the segment's first frame.
 */

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

type EasingFamily = 'power1' | 'power2' | 'power3' | 'power4' | 'sine' | 'circ' | 'expo' | 'back';

/** Easing curves by their GSAP names, with GSAP's default strengths. `back`, `elastic` and `bounce` arrive at their end exactly all the same. */
export type Easing = 'linear' | `${EasingFamily}.${'in' | 'out' | 'inOut'}` | 'elastic.out' | 'bounce.out';

/**
 * `x` and `y` move by pixels; `clip-*` hide that share (0 to 1) of the drawing's own box from the named side; `draw` is the share of a path's stroke
 * that is drawn, from its start.
 */
export type AnimatedProperty =
	| 'opacity'
	| 'x'
	| 'y'
	| 'scale'
	| 'scaleX'
	| 'rotate'
	| 'clip-top'
	| 'clip-right'
	| 'clip-bottom'
	| 'clip-left'
	| 'draw';

/**
 * One property over time. Before `start` it is `from`, at `end` and after it is exactly `to`.
 * `start` may be negative: the segment then begins in the middle of the movement. `end` > `start`.
 */
export type Track = {
	readonly property: AnimatedProperty;
	readonly from: number;
	readonly to: number;
	readonly start: number;
	readonly end: number;
	readonly easing: Easing;
};

type Drawn = {
	/** The box that `scale`, `rotate` and `clip-*` refer to. */
	readonly box: Box;
	readonly tracks: readonly Track[];
};

export type Paint =
	| { readonly type: 'solid'; readonly color: string }
	/** `angle` in degrees clockwise, 0 upwards. Colours are interpolated in OKLab. */
	| { readonly type: 'linear'; readonly angle: number; readonly colors: readonly string[] }
	/** `center` and `radius` in pixels of the canvas. */
	| { readonly type: 'radial'; readonly center: Point; readonly radius: number; readonly colors: readonly string[] };

/** `face` draws the run in place of the style's family and weight: a fallback for glyphs that the family does not have. */
export type TextRun = {
	readonly text: string;
	readonly color: string;
	readonly face?: { readonly family: string; readonly weight: number };
};

export type TextStyle = {
	/** Name of a face in the message's `fonts`. */
	readonly family: string;
	readonly weight: number;
	readonly italic: boolean;
	/** Pixels. */
	readonly size: number;
	/** Pixels added after each glyph. */
	readonly tracking: number;
	readonly tabular: boolean;
};

/** What a number reads from the frame `start` on. `runs` is the same text, cut where other faces draw it; absent when its own face draws all. */
export type NumberStep = { readonly start: number; readonly text: string; readonly runs?: readonly TextRun[] };

/** `width` in pixels. Corners are as the ends: round, or mitred. */
export type Stroke = { readonly color: string; readonly width: number; readonly cap: 'round' | 'butt' };

/** From the frame `start` on, a video shows its frame `index`. Both count from 0. */
export type VideoStep = readonly [start: number, index: number];

export type Drawing =
	| (Drawn & { readonly type: 'group'; readonly children: readonly Drawing[] })
	/** One line, never wrapped. The alphabetic baseline is at `baseline` pixels from the top of the canvas; the line is aligned in `box`. */
	| (Drawn & {
			readonly type: 'text';
			readonly runs: readonly TextRun[];
			readonly style: TextStyle;
			readonly align: 'left' | 'center' | 'right';
			readonly baseline: number;
			/** Order in which the runs are set out; left to right when absent. Within a run the letters themselves decide. */
			readonly direction?: 'rtl';
	  })
	/** One line that counts: each text from its frame on, the first one before that too. The line is aligned in `box` as a text is. */
	| (Drawn & {
			readonly type: 'number';
			readonly steps: readonly NumberStep[];
			readonly color: string;
			readonly style: TextStyle;
			readonly align: 'left' | 'center' | 'right';
			readonly baseline: number;
	  })
	/** SVG path data in pixels of the canvas. `fill` and `stroke` are colours; either may be null. */
	| (Drawn & { readonly type: 'path'; readonly data: string; readonly fill: string | null; readonly stroke: Stroke | null })
	| (Drawn & { readonly type: 'rectangle'; readonly paint: Paint; readonly radius: number })
	| (Drawn & { readonly type: 'ellipse'; readonly paint: Paint })
	/** SVG path data on a `viewBox` of `size` x `size` units, fitted into `box`. */
	| (Drawn & {
			readonly type: 'icon';
			readonly size: number;
			readonly body: string;
			readonly color: string;
	  })
	| (Drawn & {
			readonly type: 'image';
			readonly asset: AssetRef;
			readonly fit: 'cover' | 'contain';
			readonly radius: number;
			/** Point of the picture, in percent, that is kept in sight. Its middle when left out. */
			readonly focus?: Point;
			/** Movements of the picture inside of `box`, which cuts it off. None when left out. */
			readonly drift?: readonly Track[];
			/** The colours that its darkest and its lightest turn into. Its own when left out. */
			readonly duotone?: readonly [dark: string, light: string];
	  })
	/**
	 * A video, one picture for each of its frames. The first step counts before its start too; the last one stays. `width` and `height` are the pixels that
	 * its frames are decoded to.
	 */
	| (Drawn & {
			readonly type: 'frames';
			readonly video: AssetRef;
			readonly width: number;
			readonly height: number;
			readonly steps: readonly VideoStep[];
			readonly fit: 'cover' | 'contain';
			readonly radius: number;
			/** As of an image. */
			readonly focus?: Point;
	  })
	/**
	 * A campaign's own component, by the hash of its code and of all that it imports. `start` is the frame in which its own frame 0 falls: below 0 when
	 * the segment begins in the middle of it. It lasts `frames`. `axes` holds those that its layer declares, and no other.
	 */
	| (Drawn & {
			readonly type: 'component';
			readonly code: string;
			readonly props: Readonly<Record<string, unknown>>;
			readonly axes: ComponentAxes;
			readonly theme: ComponentTokens;
			readonly start: number;
			readonly frames: number;
	  })
	/** Computed and not given. `time` is null when it does not move; else the scene's frames count in it. */
	| (Drawn & { readonly type: 'texture'; readonly texture: Texture; readonly time: TextureTime | null })
	/** Static film grain over everything beneath it: `amount` 0 to 1 of full contrast. Keeps gradients from banding in 8-bit video. */
	| (Drawn & { readonly type: 'grain'; readonly seed: number; readonly amount: number });

/** A file by content. `extension` without the dot, from the content and not from the file's name. */
export type AssetRef = { readonly sha256: string; readonly extension: string };
