import type { Box, Drawing } from '../../model/drawing.ts';
import { barPath } from '../design/bar.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { type ChartRoom, type ChartSubject, type LaidChart, roomFor } from './chart.ts';
import type { DrawnFigure, FigureSite } from './figure.ts';
import { figureGroup, grownAt, growthOf, labelTracks, risingTracks, stretchingTracks } from './growth.ts';
import { drawLabel, fitLabels } from './label.ts';

/** Share of its place that a column fills, and the u that it is never wider than. */
const COLUMN_SHARE = 0.64;
const WIDEST_COLUMN = 15;
/** Share of its place that a label may fill. */
const LABEL_SHARE = 0.94;
/** u between a bar and its words, between the rows of a bar chart, and of the least height of columns. */
const GAP = 1.8;
const ROW_GAP = 2;
const LEAST_COLUMNS = 18;
/** u of the height of a row, at least and at most. */
const ROW = { least: 4.4, most: 9 } as const;
/** Share of the width that labels beside rows may take. */
const LABELS_BESIDE = 0.42;

/** Columns where their words fit under them; else rows, with their words beside them or above them. Null when none can be read. */
export const layBars = (subject: ChartSubject, room: ChartRoom): LaidChart | null =>
	layColumns(subject, room) ?? layRows(subject, room, 'beside') ?? layRows(subject, room, 'above');

type Words = { readonly labels: readonly FittedText[] | null; readonly figures: readonly FittedText[] };

const hasLabels = ({ points }: ChartSubject): boolean => points.some(({ label }) => label !== null);

/** A point without a label beside points with one is named by nothing. */
const labelsOf = ({ points }: ChartSubject) => points.map(({ label, figure }) => label ?? { ...figure, text: '' });

const wordsIn = (subject: ChartSubject, room: { readonly label: number; readonly figure: number }): Words | null => {
	const { context, points } = subject;
	const labels = hasLabels(subject) ? fitLabels(context, labelsOf(subject), roomFor(subject, room.label)) : null;
	const figures = fitLabels(
		context,
		points.map(({ figure }) => figure),
		roomFor(subject, room.figure),
	);
	if (figures === null || (hasLabels(subject) && labels === null)) return null;
	// Names and values are one text: the smaller of both is the size of all.
	const size = Math.min(figures[0]!.size, labels?.[0]?.size ?? Number.POSITIVE_INFINITY);
	if (figures.every((fitted) => fitted.size === size)) return { labels, figures };
	return {
		labels,
		figures: fitLabels(
			context,
			points.map(({ figure }) => figure),
			{ size, width: room.figure },
		)!,
	};
};

const layColumns = (subject: ChartSubject, { width, height }: ChartRoom): LaidChart | null => {
	const slot = width / subject.points.length;
	const words = wordsIn(subject, { label: slot * LABEL_SHARE, figure: slot * LABEL_SHARE });
	if (words === null) return null;
	const { u } = subject.context.frame;
	const above = words.figures[0]!.height + GAP * u;
	const below = words.labels === null ? 0 : lineHeight(words.labels) + GAP * 1.2 * u;
	const tall = Math.max(height, above + below + LEAST_COLUMNS * u);
	const plot = { top: above, height: tall - above - below };
	return { width, height: tall, draw: (site) => drawColumns(subject, { words, plot, slot }, site) };
};

/** Cap height of a row of labels, with what hangs below it. */
const lineHeight = (labels: readonly FittedText[]): number => Math.max(...labels.map(({ height, overhang }) => height + overhang));

type Columns = { readonly words: Words; readonly plot: { readonly top: number; readonly height: number }; readonly slot: number };

/** Where 0 is and how far each value is from it, as shares of the plot. */
const scaleOf = ({ points }: ChartSubject) => {
	const values = points.map(({ value }) => value);
	const top = Math.max(0, ...values);
	const bottom = Math.min(0, ...values);
	const range = top - bottom === 0 ? 1 : top - bottom;
	return { zero: top / range, lengths: values.map((value) => Math.abs(value) / range) };
};

const drawColumns = (subject: ChartSubject, { words, plot, slot }: Columns, site: FigureSite): DrawnFigure => {
	const { context, points, highlight } = subject;
	const { u } = context.frame;
	const { box } = site;
	const colors = subject.colors(site);
	const growth = growthOf(context, site.entering, points.length);
	const wide = Math.min(slot * COLUMN_SHARE, WIDEST_COLUMN * u);
	const { zero, lengths } = scaleOf(subject);
	const base = box.y + plot.top + plot.height * zero;
	const drawn = points.flatMap(({ value, label, figure }, index): readonly Drawing[] => {
		const center = box.x + slot * (index + 0.5);
		const length = Math.max(lengths[index]! * plot.height, 0.4 * u);
		const bar = roundBox({ x: center - wide / 2, y: value < 0 ? base : base - length, width: wide, height: length });
		const isLead = index === highlight;
		const tracks = risingTracks(growth, index, bar.height);
		const fitted = words.figures[index]!;
		const name = words.labels?.[index];
		return [
			columnOf(subject, { bar, color: isLead ? colors.lead : colors.quiet, tracks, up: value >= 0 }),
			...drawLabel({
				fitted,
				wording: figure,
				x: center,
				baseline: value < 0 ? base - GAP * u : base - length - GAP * u,
				align: 'center',
				color: isLead ? colors.ink : colors.muted,
				tracks: labelTracks(growth, index),
			}),
			...(name === undefined || label === null
				? []
				: drawLabel({
						fitted: name,
						wording: label,
						x: center,
						baseline: box.y + plot.top + plot.height + GAP * 1.2 * u + name.firstBaseline,
						align: 'center',
						color: isLead ? colors.ink : colors.muted,
					})),
		];
	});
	const line: Drawing = {
		type: 'rectangle',
		box: roundBox({ x: box.x, y: base - 0.1 * u, width: box.width, height: Math.max(1, 0.2 * u) }),
		tracks: [],
		paint: { type: 'solid', color: colors.faint },
		radius: 0,
	};
	return figureGroup(site, [line, ...drawn], grownAt(growth, points.length));
};

