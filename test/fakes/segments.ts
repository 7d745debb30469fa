import { type SegmentKey, segmentKey } from '../../src/model/keys.ts';
import type { PlannedOutput } from '../../src/model/render-plan.ts';
import type { Canvas, EncoderProfile, SegmentMessage, Toolchain } from '../../src/model/segment-message.ts';

export const encoder: EncoderProfile = { codec: 'h264', preset: 'ultrafast', crf: 23, threads: 1, jpegQuality: 80 };

export const toolchain: Toolchain = { runtime: 'fake', remotion: '4.0.520', react: '19.2.3', browser: 'fake', encoder: 'fake' };

export const smallCanvas: Canvas = { width: 64, height: 48, fps: 10 };

/** A message that draws one colour: different colours are different segments. */
export const makeMessage = (color: string, frames: number, canvas: Canvas = smallCanvas): SegmentMessage => ({
	canvas,
	frames,
	scenes: [{ background: { type: 'solid', color }, layers: [] }],
	transition: null,
	fonts: [],
	encoder,
});

export const keyOf = (message: SegmentMessage): SegmentKey => segmentKey(message, toolchain);

/** A key that no message has: 64 times one hex digit. */
export const anyKey = (digit: string): SegmentKey => digit.repeat(64) as SegmentKey;

export const makeOutput = (name: string, segments: readonly SegmentKey[], facts: { frames: number; canvas?: Canvas }): PlannedOutput => ({
	id: name,
	path: `${name}.mp4`,
	axes: { platform: 'small', duration: 1, variant: 'plain', mood: 'calm', cta: null },
	recipient: null,
	...(facts.canvas ?? smallCanvas),
	frames: facts.frames,
	segments,
});
