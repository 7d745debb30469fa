import type { Cta, MoodName } from './campaign-spec.gen.ts';
import type { Platform } from './platform.ts';
import type { OutputAxes } from './render-plan.ts';
import type { Seconds } from './units.ts';

/** One combination of the axes. */
export type Cell = {
	/** Stable, readable and unique in the campaign: `tiktok/15s/professional/shop-now`. */
	readonly id: string;
	readonly platform: Platform;
	readonly seconds: Seconds;
	readonly variant: string;
	readonly mood: MoodName;
	/** `null` when no call to action is an axis. */
	readonly cta: { readonly name: string; readonly spec: Cta } | null;
};

/** The cell's values by axis, as plans print them. */
export const axesOf = (cell: Cell): OutputAxes => ({
	platform: cell.platform.name,
	duration: cell.seconds,
	variant: cell.variant,
	mood: cell.mood,
	cta: cell.cta?.name ?? null,
});
