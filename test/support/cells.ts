import type { Cta, MoodName } from '../../src/model/campaign-spec.gen.ts';
import type { Cell } from '../../src/model/cell.ts';
import type { Seconds } from '../../src/model/units.ts';

export type CellSketch = {
	readonly platform?: string;
	readonly width?: number;
	readonly height?: number;
	readonly seconds?: number;
	readonly variant?: string;
	readonly mood?: MoodName;
	readonly cta?: string | null;
};

/** A cell made by hand: a portrait phone for 15 s unless said otherwise. */
export const cellOf = (sketch: CellSketch = {}): Cell => {
	const { platform = 'tiktok', width = 108, height = 192, seconds = 15, variant = 'main', mood = 'calm', cta = null } = sketch;
	const spec: Cta = { text: 'Go' };
	return {
		id: `${platform}/${seconds}s/${variant}`,
		platform: {
			name: platform,
			canvas: { width, height, fps: 30 },
			safeArea: { top: 0.04, right: 0.04, bottom: 0.04, left: 0.04 },
			limits: { minSeconds: 0, maxSeconds: 3600 },
		},
		seconds: seconds as Seconds,
		variant,
		mood,
		cta: cta === null ? null : { name: cta, spec },
	};
};

export const WIDE: CellSketch = { platform: 'youtube', width: 192, height: 108 };
