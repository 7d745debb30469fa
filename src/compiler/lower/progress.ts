import type { ProgressLayer } from '../../model/campaign-spec.gen.ts';
import type { Drawing, NumberStep } from '../../model/drawing.ts';
import { arcPath } from '../design/arc.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { countSteps, numberWriter } from '../design/number-format.ts';
import type { Align, Room } from '../design/stack.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem, type MeasuredFigure } from './figure.ts';
import { type FigureColors, figureColors } from './figure-colors.ts';
import { drawnTracks, figureGroup, type Growth, grownAt, growthOf } from './growth.ts';
import { drawLabel, fitLabel } from './label.ts';
import { countWords } from './reading-time.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { type Wording, wordingOf } from './text.ts';

/** Lengths in u. */
const BAR_WIDTH = { portrait: 100, landscape: 64, square: 84 } as const;
const BAR_HEIGHT = 2.4;
const BAR_GAP = 2.8;
const RING_SIZE = { portrait: 46, landscape: 36, square: 38 } as const;
/** Shares of a ring's diameter. */
const RING_STROKE = 0.085;
const RING_VALUE = 0.25;
const RING_LABEL_GAP = 0.13;

type Subject = {
	readonly context: SceneContext;
	readonly active: ActiveLayer<ProgressLayer>;
	/** Final text of the value. */
	readonly value: Wording;
	readonly label: Wording | null;
	readonly write: (value: number) => string;
};

export const progressItem = (context: SceneContext, active: ActiveLayer<ProgressLayer>, align: Align): SceneItem => {
	const { layer, path } = active;
	const isRing = layer.style === 'ring';
	const write = numberWriter({ format: 'percent' }, [layer.progress]);
	const worded = wordingOf(context, isRing ? 'stat' : 'caption', { written: write(layer.progress), path: [...path, 'progress'] });
	const value = { ...worded, face: { ...worded.face, tabular: true } };
	const label = layer.label === undefined ? null : wordingOf(context, 'caption', { written: layer.label, path: [...path, 'label'] });
	const subject = { context, active, value, label, write };
	return figureItem({
		context,
		active,
		role: isRing ? 'image' : 'body',
		fixed: isRing,
		align,
		wording: label ?? value,
		measure: (room) => (isRing ? measureRing(subject, room) : measureBar(subject, room)),
	});
};

const wordsIn = ({ label }: Subject): number => 1 + (label === null ? 0 : countWords(label.text));

const stepsOf = ({ context, active, write }: Subject, growth: Growth): readonly NumberStep[] => {
	const { progress } = active.layer;
	if (growth.still) return [{ start: 0, text: write(progress) }];
	return countSteps({ from: 0, to: progress, start: Math.max(0, growth.start), frames: growth.frames }, write).map(({ start, text }) => ({
		start,
		text: context.mood.type.stat.upper ? text.toUpperCase() : text,
	}));
};

const colorsOf = ({ context, active }: Subject, site: FigureSite): FigureColors =>
	figureColors(context, { written: active.layer.color, path: [...active.path, 'color'] }, site);

const measureBar = (subject: Subject, room: Room): MeasuredFigure | null => {
	const { context, value, label } = subject;
	const { u, aspect } = context.frame;
	const width = Math.min(room.width, BAR_WIDTH[aspect] * u);
	const size = Math.min(context.mood.type.caption.size[aspect][1] * u * room.scale, room.ceiling);
	const number = fitLabel(context, value, { size, width });
	const words = label === null || number === null ? null : fitLabel(context, label, { size, width: width - number.width - 3 * u });
	if (number === null || (label !== null && words === null)) return null;
	const [first, gap] = [Math.max(number.height, words?.height ?? 0), BAR_GAP * u];
	const height = first + gap + BAR_HEIGHT * u;
	const draw = (site: FigureSite): DrawnFigure => drawBar(subject, { number, words, rail: first + gap }, site);
	return { width, height, figure: { enters: 'text', words: wordsIn(subject), draw } };
};

/** `rail` is the distance of the bar from the top of the figure. */
type BarParts = { readonly number: FittedText; readonly words: FittedText | null; readonly rail: number };

