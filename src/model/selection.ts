import type { OutputAxes } from './render-plan.ts';

export const SELECTION_AXES = ['platform', 'duration', 'variant', 'mood', 'cta'] as const;
export type SelectionAxis = (typeof SELECTION_AXES)[number];

/**
 * Which outputs are wanted: those that have one of the listed values on every axis that is named. An empty list wants none.
 * Durations are seconds in their shortest spelling: `15`, `2.5`.
 */
export type Selection = { readonly [Axis in SelectionAxis]?: readonly string[] };

export const selects = (selection: Selection, axes: OutputAxes): boolean =>
	SELECTION_AXES.every((axis) => selection[axis]?.includes(String(axes[axis])) ?? true);
