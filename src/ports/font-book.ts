import type { FontFile } from '../model/segment-message.ts';

/** A face asked for; the book answers with the nearest weight that is installed. */
export type FaceQuery = {
	readonly family: string;
	readonly weight: number;
	readonly italic: boolean;
	/** Figures of one width. False when left out. */
	readonly tabular?: boolean;
};

/** Vertical metrics in em. `descent` is positive downwards. */
export type FaceMetrics = { readonly ascent: number; readonly descent: number; readonly capHeight: number; readonly xHeight: number };

export type TextMeasure = {
	/** Advance in em, without tracking. */
	readonly advance: number;
	/** Glyphs that tracking is added after. */
	readonly glyphs: number;
	/** Characters that neither the face nor a declared fallback has a glyph for. */
	readonly missing: readonly string[];
	/** The files that this text uses: those of the face, then those of its fallbacks. */
	readonly files: readonly FontFile[];
	/** The text in pieces of one face each, without what is missing. */
	readonly runs: readonly FaceRun[];
};

/** A piece of a text and the face that draws it. The style is that of the face that was asked for. */
export type FaceRun = { readonly text: string; readonly family: string; readonly weight: number };

/** Real font metrics. Same query, same answer; reads nothing once it is built. */
export type FontBook = {
	/** The weight that is installed nearest to the one asked for, or null when the family is not installed. */
	resolveWeight(face: FaceQuery): number | null;
	/** @throws RangeError for a family that is not installed: ask `resolveWeight` first. */
	metrics(face: FaceQuery): FaceMetrics;
	/** Kerning and ligatures included. @throws RangeError for a family that is not installed. */
	measure(face: FaceQuery, text: string): TextMeasure;
};
