import type { IconLayer, MoodName } from '../../model/campaign-spec.gen.ts';
import { LARGE_CONTRAST, legible, worstContrast } from '../design/color.ts';
import { roundBox } from '../design/geometry.ts';
import { enteringFrames, enterTracks } from '../design/motion.ts';
import type { Align } from '../design/stack.ts';
import { resolveColor } from '../design/theme.ts';
import type { SceneItem } from './build-stacks.ts';
import { type DrawnFigure, type FigureSite, figureItem } from './figure.ts';
import { type ActiveLayer, type SceneContext, unknownColor } from './scene-context.ts';

/** u. */
const SIZES = { stat: 30, headline: 12, body: 6.4 } as const;
/** A 24-grid icon keeps this share of its box free on each side: taken back, so that its ink stands on the edge of the column. */
const BEARING = 0.09;

/** Weight of a line on the 24-grid, as heavy as the type that the mood sets beside it. */
const STROKES: Readonly<Partial<Record<MoodName, number>>> = {
	sophisticated: 1.15,
	editorial: 1.25,
	minimal: 1.4,
	calm: 1.5,
	tech: 1.6,
	playful: 2.4,
	urgent: 2.3,
	bold: 2.7,
};
/** The larger an icon, the finer its line: drawn at one weight, a large one looks crude. */
const FINER = { stat: 0.72, headline: 0.92, body: 1.1 } as const;

export type IconPlace = 'alone' | 'corner' | 'stack';

const ROLE_AT = { alone: 'stat', corner: 'body', stack: 'headline' } as const;

/** The markup of an icon with the line weight of a mood. Marks without lines stay as they are. */
export const inWeight = (body: string, weight: number): string =>
	body.replaceAll(/stroke-width="[\d.]+"/g, `stroke-width="${Math.round(weight * 100) / 100}"`);

const MARK_COLOR = /#(?:[0-9a-f]{6}|[0-9a-f]{3})\b/gi;
/** A mark of which not even the strongest colour has this against its ground is lost on it. */
const MARK_CONTRAST = 1.9;

/** A brand mark in its own colours where they are seen, else in ink, as brands have their marks in one colour for that. */
const markOn = (body: string, grounds: readonly string[]): string => {
	const colors = body.match(MARK_COLOR) ?? [];
	const isSeen = colors.length === 0 || colors.some((color) => worstContrast(color, grounds) >= MARK_CONTRAST);
	return isSeen ? body : body.replaceAll(MARK_COLOR, 'currentColor');
};

export const iconItem = (
	context: SceneContext,
	active: ActiveLayer<IconLayer>,
	{ align, place }: { readonly align: Align; readonly place: IconPlace },
): SceneItem | null => {
	const shape = context.request.inputs.icons.get(active.layer.icon);
	if (shape === undefined) return null;
	const role = active.layer.role ?? ROLE_AT[place];
	const weight = (STROKES[context.mood.name] ?? 2) * FINER[role];
	const isMark = active.layer.icon.startsWith('brand:');
	const bearing = isMark ? 0 : BEARING;
	const draw = ({ box, roles, grounds, entering }: FigureSite): DrawnFigure => {
		const side = box.width / (1 - 2 * bearing);
		const inset = side * bearing;
		const whole = roundBox({ x: box.x - inset, y: box.y - inset, width: side, height: side });
		const { start, fps, entrance } = entering;
		return {
			drawing: {
				type: 'icon',
				box: whole,
				tracks: enterTracks(whole, entering),
				size: shape.size,
				body: isMark ? markOn(shape.body, grounds) : inWeight(shape.body, weight),
				color: iconColor(context, active, { ink: isMark ? roles.ink : roles.accent, roles, grounds }),
			},
			arrived: start + enteringFrames(entrance, fps),
		};
	};
	return figureItem({
		context,
		active,
		role: 'logo',
		fixed: true,
		align,
		measure: (room) => {
			const side = Math.min(room.width, SIZES[role] * context.frame.u * room.scale) * (1 - 2 * bearing);
			return { width: side, height: side, figure: { enters: 'button', words: 0, draw } };
		},
	});
};

type IconGround = Pick<FigureSite, 'roles' | 'grounds'> & { readonly ink: string };

/** A written colour moves in lightness until the shape stands out (3:1), as every colour that carries meaning does. */
const iconColor = (context: SceneContext, { layer, path }: ActiveLayer<IconLayer>, { ink, roles, grounds }: IconGround): string => {
	if (layer.color === undefined) return ink;
	const color = resolveColor(layer.color, context.theme, roles);
	if (color === null) context.report(unknownColor(context.request, [...path, 'color'], layer.color));
	return color === null ? ink : legible(color, grounds, LARGE_CONTRAST);
};
