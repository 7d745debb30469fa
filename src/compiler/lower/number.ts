import type { NumberLayer } from '../../model/campaign-spec.gen.ts';
import { toFrames } from '../../model/units.ts';
import type { FittedText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { enteringFrames, enterTracks } from '../design/motion.ts';
import { countSteps, numberWriter } from '../design/number-format.ts';
import type { Align } from '../design/stack.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem } from './figure.ts';
import { figureInk } from './label.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { measureText, textStyle, type Wording, wordingOf } from './text.ts';

/** Seconds that a count takes, in a mood that enters in half a second. */
const COUNT_SECONDS = 1.3;

/** How long figures that grow and count take in a mood, in frames. */
export const countFrames = ({ mood, fps }: SceneContext): number =>
	Math.max(2, toFrames(COUNT_SECONDS * Math.min(1.3, Math.max(0.7, mood.motion.image.seconds / 0.5)), fps));

/** A number in the type of its role. Its place is as wide as the widest of its texts, so that nothing moves while it counts. */
export const numberItem = (context: SceneContext, active: ActiveLayer<NumberLayer>, align: Align): SceneItem => {
	const { layer } = active;
	const role = layer.role ?? 'stat';
	const set = (text: string): string => (context.mood.type[role].upper ? text.toUpperCase() : text).replaceAll(' ', '\u00a0');
	const plain = numberWriter(layer, [layer.number]);
	const write = (value: number): string => set(plain(value));
	const final = write(layer.number);
	const ends = { from: layer.countFrom ?? 0, to: layer.number, frames: countFrames(context) };
	const worded = wordingOf(context, role, { written: final, path: [...active.path, 'number'] });
	const face = { ...worded.face, tabular: true };
	const widthOf = (text: string): number => context.request.inputs.fonts.measure(face, text).advance;
	const texts = layer.animate === false ? [final] : countSteps({ ...ends, start: 0 }, write).map(({ text }) => text);
	const widest = [final, ...texts].reduce((wide, text) => (widthOf(text) > widthOf(wide) + 1e-6 ? text : wide));
	const wording: Wording = { ...worded, face, text: widest };
	return figureItem({
		context,
		active,
		role,
		align,
		wording: { ...wording, text: final },
		measure: (room) => {
			const measured = measureText(context, wording, room);
			if (measured === null) return null;
			const { width, height, overhang, fitted } = measured;
			const counting = { final, ends, write, align: final === widest && align === 'center' ? 'right' : align } as const;
			const draw = (site: FigureSite): DrawnFigure => drawCount(context, { active, fitted, wording, counting }, site);
			return { width, height, overhang, typeSize: fitted.size, figure: { enters: 'display', words: 1, draw } };
		},
	});
};

type Counting = {
	readonly active: ActiveLayer<NumberLayer>;
	readonly fitted: FittedText;
	readonly wording: Wording;
	readonly counting: {
		readonly final: string;
		readonly ends: { readonly from: number; readonly to: number; readonly frames: number };
		readonly write: (value: number) => string;
		readonly align: Align;
	};
};

const drawCount = (
	context: SceneContext,
	{ active, fitted, wording, counting: { final, ends, write, align } }: Counting,
	{ box, roles, grounds, entering }: FigureSite,
): DrawnFigure => {
	const { layer } = active;
	const counts = layer.animate === true || (layer.animate === undefined && !entering.visible && entering.entrance.kind !== 'none');
	const start = Math.max(0, entering.start);
	const steps = counts ? countSteps({ ...ends, start }, write) : [{ start: 0, text: final }];
	const baseline = box.y + fitted.firstBaseline;
	const lineBox = roundBox({
		x: box.x,
		y: baseline - fitted.metrics.ascent * fitted.size,
		width: box.width,
		height: (fitted.metrics.ascent + fitted.metrics.descent) * fitted.size,
	});
	return {
		drawing: {
			type: 'number',
			box: lineBox,
			tracks: enterTracks(lineBox, entering),
			steps,
			color: figureInk(context, { role: layer.role ?? 'stat', written: layer.color, path: [...active.path, 'color'] }, { roles, grounds }),
			style: { ...textStyle(fitted, wording.role), tabular: true },
			align,
			baseline: round2(baseline),
		},
		arrived: Math.max(steps.at(-1)!.start, entering.start + enteringFrames(entering.entrance, context.fps)),
	};
};