type Column = {
	readonly bar: Box;
	readonly color: string;
	readonly tracks: Drawing['tracks'];
	/** Whether it stands on its base or hangs from it. */
	readonly up: boolean;
};

/** Rounded at the end that grows, as far as the mood rounds. */
const columnOf = ({ context }: ChartSubject, { bar, color, tracks, up }: Column): Drawing => {
	const radius = Math.min(context.mood.shape.imageRadius * 0.6 * context.frame.u, bar.width / 2, bar.height);
	return {
		type: 'path',
		box: bar,
		// What hangs would have to come from above: it appears in place.
		tracks: up ? tracks : [],
		data: barPath(bar, round2(radius), up ? 'top' : 'bottom'),
		fill: color,
		stroke: null,
	};
};

type Naming = 'beside' | 'above';

/** Share of their size below which names are not squeezed in beside their bars. */
const SQUEEZED = 0.86;
/** u between a name and the bar under it. */
const NAME_GAP = 1.4;

const layRows = (subject: ChartSubject, { width, height }: ChartRoom, naming: Naming): LaidChart | null => {
	const { context, points } = subject;
	const { u } = context.frame;
	const words = wordsIn(subject, { label: naming === 'beside' ? width * LABELS_BESIDE : width, figure: width * 0.3 });
	if (words === null || (naming === 'beside' && words.figures[0]!.size < subject.size * SQUEEZED)) return null;
	const count = points.length;
	const named = naming === 'above' && words.labels !== null ? lineHeight(words.labels) + NAME_GAP * u : 0;
	const gap = Math.min(ROW_GAP * u * (named === 0 ? 1 : 1.5), (height / count) * 0.3);
	const [least, most] = named === 0 ? [ROW.least, ROW.most] : [ROW.least * 0.6, ROW.most * 0.45];
	// A row is never lower than the value beside it.
	const row = Math.min(most * u, Math.max(least * u, words.figures[0]!.height, (height - gap * (count - 1)) / count - named));
	const tall = (row + named) * count + gap * (count - 1);
	return { width, height: tall, draw: (site) => drawRows(subject, { words, row, gap, named }, site) };
};

/** `named` is the height of a name above its bar, 0 where names stand beside. */
type Rows = { readonly words: Words; readonly row: number; readonly gap: number; readonly named: number };

const drawRows = (subject: ChartSubject, { words, row, gap, named }: Rows, site: FigureSite): DrawnFigure => {
	const { context, points, highlight } = subject;
	const { u } = context.frame;
	const { box } = site;
	const colors = subject.colors(site);
	const growth = growthOf(context, site.entering, points.length);
	const left = words.labels === null || named > 0 ? 0 : Math.max(...words.labels.map(({ width }) => width)) + 2.4 * u;
	const right = Math.max(...words.figures.map(({ width }) => width)) + 2 * u;
	const largest = Math.max(...points.map(({ value }) => Math.abs(value)), 1e-12);
	const drawn = points.flatMap(({ value, label, figure }, index): readonly Drawing[] => {
		const length = Math.max((Math.abs(value) / largest) * (box.width - left - right), 0.4 * u);
		const top = box.y + index * (row + named + gap);
		const bar = roundBox({ x: box.x + left, y: top + named, width: length, height: row });
		const isLead = index === highlight;
		const color = isLead ? colors.ink : colors.muted;
		const middle = (fitted: FittedText): number => bar.y + row / 2 + (fitted.metrics.capHeight * fitted.size) / 2;
		const [fitted, name] = [words.figures[index]!, words.labels?.[index]];
		const radius = Math.min(context.mood.shape.imageRadius * 0.5 * u, row / 2, bar.width);
		return [
			{
				type: 'path',
				box: bar,
				tracks: stretchingTracks(growth, index, bar.width),
				data: barPath(bar, round2(radius), 'right'),
				fill: isLead ? colors.lead : colors.quiet,
				stroke: null,
			},
			...drawLabel({
				fitted,
				wording: figure,
				x: bar.x + bar.width + 1.6 * u,
				baseline: middle(fitted),
				align: 'left',
				color,
				tracks: labelTracks(growth, index),
			}),
			...(name === undefined || label === null
				? []
				: drawLabel({
						fitted: name,
						wording: label,
						x: box.x,
						baseline: named > 0 ? top + name.firstBaseline : middle(name),
						align: 'left',
						color,
					})),
		];
	});
	return figureGroup(site, drawn, grownAt(growth, points.length));
};
