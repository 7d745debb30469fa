import type { SegmentMessage } from '../model/segment-message.ts';

export type LocatedSegment = {
	readonly index: number;
	readonly message: SegmentMessage;
	/** First frame of the segment on the reel. */
	readonly start: number;
};

/** The segment that a frame of the reel falls into, or null outside of it. */
export const locateSegment = (segments: readonly SegmentMessage[], frame: number): LocatedSegment | null => {
	if (frame < 0) return null;
	let start = 0;
	for (const [index, message] of segments.entries()) {
		if (frame < start + message.frames) return { index, message, start };
		start += message.frames;
	}
	return null;
};
