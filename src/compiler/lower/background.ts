import type { Background } from '../../model/campaign-spec.gen.ts';
import type { Drawing, Paint } from '../../model/drawing.ts';
import { toFraction } from '../../model/units.ts';
import { round2 } from '../design/geometry.ts';
import type { Frame } from '../design/layout.ts';
import type { GroundRecipe } from '../design/mood.ts';
import { isBrandColor, type Roles, recipeColor, resolveColor, rolesOn, settleGround } from '../design/theme.ts';
import { cloudShades, markGround, markTexture, meshColors, mixturesOf, softTexture } from './generated-ground.ts';
import { type SceneContext, unknownColor } from './scene-context.ts';

/** What a scene stands on. */
export type Ground = {
	readonly paint: Paint;
	/** Over the paint, when the ground is a computed picture. */
	readonly texture: Drawing | null;
	/** Every colour that the ground shows, its mixtures left out where they lie between. */
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
	// A picture, moving or not, is a matter of the stage: around it and beneath it is the mood's own ground.
	return background === undefined || background.type === 'image' || background.type === 'video'
		? moodGround(context)
		: writtenGround(context, background);
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
	return { paint: recipePaint(recipe, colors), texture: null, colors, roles: rolesOn(theme, colors), written: false };
};

const recipePaint = ({ type, angle }: GroundRecipe, colors: readonly string[]): Paint =>
	type === 'solid' ? { type, color: colors[0]! } : { type, angle, colors };

/** Backgrounds that the spec chooses and that are painted here. */
type Painted = Exclude<Background, { type: 'image' | 'video' }>;

const writtenGround = (context: SceneContext, background: Painted): Ground => {
	const { theme, mood } = context;
	const defaults = mood.colors.grounds[0]!.colors.map((color) => recipeColor(color, theme.palette));
	const [key, written] = writtenColors(background);
	if (written.length === 0) return groundFrom(context, background, defaultColors(context, background, defaults));
	const roles = rolesOn(theme, defaults);
	const colors = written.map((name, index) => {
		const place = key === 'colors' ? [key, index] : [key];
		return resolveColor(name, theme, roles) ?? reportUnknown(context, name, place);
	});
	const shades = background.type === 'noise' && key === 'color' ? cloudShades(colors[0]!) : colors;
	const settled = settleGround(theme, shades, written.every(isBrandColor));
	if (settled.moved) reportMoved(context, key);
	return groundFrom(context, background, settled.colors);
};

type ColorKey = 'color' | 'colors' | 'ground';

/** The colours of the ground as the spec writes them, and where. */
const writtenColors = (background: Painted): readonly [ColorKey, readonly string[]] => {
	switch (background.type) {
		case 'solid':
			return ['color', background.color === undefined ? [] : [background.color]];
		case 'linear':
		case 'radial':
		case 'gradient-mesh':
			return ['colors', background.colors ?? []];
		case 'noise':
			if (background.colors !== undefined) return ['colors', background.colors];
			return ['color', background.color === undefined ? [] : [background.color]];
		case 'particles':
		case 'pattern':
			return ['ground', background.ground === undefined ? [] : [background.ground]];
	}
};

/** What the mood would take for such a background, made legible. */
const defaultColors = ({ theme }: SceneContext, background: Painted, defaults: readonly string[]): readonly string[] => {
	switch (background.type) {
		case 'gradient-mesh':
			return settleGround(theme, meshColors(defaults, theme.palette), true).colors;
		case 'noise':
			return settleGround(theme, cloudShades(defaults[0]!), true).colors;
		case 'particles':
		case 'pattern':
			return settleGround(theme, defaults, true).colors;
		default:
			return defaults;
	}
};

const groundFrom = (context: SceneContext, background: Painted, colors: readonly string[]): Ground => {
	const { theme, frame } = context;
	switch (background.type) {
		case 'solid':
		case 'linear':
		case 'radial':
			return { paint: plainPaint(background, colors, frame), texture: null, colors, roles: rolesOn(theme, colors), written: true };
		case 'gradient-mesh':
		case 'noise': {
			const shown = mixturesOf(colors);
			const paint: Paint = { type: 'solid', color: colors[0]! };
			return { paint, texture: softTexture(context, background, colors), colors: shown, roles: rolesOn(theme, shown), written: true };
		}
		case 'particles':
		case 'pattern': {
			const named = background.color === undefined ? null : markColor(context, background.color, colors);
			const marked = markGround(context, { background, grounds: colors, color: named });
			const paint: Paint = colors.length === 1 ? { type: 'solid', color: colors[0]! } : { type: 'linear', angle: 170, colors };
			return {
				paint,
				texture: markTexture(context, background, marked),
				colors: marked.shown,
				roles: rolesOn(theme, marked.shown),
				written: true,
			};
		}
	}
};

const markColor = (context: SceneContext, name: string, grounds: readonly string[]): string =>
	resolveColor(name, context.theme, rolesOn(context.theme, grounds)) ?? reportUnknown(context, name, ['color']);

const plainPaint = (
	background: Extract<Background, { type: 'solid' | 'linear' | 'radial' }>,
	colors: readonly string[],
	frame: Frame,
): Paint => {
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

const reportUnknown = (context: SceneContext, name: string, place: readonly (string | number)[]): string => {
	context.report(unknownColor(context.request, [...context.request.path, 'background', ...place], name));
	return context.theme.palette.primary;
};

const reportMoved = (context: SceneContext, key: ColorKey): void =>
	context.report({
		code: 'RF3017',
		severity: 'warning',
		summary: 'no ink has 4.5:1 on every colour of this background, so its lightness was moved',
		range: context.request.checked.rangeOf([...context.request.path, 'background', key]),
		hint: 'choose colours that are nearer to each other in lightness',
	});
