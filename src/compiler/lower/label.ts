import type { Drawing, NumberStep, Track } from '../../model/drawing.ts';
import type { SpecPath } from '../checked-spec.ts';
import { type FittedText, fitText } from '../design/fit-text.ts';
import { round2, roundBox } from '../design/geometry.ts';
import type { TextRole } from '../design/mood.ts';
import type { Align } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import { joinsLetters } from '../set-faces.ts';
import type { SceneContext } from './scene-context.ts';
import { LEAST_SIZE, textStyle, type Wording, writtenInk } from './text.ts';

/** Pixels: the size that a label should have, and the width that it may take. */
export type LabelRoom = { readonly size: number; readonly width: number; readonly lines?: number };

/** Words inside a figure, on one line unless said otherwise: as large as their room allows. Null when they cannot be read in it. */
export const fitLabel = (context: SceneContext, wording: Wording, { size, width, lines = 1 }: LabelRoom): FittedText | null => {
	const { mood, frame, request } = context;
	const { tracking, leading } = mood.type[wording.role];
	const least = LEAST_SIZE * frame.u;
	const best = Math.max(size, least);
	return fitText(
		request.inputs.fonts,
		{
			text: wording.text,
			face: wording.face,
			tracking: joinsLetters(wording.text) ? 0 : tracking,
			leading,
			measure: Number.POSITIVE_INFINITY,
			maxLines: lines,
			size: { best, least },
		},
		width,
	);
};

export type LabelToDraw = {
	readonly fitted: FittedText;
	readonly wording: Wording;
	/** Where the label is aligned: its left end, its middle or its right end. */
	readonly x: number;
	/** Of its first line. */
	readonly baseline: number;
	readonly align: Align;
	readonly color: string;
	readonly tracks?: readonly Track[];
	/** Counts instead of standing still. The widest of the texts is what was fitted. */
	readonly steps?: readonly NumberStep[];
};

/** A label on the canvas, one drawing a line. */
export const drawLabel = ({ fitted, wording, x, baseline, align, color, tracks = [], steps }: LabelToDraw): readonly Drawing[] =>
	fitted.lines.map((line, index): Drawing => {
		const on = baseline + index * fitted.leading;
		const box = roundBox({
			x: align === 'left' ? x : align === 'center' ? x - line.width / 2 : x - line.width,
			y: on - fitted.metrics.ascent * fitted.size,
			width: line.width,
			height: (fitted.metrics.ascent + fitted.metrics.descent) * fitted.size,
		});
		const set = { box, tracks, style: { ...textStyle(fitted, wording.role), tabular: steps !== undefined }, align, baseline: round2(on) };
		return steps === undefined ? { type: 'text', ...set, runs: [{ text: line.text, color }] } : { type: 'number', ...set, steps, color };
	});

/** Labels that stand side by side, all in one size. Null when one of them cannot be read in its room. */
export const fitLabels = (context: SceneContext, wordings: readonly Wording[], room: LabelRoom): readonly FittedText[] | null => {
	const own = wordings.map((wording) => fitLabel(context, wording, room));
	if (own.some((fitted) => fitted === null)) return null;
	const size = Math.min(...own.map((fitted) => fitted!.size));
	return wordings.map((wording, index) => (own[index]!.size === size ? own[index]! : fitLabel(context, wording, { ...room, size })!));
};

export type FigureInk = { readonly role: TextRole; readonly written: string | undefined; readonly path: SpecPath };

/** The colour of words in a figure: their role's own, or the written one where it reads. */
export const figureInk = (
	context: SceneContext,
	{ role, written, path }: FigureInk,
	ground: { readonly roles: Roles; readonly grounds: readonly string[] },
): string => {
	if (written !== undefined) return writtenInk(context, { written, path, large: role === 'headline' || role === 'stat' }, ground);
	const { ink } = context.mood.type[role];
	return ink === 'accent' ? ground.roles.accentInk : ground.roles[ink];
};
