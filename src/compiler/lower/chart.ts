import type { ChartLayer } from '../../model/campaign-spec.gen.ts';
import { unreachable } from '../../model/unreachable.ts';
import { numberWriter } from '../design/number-format.ts';
import type { Align } from '../design/stack.ts';
import type { SceneItem } from './build-stacks.ts';
import { layBars } from './chart-bars.ts';
import { layDonut } from './chart-donut.ts';
import { layLine } from './chart-line.ts';
import { type DrawnFigure, type FigureSite, figureItem, type MeasuredFigure } from './figure.ts';
import { type FigureColors, figureColors } from './figure-colors.ts';
import type { LabelRoom } from './label.ts';
import { countWords } from './reading-time.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { type Wording, wordingOf } from './text.ts';

export type ChartPoint = {
	readonly value: number;
	readonly label: Wording | null;
	/** The value as it is written. */
	readonly figure: Wording;
};

/** A chart's data, worded and formatted. */
export type ChartSubject = {
	readonly context: SceneContext;
	readonly points: readonly ChartPoint[];
	/** Which point stands out. */
	readonly highlight: number;
	/** Size of its words in pixels, where there is room for it. */
	readonly size: number;
	readonly colors: (site: FigureSite) => FigureColors;
};

/** Pixels that a chart is given. */
export type ChartRoom = { readonly width: number; readonly height: number };

/** A chart in a room: as high as it has to be to be read, which may be more than the room. */
export type LaidChart = { readonly width: number; readonly height: number; readonly draw: (site: FigureSite) => DrawnFigure };

/** Height that a chart would like, as a share of its width. */
const RATIO = { portrait: 0.92, landscape: 0.56, square: 0.66 } as const;
/** u. */
const WIDEST = { portrait: 100, landscape: 120, square: 90 } as const;
/** Words of a chart that are read; the rest is looked at. */
const MOST_WORDS = 6;

export const chartItem = (context: SceneContext, active: ActiveLayer<ChartLayer>, align: Align): SceneItem => {
	const subject = subjectOf(context, active);
	const { u, aspect } = context.frame;
	const words = subject.points.reduce((sum, { label }) => sum + (label === null ? 0 : countWords(label.text)), 1);
	const laid = (room: ChartRoom): LaidChart | null => {
		switch (active.layer.chart) {
			case 'bar':
				return layBars(subject, room);
			case 'line':
				return layLine(subject, room);
			case 'donut':
				return layDonut(subject, room);
			default:
				return unreachable(active.layer.chart);
		}
	};
	const asFigure = ({ width, height, draw }: LaidChart): MeasuredFigure => ({
		width,
		height,
		figure: { enters: 'image', words: Math.min(MOST_WORDS, words), draw },
	});
	const widthIn = (width: number): number => Math.min(width, WIDEST[aspect] * u);
	return figureItem({
		context,
		active,
		role: 'image',
		align,
		wording: subject.points[subject.highlight]!.label,
		measure: (room) => {
			const width = widthIn(room.width);
			const chart = laid({ width, height: width * RATIO[aspect] });
			return chart && asFigure(chart);
		},
		stretch: (width, height) => asFigure(laid({ width: widthIn(width), height })!),
	});
};

const subjectOf = (context: SceneContext, active: ActiveLayer<ChartLayer>): ChartSubject => {
	const { layer, path } = active;
	const values = layer.data.map((point) => (typeof point === 'number' ? point : point.value));
	const write = numberWriter(layer, values);
	const points = layer.data.map((point, index): ChartPoint => {
		const place = [...path, 'data', index];
		const figure = wordingOf(context, 'caption', { written: write(values[index]!), path: place });
		return {
			value: values[index]!,
			label: typeof point === 'number' ? null : wordingOf(context, 'caption', { written: point.label, path: [...place, 'label'] }),
			figure: { ...figure, face: { ...figure.face, tabular: true } },
		};
	});
	const named = layer.data.findIndex((point) => typeof point !== 'number' && point.label === layer.highlight);
	const { u, aspect } = context.frame;
	return {
		context,
		points,
		highlight: named === -1 ? values.indexOf(Math.max(...values)) : named,
		size: context.mood.type.caption.size[aspect][0] * u,
		colors: (site) => figureColors(context, { written: layer.color, path: [...path, 'color'] }, site),
	};
};

/** Room for a label of a chart's size. */
export const roomFor = ({ size }: ChartSubject, width: number): LabelRoom => ({ size, width });
