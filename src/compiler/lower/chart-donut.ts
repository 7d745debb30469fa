import type { Drawing } from '../../model/drawing.ts';
import { arcPath } from '../design/arc.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { ChartRoom, ChartSubject, LaidChart } from './chart.ts';
import type { DrawnFigure, FigureSite } from './figure.ts';
import { quietSteps } from './figure-colors.ts';
import { figureGroup, type Growth, growthOf, labelTracks } from './growth.ts';
import { drawLabel, fitLabel, fitLabels } from './label.ts';

/** Lengths in u. */
const LARGEST = { portrait: 62, landscape: 46, square: 46 } as const;
const SMALLEST = 24;
const LEGEND_GAP = 6;
const ROW_GAP = 2.6;
/** Shares of the diameter. */
const STROKE = 0.15;
const CENTER = 0.2;
/** u of ground between two parts. */
const PART_GAP = 0.9;
/** Widths to heights above which the legend stands beside the ring. */
const BESIDE = 1.5;
/** Share of the width that a ring with its legend beside it takes at most. */
const RING_SHARE = 0.52;

type Legend = {
	readonly labels: readonly FittedText[];
	readonly figures: readonly FittedText[];
	readonly width: number;
	readonly height: number;
	readonly row: number;
};

type Donut = {
	readonly side: number;
	readonly center: FittedText;
	readonly legend: Legend | null;
	readonly beside: boolean;
	readonly height: number;
};

/** A ring of parts with the one that stands out written in its middle, and a legend where the parts have names. */
export const layDonut = (subject: ChartSubject, room: ChartRoom): LaidChart | null => {
	const isWide = room.width > room.height * BESIDE && room.width > 70 * subject.context.frame.u;
	return (isWide ? layRing(subject, room, true) : null) ?? layRing(subject, room, false);
};

const layRing = (subject: ChartSubject, room: ChartRoom, beside: boolean): LaidChart | null => {
	const { u, aspect } = subject.context.frame;
	const largest = LARGEST[aspect] * u;
	const gap = LEGEND_GAP * u;
	const most = beside ? Math.min(largest, room.height, room.width * RING_SHARE) : Math.min(largest, room.width);
	const legend = legendOf(subject, beside ? room.width - most - gap : Math.min(room.width, 80 * u));
	if (legend === null && subject.points.some(({ label }) => label !== null)) return null;
	const left = beside || legend === null ? room.height : room.height - legend.height - gap;
	const side = Math.max(SMALLEST * u, Math.min(most, left));
	const { context, points, highlight } = subject;
	const center = fitLabel(context, points[highlight]!.figure, { size: side * CENTER, width: side * (1 - 2 * STROKE) * 0.86 });
	if (center === null) return null;
	const around = legend === null ? { width: 0, height: 0 } : legend;
	const height = beside ? Math.max(side, around.height) : side + (legend === null ? 0 : gap + legend.height);
	const width = beside ? side + (legend === null ? 0 : gap + legend.width) : Math.max(side, around.width);
	return { width, height, draw: (site) => drawDonut(subject, { side, center, legend, beside, height }, site) };
};

const legendOf = (subject: ChartSubject, width: number): Legend | null => {
	const { context, points, size } = subject;
	const { u } = context.frame;
	if (points.every(({ label }) => label === null)) return null;
	const swatch = size * 1.3;
	const amounts = points.map(({ figure }) => figure);
	const roomy = fitLabels(context, amounts, { size, width: width * 0.35 });
	if (roomy === null) return null;
	const wide = Math.max(...roomy.map((fitted) => fitted.width));
	const labels = fitLabels(
		context,
		points.map(({ label, figure }) => label ?? { ...figure, text: '' }),
		{ size, width: width - wide - swatch - 4 * u },
	);
	if (labels === null) return null;
	// Names and values are one text.
	const figures = fitLabels(context, amounts, { size: Math.min(labels[0]!.size, roomy[0]!.size), width: wide })!;
	const longest = Math.max(...labels.map((fitted) => fitted.width));
	const row = size * 0.72 + ROW_GAP * u;
	const hanging = Math.max(0, ...labels.slice(-1).map(({ overhang }) => overhang));
	return { labels, figures, width: swatch + longest + 4 * u + wide, height: row * points.length - ROW_GAP * u + hanging, row };
};

