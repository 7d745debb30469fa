import { colorDistance, colorsIn, colorsOf, isApart, isOpaque } from './colors-beneath.ts';
import type { Box, Track } from './drawing.ts';
import { numberAt, plainGround, type SeenLeaf, type WatchedScene } from './seen-leaves.ts';
import type { SegmentMessage } from './segment-message.ts';
import { coveredShare, type Leaf, type Pose } from './settled-pose.ts';

/**
 * Something that makes two frames differ. `seen` says in which of them it is seen, and where; null when all of the canvas changes. `ink` is the colour that
 * has to be found there, and goes; null when any contrast will do. `least` is the number of pixels that then change at least.
 */
export type ExpectedMotion = {
	readonly from: number;
	readonly to: number;
	readonly seen: { readonly frame: number; readonly box: Box; readonly ink: string | null; readonly least: number } | null;
	readonly what: string;
};

/** A segment whose scenes are watched, and up to which frame it is decoded anyway. */
export type WatchedSegment = { readonly message: SegmentMessage; readonly scenes: readonly WatchedScene[]; readonly decoded: number };

/** Two frames that surely differ, null where no two do. Of several pairs the one that is the least work to decode. */
export const expectedMotion = ({ message, scenes, decoded }: WatchedSegment): ExpectedMotion | null => {
	const [one, other] = scenes;
	const found = message.transition === null ? motionsIn(message, one!) : other === undefined ? [] : changesOfScene(message, [one!, other]);
	const cost = ({ to }: ExpectedMotion): number => Math.max(to, decoded);
	return found.reduce<ExpectedMotion | null>((best, motion) => (best === null || cost(motion) < cost(best) ? motion : best), null);
};

/** A change of a property that nobody misses. */
const NOTABLE: Readonly<Record<Track['property'], number>> = {
	opacity: 0.5,
	x: 24,
	y: 24,
	scale: 0.2,
	scaleX: 0.2,
	rotate: 20,
	'clip-top': 0.5,
	'clip-right': 0.5,
	'clip-bottom': 0.5,
	'clip-left': 0.5,
	draw: 0.5,
};

/** Those that take most of a shape away: one that only shifts may look the same. */
const HIDING: ReadonlySet<Track['property']> = new Set(['opacity', 'scaleX', 'clip-top', 'clip-right', 'clip-bottom', 'clip-left', 'draw']);

type Placed = { readonly message: SegmentMessage; readonly scene: WatchedScene; readonly index: number };

const motionsIn = (message: SegmentMessage, scene: WatchedScene): readonly ExpectedMotion[] =>
	scene.leaves.flatMap((leaf, index) => {
		const placed = { message, scene, index };
		switch (leaf.drawing.type) {
			case 'image':
			case 'text':
				return movements(placed, () => true, null);
			case 'rectangle':
			case 'ellipse':
			case 'path':
			case 'icon': {
				const ink = ownColor(placed);
				return ink === null ? [] : movements(placed, (property) => HIDING.has(property), ink);
			}
			case 'number':
				return countOf(placed);
			default:
				return [];
		}
	});

/** Movements from or to rest that cannot be overlooked. */
const movements = (placed: Placed, counts: (property: Track['property']) => boolean, ink: string | null): readonly ExpectedMotion[] => {
	const { message, scene, index } = placed;
	const leaf = scene.leaves[index]!;
	return leaf.chain.flat().flatMap(({ property, from, to, start, end }) => {
		const [first, last] = [Math.floor(start), Math.ceil(end)];
		if (!counts(property) || Math.abs(to - from) < NOTABLE[property] || first < 0 || last >= message.frames) return [];
		const pairs: readonly (readonly [number, number])[] = [
			[last, first],
			[first, last],
		];
		for (const [frame, other] of pairs) {
			const seen = seenAt(placed, frame);
			if (seen === null || stillThere(poseIn(placed, frame), poseIn(placed, other)) || (ink === null && hasTwin(placed, other))) continue;
			const what = `${property} of ${nameOf(leaf)} goes from ${from} to ${to}`;
			return [{ from: first, to: last, seen: { frame, box: boxOf(seen), ink, least: leastOf(seen) }, what }];
		}
		return [];
	});
};

/** Null where a leaf is not seen, and where a text may not be told from what is beneath it. */
const seenAt = ({ scene, index }: Placed, frame: number): SeenLeaf | null => {
	const { type } = scene.leaves[index]!.drawing;
	const seen = scene.seenAt(index, frame);
	return (type === 'text' || type === 'number') && seen?.text === null ? null : seen;
};

const poseIn = ({ scene, index }: Placed, frame: number): Pose => scene.posesAt(frame)[index]!;

const boxOf = ({ box, text }: SeenLeaf): Box => text?.box ?? box;

/** What is known to be beneath a text is known to come back; of a picture little can be said. */
const leastOf = ({ text }: SeenLeaf): number => (text === null || text.grounds === null ? 1 : text.ink);

/** Another track may bring a leaf back to where it was. */
const stillThere = (a: Pose, b: Pose): boolean =>
	typeof a === 'object' && typeof b === 'object' && Math.hypot(a.x - b.x, a.y - b.y) < NOTABLE.x;

