import type { AnimatedProperty, Box, Drawing } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { contrast } from '../../design/color.ts';
import { growBox, overlap, roundBox } from '../../design/geometry.ts';
import type { Frame } from '../../design/layout.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

type Block = { readonly box: Box; readonly from: AnimatedProperty };

/** Corners as shares of the canvas. */
const whole = ({ width, height }: Frame, [x, y]: readonly [number, number], [right, bottom]: readonly [number, number]): Box =>
	roundBox({ x: x * width, y: y * height, width: (right - x) * width, height: (bottom - y) * height });

/** Large blocks a shade off the ground. Words may stand on them. */
const SHADES: readonly ((frame: Frame) => readonly Block[])[] = [
	(frame) => [{ box: whole(frame, [0.62, 0], [1, 1]), from: 'clip-top' }],
	(frame) => [{ box: whole(frame, [0, 0.58], [1, 1]), from: 'clip-right' }],
	(frame) => [
		{ box: whole(frame, [0.5, 0], [0.75, 1]), from: 'clip-bottom' },
		{ box: whole(frame, [0.75, 0.34], [1, 1]), from: 'clip-bottom' },
	],
	(frame) => [{ box: whole(frame, [0, 0], [1, 0.36]), from: 'clip-left' }],
];

/** Where a hard block may meet the edge of the sheet, as shares of it. The first that leaves the words alone is drawn. */
const HARD: readonly (readonly ((frame: Frame) => Block)[])[] = [
	[(frame) => side(frame, 0.84), (frame) => foot(frame, 0.84), (frame) => foot(frame, 0.94)],
	[(frame) => foot(frame, 0.84), (frame) => foot(frame, 0.91), (frame) => foot(frame, 0.95)],
	[(frame) => foot(frame, 0.88), (frame) => foot(frame, 0.94)],
	[(frame) => side(frame, 0.9), (frame) => foot(frame, 0.88), (frame) => foot(frame, 0.95)],
];

const foot = (frame: Frame, from: number): Block => ({ box: whole(frame, [0, from], [1, 1]), from: 'clip-right' });

/** Portraits have no width to give away. */
const side = (frame: Frame, from: number): Block =>
	frame.aspect === 'landscape' ? { box: whole(frame, [from, 0], [1, 1]), from: 'clip-bottom' } : foot(frame, from);

const SECONDS = 0.4;
/** u between words and a hard block. */
const CLEAR = 3;
const STANDS_OUT = 1.8;

/** Flat blocks that meet the edges of the sheet. */
export const decorateBold: Decorate = (request) => {
	const { frame, arrangement, occupied, colors } = request;
	const shades = SHADES[arrangement % SHADES.length]!(frame).map((block) => draw(block, colors[0]!, request));
	const free = HARD[arrangement % HARD.length]!.map((block) => block(frame)).find(
		({ box }) => !occupied.some((other) => overlap(box, growBox(other, CLEAR * frame.u))),
	);
	return free === undefined || request.loud.length === 0 ? shades : [...shades, draw(free, hardColor(request), request)];
};

/** The poster's colour where it stands out from the ground, else the ink. */
const hardColor = ({ ground, roles, loud }: DecorRequest): string =>
	loud.find((color) => contrast(color, ground) >= STANDS_OUT) ?? roles.ink;

const draw = ({ box, from }: Block, color: string, { start, fps, visible }: DecorRequest): Drawing => ({
	type: 'rectangle',
	box,
	tracks: [{ property: from, from: visible ? 0.35 : 1, to: 0, start, end: start + toFrames(SECONDS, fps), easing: 'expo.out' }],
	paint: { type: 'solid', color },
	radius: 0,
});
