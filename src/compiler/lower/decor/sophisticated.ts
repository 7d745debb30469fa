import type { Drawing, Track } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { withAlpha } from '../../design/color.ts';
import { round2, roundBox } from '../../design/geometry.ts';
import type { Frame } from '../../design/layout.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

/** Centre of the rings as shares of the canvas, and their diameter in u. */
const PLACES = [
	{ x: 1.02, y: 0.9 },
	{ x: 1, y: 0.08 },
	{ x: 0.86, y: 1.04 },
	{ x: 1.05, y: 0.78 },
] as const;
const DIAMETER = { portrait: 92, landscape: 104, square: 84 } as const;
const RADII = [50, 43, 36, 29] as const;
/** u. */
const STROKE = 0.2;
const RING_ALPHA = 0.42;
const GLOW_ALPHA = 0.3;
const SECONDS = 1.2;

/** A faint light from the upper left, and hairline rings that run off the page. */
export const decorateSophisticated: Decorate = (request) => {
	const { frame, colors, arrangement } = request;
	const [accent, light] = [colors[0]!, colors[1]];
	const { width, height, u } = frame;
	const diameter = DIAMETER[frame.aspect] * u;
	const place = PLACES[arrangement % PLACES.length]!;
	const stroke = round2(((STROKE * u) / diameter) * 100);
	const rings = RADII.map((radius) => `<circle cx="50" cy="50" r="${radius}"/>`).join('');
	const box = roundBox({ x: place.x * width - diameter / 2, y: place.y * height - diameter / 2, width: diameter, height: diameter });
	return [
		...(light === undefined ? [] : [glow(frame, light)]),
		{
			type: 'icon',
			box,
			tracks: ringTracks(request),
			size: 100,
			body: `<g fill="none" stroke="currentColor" stroke-width="${stroke}">${rings}</g>`,
			color: withAlpha(accent, RING_ALPHA),
		},
	];
};

const glow = ({ width, height }: Frame, light: string): Drawing => ({
	type: 'rectangle',
	box: { x: 0, y: 0, width, height },
	tracks: [],
	paint: {
		type: 'radial',
		center: { x: round2(width * 0.08), y: round2(height * 0.02) },
		radius: round2(Math.hypot(width, height) * 0.62),
		colors: [GLOW_ALPHA, GLOW_ALPHA * 0.55, GLOW_ALPHA * 0.2, GLOW_ALPHA * 0.05, 0].map((alpha) => withAlpha(light, alpha)),
	},
	radius: 0,
});

const ringTracks = ({ start, fps }: DecorRequest): readonly Track[] => [
	{ property: 'scale', from: 0.94, to: 1, start, end: start + toFrames(SECONDS, fps), easing: 'expo.out' },
];
