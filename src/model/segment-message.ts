import type { AssetRef, Drawing, Easing, Paint } from './drawing.ts';
import type { TransitionEffect } from './transitions.ts';

/** Pixels and frames per second. `width` and `height` are even: yuv420p halves them. */
export type Canvas = { readonly width: number; readonly height: number; readonly fps: number };

/** A smaller picture of a canvas: whole pixels, at least one. */
export const scaledSize = (
	{ width, height }: Pick<Canvas, 'width' | 'height'>,
	scale: number,
): { readonly width: number; readonly height: number } => ({
	width: Math.max(1, Math.round(width * scale)),
	height: Math.max(1, Math.round(height * scale)),
});

/** One file of a font face. A family is split into files by script; `unicodeRange` is the CSS descriptor of this one. */
export type FontFile = {
	readonly family: string;
	readonly weight: number;
	readonly italic: boolean;
	readonly unicodeRange: string;
	readonly asset: AssetRef;
};

/** H.264 settings. One profile per plan, so that segments can be joined. */
export type EncoderProfile = {
	readonly codec: 'h264';
	readonly preset: 'ultrafast' | 'superfast' | 'veryfast' | 'faster' | 'fast' | 'medium';
	/** 0 (lossless) to 51. */
	readonly crf: number;
	/** x264 threads: its bytes depend on the number. */
	readonly threads: number;
	/** Quality of the pictures handed to the encoder, 1 to 100. */
	readonly jpegQuality: number;
};

export type SceneDrawing = { readonly background: Paint; readonly layers: readonly Drawing[] };

export type TransitionDrawing = TransitionEffect & {
	/** Frames of the whole transition. Its frame `i` is at progress `easing((i + 1) / (frames + 1))`: never 0 or 1, which its neighbours show. */
	readonly frames: number;
	readonly easing: Easing;
	/** Which of those frames the segment begins with: above 0 when a layer comes or goes in the middle of the transition. */
	readonly offset: number;
};

/**
 * Everything that a worker receives to draw and encode one segment, and all that it may read.
 * The segment's key is the hash of this value and of the toolchain.
 */
export type SegmentMessage = {
	readonly canvas: Canvas;
	/** Length of the segment. */
	readonly frames: number;
	/** One scene, or two while the first turns into the second. */
	readonly scenes: readonly [SceneDrawing] | readonly [SceneDrawing, SceneDrawing];
	readonly transition: TransitionDrawing | null;
	/** The font files that the texts above use, in a stable order. */
	readonly fonts: readonly FontFile[];
	readonly encoder: EncoderProfile;
};

/** The versions that decide what a message turns into. Part of every key. */
export type Toolchain = {
	/** Hash of the built runtime. */
	readonly runtime: string;
	readonly remotion: string;
	readonly react: string;
	/** `null` when the machine has none: nothing can be rendered then, and nothing is reused. */
	readonly browser: string | null;
	readonly encoder: string | null;
};

/** The images that a message draws, without repetition. */
export const imagesOf = (message: SegmentMessage): readonly AssetRef[] => {
	const found = new Map<string, AssetRef>();
	const visit = (drawing: Drawing): void => {
		if (drawing.type === 'image') found.set(drawing.asset.sha256, drawing.asset);
		if (drawing.type === 'group') drawing.children.forEach(visit);
	};
	for (const scene of message.scenes) scene.layers.forEach(visit);
	return [...found.values()];
};

/** The components that a message draws, by the hashes of their code, without repetition. */
export const componentsOf = (message: SegmentMessage): readonly string[] => {
	const found = new Set<string>();
	const visit = (drawing: Drawing): void => {
		if (drawing.type === 'component') found.add(drawing.code);
		if (drawing.type === 'group') drawing.children.forEach(visit);
	};
	for (const scene of message.scenes) scene.layers.forEach(visit);
	return [...found];
};

/** Every file that must be at hand before a message can be drawn. */
export const assetsOf = (message: SegmentMessage): readonly AssetRef[] => [
	...message.fonts.map((font) => font.asset),
	...imagesOf(message),
];
