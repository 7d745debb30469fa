import type { AnimatedProperty, Box, Drawing } from '../../../model/drawing.ts';
import { toFrames } from '../../../model/units.ts';
import { withAlpha } from '../../design/color.ts';
import { growBox, overlap, roundBox } from '../../design/geometry.ts';
import type { Decorate, DecorRequest } from './decoration.ts';

/** u. */
const THICK = 1.1;
const THIN = 0.16;
/** u between the rules at the head of the page. */
const RULE_GAP = 1.1;
/** u: how far down the words may start for the head to move down with them, how far above them it stands, and what it keeps off them. */
const LOWEST_HEAD = 7;
const HEAD_LIFT = 3.6;
const HEAD_CLEAR = 2.6;
/** u that columns and spot colour keep off the words. */
const CLEAR = 3;
const SECONDS = 0.6;

type Piece = { readonly box: Box; readonly color: string; readonly from: AnimatedProperty };

/** A double rule at the head, columns down the page, and one field of the spot colour: each where the words leave it room. */
export const decorateEditorial: Decorate = (request) => {
	const field = fieldOf(request);
	const pieces = [...headOf(request), ...columnsOf(request, field), ...(field === null ? [] : [field])];
	return pieces.map((piece) => draw(piece, request));
};

const isFree = ({ occupied, frame }: DecorRequest, box: Box): boolean =>
	!occupied.some((other) => overlap(box, growBox(other, CLEAR * frame.u)));

const headOf = (request: DecorRequest): readonly Piece[] => {
	const { frame, roles } = request;
	const { safe, u } = frame;
	const y = Math.min(safe.y, LOWEST_HEAD * u) - HEAD_LIFT * u;
	const thick = { x: safe.x, y, width: safe.width, height: THICK * u };
	const thin = { x: safe.x, y: y + (THICK + RULE_GAP) * u, width: safe.width, height: THIN * u };
	const isClear = (box: Box): boolean => !request.occupied.some((other) => overlap(box, growBox(other, HEAD_CLEAR * u)));
	return [thick, thin].filter(isClear).map((box) => ({ box, color: roles.ink, from: 'clip-right' }));
};

/** Where the field of spot colour may stand, as shares of the canvas: it bleeds off the edge. The first that is free is drawn. */
const FIELDS: Readonly<Record<DecorRequest['frame']['aspect'], readonly (readonly [number, number, number, number])[]>> = {
	portrait: [
		[0.5, 0, 1, 0.3],
		[0.66, 0, 1, 0.22],
		[0.8, 0, 1, 0.12],
		[0.9, 0, 1, 0.3],
	],
	landscape: [
		[0.72, 0, 1, 0.62],
		[0.82, 0, 1, 0.5],
		[0.9, 0, 1, 0.34],
		[0.95, 0, 1, 0.4],
	],
	square: [
		[0.62, 0, 1, 0.36],
		[0.74, 0, 1, 0.26],
		[0.86, 0, 1, 0.16],
		[0.93, 0, 1, 0.3],
	],
};

const fieldOf = (request: DecorRequest): Piece | null => {
	const { frame, loud } = request;
	const [color] = loud;
	if (color === undefined) return null;
	const boxes = FIELDS[frame.aspect].map(
		([x, y, right, bottom]): Box =>
			roundBox({ x: x * frame.width, y: y * frame.height, width: (right - x) * frame.width, height: (bottom - y) * frame.height }),
	);
	const box = boxes.find((candidate) => isFree(request, candidate));
	return box === undefined ? null : { box, color, from: 'clip-bottom' };
};

const COLUMN_ALPHA = 0.22;
const COLUMNS = { portrait: 4, landscape: 6, square: 4 } as const;

/** Hairlines between the columns of the page, cut where words or the field stand. */
const columnsOf = (request: DecorRequest, field: Piece | null): readonly Piece[] => {
	const { frame, roles } = request;
	const { safe, u } = frame;
	const count = COLUMNS[frame.aspect];
	const color = withAlpha(roles.ink, COLUMN_ALPHA);
	return Array.from({ length: count - 1 }, (_, index) => safe.x + ((index + 1) * safe.width) / count).flatMap((x) => {
		const box = { x, y: Math.min(safe.y, LOWEST_HEAD * u) + 1.4 * u, width: THIN * u, height: 0 };
		const floor = Math.min(
			frame.height,
			...[...request.occupied.map((other) => growBox(other, CLEAR * u)), ...(field === null ? [] : [field.box])]
				.filter((other) => overlap({ ...box, height: frame.height }, other))
				.map((other) => other.y),
		);
		const height = floor - box.y;
		return height < 12 * u ? [] : [{ box: { ...box, height }, color, from: 'clip-bottom' as const }];
	});
};

const draw = ({ box, color, from }: Piece, { start, fps, visible }: DecorRequest): Drawing => ({
	type: 'rectangle',
	box: roundBox(box),
	tracks: [{ property: from, from: visible ? 0.12 : 1, to: 0, start, end: start + toFrames(SECONDS, fps), easing: 'power4.out' }],
	paint: { type: 'solid', color },
	radius: 0,
});
