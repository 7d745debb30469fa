import type { Region, RegionName } from '../../model/campaign-spec.gen.ts';
import type { Box } from '../../model/drawing.ts';
import { type Aspect, aspectOf, type Platform } from '../../model/platform.ts';
import { toFraction } from '../../model/units.ts';
import { bottomOf } from './geometry.ts';
import type { Mood } from './mood.ts';
import { type FittedStack, fitStack, type PlacedItem, placeStack, type StackItem, type StackOverflow } from './stack.ts';

export type Frame = {
	readonly width: number;
	readonly height: number;
	readonly aspect: Aspect;
	/** Pixels of 1 u: 1 % of the shorter side. */
	readonly u: number;
	/** Where words and marks may stand. */
	readonly safe: Box;
	/** `safe` with equal margins left and right: what is centred in it is centred on the canvas, whatever the platform covers at one side. */
	readonly centered: Box;
};

/** The canvas of a platform with the margins of a mood: the larger of the platform's safe area and the mood's own margin. */
export const frameOf = ({ canvas, safeArea }: Platform, mood: Mood): Frame => {
	const { width, height } = canvas;
	const u = Math.min(width, height) / 100;
	const inset = (share: number, length: number): number => Math.max(share * length, mood.margin * u);
	const [top, right] = [inset(safeArea.top, height), inset(safeArea.right, width)];
	const [bottom, left] = [inset(safeArea.bottom, height), inset(safeArea.left, width)];
	const side = Math.max(left, right);
	const rows = { y: top, height: height - top - bottom };
	return {
		width,
		height,
		aspect: aspectOf(canvas),
		u,
		safe: { x: left, width: width - left - right, ...rows },
		centered: { x: side, width: width - 2 * side, ...rows },
	};
};

/** Members that share a region, in the order of the spec. */
export type Stack<Fitted> = { readonly region: Region; readonly items: readonly StackItem<Fitted>[] };

export type PlacedStack<Fitted> = {
	readonly stack: Stack<Fitted>;
	readonly items: readonly PlacedItem<Fitted>[];
	/** Where the stack stands, overhang included. */
	readonly box: Box;
};

export type LayoutFailure<Fitted> = { readonly stack: Stack<Fitted>; readonly item: number };

export type Layout<Fitted> = { readonly placed: readonly PlacedStack<Fitted>[]; readonly failures: readonly LayoutFailure<Fitted>[] };

/** Share of the safe height that a stack at the top or the bottom may take from what stands in the middle. */
const EDGE_SHARE = 0.42;
/** A block in the middle sits this share of the height above it, where the eye sees the middle. */
const OPTICAL_LIFT = 0.025;
/** Share of the spare height that a low block has above it. */
const LOW = 0.86;
/** u between stacks of different regions. */
const STACK_GAP = 5;
/** u between the columns of a landscape. */
const COLUMN_GAP = 6;

type Edge = 'top' | 'bottom';
type Row = 'left' | 'center' | 'right';

const EDGES: Readonly<Record<Edge, readonly RegionName[]>> = {
	top: ['top-left', 'top-right', 'top'],
	bottom: ['bottom-left', 'bottom-right', 'bottom'],
};

/**
 * Every stack at a place of its own. Corners and edges are measured first, the middle gets what they leave, and boxes stand where they were written.
 * On portrait and square canvases left, centre and right are one column from top to bottom; on a square an upright picture stands beside the rest.
 */
export const layOut = <Fitted>(stacks: readonly Stack<Fitted>[], frame: Frame, mood: Mood): Layout<Fitted> => {
	const setter = makeSetter<Fitted>(frame, mood);
	const at = (name: RegionName): Stack<Fitted> | undefined =>
		stacks.find(({ region }) => region === name || (name === 'center' && region === 'full'));
	const rows: Readonly<Record<Row, Stack<Fitted> | undefined>> = { left: at('left'), center: at('center'), right: at('right') };
	const hasMiddle = Object.values(rows).some((stack) => stack !== undefined);
	const top = setEdge('top', at, { setter, frame, share: hasMiddle ? EDGE_SHARE : 0.5 });
	const bottom = setEdge('bottom', at, { setter, frame, share: hasMiddle ? EDGE_SHARE : 0.5 });
	const gap = STACK_GAP * frame.u;
	const y = frame.safe.y + (top === 0 ? 0 : top + gap);
	const end = bottomOf(frame.safe) - (bottom === 0 ? 0 : bottom + gap);
	setMiddle(rows, { y, height: Math.max(0, end - y) }, { setter, frame });
	for (const stack of stacks) if (typeof stack.region !== 'string') setter.set(stack, boxOf(stack.region, frame), 'box');
	return setter.result();
};

/** A region that was written in percent of the safe area. */
export const boxOf = (region: Exclude<Region, RegionName>, { safe }: Frame): Box => ({
	x: safe.x + toFraction(region.x) * safe.width,
	y: safe.y + toFraction(region.y) * safe.height,
	width: toFraction(region.width) * safe.width,
	height: toFraction(region.height) * safe.height,
});

/** `middle` is the band between the edges, `box` an area of its own. */
type Anchor = 'top' | 'middle' | 'bottom' | 'box';

