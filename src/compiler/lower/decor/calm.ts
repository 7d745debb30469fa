import type { Drawing } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { withAlpha } from '../../design/color.ts';
import { round2, roundBox } from '../../design/geometry.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

/** Centre as shares of the canvas, diameter as a share of its diagonal, colour by its number. */
type Glow = { readonly x: number; readonly y: number; readonly size: number; readonly color: number };

const GLOWS: readonly (readonly Glow[])[] = [
	[
		{ x: 0.05, y: 0.06, size: 0.95, color: 0 },
		{ x: 1.02, y: 0.5, size: 0.8, color: 2 },
		{ x: 0.3, y: 1.04, size: 0.95, color: 1 },
	],
	[
		{ x: 0.95, y: 0.02, size: 0.95, color: 1 },
		{ x: -0.05, y: 0.46, size: 0.8, color: 0 },
		{ x: 0.8, y: 1.02, size: 0.95, color: 2 },
	],
	[
		{ x: 0.1, y: 0, size: 0.85, color: 2 },
		{ x: 1, y: 0.28, size: 0.85, color: 1 },
		{ x: 0.2, y: 1, size: 1, color: 0 },
	],
	[
		{ x: 0.9, y: 0.04, size: 0.9, color: 0 },
		{ x: 0, y: 0.7, size: 0.9, color: 1 },
		{ x: 1, y: 1, size: 0.85, color: 2 },
	],
];

/** A soft step down to nothing: a straight one would show its rim. */
const FADE = [1, 0.92, 0.72, 0.46, 0.24, 0.09, 0.02, 0];
const STRENGTH = 0.92;
/** u that the light drifts while it comes to rest, and how long: under 2 u a second. */
const DRIFT = 3;
const SECONDS = 1.8;

/** Wide pools of colour without an edge. */
export const decorateCalm: Decorate = (request) =>
	GLOWS[request.arrangement % GLOWS.length]!.map((glow, index) => draw(glow, request, index));

const draw = ({ x, y, size, color }: Glow, { frame, colors, start, fps }: DecorRequest, index: number): Drawing => {
	const { width, height, u } = frame;
	const diameter = size * Math.hypot(width, height);
	const center = { x: round2(x * width), y: round2(y * height) };
	const tint = colors[color % colors.length]!;
	return {
		type: 'ellipse',
		box: roundBox({ x: center.x - diameter / 2, y: center.y - diameter / 2, width: diameter, height: diameter }),
		tracks: [
			{
				property: index === 1 ? 'y' : 'x',
				from: round2((index === 2 ? -DRIFT : DRIFT) * u),
				to: 0,
				start,
				end: start + toFrames(SECONDS, fps),
				easing: 'power2.out',
			},
		],
		paint: { type: 'radial', center, radius: round2(diameter / 2), colors: FADE.map((share) => withAlpha(tint, share * STRENGTH)) },
	};
};
