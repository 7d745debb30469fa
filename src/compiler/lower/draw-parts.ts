import type { Box, Drawing } from '../../model/drawing.ts';
import type { TimedDrawing } from '../../model/timeline.ts';
import { unreachable } from '../../model/unreachable.ts';
import { growBox, overlap } from '../design/geometry.ts';
import type { PlacedStack } from '../design/layout.ts';
import type { Entrance } from '../design/mood.ts';
import type { Entering } from '../design/motion.ts';
import { entranceFor } from '../design/presets.ts';
import { type Roles, rolesOn } from '../design/theme.ts';
import { drawComponent } from './component.ts';
import { ctaWords, drawCta } from './cta-block.ts';
import { drawText } from './draw-text.ts';
import { drawFramed } from './image.ts';
import { drawLogo } from './logo.ts';
import type { Part } from './part.ts';
import { countWords, type Read } from './reading-time.ts';
import type { SceneContext } from './scene-context.ts';
import { drawLine, shapeColor } from './shape.ts';
import { inkOf, isLarge, strongInk, writtenInk } from './text.ts';
import { arrivalOf, broughtIn, enteringOf, timed } from './timing.ts';

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
		.flatMap(({ items }) =>
			items.flatMap(({ box, fitted }) => leavesOf(box, fitted).map((leaf) => ({ ...leaf, order: orderOf(context, fitted) }))),
		)
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

/** A part that draws something itself. */
type Leaf = Exclude<Part, { kind: 'group' }>;

/** What stands in a group, with its place on the canvas. */
const leavesOf = (box: Box, part: Part): readonly { readonly box: Box; readonly part: Leaf }[] =>
	part.kind === 'group'
		? part.members.flatMap((member) => leavesOf({ ...member.box, x: box.x + member.box.x, y: box.y + member.box.y }, member.fitted))
		: [{ box, part }];

const orderOf = ({ layers }: SceneContext, part: Part): number =>
	part.active === null ? -1 : layers.findIndex(({ path }) => path === part.active.path);

/** Seconds until the next layer starts: lines of a headline count, so that the eye is led down the stack. */
const followOf = ({ mood }: SceneContext, part: Leaf): number => {
	if (part.kind === 'rule') return 0;
	const lines = part.kind === 'text' ? part.fitted.lines.length - 1 : 0;
	const entrance = entranceFor(entranceOf(mood.motion, part), part.active.layer.motion);
	if (entrance.kind === 'none') return 0;
	if (part.kind === 'text' && (entrance.kind === 'words' || entrance.kind === 'typewriter'))
		return mood.motion.follow + LED * pieceSeconds(part.wording.text, entrance);
	return mood.motion.follow + Math.min(2, lines) * 0.6 * entrance.stagger;
};

/** Share of a text that comes in pieces after which the next layer starts. */
const LED = 0.7;

const pieceSeconds = (text: string, { kind, stagger, within }: Entrance): number =>
	within ?? stagger * (kind === 'typewriter' ? text.length : countWords(text));

const entranceOf = (motion: SceneContext['mood']['motion'], part: Leaf): Entrance => {
	switch (part.kind) {
		case 'text':
			return textEntrance(motion, part);
		case 'wordmark':
			return motion.display;
		case 'logo':
		case 'cta':
			return motion.button;
		case 'image':
		case 'component':
			return motion.image;
		case 'figure':
			return motion[part.figure.enters];
		case 'line':
		case 'rule':
			return motion.text;
		default:
			return unreachable(part);
	}
};

/** Roles that come in their own way do so until the spec names another. */
const textEntrance = (motion: SceneContext['mood']['motion'], { wording, active }: Extract<Part, { kind: 'text' }>): Entrance => {
	const own = active.layer.motion?.enter === undefined ? motion.roles?.[wording.role] : undefined;
	return own ?? (isLarge(wording.role) ? motion.display : motion.text);
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

type Turned = { readonly part: Leaf; readonly box: Box; readonly delay: number };

const drawPart = (context: SceneContext, { part, box, delay }: Turned, stage: Stage): Omit<DrawnPart, 'order'> => {
	const entrance = entranceOf(context.mood.motion, part);
	const entering = enteringOf(context, part.active, { entrance, delay });
	const grounds = groundsOf(stage, box);
	const roles = rolesOn(context.theme, grounds);
	if (part.kind === 'text' || part.kind === 'wordmark') {
		const color = part.kind === 'text' ? textInk(context, part, { roles, grounds }) : wordmarkInk(context, part, { roles, grounds });
		const { drawing, arrived } = drawText({
			fonts: context.request.inputs.fonts,
			fitted: part.fitted,
			role: part.wording.role,
			box,
			align: part.align,
			color,
			strongColor: strongInk(context, color, roles),
			entering,
		});
		const { until } = part.active;
		const read = part.kind === 'text' ? { words: countWords(part.wording.text), arrived, until } : null;
		return { timed: timed(context, part.active, drawing, entrance), read };
	}
	if (part.kind === 'figure') {
		const { drawing, arrived } = part.figure.draw({ box, roles, grounds, entering });
		const { words } = part.figure;
		const read = words === 0 ? null : { words, arrived, until: part.active.until };
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
					words: ctaWords(part.block),
					arrived: arrivalOf(entering),
					until: part.active.until,
				}
			: null;
	return { timed: timed(context, part.active, drawing, entrance), read };
};

type OnGround = { readonly roles: Roles; readonly grounds: readonly string[] };

/** A written colour is for the words of the layer, and not for who said them. */
const textInk = (context: SceneContext, { active, wording }: Extract<Part, { kind: 'text' }>, ground: OnGround): string => {
	const { role } = wording;
	const written = role === (active.layer.role ?? 'body') ? active.layer.color : undefined;
	return inkOf(context, { role, written, path: [...active.path, 'color'], strong: wording.strong !== null }, ground);
};

const wordmarkInk = (context: SceneContext, { active }: Extract<Part, { kind: 'wordmark' }>, ground: OnGround): string => {
	const written = active.layer.logo.color;
	return written === undefined
		? ground.roles.ink
		: writtenInk(context, { written, path: [...active.path, 'logo', 'color'], large: true }, ground);
};

type Rest = OnGround & { readonly box: Box; readonly entering: Entering; readonly veil: string | null };

const drawRest = (
	context: SceneContext,
	part: Exclude<Part, { kind: 'text' | 'wordmark' | 'figure' | 'group' }>,
	{ box, roles, grounds, entering, veil }: Rest,
): Drawing => {
	switch (part.kind) {
		case 'logo':
			return drawLogo(part.facts, box, entering);
		case 'cta':
			return drawCta(context, { block: part.block, box, roles, grounds, entering });
		case 'component':
			return broughtIn(
				context,
				part.active,
				drawComponent(context, { active: part.active, facts: part.facts, box }, roles),
				context.mood.motion.image,
			);
		case 'image':
			return drawFramed(
				context,
				{ facts: part.facts, box, fit: part.active.layer.fit ?? 'cover', veil, active: part.active },
				{ roles, entering },
			);
		case 'line':
			return drawLine(box, shapeColor(context, part.active, roles), entering);
		case 'rule':
			return drawLine(box, roles.accent, entering);
		default:
			return unreachable(part);
	}
};
