import type { Drawing, Point } from '../../model/drawing.ts';
import { withAlpha } from '../design/color.ts';
import { curvePath, polylinePath } from '../design/curve.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { Align } from '../design/stack.ts';
import { type ChartRoom, type ChartSubject, type LaidChart, roomFor } from './chart.ts';
import type { DrawnFigure, FigureSite } from './figure.ts';
import { drawnTracks, figureGroup, type Growth, grownAt, growthOf, labelTracks } from './growth.ts';
import { drawLabel, fitLabel, fitLabels } from './label.ts';
import type { Wording } from './text.ts';

/** Lengths in u. */
const STROKE = 1;
const DOT = 1.7;
const GAP = 3;
const LABEL_GAP = 2.6;
const LEAST_PLOT = 18;
const BETWEEN_LABELS = 2.4;
/** Share of the range that is left under the lowest value. */
const FLOOR = 0.12;
/** How much of the line's colour lies under it. */
const AREA_ALPHA = 0.1;

type PlacedWord = { readonly fitted: FittedText; readonly wording: Wording; readonly index: number; readonly align: Align };

type Line = {
	/** Of the value that stands out, over its point. */
	readonly figure: FittedText;
	readonly labels: readonly PlacedWord[];
	/** Pixels from the top of the figure. */
	readonly plot: { readonly top: number; readonly bottom: number };
	readonly inset: number;
};

/**
 * A line with its highest or named point marked. Labels stand under their points; where not all of them have room, under as many
 * as are the same number of steps apart, and at least under both ends.
 */
export const layLine = (subject: ChartSubject, { width, height }: ChartRoom): LaidChart | null => {
	const { context, points, highlight } = subject;
	const { u } = context.frame;
	const figure = fitLabel(context, points[highlight]!.figure, { size: subject.size * 1.2, width: width * 0.4 });
	if (figure === null) return null;
	const labels = placeLabels(subject, width);
	if (labels === null) return null;
	const inset = DOT * u;
	const top = figure.height + GAP * u;
	const below = labels.length === 0 ? 0 : LABEL_GAP * u + Math.max(...labels.map(({ fitted }) => fitted.height + fitted.overhang));
	const tall = Math.max(height, top + below + LEAST_PLOT * u);
	const line = { figure, labels, inset, plot: { top, bottom: tall - below } };
	return { width, height: tall, draw: (site) => drawLine(subject, line, site) };
};

const placeLabels = (subject: ChartSubject, width: number): readonly PlacedWord[] | null => {
	const { context, points } = subject;
	const named = points.flatMap(({ label }, index) => (label === null ? [] : [{ wording: label, index }]));
	const last = points.length - 1;
	const alignAt = (index: number): Align => (index === 0 ? 'left' : index === last ? 'right' : 'center');
	const place = (some: typeof named, room: number): readonly PlacedWord[] | null => {
		const fitted = fitLabels(
			context,
			some.map(({ wording }) => wording),
			roomFor(subject, room),
		);
		return fitted && some.map((one, index) => ({ ...one, fitted: fitted[index]!, align: alignAt(one.index) }));
	};
	for (let stride = 1; stride < last; stride++) {
		if (last % stride !== 0) continue;
		const some = place(
			named.filter(({ index }) => index % stride === 0),
			(width * stride) / points.length,
		);
		if (some?.every(({ fitted }) => fitted.size >= subject.size * 0.8) && standApart(subject, some, width)) return some;
	}
	return place(
		named.filter(({ index }) => index === 0 || index === last),
		width * 0.46,
	);
};

/** Both ends are aligned inwards and so reach further than half a step. */
const standApart = ({ context, points }: ChartSubject, words: readonly PlacedWord[], width: number): boolean => {
	const { u } = context.frame;
	const step = (width - 2 * DOT * u) / Math.max(1, points.length - 1);
	const lefts = words.map(({ fitted, index, align }) =>
		align === 'left' ? 0 : align === 'right' ? width - fitted.width : DOT * u + index * step - fitted.width / 2,
	);
	return words.slice(1).every((_, index) => lefts[index + 1]! - lefts[index]! - words[index]!.fitted.width >= BETWEEN_LABELS * u);
};

