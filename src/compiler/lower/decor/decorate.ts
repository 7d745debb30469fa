import type { MoodName } from '../../../model/campaign-spec.gen.ts';
import type { Drawing } from '../../../model/drawing.ts';
import { contrast, fromOklch, oklchOf, over, TEXT_CONTRAST, withAlpha } from '../../design/color.ts';
import { recipeColor } from '../../design/theme.ts';
import type { Ground } from '../background.ts';
import type { SceneContext } from '../scene-context.ts';
import { decorateBold } from './bold.ts';
import { decorateCalm } from './calm.ts';
import type { Decorate, DecorRequest } from './decoration.ts';
import { decorateEditorial } from './editorial.ts';
import { decorateMinimal } from './minimal.ts';
import { decoratePlayful } from './playful.ts';
import { decorateSophisticated } from './sophisticated.ts';
import { decorateTech } from './tech.ts';
import { decorateUrgent } from './urgent.ts';

const DECORATE: Readonly<Record<MoodName, Decorate>> = {
	sophisticated: decorateSophisticated,
	playful: decoratePlayful,
	bold: decorateBold,
	calm: decorateCalm,
	urgent: decorateUrgent,
	minimal: decorateMinimal,
	editorial: decorateEditorial,
	tech: decorateTech,
};

export const decorate = ({ mood }: SceneContext, request: DecorRequest): readonly Drawing[] =>
	request.colors.length === 0 ? [] : DECORATE[mood.name](request);

/** How much of black or white a shape lays over a ground that the spec chose. */
const OVERLAY = 0.1;
/** Lightness by which a poster's blocks differ from their ground. */
const SHADE = 0.055;

/**
 * The colours of the mood's shapes on this ground; none where the mood has no place for them. Words may stand on every one. On a ground of the
 * spec's own shapes are a shade of whatever is there, always away from the ink, so that words on them read better and not worse.
 */
export const decorColors = ({ mood, theme }: SceneContext, ground: Ground): readonly string[] => {
	const own = mood.colors.decor.map((recipe) => recipeColor(recipe, theme.palette));
	switch (mood.name) {
		case 'sophisticated':
			return ground.written ? own.slice(0, 1) : own;
		case 'calm':
		case 'minimal':
			return ground.written ? [] : own;
		case 'urgent':
			return ground.written ? [overlay(ground)] : own.slice(0, 1);
		case 'editorial':
			// Its shapes keep off the words, so that none of their colours can be behind one.
			return [ground.colors[0]!];
		case 'tech':
			return own.slice(0, ground.written ? 1 : 2);
		case 'playful':
			return ground.written ? [overlay(ground)] : own;
		case 'bold':
			return ground.written ? [overlay(ground)] : ground.colors.map((color) => shadeOf(color, ground.roles.ink));
	}
};

const overlay = ({ roles }: Ground): string => withAlpha(roles.dark ? '#000000' : '#ffffff', roles.dark ? OVERLAY : 2 * OVERLAY);

const shadeOf = (color: string, ink: string): string => {
	const { l, c, h } = oklchOf(color);
	const away = oklchOf(ink).l > l ? -SHADE : SHADE;
	const shade = fromOklch({ l: l + away, c, h });
	if (contrast(shade, color) > 1.04) return shade;
	const other = fromOklch({ l: l - away, c, h });
	return contrast(other, ink) >= TEXT_CONTRAST ? other : shade;
};

/** The most of a decor colour that is ever laid over the ground: hairlines and light are thin, shapes are solid. */
const LAID: Readonly<Record<MoodName, number>> = {
	sophisticated: 0.42,
	playful: 1,
	bold: 1,
	calm: 1,
	urgent: 1,
	minimal: 1,
	editorial: 1,
	tech: 0.34,
};

/** What words may stand on when the mood's shapes are drawn: the ground, and the ground under each shape. */
export const groundsWithDecor = ({ mood }: SceneContext, ground: Ground, colors: readonly string[]): readonly string[] => {
	const laid = LAID[mood.name];
	const opaque = colors.filter((color) => color.length === 7);
	return [...ground.colors, ...opaque.flatMap((color) => (laid === 1 ? [color] : ground.colors.map((under) => over(color, laid, under))))];
};
