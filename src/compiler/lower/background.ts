import type { Background } from '../../model/campaign-spec.gen.ts';
import type { Paint } from '../../model/drawing.ts';
import { toFraction } from '../../model/units.ts';
import { round2 } from '../design/geometry.ts';
import type { Frame } from '../design/layout.ts';
import type { GroundRecipe } from '../design/mood.ts';
import { isBrandColor, type Roles, recipeColor, resolveColor, rolesOn, settleGround } from '../design/theme.ts';
import { type SceneContext, unknownColor } from './scene-context.ts';

/** What a scene stands on. */
export type Ground = {
	readonly paint: Paint;
	/** Every colour of the paint. */
	readonly colors: readonly string[];
	readonly roles: Roles;
	/** Whether the spec chose it. */
	readonly written: boolean;
};

/** Scenes differ by their id alone: moving a scene in the spec does not repaint it. */
export const pickBySceneId = <T>(id: string, choices: readonly T[]): T => {
	let hash = 2166136261;
	for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619) >>> 0;
	return choices[((hash ^ (hash >>> 15)) >>> 0) % choices.length]!;
};

export const groundOf = (context: SceneContext): Ground => {
	const { background } = context.request.scene;
	return background === undefined ? moodGround(context) : writtenGround(context, background);
};

const moodGround = (context: SceneContext): Ground => {
	const { mood, theme, request } = context;
	const isClosing = context.layers.some(({ layer }) => 'cta' in layer);
	const recipe = isClosing ? mood.colors.closing : pickBySceneId(request.scene.id, mood.colors.grounds);
	const colors = settleGround(
		theme,
		recipe.colors.map((color) => recipeColor(color, theme.palette)),
		true,
	).colors;
	return { paint: recipePaint(recipe, colors), colors, roles: rolesOn(theme, colors), written: false };
};

const recipePaint = ({ type, angle }: GroundRecipe, colors: readonly string[]): Paint =>
	type === 'solid' ? { type, color: colors[0]! } : { type, angle, colors };

const writtenGround = (context: SceneContext, background: Background): Ground => {
	const { theme, mood } = context;
	const defaults = mood.colors.grounds[0]!.colors.map((color) => recipeColor(color, theme.palette));
	const written = background.type === 'solid' ? (background.color === undefined ? [] : [background.color]) : (background.colors ?? []);
	if (written.length === 0) return groundFrom(context, background, defaults);
	const roles = rolesOn(theme, defaults);
	const colors = written.map((name, index) => resolveColor(name, theme, roles) ?? reportUnknown(context, background, { name, index }));
	const settled = settleGround(theme, colors, written.every(isBrandColor));
	if (settled.moved) reportMoved(context, background);
	return groundFrom(context, background, settled.colors);
};

const groundFrom = (context: SceneContext, background: Background, colors: readonly string[]): Ground => ({
	paint: writtenPaint(background, colors, context.frame),
	colors,
	roles: rolesOn(context.theme, colors),
	written: true,
});

const writtenPaint = (background: Background, colors: readonly string[], frame: Frame): Paint => {
	const { width, height } = frame;
	switch (background.type) {
		case 'solid':
			return { type: 'solid', color: colors[0]! };
		case 'linear':
			return { type: 'linear', angle: background.angle ?? 160, colors };
		case 'radial': {
			const center = {
				x: round2(background.center === undefined ? width / 2 : toFraction(background.center.x) * width),
				y: round2(background.center === undefined ? height * 0.45 : toFraction(background.center.y) * height),
			};
			// To the farthest corner, so that the last colour is seen at the edge.
			const radius = round2(Math.hypot(Math.max(center.x, width - center.x), Math.max(center.y, height - center.y)));
			return { type: 'radial', center, radius, colors };
		}
	}
};

const colorPath = (context: SceneContext, background: Background, index: number) => [
	...context.request.path,
	'background',
	...(background.type === 'solid' ? ['color'] : ['colors', index]),
];

const reportUnknown = (
	context: SceneContext,
	background: Background,
	{ name, index }: { readonly name: string; readonly index: number },
): string => {
	context.report(unknownColor(context.request, colorPath(context, background, index), name));
	return context.theme.palette.primary;
};

const reportMoved = (context: SceneContext, background: Background): void =>
	context.report({
		code: 'RF3017',
		severity: 'warning',
		summary: 'no ink has 4.5:1 on every colour of this background, so its lightness was moved',
		range: context.request.checked.rangeOf([...context.request.path, 'background', background.type === 'solid' ? 'color' : 'colors']),
		hint: 'choose colours that are nearer to each other in lightness',
	});