const pointsOn = ({ points }: ChartSubject, { plot, inset }: Line, { box }: FigureSite): readonly Point[] => {
	const values = points.map(({ value }) => value);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const range = high - low === 0 ? 1 : high - low;
	const bottom = low - range * FLOOR;
	const step = (box.width - 2 * inset) / Math.max(1, points.length - 1);
	return values.map((value, index) => ({
		x: box.x + inset + (points.length === 1 ? (box.width - 2 * inset) / 2 : index * step),
		y: box.y + plot.bottom - ((value - bottom) / (high === low ? 2 * range : high - bottom)) * (plot.bottom - plot.top),
	}));
};

const drawLine = (subject: ChartSubject, line: Line, site: FigureSite): DrawnFigure => {
	const { context, highlight } = subject;
	const { u } = context.frame;
	const { box } = site;
	const colors = subject.colors(site);
	const growth = growthOf(context, site.entering, 1);
	const on = pointsOn(subject, line, site);
	const data = context.mood.shape.imageRadius === 0 ? polylinePath(on) : curvePath(on);
	const floor = round2(box.y + line.plot.bottom);
	const whole = roundBox(box);
	const area = `${data}L${round2(on.at(-1)!.x)} ${floor}L${round2(on[0]!.x)} ${floor}Z`;
	const cap = context.mood.shape.buttonRadius === 0 ? 'butt' : 'round';
	const drawn: Drawing[] = [
		{
			type: 'rectangle',
			box: roundBox({ x: box.x, y: floor - 0.1 * u, width: box.width, height: Math.max(1, 0.2 * u) }),
			tracks: [],
			paint: { type: 'solid', color: colors.faint },
			radius: 0,
		},
		{ type: 'path', box: whole, tracks: labelTracks(growth, 0), data: area, fill: withAlpha(colors.lead, AREA_ALPHA), stroke: null },
		{
			type: 'path',
			box: whole,
			tracks: drawnTracks(growth, 0),
			data,
			fill: null,
			stroke: { color: colors.lead, width: round2(STROKE * u), cap },
		},
		...drawMark(subject, { line, point: on[highlight]!, growth }, site),
		...line.labels.flatMap(({ fitted, wording, index, align }) =>
			drawLabel({
				fitted,
				wording,
				x: align === 'left' ? box.x : align === 'right' ? box.x + box.width : on[index]!.x,
				baseline: floor + LABEL_GAP * u + fitted.firstBaseline,
				align,
				color: index === highlight ? colors.ink : colors.muted,
			}),
		),
	];
	return figureGroup(site, drawn, grownAt(growth, 1));
};

type Mark = { readonly line: Line; readonly point: Point; readonly growth: Growth };

/** A dot on the point that stands out, in a ring of the ground, and its value over it. */
const drawMark = (subject: ChartSubject, { line, point, growth }: Mark, site: FigureSite): readonly Drawing[] => {
	const { context, points, highlight } = subject;
	const { u } = context.frame;
	const { box, roles } = site;
	const colors = subject.colors(site);
	const tracks = labelTracks(growth, 0);
	const dot = (radius: number, color: string): Drawing => ({
		type: 'ellipse',
		box: roundBox({ x: point.x - radius * u, y: point.y - radius * u, width: 2 * radius * u, height: 2 * radius * u }),
		tracks,
		paint: { type: 'solid', color },
	});
	const half = line.figure.width / 2;
	return [
		dot(DOT + 0.8, roles.background),
		dot(DOT, colors.lead),
		...drawLabel({
			fitted: line.figure,
			wording: points[highlight]!.figure,
			x: Math.min(Math.max(point.x, box.x + half), box.x + box.width - half),
			baseline: point.y - GAP * u,
			align: 'center',
			color: colors.ink,
			tracks,
		}),
	];
};