/** Parts by colour: the one that stands out leads, the rest step down from ink. */
const partColors = (subject: ChartSubject, site: FigureSite): readonly string[] => {
	const { points, highlight } = subject;
	const lead = subject.colors(site).lead;
	const steps = quietSteps(points.length - 1, site);
	return points.map((_, index) => (index === highlight ? lead : steps[index < highlight ? index : index - 1]!));
};

const drawDonut = (subject: ChartSubject, donut: Donut, site: FigureSite): DrawnFigure => {
	const { context, points, highlight } = subject;
	const { box } = site;
	const { side, center, legend, beside, height } = donut;
	const growth = growthOf(context, site.entering, 1);
	const middle = {
		x: beside ? box.x + side / 2 : box.x + box.width / 2,
		y: beside ? box.y + height / 2 : box.y + side / 2,
	};
	const colors = partColors(subject, site);
	const { ink } = subject.colors(site);
	const drawn = [
		...drawParts(subject, { middle, side, colors, growth }),
		...drawLabel({
			fitted: center,
			wording: points[highlight]!.figure,
			x: middle.x,
			baseline: middle.y + (center.metrics.capHeight * center.size) / 2,
			align: 'center',
			color: ink,
			tracks: labelTracks(growth, 0),
		}),
		...(legend === null ? [] : drawLegend(subject, { donut, legend, colors }, site)),
	];
	return figureGroup(site, drawn, growth.start + growth.frames);
};

type Parts = {
	readonly middle: { readonly x: number; readonly y: number };
	readonly side: number;
	readonly colors: readonly string[];
	readonly growth: Growth;
};

/** The parts one after the other, as one sweep. */
const drawParts = ({ context, points }: ChartSubject, { middle, side, colors, growth }: Parts): readonly Drawing[] => {
	const total = points.reduce((sum, { value }) => sum + value, 0);
	const width = round2(side * STROKE);
	const radius = (side - width) / 2;
	const gap = points.filter(({ value }) => value > 0).length < 2 ? 0 : (PART_GAP * context.frame.u) / (2 * Math.PI * radius);
	const box = roundBox({ x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side });
	let before = 0;
	return points.flatMap(({ value }, index): readonly Drawing[] => {
		const [from, to] = [before / total, (before + value) / total];
		before += value;
		if (to - from <= gap) return [];
		const start = growth.start + Math.round(from * growth.frames);
		const end = Math.max(start + 1, growth.start + Math.round(to * growth.frames));
		return [
			{
				type: 'path',
				box,
				tracks: growth.still ? [] : [{ property: 'draw', from: 0, to: 1, start, end, easing: to === 1 ? 'power2.out' : 'linear' }],
				data: arcPath(middle, radius, { from: from + gap / 2, to: to - gap / 2 }),
				fill: null,
				stroke: { color: colors[index]!, width, cap: 'butt' },
			},
		];
	});
};

type LegendToDraw = { readonly donut: Donut; readonly legend: Legend; readonly colors: readonly string[] };

const drawLegend = (subject: ChartSubject, { donut, legend, colors }: LegendToDraw, site: FigureSite): readonly Drawing[] => {
	const { context, points, highlight, size } = subject;
	const { u } = context.frame;
	const { box } = site;
	const { side, beside, height } = donut;
	const left = beside ? box.x + side + LEGEND_GAP * u : box.x + (box.width - legend.width) / 2;
	const top = beside ? box.y + (height - legend.height) / 2 : box.y + side + LEGEND_GAP * u;
	const { ink, muted } = subject.colors(site);
	return points.flatMap(({ label, figure }, index): readonly Drawing[] => {
		const color = index === highlight ? ink : muted;
		const [name, amount] = [legend.labels[index]!, legend.figures[index]!];
		const baseline = top + legend.row * index + size * 0.72;
		const swatch = size * 0.7;
		return [
			{
				type: 'rectangle',
				box: roundBox({ x: left, y: baseline - swatch, width: swatch, height: swatch }),
				tracks: [],
				paint: { type: 'solid', color: colors[index]! },
				radius: context.mood.shape.imageRadius === 0 ? 0 : round2(swatch * 0.28),
			},
			...(label === null ? [] : drawLabel({ fitted: name, wording: label, x: left + size * 1.3, baseline, align: 'left', color })),
			...drawLabel({ fitted: amount, wording: figure, x: left + legend.width, baseline, align: 'right', color }),
		];
	});
};
