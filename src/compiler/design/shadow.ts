import type { Box, Drawing } from '../../model/drawing.ts';
import { fromOklch, oklchOf, withAlpha } from './color.ts';
import { growBox, roundBox } from './geometry.ts';

export type Caster = { readonly box: Box; readonly radius: number; readonly u: number };

const LAYERS = 14;
/** u that the shadow reaches beyond its caster, and that it falls down and to the right: the light stands at the upper left. */
const REACH = 7;
const FALL = { x: 0.8, y: 3 };

/** A large soft shadow, tinted with what it falls on: rounded rectangles laid over each other, the outer ones fainter. */
export const softShadow = ({ box, radius, u }: Caster, ground: string, alpha: number): readonly Drawing[] => {
	const { c, h } = oklchOf(ground);
	const color = fromOklch({ l: 0.12, c: Math.min(c * 1.5, 0.06), h });
	// Each layer lets `1 - step` of the ground through; together they darken it by `alpha`.
	const step = 1 - (1 - alpha) ** (1 / LAYERS);
	return Array.from({ length: LAYERS }, (_, layer): Drawing => {
		const share = 1 - layer / (LAYERS - 1);
		const spread = (share ** 1.6 * REACH - 1) * u;
		const grown = growBox(box, Math.max(spread, -Math.min(box.width, box.height) / 4));
		return {
			type: 'rectangle',
			box: roundBox({ ...grown, x: grown.x + FALL.x * u, y: grown.y + FALL.y * u }),
			tracks: [],
			paint: { type: 'solid', color: withAlpha(color, step) },
			radius: Math.round(Math.max(0, radius + spread) * 100) / 100,
		};
	});
};

/** A hard copy of the caster's outline, down and to the right. */
export const blockShadow = ({ box, radius, u }: Caster, color: string, reach: number): Drawing => ({
	type: 'rectangle',
	box: roundBox({ ...box, x: box.x + reach * u, y: box.y + reach * u }),
	tracks: [],
	paint: { type: 'solid', color },
	radius,
});