/** Whether something of the same looks is in the same place at the other frame: one comes as the other goes, and nothing is seen of it. */
const hasTwin = ({ scene: { leaves, posesAt }, index }: Placed, frame: number): boolean => {
	const own = leaves[index]!;
	return leaves.some(
		(leaf, other) =>
			other !== index &&
			posesAt(frame)[other] !== 'hidden' &&
			looksLike(leaf.drawing, own.drawing) &&
			coveredShare(own.drawing.box, leaf.reach) > 0.5,
	);
};

/** The colours of a text may differ by less than video keeps apart. */
const looksLike = (one: Leaf['drawing'], other: Leaf['drawing']): boolean => {
	if (one.type === 'text' && other.type === 'text') {
		const isSame = textOf(one) === textOf(other);
		return isSame && one.runs.every(({ color }, i) => !isApart(color, other.runs[i]?.color ?? color));
	}
	if (one.type === 'image' && other.type === 'image') return one.asset.sha256 === other.asset.sha256;
	return one.type === other.type;
};

const textOf = ({ runs }: Extract<Leaf['drawing'], { type: 'text' }>): string => runs.map(({ text }) => text).join('');

/** Sums of differences of red, green and blue below which two colours may count as one. */
const FAR_APART = 120;

/** The one colour of a shape, when nothing else that is ever in its place has one like it. */
const ownColor = ({ scene: { background, leaves }, index }: Placed): string | null => {
	const { drawing } = leaves[index]!;
	const [ink, ...more] = colorsOf(drawing) ?? [];
	if (ink === undefined || more.length > 0 || !isOpaque(ink)) return null;
	return isStrange(ink, colorsIn(background, leaves.toSpliced(index, 1), drawing.box)) ? ink.slice(0, 7) : null;
};

const isStrange = (ink: string, colors: readonly string[] | null): boolean =>
	colors?.every((color) => colorDistance(color, ink) >= FAR_APART) ?? false;

/** The first and the last text of a count. */
const countOf = (placed: Placed): readonly ExpectedMotion[] => {
	const { drawing } = placed.scene.leaves[placed.index]!;
	if (drawing.type !== 'number') return [];
	const frames = drawing.steps.map(({ start }) => Math.ceil(start)).filter((frame) => frame >= 0 && frame < placed.message.frames);
	const inSight = frames.filter((frame) => seenAt(placed, frame) !== null);
	const [from, to] = [inSight[0], inSight.at(-1)];
	if (from === undefined || to === undefined) return [];
	const [before, after] = [numberAt(drawing.steps, from), numberAt(drawing.steps, to)];
	if (before === after) return [];
	const seen = seenAt(placed, to)!;
	const others = before.length === after.length ? [...after].filter((letter, i) => letter !== before[i]).length : after.length;
	const least = Math.max(1, Math.floor((leastOf(seen) * others) / after.length));
	return [{ from, to, seen: { frame: to, box: boxOf(seen), ink: null, least }, what: `a number goes from “${before}” to “${after}”` }];
};

const nameOf = ({ drawing }: Leaf): string => (drawing.type === 'text' ? `“${textOf(drawing)}”` : `a ${drawing.type}`);

/** Share of the canvas that a ground shows where two grounds surely meet in some place. */
const MOST = 0.6;
/** Frames of a transition whose first and last are mostly one scene, with a pace that is the same at both ends. */
const LEAST_FRAMES = { plain: 4, layered: 8 } as const;

type Pair = readonly [WatchedScene, WatchedScene];

/** What surely differs between the ends of a whole transition: the grounds, or a text of one scene where the other has nothing of its colour. */
const changesOfScene = ({ transition, frames, canvas }: SegmentMessage, [one, other]: Pair): readonly ExpectedMotion[] => {
	if (transition === null || transition.offset !== 0 || frames !== transition.frames) return [];
	const isPlain = one.leaves.length === 0 && other.leaves.length === 0;
	const isEven = transition.easing === 'linear' || transition.easing.endsWith('.inOut');
	if (isPlain ? frames < LEAST_FRAMES.plain : frames < LEAST_FRAMES.layered || !isEven) return [];
	const [before, after] = [one, other].map((scene) => plainGround(scene, canvas, MOST));
	if (before && after && colorDistance(before, after) >= FAR_APART)
		return [{ from: 0, to: frames - 1, seen: null, what: `the ground goes from ${before} to ${after}` }];
	const ends = { from: 0, to: frames - 1 };
	return [...loneTexts(ends, [one, other], ends.from), ...loneTexts(ends, [other, one], ends.to)];
};

/** Texts of the first of two scenes at one end of a transition, where the second has nothing of their colour. */
const loneTexts = (ends: Pick<ExpectedMotion, 'from' | 'to'>, [scene, other]: Pair, frame: number): readonly ExpectedMotion[] =>
	scene.leaves.flatMap((_, index) => {
		const text = scene.seenAt(index, frame)?.text;
		const ink = text?.colors.find((color) => isStrange(color, colorsIn(other.background, other.leaves, text.box)));
		if (!text?.grounds || ink === undefined) return [];
		return [{ ...ends, seen: { frame, box: text.box, ink, least: text.ink }, what: `“${text.text}” is in one of two scenes` }];
	});
