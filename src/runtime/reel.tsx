import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react';
import { cancelRender, continueRender, delayRender, getRemotionEnvironment, Sequence, useCurrentFrame } from 'remotion';
import type { SegmentMessage } from '../model/segment-message.ts';
import { DrawSegment } from './draw-segment.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { fontFilesOf, loadFonts } from './load-fonts.ts';
import { locateSegment } from './locate-segment.ts';
import { paintFromScratch } from './paint-from-scratch.ts';

export type ReelProps = { readonly segments: readonly SegmentMessage[] };

/** Segments one after the other. Only the current one is mounted, afresh, and sees its own frame numbers. */
export const Reel = ({ segments }: ReelProps): ReactNode => {
	const ready = useFonts(segments);
	useLayoutEffect(() => (getRemotionEnvironment().isRendering ? paintFromScratch() : undefined), []);
	const located = locateSegment(segments, useCurrentFrame());
	if (!ready || located === null) return null;
	const { index, message, start } = located;
	return (
		<Sequence key={index} from={start} durationInFrames={message.frames} layout="none" name={`segment ${index + 1}`}>
			<FaultBoundary tell={cancelled}>
				<DrawSegment message={message} />
			</FaultBoundary>
		</Sequence>
	);
};

/** Remotion hears of errors while it draws a frame: one from before would be told as fonts that never came. */
const cancelled = (thrown: unknown): unknown => (getRemotionEnvironment().isRendering ? cancelRender(thrown) : thrown);

/** False until every font of the segments is loaded; no frame counts as ready before. */
const useFonts = (segments: readonly SegmentMessage[]): boolean => {
	const [loaded, setLoaded] = useState<readonly SegmentMessage[] | null>(null);
	const [handle] = useState(() => delayRender('loading the fonts of the reel'));
	useEffect(() => {
		loadFonts(fontFilesOf(segments)).then(
			() => setLoaded(segments),
			(error: unknown) => cancelRender(error),
		);
	}, [segments]);
	useEffect(() => {
		if (loaded !== null) continueRender(handle);
	}, [loaded, handle]);
	return loaded === segments;
};
