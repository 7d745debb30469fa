import type { ComponentType, ReactNode } from 'react';
import { Composition } from 'remotion';
import { Reel, type ReelProps } from './reel.tsx';
import { StudioOutputs } from './studio-outputs.tsx';

/** Id of the composition that draws reels. Its input props are `{segments: SegmentMessage[]}`, of one canvas. */
export const REEL_ID = 'reel';

export type RootOptions = {
	/** The campaign's own components by the path that the spec names them with. No drawing refers to one in version 1 of the language. */
	readonly components: Readonly<Record<string, ComponentType<Record<string, unknown>>>>;
};

/** A component for Remotion's `registerRoot`: the reel, and in the Studio every output of the campaign. */
export const createRoot = (_options: RootOptions): ComponentType => Root;

const Root = (): ReactNode => (
	<>
		<Composition
			id={REEL_ID}
			component={Reel}
			defaultProps={NO_SEGMENTS}
			width={1920}
			height={1080}
			fps={30}
			durationInFrames={1}
			calculateMetadata={({ props }) => reelMetadata(props)}
		/>
		<StudioOutputs taken={RESERVED_IDS} />
	</>
);

const RESERVED_IDS = [REEL_ID];

const NO_SEGMENTS: ReelProps = { segments: [] };

type Metadata = { width: number; height: number; fps: number; durationInFrames: number };

/** Size, rate and length of a reel. Nothing for an empty reel, which keeps the composition's own. */
export const reelMetadata = ({ segments }: ReelProps): Partial<Metadata> => {
	const [first] = segments;
	if (first === undefined) return {};
	return { ...first.canvas, durationInFrames: segments.reduce((sum, segment) => sum + segment.frames, 0) };
};
