import type { Layer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../model/drawing.ts';
import type { StackRole } from '../design/mood.ts';
import type { Entering } from '../design/motion.ts';
import type { Align, Measured, Room } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import type { SceneItem } from './build-stacks.ts';
import type { Part } from './part.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import type { Wording } from './text.ts';

/** What a figure is drawn on, and when. */
export type FigureSite = {
	readonly box: Box;
	readonly roles: Roles;
	readonly grounds: readonly string[];
	readonly entering: Entering;
};

/** `arrived` is the frame of the scene in which the last of its movements is over. */
export type DrawnFigure = { readonly drawing: Drawing; readonly arrived: number };

/** What a layer that is neither words nor a picture turns into once it is measured. */
export type Figure = {
	/** Which of the mood's entrances brings it in. */
	readonly enters: 'display' | 'text' | 'image' | 'button';
	/** Words that have to be read. */
	readonly words: number;
	readonly draw: (site: FigureSite) => DrawnFigure;
};

/** Pixels. */
export type MeasuredFigure = {
	readonly width: number;
	readonly height: number;
	readonly overhang?: number;
	readonly typeSize?: number;
	readonly figure: Figure;
};

export type FigureItem<L extends Layer> = {
	readonly context: SceneContext;
	readonly active: ActiveLayer<L>;
	readonly role: StackRole;
	readonly align: Align;
	/** What a failure to fit names. */
	readonly wording?: Wording | null;
	readonly measure: (room: Room) => MeasuredFigure | null;
	/** Whether it has a width of its own, and does not take what it is given. */
	readonly fixed?: boolean;
	/** For figures that take the height that is left. */
	readonly stretch?: (width: number, height: number) => MeasuredFigure;
};

/** A figure as a member of a stack. */
export const figureItem = <L extends Layer>({
	active,
	role,
	align,
	wording = null,
	fixed = false,
	measure,
	stretch,
}: FigureItem<L>): SceneItem => {
	const asPart = (measured: MeasuredFigure): Measured<Part> => ({
		width: measured.width,
		height: measured.height,
		overhang: measured.overhang ?? 0,
		typeSize: measured.typeSize ?? null,
		fitted: {
			kind: 'figure',
			active,
			figure: measured.figure,
			type: measured.typeSize === undefined ? null : { role, size: measured.typeSize },
		},
	});
	return {
		role,
		align,
		culprit: { active, wording },
		fixed,
		measure: (room) => {
			const measured = measure(room);
			return measured && asPart(measured);
		},
		stretch: stretch === undefined ? null : (width, height) => asPart(stretch(width, height)),
	};
};
