import type { SegmentMessage } from '../model/segment-message.ts';

/** A picture of one frame; `held` when the compositor saw no change, and the bytes are those of the frame before. */
export type Frame = { readonly bytes: Uint8Array; readonly held: boolean };

export type PictureFormat = 'jpeg' | 'png';

/** Several segments of one canvas and one encoder profile, drawn one after the other in one page. */
export type Reel = {
	readonly segments: readonly SegmentMessage[];
	/** JPEGs of the profile's quality when left out: what segments are made of. */
	readonly format?: PictureFormat;
};

/**
 * Draws reels. Both adapters give the same bytes for the same message.
 * One source owns one browser and draws one reel at a time.
 */
export type FrameSource = {
	readonly name: 'stage' | 'remotion';
	/**
	 * The frames of each segment in order: `segment` counts the reel's segments, `frame` counts from the segment's first.
	 * Pulls: a frame is drawn when it is asked for. Throws `RenderFailure`; rejects with the signal's reason when aborted.
	 */
	draw(reel: Reel, signal: AbortSignal): AsyncIterable<{ readonly segment: number; readonly frame: number; readonly picture: Frame }>;
	/** Ends the browser and all that it started. Safe to call twice. */
	close(): Promise<void>;
	/** Process ids to end when the worker itself is gone. */
	processIds(): readonly number[];
};
