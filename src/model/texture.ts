import type { Box } from './drawing.ts';

/**
 * A picture that is computed and not given: the same values give the same pixels. Colours are `#rrggbb`, lengths canvas pixels, speeds pixels a second.
 */
export type Texture =
	/** Fields of colour that flow into each other in OKLab. `complexity` 1 to 5: from few large fields to many small ones. `u` is the unit of length. */
	| { readonly type: 'mesh'; readonly colors: readonly string[]; readonly complexity: number; readonly seed: number; readonly u: number }
	/** Clouds from the first colour to the last in OKLab. `scale` is the size of the largest; `octaves` 1 to 5. */
	| {
			readonly type: 'noise';
			readonly colors: readonly string[];
			readonly scale: number;
			readonly octaves: number;
			readonly seed: number;
			readonly u: number;
	  }
	/**
	 * Specks at different depths, none more opaque than `opacity`, and in the quiet box none more than that one's, from which it rises over `reach`.
	 * `size` is the diameter of a large one; `speed` is that of the nearest.
	 */
	| {
			readonly type: 'particles';
			readonly color: string;
			readonly opacity: number;
			readonly quiet: { readonly box: Box; readonly opacity: number; readonly reach: number };
			readonly count: number;
			readonly size: number;
			readonly speed: number;
			readonly seed: number;
	  }
	/** Marks at a distance of `scale`, none more opaque than `opacity`. */
	| {
			readonly type: 'pattern';
			readonly motif: 'dots' | 'grid' | 'lines' | 'waves';
			readonly color: string;
			readonly opacity: number;
			readonly scale: number;
			readonly seed: number;
	  };

/** A texture's clock: frames that have passed in its scene when the segment begins, and how many make a second. */
export type TextureTime = { readonly start: number; readonly fps: number };
