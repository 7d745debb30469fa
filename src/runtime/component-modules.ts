import * as React from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import * as remotion from 'remotion';
import type { Refuse } from './component-types.ts';

/** What `useVideoConfig` tells a component: its own layer as a video. */
export type ComponentVideo = {
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly durationInFrames: number;
};

export const ComponentVideoContext = React.createContext<ComponentVideo>({ width: 0, height: 0, fps: 0, durationInFrames: 0 });

/** The modules that a component imports and shares with the page. @throws Error for any other name: those are bundled with it. */
export const componentModules = (refuse: Refuse): ((name: string) => unknown) => {
	const modules = new Map<string, unknown>([
		['react', asModule(React)],
		['react/jsx-runtime', asModule(jsxRuntime)],
		['react/jsx-dev-runtime', asModule({ ...jsxRuntime, jsxDEV: jsxRuntime.jsx })],
		['remotion', asModule({ ...remotion, ...guardRemotion(refuse) })],
		['reelform/runtime', asModule({})],
	]);
	return (name) => {
		if (!modules.has(name)) throw new Error(`a component cannot import ${name}: it draws with react and remotion`);
		return modules.get(name);
	};
};

const asModule = (members: object): unknown => ({
	...members,
	default: 'default' in members ? members.default : members,
	__esModule: true,
});

const FILES = 'import the file in the component, or give it to an `image` layer';

/** Remotion without its ways around the message: what the page was told of other segments, files, and media with a clock of their own. */
const guardRemotion = (refuse: Refuse): Readonly<Record<string, unknown>> => {
	const media = Object.fromEntries(
		['Video', 'Html5Video', 'OffthreadVideo', 'Audio', 'Html5Audio', 'IFrame'].map((name) => [
			name,
			() => refuse(`plays media with <${name}>`, 'media has a clock of its own: use a layer of the spec'),
		]),
	);
	return {
		...media,
		useVideoConfig: () => ({
			...React.useContext(ComponentVideoContext),
			id: 'component',
			defaultProps: {},
			props: {},
			defaultCodec: null,
		}),
		getInputProps: () => refuse('reads getInputProps()', 'give the component its data as `props`'),
		staticFile: () => refuse('reads a file with staticFile()', FILES),
		getStaticFiles: () => refuse('lists files with getStaticFiles()', FILES),
		prefetch: () => refuse('reaches for the network with prefetch()', FILES),
	};
};