type Setter<Fitted> = {
	/** Fits a stack into an area and places it: where it stands, or null when it does not fit. */
	readonly set: (stack: Stack<Fitted>, area: Box, anchor: Anchor) => Box | null;
	readonly result: () => Layout<Fitted>;
};

const makeSetter = <Fitted>(frame: Frame, mood: Mood): Setter<Fitted> => {
	const placed: PlacedStack<Fitted>[] = [];
	const failures: LayoutFailure<Fitted>[] = [];
	const set: Setter<Fitted>['set'] = (stack, area, anchor) => {
		const fitted: FittedStack<Fitted> | StackOverflow = fitStack(stack.items, { width: area.width, height: area.height, u: frame.u }, mood);
		if ('overflow' in fitted) {
			failures.push({ stack, item: fitted.overflow });
			return null;
		}
		const top = topOf(fitted.height, area, { anchor, frame, isLow: mood.anchor === 'low' });
		const items = placeStack(fitted, area, top);
		const left = Math.min(...items.map(({ box }) => box.x));
		const width = Math.max(...items.map(({ box }) => box.x + box.width)) - left;
		const box = { x: left, y: top, width, height: fitted.height };
		placed.push({ stack, items, box });
		return box;
	};
	return { set, result: () => ({ placed, failures }) };
};

/** In the middle means of the whole safe area while there is room: a logo in a corner does not push the headline off its axis. */
type Anchoring = { readonly anchor: Anchor; readonly frame: Frame; readonly isLow: boolean };

const topOf = (height: number, area: Box, { anchor, frame, isLow }: Anchoring): number => {
	if (anchor === 'top') return area.y;
	if (anchor === 'bottom') return bottomOf(area) - height;
	const reference = anchor === 'middle' ? frame.safe : area;
	const spare = reference.height - height;
	const wished = reference.y + (isLow && anchor === 'middle' ? spare * LOW : spare / 2 - reference.height * OPTICAL_LIFT);
	return Math.min(Math.max(wished, area.y), bottomOf(area) - height);
};

type Edging<Fitted> = { readonly setter: Setter<Fitted>; readonly frame: Frame; readonly share: number };

/** Corners side by side, and beyond them the stack that has the whole width. Returns the height of both. */
const setEdge = <Fitted>(
	edge: Edge,
	at: (name: RegionName) => Stack<Fitted> | undefined,
	{ setter, frame, share }: Edging<Fitted>,
): number => {
	const { safe, u } = frame;
	const [left, right, whole] = EDGES[edge].map(at);
	const area = (x: number, width: number, offset: number): Box => {
		const height = safe.height * share - offset;
		return { x, width, height, y: edge === 'top' ? safe.y + offset : bottomOf(safe) - offset - height };
	};
	const gap = COLUMN_GAP * u;
	// The right corner takes half at most, the left one all that it leaves.
	const rightRoom = left && right ? (safe.width - gap) / 2 : safe.width;
	const onRight = right ? setter.set(right, area(safe.x + safe.width - rightRoom, rightRoom, 0), edge) : null;
	const leftRoom = onRight === null ? safe.width : onRight.x - gap - safe.x;
	const onLeft = left ? setter.set(left, area(safe.x, leftRoom, 0), edge) : null;
	const corners = Math.max(onLeft?.height ?? 0, onRight?.height ?? 0);
	if (!whole) return corners;
	const offset = corners === 0 ? 0 : corners + STACK_GAP * u;
	const columns = areaFor(whole, frame);
	return offset + (setter.set(whole, area(columns.x, columns.width, offset), edge)?.height ?? 0);
};

/** A stack that is centred throughout stands on the axis of the canvas. */
const areaFor = <Fitted>(stack: Stack<Fitted>, frame: Frame): Box =>
	stack.items.every((item) => item.align === 'center') ? frame.centered : frame.safe;

/** Whether left, centre and right are columns. */
export const standsInColumns = (aspect: Aspect, hasUpright: boolean): boolean =>
	aspect === 'landscape' || (aspect === 'square' && hasUpright);

type Middle<Fitted> = { readonly setter: Setter<Fitted>; readonly frame: Frame };

const setMiddle = <Fitted>(
	{ left, center, right }: Readonly<Record<Row, Stack<Fitted> | undefined>>,
	band: { readonly y: number; readonly height: number },
	{ setter, frame }: Middle<Fitted>,
): void => {
	const present = [left, center, right].filter((stack) => stack !== undefined);
	const [only] = present;
	if (only === undefined) return;
	const isHalf = present.length === 1 && (only === left || only === right);
	const isPair = left !== undefined && right !== undefined && center === undefined;
	const isWide = standsInColumns(frame.aspect, isPair && present.some(({ items }) => items.some((item) => item.upright)));
	if (!isWide || (present.length === 1 && !isHalf)) {
		const column = { region: only.region, items: present.flatMap(({ items }) => items) };
		const columns = areaFor(column, frame);
		setter.set(column, { x: columns.x, width: columns.width, ...band }, 'middle');
		return;
	}
	const count = Math.max(2, present.length);
	const width = (frame.safe.width - (count - 1) * COLUMN_GAP * frame.u) / count;
	const first = only === right ? 1 : 0;
	for (const [index, stack] of present.entries()) {
		const x = frame.safe.x + (first + index) * (width + COLUMN_GAP * frame.u);
		setter.set(stack, { x, width, ...band }, 'middle');
	}
};
