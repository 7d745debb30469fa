import type { MoodName } from '../../../model/campaign-spec.gen.ts';
import type { Drawing } from '../../../model/drawing.ts';
import { contrast, fromOklch, oklchOf, over, TEXT_CONTRAST } from '../../design/color.ts';
import { recipeColor } from '../../design/theme.ts';
import type { Ground } from '../background.ts';
import type { SceneContext } from '../scene-context.ts';
import { decorateBold } from './bold.ts';
import { decorateCalm } from './calm.ts';
import type { Decorate, DecorRequest } from './decoration.ts';
import { decoratePlayful } from './playful.ts';
import { decorateSophisticated } from './sophisticated.ts';

const DECORATE: Readonly<Record<MoodName, Decorate>> = {
	sophisticated: decorateSophisticated,
	playful: decoratePlayful,
	bold: decorateBold,
	calm: decorateCalm,
};

export const decorate = ({ mood }: SceneContext, request: DecorRequest): readonly Drawing[] => DECORATE[mood.name](request);

/** Lightness by which a shape differs from a ground that the spec chose. */
const SHADE = 0.055;

/**
 * The colours of the mood's shapes on this ground. Words may stand on every one of them: on a ground of the spec's own they are shades of it,
 * away from the ink.
 */
export const decorColors = ({ mood, theme }: SceneContext, ground: Ground): readonly string[] => {
	if (mood.name === 'sophisticated') return mood.colors.decor.map((recipe) => recipeColor(recipe, theme.palette));
	if (!ground.written && mood.name !== 'bold') return mood.colors.decor.map((recipe) => recipeColor(recipe, theme.palette));
	return ground.colors.map((color) => shadeOf(color, ground.roles.ink));
};

const shadeOf = (color: string, ink: string): string => {
	const { l, c, h } = oklchOf(color);
	const away = oklchOf(ink).l > l ? -SHADE : SHADE;
	const shade = fromOklch({ l: l + away, c, h });
	const visible = contrast(shade, color) > 1.04;
	if (visible) return shade;
	const other = fromOklch({ l: l - away, c, h });
	return contrast(other, ink) >= TEXT_CONTRAST ? other : shade;
};

/** The most of a decor colour that is ever laid over the ground: hairlines and light are thin, shapes are solid. */
const LAID: Readonly<Record<MoodName, number>> = { sophisticated: 0.42, playful: 1, bold: 1, calm: 1 };

/** What words may stand on when the mood's shapes are drawn: the ground, and the ground under each shape. */
export const groundsWithDecor = ({ mood }: SceneContext, ground: Ground, colors: readonly string[]): readonly string[] => {
	const laid = LAID[mood.name];
	return [...ground.colors, ...colors.flatMap((color) => (laid === 1 ? [color] : ground.colors.map((under) => over(color, laid, under))))];
};
