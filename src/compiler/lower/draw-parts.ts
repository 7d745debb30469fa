import type { Box, Drawing } from '../../model/drawing.ts';
import type { TimedDrawing } from '../../model/timeline.ts';
import { unreachable } from '../../model/unreachable.ts';
import { growBox, overlap } from '../design/geometry.ts';
import type { PlacedStack } from '../design/layout.ts';
import type { Entrance } from '../design/mood.ts';
import { type Entering, enteringFrames } from '../design/motion.ts';
import { type Roles, rolesOn } from '../design/theme.ts';
import { ctaColors, drawCta } from './cta.ts';
import { drawFramed } from './image.ts';
import { drawLogo } from './logo.ts';
import type { Part } from './part.ts';
import { countWords, type Read } from './reading-time.ts';
import type { SceneContext } from './scene-context.ts';
import { drawLine, shapeColor } from './shape.ts';
import { drawText, inkOf, writtenInk } from './text.ts';
import { enteringOf, timed } from './timing.ts';

/** A surface that lies between the ground and the words. */
export type Surface = { readonly box: Box; readonly colors: readonly string[] };

export type Stage = {
	/** Every colour that can be behind a word where no surface lies. */
	readonly grounds: readonly string[];
	/** Back to front. */
	readonly surfaces: readonly Surface[];
	/** Pictures that words stand on, and the colour that is laid over them there. */
	readonly veils: readonly Veil[];
};

export type Veil = { readonly box: Box; readonly color: string };

/** `order` is the place of the part's layer in the spec; -1 comes before all of them. */
export type DrawnPart = { readonly order: number; readonly timed: TimedDrawing; readonly read: Read | null };

/** Everything in the stacks, drawn one after the other in the order of the spec. */
export const drawParts = (context: SceneContext, placed: readonly PlacedStack<Part>[], stage: Stage): readonly DrawnPart[] => {
	const parts = placed
		.flatMap(({ items }) => items.map(({ box, fitted }) => ({ box, part: fitted, order: orderOf(context, fitted) })))
		.sort((a, b) => a.order - b.order);
	let delay = 0;
	return parts.map(({ box, part, order }) => {
		const late = (part.active?.from ?? 0) > 0;
		// A picture opens together with the first words: it takes longer to see than to read.
		const drawn = drawPart(context, { part, box, delay: late || part.kind === 'image' ? 0 : delay }, stage);
		if (!late && part.kind !== 'image') delay += followOf(context, part);
		return { order, ...drawn };
	});
};

const orderOf = ({ layers }: SceneContext, part: Part): number =>
	part.active === null ? -1 : layers.findIndex(({ path }) => path === part.active.path);

/** Seconds until the next layer starts: lines of a headline count, so that the eye is led down the stack. */
const followOf = ({ mood }: SceneContext, part: Part): number => {
	if (part.kind === 'rule') return 0;
	const lines = part.kind === 'text' ? part.fitted.lines.length - 1 : 0;
	return mood.motion.follow + Math.min(2, lines) * 0.6 * entranceOf(mood.motion, part).stagger;
};

const entranceOf = (motion: SceneContext['mood']['motion'], part: Part): Entrance => {
	switch (part.kind) {
		case 'text':
			return part.wording.role === 'headline' || part.wording.role === 'stat' ? motion.display : motion.text;
		case 'wordmark':
			return motion.display;
		case 'logo':
		case 'cta':
			return motion.button;
		case 'image':
			return motion.image;
		case 'line':
		case 'rule':
			return motion.text;
		default:
			return unreachable(part);
	}
};

/** What a box stands on: the surface that holds it, or the ground and every surface that it touches. */
export const groundsOf = (stage: Stage, box: Box): readonly string[] => {
	let grounds = stage.grounds;
	for (const surface of stage.surfaces) {
		if (!overlap(surface.box, box)) continue;
		const inside = !overlapsOutside(surface.box, box);
		grounds = inside ? surface.colors : [...grounds, ...surface.colors];
	}
	return grounds;
};

const overlapsOutside = (surface: Box, box: Box): boolean => {
	const inner = growBox(surface, 0.5);
	return box.x < inner.x || box.y < inner.y || box.x + box.width > inner.x + inner.width || box.y + box.height > inner.y + inner.height;
};

type Turned = { readonly part: Part; readonly box: Box; readonly delay: number };

const drawPart = (context: SceneContext, { part, box, delay }: Turned, stage: Stage): Omit<DrawnPart, 'order'> => {
	const entrance = entranceOf(context.mood.motion, part);
	const entering = enteringOf(context, part.active, { entrance, delay });
	const grounds = groundsOf(stage, box);
	const roles = rolesOn(context.theme, grounds);
	if (part.kind === 'text' || part.kind === 'wordmark') {
		const color = part.kind === 'text' ? inkOf(context, part.active, { roles, grounds }) : wordmarkInk(context, part, { roles, grounds });
		const { drawing, arrived } = drawText({ fitted: part.fitted, role: part.wording.role, box, align: part.align, color, entering });
		const { until } = part.active;
		const read = part.kind === 'text' ? { words: countWords(part.wording.text), arrived, until } : null;
		return { timed: timed(context, part.active, drawing, entrance), read };
	}
	const drawing = drawRest(context, part, {
		box,
		roles,
		grounds,
		entering,
		veil: stage.veils.find((veil) => veil.box === box)?.color ?? null,
	});
	const read =
		part.kind === 'cta'
			? {
					words: countWords(part.button.label.lines[0]!.text),
					arrived: entering.start + enteringFrames(entrance, context.fps),
					until: part.active.until,
				}
			: null;
	return { timed: timed(context, part.active, drawing, entrance), read };
};

type OnGround = { readonly roles: Roles; readonly grounds: readonly string[] };

const wordmarkInk = (context: SceneContext, { active }: Extract<Part, { kind: 'wordmark' }>, ground: OnGround): string => {
	const written = active.layer.logo.color;
	return written === undefined
		? ground.roles.ink
		: writtenInk(context, { written, path: [...active.path, 'logo', 'color'], large: true }, ground);
};

type Rest = OnGround & { readonly box: Box; readonly entering: Entering; readonly veil: string | null };

const drawRest = (
	context: SceneContext,
	part: Exclude<Part, { kind: 'text' | 'wordmark' }>,
	{ box, roles, grounds, entering, veil }: Rest,
): Drawing => {
	switch (part.kind) {
		case 'logo':
			return drawLogo(part.facts, box, entering);
		case 'cta':
			return drawCta(context, {
				button: part.button,
				box,
				colors: ctaColors(context, { roles, grounds: grounds.slice(0, 1) }),
				ground: grounds[0]!,
				entering,
			});
		case 'image':
			return drawFramed(context, { facts: part.facts, box, fit: part.active.layer.fit ?? 'cover', veil }, { roles, entering });
		case 'line':
			return drawLine(box, shapeColor(context, part.active, roles), entering);
		case 'rule':
			return drawLine(box, roles.accent, entering);
		default:
			return unreachable(part);
	}
};