const drawBar = (subject: Subject, { number, words, rail }: BarParts, site: FigureSite): DrawnFigure => {
	const { context, active, value, label } = subject;
	const { box } = site;
	const growth = growthOf(context, site.entering, 1);
	const colors = colorsOf(subject, site);
	const thickness = BAR_HEIGHT * context.frame.u;
	const cap = context.mood.shape.buttonRadius === 0 ? 'butt' : 'round';
	const inset = cap === 'round' ? thickness / 2 : 0;
	const y = round2(box.y + rail + thickness / 2);
	const line = (share: number): string => `M${round2(box.x + inset)} ${y}H${round2(box.x + inset + share * (box.width - 2 * inset))}`;
	const whole = roundBox(box);
	const stroke = { width: round2(thickness), cap } as const;
	const baseline = box.y + rail - BAR_GAP * context.frame.u;
	const drawn: Drawing[] = [
		{ type: 'path', box: whole, tracks: [], data: line(1), fill: null, stroke: { ...stroke, color: colors.faint } },
		...(active.layer.progress === 0
			? []
			: [
					{
						type: 'path',
						box: whole,
						tracks: drawnTracks(growth, 0),
						data: line(active.layer.progress),
						fill: null,
						stroke: { ...stroke, color: colors.lead },
					} as const,
				]),
		...(words === null || label === null
			? []
			: drawLabel({ fitted: words, wording: label, x: box.x, baseline, align: 'left', color: colors.muted })),
		...drawLabel({
			fitted: number,
			wording: value,
			x: box.x + box.width,
			baseline,
			align: 'right',
			color: colors.ink,
			steps: stepsOf(subject, growth),
		}),
	];
	return figureGroup(site, drawn, grownAt(growth, 1));
};

const measureRing = (subject: Subject, room: Room): MeasuredFigure | null => {
	const { context, value, label } = subject;
	const { u, aspect } = context.frame;
	const side = Math.min(room.width, RING_SIZE[aspect] * u * room.scale);
	const number = fitLabel(context, value, { size: side * RING_VALUE, width: side * 0.66 });
	const size = Math.min(context.mood.type.caption.size[aspect][1] * u * room.scale, room.ceiling);
	const wide = Math.min(room.width, side * 1.5);
	const words = label === null ? null : fitLabel(context, label, { size, width: wide, lines: 2 });
	if (number === null || (label !== null && words === null)) return null;
	const below = words === null ? 0 : side * RING_LABEL_GAP + words.height;
	const draw = (site: FigureSite): DrawnFigure => drawRing(subject, { number, words, side }, site);
	return {
		width: Math.max(side, words?.width ?? 0),
		height: side + below,
		overhang: words?.overhang ?? 0,
		figure: { enters: 'image', words: wordsIn(subject), draw },
	};
};

type RingParts = { readonly number: FittedText; readonly words: FittedText | null; readonly side: number };

const drawRing = (subject: Subject, { number, words, side }: RingParts, site: FigureSite): DrawnFigure => {
	const { context, active, value, label } = subject;
	const { box } = site;
	const growth = growthOf(context, site.entering, 1);
	const colors = colorsOf(subject, site);
	const center = { x: box.x + box.width / 2, y: box.y + side / 2 };
	const width = round2(side * RING_STROKE);
	const radius = side / 2 - width / 2;
	const ring = roundBox({ x: center.x - side / 2, y: box.y, width: side, height: side });
	const cap = context.mood.shape.buttonRadius === 0 ? 'butt' : 'round';
	const { progress } = active.layer;
	const arc = (share: number): string => arcPath(center, radius, { from: 0, to: share });
	const drawn: Drawing[] = [
		{ type: 'path', box: ring, tracks: [], data: arc(1), fill: null, stroke: { color: colors.faint, width, cap: 'butt' } },
		...(progress === 0
			? []
			: [
					{
						type: 'path',
						box: ring,
						tracks: drawnTracks(growth, 0),
						data: arc(progress),
						fill: null,
						stroke: { color: colors.lead, width, cap },
					} as const,
				]),
		...drawLabel({
			fitted: number,
			wording: value,
			x: center.x,
			baseline: center.y + (number.metrics.capHeight * number.size) / 2,
			align: 'center',
			color: colors.ink,
			steps: stepsOf(subject, growth),
		}),
		...(words === null || label === null
			? []
			: drawLabel({
					fitted: words,
					wording: label,
					x: center.x,
					baseline: box.y + side + side * RING_LABEL_GAP + words.firstBaseline,
					align: 'center',
					color: colors.muted,
				})),
	];
	return figureGroup(site, drawn, grownAt(growth, 1));
};
