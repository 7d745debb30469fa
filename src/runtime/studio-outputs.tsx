import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { Composition, cancelRender, continueRender, delayRender, getInputProps, getRemotionEnvironment, staticFile } from 'remotion';
import { STUDIO_DATA_FILE, type StudioData, type StudioOutput } from '../model/studio-data.ts';
import { compositionIds } from './composition-id.ts';
import type { ReelProps } from './reel.tsx';

type OutputComposition = { readonly id: string; readonly output: StudioOutput; readonly component: ComponentType };

type Options = {
	readonly taken: readonly string[];
	/** Draws segments. */
	readonly reel: ComponentType<ReelProps>;
};

/** One composition for each output of the campaign. None on a page that draws a reel, or when the campaign's data is not there. */
export const StudioOutputs = ({ taken, reel }: Options): ReactNode => {
	const compositions = useOutputCompositions({ taken, reel });
	return compositions.map(({ id, output, component }) => (
		<Composition
			key={id}
			id={id}
			component={component}
			width={output.width}
			height={output.height}
			fps={output.fps}
			durationInFrames={output.frames}
		/>
	));
};

const useOutputCompositions = ({ taken, reel }: Options): readonly OutputComposition[] => {
	const [compositions, setCompositions] = useState<readonly OutputComposition[] | null>(drawsReel() ? [] : null);
	const [handle] = useState(() => (compositions === null ? delayRender(`reading ${STUDIO_DATA_FILE}`) : null));
	useEffect(() => {
		if (handle === null) return;
		readStudioData().then(
			(data) => setCompositions(data === null ? [] : composeOutputs(data, { taken, reel })),
			(error: unknown) => cancelRender(error),
		);
	}, [handle, taken, reel]);
	useEffect(() => {
		if (handle !== null && compositions !== null) continueRender(handle);
	}, [handle, compositions]);
	return compositions ?? [];
};

/** A worker's page is given its segments as input props; the Studio, and a render that it starts, are not. */
const drawsReel = (): boolean => !getRemotionEnvironment().isStudio && 'segments' in getInputProps();

/** The campaign's outputs, or null where no campaign was compiled. A development server answers a missing file with its own page. */
const readStudioData = async (): Promise<StudioData | null> => {
	const response = await fetch(staticFile(STUDIO_DATA_FILE));
	if (!response.ok || response.headers.get('content-type')?.includes('html')) return null;
	return (await response.json()) as StudioData;
};

const composeOutputs = ({ outputs, messages }: StudioData, { taken, reel: Reel }: Options): readonly OutputComposition[] => {
	const ids = compositionIds(
		outputs.map((output) => output.id),
		taken,
	);
	return outputs.map((output, index) => {
		const segments = output.segments.map((key) => messages[key]!);
		return { id: ids[index]!, output, component: () => <Reel segments={segments} /> };
	});
};
