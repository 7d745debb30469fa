import type { CSSProperties, ReactNode } from 'react';
import { Loop, OffthreadVideo, Sequence, useVideoConfig } from 'remotion';
import { guarded } from '../runtime/guarded.ts';
import { fileOf, useAsset } from './assets-provider.tsx';
import { type Ask, framesOf } from './said.ts';

export type StockVideoProps = Ask<{
	/** What is to be seen. */
	readonly query: string;
}> & {
	readonly provider?: 'local' | 'pexels' | 'pixabay' | 'unsplash';
	/** Seconds that it is shown; footage that is shorter starts over. To the end of what it stands in when left out. */
	readonly duration?: number;
	/** How it fills its place. `cover` when left out. */
	readonly fit?: 'cover' | 'contain' | 'fill';
	/** `match` has been graded to the colours of the campaign. */
	readonly colorGrade?: 'none' | 'match';
	readonly orientation?: 'landscape' | 'portrait' | 'square';
	/** Of its own sound, 0 to 1. 0 when left out. */
	readonly volume?: number;
	readonly style?: CSSProperties;
	readonly className?: string;
};

/** Footage of the campaign, frame by frame in step with the composition. @throws Error that names the asset where the manifest has none */
export const StockVideo = guarded((props: StockVideoProps): ReactNode => {
	const { name, query, provider, duration, fit = 'cover', colorGrade, orientation, volume = 0, style, className } = props;
	const { fps, durationInFrames } = useVideoConfig();
	const settings = { query, colorGrade, orientation };
	const entry = useAsset('StockVideo', { kind: 'stockVideo', name, provider, settings, seconds: duration });
	const shown = duration === undefined ? durationInFrames : framesOf(duration, fps);
	const whole = entry.seconds === undefined ? shown : Math.max(1, Math.floor(entry.seconds * fps));
	const video = (
		<OffthreadVideo
			src={fileOf('StockVideo', entry)}
			muted={volume === 0}
			volume={volume}
			style={{ display: 'block', width: '100%', height: '100%', objectFit: fit, ...style }}
			{...(className === undefined ? {} : { className })}
		/>
	);
	const filled =
		whole < shown ? (
			<Loop durationInFrames={whole} layout="none">
				{video}
			</Loop>
		) : (
			video
		);
	return duration === undefined ? (
		filled
	) : (
		<Sequence durationInFrames={shown} layout="none">
			{filled}
		</Sequence>
	);
});
