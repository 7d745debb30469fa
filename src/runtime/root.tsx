import type { ComponentType, ReactNode } from 'react';
import { Composition } from 'remotion';
import type { ComponentModule } from './component-types.ts';
import { ComponentsContext, componentFinder } from './load-components.ts';
import { Reel, type ReelProps } from './reel.tsx';
import { StudioOutputs } from './studio-outputs.tsx';

/** Id of the composition that draws reels. Its input props are `{segments: SegmentMessage[]}`, of one canvas. */
export const REEL_ID = 'reel';

export type RootOptions = {
	/** The campaign's own components by the hash of their code, which is how drawings name them. */
	readonly components: Readonly<Record<string, ComponentModule>>;
};

/** A component for Remotion's `registerRoot`: the reel, and in the Studio every output of the campaign. */
export const createRoot = ({ components }: RootOptions): ComponentType => {
	const find = componentFinder(components);
	// Remotion mounts a composition where it likes, so the components travel with it.
	// biome-ignore lint/correctness/noComponentHookFactories: made once, when the entry registers the root
	const OwnReel = ({ segments }: ReelProps): ReactNode => (
		<ComponentsContext.Provider value={find}>
			<Reel segments={segments} />
		</ComponentsContext.Provider>
	);
	return () => <Root reel={OwnReel} />;
};

const Root = ({ reel }: { readonly reel: ComponentType<ReelProps> }): ReactNode => (
	<>
		<Composition
			id={REEL_ID}
			component={reel}
			defaultProps={NO_SEGMENTS}
			width={1920}
			height={1080}
			fps={30}
			durationInFrames={1}
			calculateMetadata={({ props }) => reelMetadata(props)}
		/>
		<StudioOutputs taken={RESERVED_IDS} reel={reel} />
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
