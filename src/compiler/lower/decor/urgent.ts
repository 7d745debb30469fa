import type { Box, Drawing } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { bottomOf, growBox, rightOf, round2 } from '../../design/geometry.ts';
import type { Frame } from '../../design/layout.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

/** Rise of the bands over their run. */
const SLOPE = 0.24;

/** The bands of one corner: the hot one fills it from `edge` on, the others run beside it. Shares of the way between the two far corners. */
type Corner = { readonly at: 'head' | 'foot'; readonly edge: number };

const CORNERS: readonly (readonly Corner[])[] = [
	[{ at: 'foot', edge: 0.84 }],
	[
		{ at: 'head', edge: 0.13 },
		{ at: 'foot', edge: 0.92 },
	],
	[{ at: 'foot', edge: 0.87 }],
	[
		{ at: 'head', edge: 0.1 },
		{ at: 'foot', edge: 0.88 },
	],
];

/** u: the thin bands beside the hot one, each by the gap before it and its width. */
const STRIPES = [
	{ gap: 2.2, width: 3.2 },
	{ gap: 2.2, width: 1.1 },
] as const;
/** u between words and a hot band. */
const CLEAR = 4;
/** u below which a band is a splinter. */
const LEAST = 3;
const SECONDS = 0.27;

/** How far down a slanted line a point lies: lines rise to the right, so what is further right lies further down. */
const depth = (x: number, y: number): number => y + SLOPE * x;

/** Broad slanted shades that words may stand on, and hot bands in the corners that the words leave free. */
export const decorateUrgent: Decorate = (request) => {
	const { frame, arrangement, colors, loud } = request;
	const far = depth(frame.width, frame.height);
	const shades = [band(request, { from: far * 0.44, to: far * 0.66, color: colors[0]! })];
	const [, hot, warm] = loud;
	if (hot === undefined || warm === undefined) return shades;
	return [...shades, ...CORNERS[arrangement % CORNERS.length]!.flatMap((corner) => cornerBands(request, corner, { hot, warm }))];
};

type Heat = { readonly hot: string; readonly warm: string };

const cornerBands = (request: DecorRequest, { at, edge }: Corner, { hot, warm }: Heat): readonly Drawing[] => {
	const { frame } = request;
	const far = depth(frame.width, frame.height);
	const stripes = STRIPES.reduce((sum, { gap, width }) => sum + gap + width, 0) * frame.u;
	const away = at === 'foot' ? 1 : -1;
	const free = at === 'foot' ? lowest(request) + stripes : highest(request) - stripes;
	const start = at === 'foot' ? Math.max(edge * far, free) : Math.min(edge * far, free);
	const end = at === 'foot' ? far : 0;
	if ((end - start) * away < LEAST * frame.u) return [];
	const bands = [band(request, { from: start, to: end, color: hot })];
	let reached = start;
	for (const [index, { gap, width }] of STRIPES.entries()) {
		const from = reached - away * gap * frame.u;
		reached = from - away * width * frame.u;
		bands.push(band(request, { from, to: reached, color: index === 0 ? warm : hot }));
	}
	return bands;
};

const clearOf = ({ frame, occupied }: DecorRequest): readonly Box[] => occupied.map((box) => growBox(box, CLEAR * frame.u));

const lowest = (request: DecorRequest): number =>
	Math.max(Number.NEGATIVE_INFINITY, ...clearOf(request).map((box) => depth(rightOf(box), bottomOf(box))));

const highest = (request: DecorRequest): number =>
	Math.min(Number.POSITIVE_INFINITY, ...clearOf(request).map((box) => depth(box.x, box.y)));

type Band = { readonly from: number; readonly to: number; readonly color: string };

/** A slanted band from one edge of the canvas to the other, which shoots in along its own direction. */
const band = ({ frame, start, fps, visible }: DecorRequest, { from, to, color }: Band): Drawing => {
	const side = Math.max(frame.width, frame.height);
	const { points, box } = slanted(frame, side, [Math.min(from, to), Math.max(from, to)]);
	return {
		type: 'icon',
		box,
		tracks: [
			{
				property: 'x',
				from: round2(-(visible ? 0.04 : 0.5) * frame.width),
				to: 0,
				start,
				end: start + toFrames(SECONDS, fps),
				easing: 'expo.out',
			},
			{
				property: 'y',
				from: round2((visible ? 0.04 : 0.5) * frame.width * SLOPE),
				to: 0,
				start,
				end: start + toFrames(SECONDS, fps),
				easing: 'expo.out',
			},
		],
		size: 100,
		body: `<polygon fill="currentColor" points="${points}"/>`,
		color,
	};
};

/** The band on the 100 x 100 grid of a square of `side` pixels, half a canvas wider at each end so that moving never bares an edge. */
const slanted = (frame: Frame, side: number, [upper, lower]: readonly [number, number]): { readonly points: string; readonly box: Box } => {
	const unit = (pixels: number): number => round2((pixels / side) * 100);
	const [left, right] = [-frame.width / 2, frame.width * 1.5];
	const corners = [
		[left, upper - SLOPE * left],
		[right, upper - SLOPE * right],
		[right, lower - SLOPE * right],
		[left, lower - SLOPE * left],
	] as const;
	return { points: corners.map(([x, y]) => `${unit(x)},${unit(y)}`).join(' '), box: { x: 0, y: 0, width: side, height: side } };
};
