/**
 * What a segment shows, fully resolved: the compiler decides every position, size, colour and line break, and the runtime only draws.
 * Positions and sizes are canvas pixels from the upper left, colours are `#rrggbb` or `#rrggbbaa`, times are frames from the segment's first frame.
 */

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** Easing curves by their GSAP names. `spring` overshoots once and is critically close to rest at its end. */
export type Easing =
	| 'linear'
	| 'power2.out'
	| 'power3.out'
	| 'expo.out'
	| 'power2.in'
	| 'power3.in'
	| 'power2.inOut'
	| 'back.out'
	| 'sine.inOut';

/** `x` and `y` move by pixels; `clip-*` hide that share (0 to 1) of the drawing's own box from the named side. */
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
	| 'clip-left';

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

export type TextRun = { readonly text: string; readonly color: string };

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

export type Drawing =
	| (Drawn & { readonly type: 'group'; readonly children: readonly Drawing[] })
	/** One line, never wrapped. The alphabetic baseline is at `baseline` pixels from the top of the canvas; the line is aligned in `box`. */
	| (Drawn & {
			readonly type: 'text';
			readonly runs: readonly TextRun[];
			readonly style: TextStyle;
			readonly align: 'left' | 'center' | 'right';
			readonly baseline: number;
	  })
	| (Drawn & { readonly type: 'rectangle'; readonly paint: Paint; readonly radius: number })
	| (Drawn & { readonly type: 'ellipse'; readonly paint: Paint })
	/** SVG path data on a `viewBox` of `size` x `size` units, fitted into `box`. */
	| (Drawn & {
			readonly type: 'icon';
			readonly size: number;
			readonly body: string;
			readonly color: string;
	  })
	| (Drawn & { readonly type: 'image'; readonly asset: AssetRef; readonly fit: 'cover' | 'contain'; readonly radius: number })
	/** Static film grain over everything beneath it: `amount` 0 to 1 of full contrast. Keeps gradients from banding in 8-bit video. */
	| (Drawn & { readonly type: 'grain'; readonly seed: number; readonly amount: number });

/** A file by content. `extension` without the dot, from the content and not from the file's name. */
export type AssetRef = { readonly sha256: string; readonly extension: string };
