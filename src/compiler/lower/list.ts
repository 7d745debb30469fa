import type { ListLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { MarkerShape } from '../design/mood.ts';
import { type Entering, enterTracks } from '../design/motion.ts';
import type { Align, Room } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import type { SceneItem } from './build-stacks.ts';
import { drawText } from './draw-text.ts';
import { type DrawnFigure, type FigureSite, figureItem, type MeasuredFigure } from './figure.ts';
import { countWords } from './reading-time.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { inkOf, measureText, strongInk, textStyle, type Wording, wordingOf } from './text.ts';

export const isList = (active: ActiveLayer): active is ActiveLayer<ListLayer> => 'list' in active.layer;

type Marker = NonNullable<ListLayer['marker']>;

/** Em between a marker's left edge and its item's words. */
const INDENT: Readonly<Record<Marker, number>> = { dot: 1.15, check: 1.6, number: 1.65 };
/** Em between the baseline of one item and the capitals of the next. */
const ITEM_GAP = 0.95;
/** Least seconds between two items: they are read one by one. */
const ITEM_SECONDS = 0.09;

type Row = { readonly wording: Wording; readonly fitted: FittedText };
type FittedList = { readonly rows: readonly Row[]; readonly indent: number; readonly size: number };

/** A list as one member of a stack: its items in one size, a marker of the mood before each. */
export const listItem = (context: SceneContext, active: ActiveLayer<ListLayer>, align: Align): SceneItem => {
	const { list, role = 'body' } = active.layer;
	const wordings = list.map((written, index) => wordingOf(context, role, { written, path: [...active.path, 'list', index], marks: true }));
	return figureItem({
		context,
		active,
		role,
		align,
		wording: wordings[0]!,
		measure: (room) => measureList(context, active, { wordings, room }),
	});
};

type ToMeasure = { readonly wordings: readonly Wording[]; readonly room: Room };

const measureList = (context: SceneContext, active: ActiveLayer<ListLayer>, { wordings, room }: ToMeasure): MeasuredFigure | null => {
	const fitted = fitList(context, active.layer.marker ?? 'dot', { wordings, room });
	if (fitted === null) return null;
	const { rows, indent, size } = fitted;
	const last = rows.at(-1)!.fitted;
	return {
		width: indent + Math.max(...rows.map((row) => row.fitted.width)),
		height: rows.reduce((sum, row) => sum + row.fitted.height, 0) + (rows.length - 1) * ITEM_GAP * size,
		overhang: last.overhang,
		typeSize: size,
		figure: {
			enters: 'text',
			words: wordings.reduce((sum, { text }) => sum + countWords(text), 0),
			draw: (site) => drawList(context, active, { list: fitted, site }),
		},
	};
};

/** Every item at the size of the one that has to be smallest. */
const fitList = (context: SceneContext, marker: Marker, { wordings, room }: ToMeasure): FittedList | null => {
	let { ceiling } = room;
	for (let turn = 0; ; turn++) {
		const all = wordings.map((wording) => {
			const size = Math.min(ceiling, largestSize(context, wording, room));
			return measureText(context, wording, { ...room, ceiling, width: room.width - INDENT[marker] * size });
		});
		if (all.some((one) => one === null)) return null;
		const size = Math.min(...all.map((one) => one!.fitted.size));
		const same = all.every((one) => one!.fitted.size === size);
		if (same || turn > wordings.length)
			return { rows: wordings.map((wording, index) => ({ wording, fitted: all[index]!.fitted })), indent: INDENT[marker] * size, size };
		ceiling = size;
	}
};

const largestSize = ({ mood, frame }: SceneContext, { role }: Wording, room: Room): number =>
	mood.type[role].size[frame.aspect][1] * frame.u * room.scale;

type ToDraw = { readonly list: FittedList; readonly site: FigureSite };

const drawList = (context: SceneContext, active: ActiveLayer<ListLayer>, { list, site }: ToDraw): DrawnFigure => {
	const { box, roles, grounds, entering } = site;
	const { color: written, role = 'body', marker = 'dot' } = active.layer;
	const strong = list.rows.some(({ wording }) => wording.strong !== null);
	const color = inkOf(context, { role, written, path: [...active.path, 'color'], strong }, { roles, grounds });
	const strongColor = strongInk(context, color, roles);
	const step = toFrames(Math.max(entering.entrance.stagger, active.layer.motion?.stagger === undefined ? ITEM_SECONDS : 0), context.fps);
	let y = box.y;
	let arrived = entering.start;
	const children = list.rows.flatMap(({ wording, fitted }, index): readonly Drawing[] => {
		const turn: Entering = {
			...entering,
			start: Math.max(entering.start + index * step, follows(entering) ? arrived : Number.NEGATIVE_INFINITY),
		};
		const row = { x: box.x + list.indent, y, width: fitted.width, height: fitted.height };
		const middle = y + fitted.firstBaseline - (fitted.metrics.xHeight * fitted.size) / 2;
		y += fitted.height + ITEM_GAP * list.size;
		const words = drawText({
			fonts: context.request.inputs.fonts,
			fitted,
			role: wording.role,
			box: row,
			align: 'left',
			color,
			strongColor,
			entering: turn,
		});
		arrived = Math.max(arrived, words.arrived);
		const mark = { x: box.x, middle, size: list.size, ...markInks(context, roles), number: index + 1 };
		return [drawMarker(context, marker, { ...mark, baseline: row.y + fitted.firstBaseline, like: fitted, entering: turn }), words.drawing];
	});
	return { drawing: { type: 'group', box: roundBox(box), tracks: [], children }, arrived };
};

/** A mood that keeps its accent from words keeps it from markers. */
const markInks = ({ mood }: SceneContext, { accent, accentInk, ink }: Roles) =>
	mood.colors.emphasis.ink === 'accent' ? { color: accent, ink: accentInk } : { color: ink, ink };

/** Items that are written out wait for each other. */
const follows = ({ entrance, visible }: Entering): boolean => !visible && (entrance.kind === 'typewriter' || entrance.kind === 'words');

type Mark = {
	readonly x: number;
	/** The middle of the small letters of the item's first line. */
	readonly middle: number;
	readonly baseline: number;
	readonly size: number;
	readonly color: string;
	readonly ink: string;
	readonly number: number;
	readonly like: FittedText;
	readonly entering: Entering;
};

const drawMarker = (context: SceneContext, marker: Marker, mark: Mark): Drawing => {
	switch (marker) {
		case 'dot':
			return drawVectorMark(mark, DOTS[context.mood.shape.marker]);
		case 'check':
			return drawVectorMark(mark, context.mood.shape.imageRadius >= ROUND ? ROUND_CHECK : CHECK);
		case 'number':
			return drawNumber(context, mark);
		default:
			return unreachable(marker);
	}
};

/** u from which a mood's corners count as round, and its checks get a disc. */
const ROUND = 3;

/** A body on a 24 x 24 grid, its size in em. */
type VectorMark = { readonly body: string; readonly em: number };

const DOTS: Readonly<Record<MarkerShape, VectorMark>> = {
	dash: { em: 0.62, body: '<path d="M1 12H23" fill="none" stroke="currentColor" stroke-width="2"/>' },
	disc: { em: 0.44, body: '<circle cx="12" cy="12" r="11" fill="currentColor"/>' },
	square: { em: 0.4, body: '<rect x="1" y="1" width="22" height="22" fill="currentColor"/>' },
	slash: { em: 0.66, body: '<path d="M5 23L13 1H21L13 23Z" fill="currentColor"/>' },
	chevron: {
		em: 0.58,
		body: '<path d="M6 2L17 12L6 22" fill="none" stroke="currentColor" stroke-width="3.6" stroke-linecap="square"/>',
	},
};

const CHECK: VectorMark = {
	em: 0.86,
	body: '<path d="M3 12.5L9.5 19L21.5 5.5" fill="none" stroke="currentColor" stroke-width="3.4"/>',
};
const ROUND_CHECK: VectorMark = {
	em: 1.06,
	body: '<path fill="currentColor" fill-rule="evenodd" d="M12 0a12 12 0 1 0 0 24a12 12 0 0 0 0-24ZM10.4 17.6L5 12.2l2-2l3.4 3.4l6.8-6.8l2 2Z"/>',
};

const drawVectorMark = ({ x, middle, size, color, entering }: Mark, { body, em }: VectorMark): Drawing => {
	const side = em * size;
	const box = roundBox({ x, y: middle - side / 2, width: side, height: side });
	return { type: 'icon', box, tracks: enterTracks(box, entering), size: 24, body, color };
};

/** Numerals in the display face, of one width, on the baseline of their item. */
const drawNumber = ({ request }: SceneContext, { x, baseline, number, like, ink, entering }: Mark): Drawing => {
	const face = { ...like.face, tabular: true };
	const text = String(number);
	const { advance } = request.inputs.fonts.measure(face, text);
	const box: Box = roundBox({
		x,
		y: baseline - like.metrics.ascent * like.size,
		width: advance * like.size,
		height: (like.metrics.ascent + like.metrics.descent) * like.size,
	});
	const style = { ...textStyle({ ...like, face, tracking: 0 }, 'body'), tabular: true };
	return {
		type: 'text',
		box,
		tracks: enterTracks(box, entering),
		runs: [{ text, color: ink }],
		style,
		align: 'left',
		baseline: round2(baseline),
	};
};
