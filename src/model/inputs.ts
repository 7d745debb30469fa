import type { AssetRef } from './drawing.ts';

/** What a spec names and does not hold itself. Paths as written in the spec. */
export type Needs = {
	readonly images: readonly string[];
	readonly fontFamilies: readonly string[];
	readonly icons: readonly string[];
};

/** An image by content, with its size in pixels. */
export type ImageFacts = { readonly asset: AssetRef; readonly width: number; readonly height: number };

/** SVG markup inside a `size` x `size` view box, drawn with `currentColor`. */
export type IconShape = { readonly size: number; readonly body: string };
