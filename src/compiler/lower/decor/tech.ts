import type { Box, Drawing, Track } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { withAlpha } from '../../design/color.ts';
import { growBox, overlap, round2, roundBox } from '../../design/geometry.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

/** Where the light stands, as shares of the canvas. */
const LIGHTS = [
	{ x: 0.92, y: 0.06 },
	{ x: 0.96, y: 0.9 },
	{ x: 0.1, y: 1 },
	{ x: 0.7, y: -0.04 },
] as const;

/** Cells of the grid along the shorter side. */
const CELLS = 10;
/** u. */
const LINE = 0.14;
const CROSS = 1.5;
const LINE_ALPHA = 0.25;
const CROSS_ALPHA = 0.75;
/** The most of its colour that the light lays over the ground. */
const GLOW_ALPHA = 0.34;
const GLOW_FADE = [1, 0.72, 0.42, 0.18, 0.05, 0];
const SECONDS = 0.9;

/** A fine grid from edge to edge, a light behind it, and the crossings near the light lit up. */
export const decorateTech: Decorate = (request) => {
	const [line, light] = request.colors;
	const lit = request.loud[2];
	const marks = lit === undefined ? [] : crossings(request, withAlpha(lit, CROSS_ALPHA));
	return [...(light === undefined ? [] : [glow(request, light)]), zoomed(request, [grid(request, withAlpha(line!, LINE_ALPHA)), ...marks])];
};

const glow = ({ frame, arrangement }: DecorRequest, light: string): Drawing => {
	const { width, height } = frame;
	const at = LIGHTS[arrangement % LIGHTS.length]!;
	return {
		type: 'rectangle',
		box: { x: 0, y: 0, width, height },
		tracks: [],
		paint: {
			type: 'radial',
			center: { x: round2(at.x * width), y: round2(at.y * height) },
			radius: round2(Math.hypot(width, height) * 0.55),
			colors: GLOW_FADE.map((share) => withAlpha(light, share * GLOW_ALPHA)),
		},
		radius: 0,
	};
};

/** The grid's step in pixels, and where its first lines stand: whole cells around the middle, so that both edges cut alike. */
const gridOf = ({ frame }: DecorRequest) => {
	const { width, height, u } = frame;
	const step = (100 / CELLS) * u;
	const first = (length: number): number => (length / 2) % step;
	const along = (length: number): readonly number[] =>
		Array.from({ length: Math.floor((length - first(length)) / step) + 1 }, (_, index) => first(length) + index * step);
	return { xs: along(width), ys: along(height), step };
};

const canvasSide = ({ frame }: DecorRequest): number => Math.max(frame.width, frame.height);

const zoom = ({ start, fps }: DecorRequest): readonly Track[] => [
	{ property: 'scale', from: 1.06, to: 1, start, end: start + toFrames(SECONDS, fps), easing: 'expo.out' },
];

const grid = (request: DecorRequest, color: string): Drawing => {
	const side = canvasSide(request);
	const { xs, ys } = gridOf(request);
	const unit = (pixels: number): number => round2((pixels / side) * 100);
	const lines = [...xs.map((x) => `M${unit(x)} -10V110`), ...ys.map((y) => `M-10 ${unit(y)}H110`)].join('');
	const body = `<path fill="none" stroke="currentColor" stroke-width="${unit(LINE * request.frame.u)}" d="${lines}"/>`;
	return { type: 'icon', box: { x: 0, y: 0, width: side, height: side }, tracks: [], size: 100, body, color };
};

/** Crossings that are at most this many cells from the light's row and column, and off the words. */
const LIT = 3;

const CROSS_MARK = '<path fill="none" stroke="currentColor" stroke-width="10" d="M0 50H100M50 0V100"/>';

const crossings = (request: DecorRequest, color: string): readonly Drawing[] => {
	const { frame, arrangement, occupied } = request;
	const { xs, ys, step } = gridOf(request);
	const at = LIGHTS[arrangement % LIGHTS.length]!;
	const arm = CROSS * frame.u;
	const isNear = (x: number, y: number): boolean => Math.hypot(x - at.x * frame.width, y - at.y * frame.height) < LIT * step;
	const boxes = xs.flatMap((x) =>
		ys.filter((y) => isNear(x, y)).map((y): Box => roundBox({ x: x - arm, y: y - arm, width: 2 * arm, height: 2 * arm })),
	);
	return boxes
		.filter((box) => occupied.every((other) => !overlap(box, growBox(other, frame.u))))
		.map((box): Drawing => ({ type: 'icon', box, tracks: [], size: 100, body: CROSS_MARK, color }));
};

/** Drawings that zoom together about the middle of the canvas. */
const zoomed = (request: DecorRequest, children: readonly Drawing[]): Drawing => {
	const { width, height } = request.frame;
	return { type: 'group', box: { x: 0, y: 0, width, height }, tracks: zoom(request), children };
};
