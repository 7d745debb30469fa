import type { Drawing } from '../../src/model/drawing.ts';
import type { Canvas, EncoderProfile, FontFile, SegmentMessage } from '../../src/model/segment-message.ts';

/** Segments that the stand-in runtime draws. */
export const SMALL_CANVAS: Canvas = { width: 160, height: 90, fps: 30 };
export const FAST_PROFILE: EncoderProfile = { codec: 'h264', preset: 'veryfast', crf: 20, threads: 1, jpegQuality: 80 };

export type SegmentSketch = {
	readonly frames: number;
	readonly color: string;
	readonly layers?: readonly Drawing[];
	readonly fonts?: readonly FontFile[];
	readonly canvas?: Canvas;
};

export const sketchSegment = ({ frames, color, layers = [], fonts = [], canvas = SMALL_CANVAS }: SegmentSketch): SegmentMessage => ({
	canvas,
	frames,
	scenes: [{ background: { type: 'solid', color }, layers }],
	transition: null,
	fonts,
	encoder: FAST_PROFILE,
});

/** A white box that moves 60 pixels to the right between two frames and rests before and after. */
export const movingBox = (start: number, end: number, y = 20): Drawing => ({
	type: 'rectangle',
	box: { x: 10, y, width: 30, height: 30 },
	tracks: [{ property: 'x', from: 0, to: 60, start, end, easing: 'linear' }],
	paint: { type: 'solid', color: '#ffffff' },
	radius: 0,
});

/** A line of text; a command of the stand-in runtime is obeyed at frame `at`. */
export const line = (text: string, at = 0, family = 'serif'): Drawing => ({
	type: 'text',
	box: { x: 8, y: 50, width: 140, height: 30 },
	tracks: [{ property: 'x', from: 0, to: 0, start: at, end: at + 1, easing: 'linear' }],
	runs: [{ text, color: '#ffee00' }],
	style: { family, weight: 400, italic: false, size: 24, tracking: 0, tabular: false },
	align: 'left',
	baseline: 74,
});
