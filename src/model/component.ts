/** What a campaign's own components may be told of the cell that they are drawn for, when their layer declares it. */
export const COMPONENT_AXES = ['platform', 'duration', 'variant', 'mood', 'cta'] as const;
export type ComponentAxis = (typeof COMPONENT_AXES)[number];

/** Values of the declared axes; `duration` in seconds, `cta` is null when the campaign has none. */
export type ComponentAxes = { readonly [Axis in ComponentAxis]?: string | number | null };

/** A face of the message's `fonts`. */
export type ComponentFace = { readonly family: string; readonly weight: number };

/** The look of the scene around a component: colours are `#rrggbb`, lengths are pixels. */
export type ComponentTokens = {
	readonly colors: {
		readonly background: string;
		readonly surface: string;
		readonly ink: string;
		readonly muted: string;
		/** The accent as a fill, as text, and what is written on it. */
		readonly accent: string;
		readonly accentInk: string;
		readonly onAccent: string;
	};
	readonly faces: { readonly heading: ComponentFace; readonly body: ComponentFace; readonly strong: ComponentFace };
	/** 1 % of the canvas's shorter side. */
	readonly u: number;
	/** Least distance from the edge of the canvas. */
	readonly margin: number;
	/** Corners of pictures and panels. */
	readonly radius: number;
};

/** Globals that a component never gets as they are: what they are depends on the clock, on chance, on the network or on the machine. */
export const GUARDED_GLOBALS = [
	'window',
	'globalThis',
	'self',
	'Date',
	'Math',
	'Intl',
	'Temporal',
	'performance',
	'crypto',
	'setTimeout',
	'setInterval',
	'setImmediate',
	'requestAnimationFrame',
	'requestIdleCallback',
	'scheduler',
	'fetch',
	'XMLHttpRequest',
	'WebSocket',
	'EventSource',
	'BroadcastChannel',
	'MessageChannel',
	'Worker',
	'SharedWorker',
	'navigator',
	'localStorage',
	'sessionStorage',
	'indexedDB',
	'Function',
] as const;
