import type { AssetRef } from './drawing.ts';
import type { WordTiming } from './sound.ts';

/** What a spec names and does not hold itself. Paths as written in the spec. */
export type Needs = {
	readonly images: readonly string[];
	/** None when left out. */
	readonly videos?: readonly string[];
	/** The families of packages and of `fontFiles`, fallbacks included. */
	readonly fontFamilies: readonly string[];
	/** Fonts of the project. None when left out. */
	readonly fontFiles?: readonly FontFileNeed[];
	/** Families that draw what others have no glyph for. None when left out. */
	readonly fallbackFamilies?: readonly string[];
	readonly icons: readonly string[];
	/** Files of the campaign's own components. None when left out. */
	readonly components?: readonly string[];
	/** Files that say what props components take. None when left out. */
	readonly propsSchemas?: readonly string[];
	/** Files and assets that are heard as music. None when left out. */
	readonly sounds?: readonly string[];
};

/** A sound file by content. `seconds` of it, as its container says; null where it does not. */
export type SoundFacts = { readonly asset: AssetRef; readonly seconds: number | null };

/**
 * A sentence as it was said: seconds of its sound, and its words from the start of that. `asset` is null where the voice gives the same sound for the same words
 * at any time, so that it is made when it is mixed.
 */
export type SpeechFacts = { readonly seconds: number; readonly words: readonly WordTiming[]; readonly asset: AssetRef | null };

/** An image by content, with its size in pixels. */
export type ImageFacts = { readonly asset: AssetRef; readonly width: number; readonly height: number };

/** A video by content. `width` and `height` as it is shown: upright, with square pixels. */
export type VideoFacts = {
	readonly asset: AssetRef;
	readonly width: number;
	readonly height: number;
	/** Seconds at which each of its frames begins to be seen, in that order. At least one. */
	readonly times: readonly number[];
	/** Seconds at which its last frame ends. */
	readonly end: number;
};

/** SVG markup inside a `size` x `size` view box, drawn with `currentColor`. */
export type IconShape = { readonly size: number; readonly body: string };

/** A font file and what the spec says of it; null where the file decides. */
export type FontFileNeed = {
	readonly file: string;
	readonly family: string;
	readonly weight: number | null;
	readonly italic: boolean | null;
};

/**
 * A campaign's own component. `code` is the hash of the bundled code, imports included; `name` is the path as the spec writes it, for people;
 * `exported` is the export that is drawn.
 */
export type ComponentFacts = { readonly code: string; readonly name: string; readonly exported: string };
