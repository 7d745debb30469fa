import type { PictureFormat, Reel } from '../ports/frame-source.ts';

/** A reel as Remotion sees it: one composition whose input props are the segment messages. */
export type ReelComposition = {
	/** Name under which the runtime registers it. */
	readonly id: 'reel';
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly frames: number;
	readonly jpegQuality: number;
	readonly format: PictureFormat;
	/** The props, as JSON. */
	readonly props: string;
};

/** A frame of a segment at its place in the reel. */
export type ReelFrame = { readonly segment: number; readonly frame: number; readonly position: number };

/** @throws RangeError when the segments do not share canvas and picture quality, or there is none: such a reel is a bug of its maker. */
export const reelComposition = ({ segments, format = 'jpeg' }: Reel): ReelComposition => {
	const first = segments[0];
	if (first === undefined) throw new RangeError('a reel needs a segment');
	const { width, height, fps } = first.canvas;
	const { jpegQuality } = first.encoder;
	for (const { canvas, encoder, frames } of segments) {
		if (canvas.width !== width || canvas.height !== height || canvas.fps !== fps || encoder.jpegQuality !== jpegQuality)
			throw new RangeError('the segments of a reel share one canvas and one picture quality');
		if (!Number.isInteger(frames) || frames < 1) throw new RangeError(`a segment has at least one frame, got ${frames}`);
	}
	const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
	return { id: 'reel', width, height, fps, frames, jpegQuality, format, props: JSON.stringify({ segments }) };
};

/** Every frame of a reel in order. */
export function* reelFrames({ segments }: Reel): Generator<ReelFrame> {
	let position = 0;
	for (const [segment, { frames }] of segments.entries())
		for (let frame = 0; frame < frames; frame++) yield { segment, frame, position: position++ };
}
