import { type ReactNode, useContext, useLayoutEffect, useRef } from 'react';
import { Sequence, useVideoConfig } from 'remotion';
import { COMPONENT_AXES, type ComponentAxes, type ComponentFace } from '../model/component.ts';
import type { Drawing } from '../model/drawing.ts';
import type { FontFile } from '../model/segment-message.ts';
import { ComponentVideoContext } from './component-modules.ts';
import type { ComponentProps, ComponentTheme, LoadedComponent, ThemeFont } from './component-types.ts';
import { place } from './draw-shape.tsx';
import { FaultBoundary, toldError, wordsOf } from './fault-boundary.tsx';
import { familyOf } from './font-family.ts';
import { ComponentsContext } from './load-components.ts';

type ComponentDrawing = Extract<Drawing, { type: 'component' }>;

type Drawn = {
	readonly drawing: ComponentDrawing;
	/** Counts from the segment's first. */
	readonly frame: number;
	readonly fonts: readonly FontFile[];
};

/**
 * A campaign's own component. Mounted afresh for every frame: what it kept from the frame before would make a picture depend on where a segment was
 * cut. It has Remotion's clock set to its own.
 */
export const DrawComponent = ({ drawing, frame, fonts }: Drawn): ReactNode => {
	const component = useContext(ComponentsContext)(drawing.code);
	const { width, height, fps } = useVideoConfig();
	const own = frame - drawing.start;
	const given = {
		props: structuredClone(drawing.props),
		canvas: { width, height, fps },
		box: { width: drawing.box.width, height: drawing.box.height },
		theme: themeOf(drawing, fonts),
		frame: own,
		frames: drawing.frames,
		axes: guardAxes(component, drawing.axes),
	};
	return (
		<ComponentVideoContext.Provider value={{ ...given.canvas, durationInFrames: drawing.frames }}>
			<Sequence from={drawing.start} durationInFrames={drawing.frames} layout="none">
				<div style={{ ...place(drawing.box), overflow: 'hidden', isolation: 'isolate' }}>
					<Once key={own} component={component} given={given} />
				</div>
			</Sequence>
		</ComponentVideoContext.Provider>
	);
};

/** One frame of a component. What it did that it must not do counts also when it has caught the error. */
const Once = ({ component, given }: { readonly component: LoadedComponent; readonly given: ComponentProps }): ReactNode => {
	const root = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		if (root.current?.getAnimations({ subtree: true }).length) component.refuse('moves by a CSS animation or transition', MOVE);
		if (root.current?.querySelector('video, audio, iframe, object, embed'))
			component.refuse('plays media', 'media has a clock of its own: use a layer of the spec');
		const violation = component.violation();
		if (violation !== null) throw violation;
	});
	return (
		<div ref={root} style={{ position: 'absolute', inset: 0 }}>
			<FaultBoundary
				tell={(thrown) =>
					component.violation() ?? toldError(`the component ${component.name} throws at its frame ${given.frame}: ${wordsOf(thrown)}`)
				}
			>
				{component.render(given)}
			</FaultBoundary>
		</div>
	);
};

const MOVE = 'the browser runs it by its own clock: compute the style from `frame`';

/** What is not declared is not in the key of the picture, so it cannot be read. */
const guardAxes = ({ refuse }: LoadedComponent, axes: ComponentAxes): ComponentAxes => {
	const check = (key: PropertyKey): void => {
		const axis = COMPONENT_AXES.find((name) => name === key);
		if (axis !== undefined && !Object.hasOwn(axes, axis))
			refuse(
				`reads the axis "${axis}" without saying so`,
				`add it to the layer: \`uses: [${[...Object.keys(axes), axis].sort().join(', ')}]\``,
			);
	};
	return new Proxy(
		{ ...axes },
		{
			get: (target, key) => {
				check(key);
				return Reflect.get(target, key) as unknown;
			},
			has: (target, key) => {
				check(key);
				return Reflect.has(target, key);
			},
		},
	);
};

const themeOf = ({ theme: { faces, ...tokens } }: ComponentDrawing, fonts: readonly FontFile[]): ComponentTheme => {
	const font = ({ family, weight }: ComponentFace): ThemeFont => ({
		fontFamily: familyOf({ family, weight, italic: false }, fonts),
		fontWeight: weight,
	});
	return { ...structuredClone(tokens), fonts: { heading: font(faces.heading), body: font(faces.body), strong: font(faces.strong) } };
};
