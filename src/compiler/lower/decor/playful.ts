import type { Box, Drawing, Track } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { growBox, overlap, round2, roundBox } from '../../design/geometry.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

const BLOB =
	'<path fill="currentColor" d="M50 2C68 -2 92 10 97 34C102 57 92 82 70 93C49 103 20 99 8 77C-4 56 2 27 20 13C29 6 39 4 50 2Z"/>';
const DISC = '<circle cx="50" cy="50" r="50" fill="currentColor"/>';
const RING = '<circle cx="50" cy="50" r="37" fill="none" stroke="currentColor" stroke-width="24"/>';
const SQUIGGLE =
	'<path fill="none" stroke="currentColor" stroke-width="11" stroke-linecap="round" stroke-linejoin="round" d="M7 50C15 24 27 24 36 50C45 76 55 76 64 50C73 24 85 24 93 50"/>';
const PLUS = '<path fill="none" stroke="currentColor" stroke-width="24" stroke-linecap="round" d="M50 14V86M14 50H86"/>';
const HALF = '<path fill="currentColor" d="M0 50A50 50 0 0 1 100 50Z"/>';
const DOTS = `<g fill="currentColor">${[10, 36.7, 63.3, 90].flatMap((y) => [10, 36.7, 63.3, 90].map((x) => `<circle cx="${x}" cy="${y}" r="5.4"/>`)).join('')}</g>`;

/** Centre as shares of the canvas, size in u, colour by its number, turn in degrees. */
type Piece = {
	readonly body: string;
	readonly color: number;
	readonly x: number;
	readonly y: number;
	readonly size: number;
	readonly turn: number;
};

/** Large shapes that run off the corners. Words may stand on them. */
const CORNERS: readonly (readonly Piece[])[] = [
	[
		{ body: BLOB, color: 0, x: 0.98, y: 0.03, size: 62, turn: 12 },
		{ body: BLOB, color: 2, x: 0.02, y: 0.98, size: 70, turn: 200 },
		{ body: DISC, color: 1, x: 0.99, y: 0.93, size: 26, turn: 0 },
	],
	[
		{ body: BLOB, color: 1, x: 0.02, y: 0.02, size: 62, turn: 100 },
		{ body: BLOB, color: 3, x: 1, y: 0.97, size: 70, turn: 30 },
		{ body: DISC, color: 2, x: 0.03, y: 0.92, size: 24, turn: 0 },
	],
	[
		{ body: DISC, color: 3, x: 0.98, y: 0.02, size: 52, turn: 0 },
		{ body: BLOB, color: 0, x: 0.04, y: 1, size: 74, turn: 160 },
		{ body: BLOB, color: 1, x: 1.02, y: 0.86, size: 30, turn: 60 },
	],
	[
		{ body: BLOB, color: 2, x: 0, y: 0.04, size: 58, turn: 250 },
		{ body: DISC, color: 1, x: 0.99, y: 0.98, size: 60, turn: 0 },
		{ body: BLOB, color: 0, x: 0.98, y: 0.06, size: 30, turn: 20 },
	],
];

/** Small ones that are strewn about and keep off the words. */
const CONFETTI: readonly (readonly Piece[])[] = [
	[
		{ body: DOTS, color: 1, x: 0.12, y: 0.12, size: 13, turn: 0 },
		{ body: SQUIGGLE, color: 3, x: 0.78, y: 0.85, size: 17, turn: -14 },
		{ body: RING, color: 2, x: 0.88, y: 0.3, size: 7, turn: 0 },
		{ body: PLUS, color: 0, x: 0.1, y: 0.68, size: 5, turn: 20 },
	],
	[
		{ body: DOTS, color: 0, x: 0.88, y: 0.12, size: 13, turn: 0 },
		{ body: SQUIGGLE, color: 2, x: 0.2, y: 0.84, size: 17, turn: 12 },
		{ body: RING, color: 3, x: 0.1, y: 0.3, size: 7, turn: 0 },
		{ body: HALF, color: 1, x: 0.9, y: 0.66, size: 9, turn: 32 },
	],
	[
		{ body: SQUIGGLE, color: 1, x: 0.16, y: 0.12, size: 17, turn: -10 },
		{ body: PLUS, color: 2, x: 0.9, y: 0.34, size: 6, turn: 15 },
		{ body: DOTS, color: 3, x: 0.74, y: 0.9, size: 13, turn: 0 },
		{ body: RING, color: 1, x: 0.1, y: 0.64, size: 6.5, turn: 0 },
	],
	[
		{ body: RING, color: 3, x: 0.6, y: 0.1, size: 8, turn: 0 },
		{ body: DOTS, color: 0, x: 0.14, y: 0.88, size: 13, turn: 0 },
		{ body: PLUS, color: 1, x: 0.09, y: 0.36, size: 5.5, turn: 18 },
		{ body: SQUIGGLE, color: 3, x: 0.86, y: 0.7, size: 14, turn: 60 },
	],
];

/** u that confetti keeps off words and pictures. */
const DISTANCE = 2.5;
const SECONDS = 0.6;

/** Round shapes in clear hues at the corners, and confetti between them. */
export const decoratePlayful: Decorate = (request) => {
	const { arrangement, occupied, frame } = request;
	const corners = CORNERS[arrangement % CORNERS.length]!;
	const strewn = CONFETTI[arrangement % CONFETTI.length]!.filter((piece) => {
		const box = growBox(boxOf(piece, request), DISTANCE * frame.u);
		return !occupied.some((other) => overlap(box, other)) && !corners.some((corner) => touches(corner, piece, frame));
	});
	return [
		...corners.map((piece) => draw(piece, request, { from: 0.92, delay: 0 })),
		...strewn.map((piece, index) => draw(piece, request, { from: request.visible ? 0.8 : 0, delay: 0.1 + index * 0.06 })),
	];
};

/** Whether two pieces are nearer than their rims. */
const touches = (one: Piece, other: Piece, { width, height, u }: DecorRequest['frame']): boolean =>
	Math.hypot((one.x - other.x) * width, (one.y - other.y) * height) < ((one.size + other.size) / 2 + DISTANCE) * u;

const boxOf = ({ x, y, size }: Piece, { frame }: DecorRequest): Box => {
	const side = size * frame.u;
	return roundBox({ x: x * frame.width - side / 2, y: y * frame.height - side / 2, width: side, height: side });
};

const draw = (piece: Piece, request: DecorRequest, { from, delay }: { readonly from: number; readonly delay: number }): Drawing => {
	const { fps, colors } = request;
	const start = request.start + toFrames(delay, fps);
	const end = start + toFrames(SECONDS, fps);
	const tracks: Track[] = [{ property: 'scale', from, to: 1, start, end, easing: 'back.out' }];
	if (piece.turn !== 0) tracks.push({ property: 'rotate', from: piece.turn, to: round2(piece.turn), start: -1, end: 0, easing: 'linear' });
	return { type: 'icon', box: boxOf(piece, request), tracks, size: 100, body: piece.body, color: colors[piece.color % colors.length]! };
};
