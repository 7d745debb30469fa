import type { ReactNode } from 'react';
import type { ComponentAxes, ComponentTokens, GUARDED_GLOBALS } from '../model/component.ts';

/** A face of the theme, as a style: `<h1 style={theme.fonts.heading}>`. */
export type ThemeFont = { readonly fontFamily: string; readonly fontWeight: number };

/** The look of the scene around a component. Lengths are pixels of the canvas. */
export type ComponentTheme = Omit<ComponentTokens, 'faces'> & {
	readonly fonts: { readonly heading: ThemeFont; readonly body: ThemeFont; readonly strong: ThemeFont };
};

/**
 * All that a campaign's own component is given: nothing else may decide what it draws. It is mounted afresh for every frame, so it keeps
 * nothing from one to the next; it has no clock, no chance and no network, and whoever reaches for one stops the render.
 *
 * ```tsx
 * export default function Growth({ props, box, theme, frame, canvas }: ComponentProps<{ metric: number }>) {
 * 	const share = Math.min(1, frame / canvas.fps);
 * 	return <h1 style={{ ...theme.fonts.heading, color: theme.colors.ink }}>{Math.round(props.metric * share)} %</h1>;
 * }
 * ```
 */
export type ComponentProps<Props = Readonly<Record<string, unknown>>> = {
	/** As the layer writes them. */
	readonly props: Props;
	/** Pixels, and frames per second. */
	readonly canvas: { readonly width: number; readonly height: number; readonly fps: number };
	/** Pixels that the component has for itself: its root fills them, and what hangs out is cut off. */
	readonly box: { readonly width: number; readonly height: number };
	readonly theme: ComponentTheme;
	/** Counts from the first frame of the layer, 0 to `frames - 1`. */
	readonly frame: number;
	readonly frames: number;
	/** The axes that the layer declares in `uses`. Reading another one stops the render. */
	readonly axes: ComponentAxes;
};

type GuardedGlobals = Readonly<Record<(typeof GUARDED_GLOBALS)[number], unknown>>;

/** The code of a component as a function: it finds its imports in `require`, and the names of `globals` instead of the page's own. */
export type ComponentFactory = (
	require: (name: string) => unknown,
	module: { exports: Readonly<Record<string, unknown>> },
	exports: Readonly<Record<string, unknown>>,
	globals: GuardedGlobals,
) => void;

/** A component as a generated entry registers it. `name` is the path that the spec writes. */
export type ComponentModule = { readonly name: string; readonly exported: string; readonly load: ComponentFactory };

/** A component that is ready to be drawn. */
export type LoadedComponent = {
	readonly name: string;
	readonly render: (given: ComponentProps) => ReactNode;
	/** What it did that it must not, even when it hid the error. */
	readonly violation: () => Error | null;
	/** @throws Error that names the component, what it did and the cure. */
	readonly refuse: Refuse;
};

export type Refuse = (what: string, cure: string) => never;
