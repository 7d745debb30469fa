import type { Box, Track } from './drawing.ts';
import { boxIn, colorDistance, colorsIn, colorsOf, isCovered, isOpaque, numberAt, plainGround, textIn } from './seen-leaves.ts';
import type { SceneDrawing, SegmentMessage } from './segment-message.ts';
import { coveredShare, type Leaf, leavesOf, poseAt, reachOf } from './settled-pose.ts';

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

/**
 * Two frames that surely differ, null where no two do. Of several pairs the one that is the least work to decode where the frames up to `decoded` are
 * decoded anyway.
 */
export const expectedMotion = (message: SegmentMessage, decoded: number): ExpectedMotion | null => {
	const found = message.transition === null ? motionsIn(message) : changesOfScene(message);
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

type Placed = { readonly message: SegmentMessage; readonly leaves: readonly Leaf[]; readonly index: number };

const motionsIn = (message: SegmentMessage): readonly ExpectedMotion[] => {
	const leaves = leavesOf(message);
	return leaves.flatMap((leaf, index) => {
		const placed = { message, leaves, index };
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
};

/** Movements from or to rest that cannot be overlooked. */
const movements = (placed: Placed, counts: (property: Track['property']) => boolean, ink: string | null): readonly ExpectedMotion[] => {
	const { message, leaves, index } = placed;
	const leaf = leaves[index]!;
	return leaf.chain.flat().flatMap(({ property, from, to, start, end }) => {
		const [first, last] = [Math.floor(start), Math.ceil(end)];
		if (!counts(property) || Math.abs(to - from) < NOTABLE[property] || first < 0 || last >= message.frames) return [];
		const pairs: readonly (readonly [number, number])[] = [
			[last, first],
			[first, last],
		];
		for (const [seen, other] of pairs) {
			const box = seenIn(placed, seen);
			if (box === null || stillThere(leaf, seen, other) || (ink === null && hasTwin(placed, other))) continue;
			const what = `${property} of ${nameOf(leaf)} goes from ${from} to ${to}`;
			return [{ from: first, to: last, seen: { frame: seen, box, ink, least: leastOf(placed, seen, box) }, what }];
		}
		return [];
	});
};

const seenIn = ({ message: { scenes, canvas }, leaves, index }: Placed, frame: number): Box | null => {
	const leaf = leaves[index]!;
	const posed = { background: scenes[0].background, leaves, poses: leaves.map((each) => poseAt(each, frame)) };
	const box = boxIn(leaf, posed.poses[index]!, canvas);
	if (box === null || isCovered(box, index, posed)) return null;
	const isText = leaf.drawing.type === 'text' || leaf.drawing.type === 'number';
	return !isText || textIn(posed, index, box, frame) !== null ? box : null;
};

/** What is known to be beneath a text is known to come back; of a picture little can be said. */
const leastOf = ({ message, leaves, index }: Placed, frame: number, box: Box): number => {
	const posed = { background: message.scenes[0].background, leaves, poses: leaves.map((leaf) => poseAt(leaf, frame)) };
	const text = textIn(posed, index, box, frame);
	return text === null || text.grounds === null ? 1 : text.ink;
};

/** Another track may bring a leaf back to where it was. */
const stillThere = (leaf: Leaf, seen: number, other: number): boolean => {
	const [a, b] = [poseAt(leaf, seen), poseAt(leaf, other)];
	return typeof a === 'object' && typeof b === 'object' && Math.hypot(a.x - b.x, a.y - b.y) < NOTABLE.x;
};

/** Whether something of the same looks is in the same place at the other frame: one comes as the other goes, and nothing is seen of it. */
const hasTwin = ({ leaves, index }: Placed, frame: number): boolean => {
	const own = leaves[index]!;
	return leaves.some(
		(leaf, other) =>
			other !== index &&
			looksOf(leaf) === looksOf(own) &&
			poseAt(leaf, frame) !== 'hidden' &&
			coveredShare(own.drawing.box, reachOf(leaf)) > 0.5,
	);
};

const looksOf = ({ drawing }: Leaf): string => {
	if (drawing.type === 'text') return drawing.runs.map(({ text, color }) => `${text} ${color}`).join(' ');
	return drawing.type === 'image' ? drawing.asset.sha256 : drawing.type;
};

/** Sums of differences of red, green and blue below which two colours may count as one. */
const FAR_APART = 120;

/** The one colour of a shape, when nothing else that is ever in its place has one like it. */
const ownColor = ({ message, leaves, index }: Placed): string | null => {
	const { drawing } = leaves[index]!;
	const [ink, ...more] = colorsOf(drawing) ?? [];
	if (ink === undefined || more.length > 0 || !isOpaque(ink)) return null;
	return isStrange(ink, colorsIn(message.scenes[0].background, leaves.toSpliced(index, 1), drawing.box)) ? ink.slice(0, 7) : null;
};

const isStrange = (ink: string, colors: readonly string[] | null): boolean =>
	colors?.every((color) => colorDistance(color, ink) >= FAR_APART) ?? false;

/** The first and the last text of a count. */
const countOf = (placed: Placed): readonly ExpectedMotion[] => {
	const { message, leaves, index } = placed;
	const { drawing } = leaves[index]!;
	if (drawing.type !== 'number') return [];
	const frames = drawing.steps.map(({ start }) => Math.ceil(start)).filter((frame) => frame >= 0 && frame < message.frames);
	const inSight = frames.filter((frame) => seenIn(placed, frame) !== null);
	const [from, to] = [inSight[0], inSight.at(-1)];
	if (from === undefined || to === undefined) return [];
	const [before, after] = [numberAt(drawing.steps, from), numberAt(drawing.steps, to)];
	if (before === after) return [];
	const box = seenIn(placed, to)!;
	const others = before.length === after.length ? [...after].filter((letter, i) => letter !== before[i]).length : after.length;
	const least = Math.max(1, Math.floor((leastOf(placed, to, box) * others) / after.length));
	return [{ from, to, seen: { frame: to, box, ink: null, least }, what: `a number goes from “${before}” to “${after}”` }];
};

const nameOf = ({ drawing }: Leaf): string =>
	drawing.type === 'text' ? `“${drawing.runs.map(({ text }) => text).join('')}”` : `a ${drawing.type}`;

/** Share of the canvas that a ground shows where two grounds surely meet in some place. */
const MOST = 0.6;
/** Frames of a transition whose first and last are mostly one scene, with a pace that is the same at both ends. */
const LEAST_FRAMES = { plain: 4, layered: 8 } as const;

/** What surely differs between the ends of a whole transition: the grounds, or a text of one scene where the other has nothing of its colour. */
const changesOfScene = (message: SegmentMessage): readonly ExpectedMotion[] => {
	const { scenes, transition, frames, canvas } = message;
	const [one, other] = scenes;
	if (transition === null || other === undefined || transition.offset !== 0 || frames !== transition.frames) return [];
	const isPlain = one.layers.length === 0 && other.layers.length === 0;
	const isEven = transition.easing === 'linear' || transition.easing.endsWith('.inOut');
	if (isPlain ? frames < LEAST_FRAMES.plain : frames < LEAST_FRAMES.layered || !isEven) return [];
	const [before, after] = [one, other].map((scene) => plainGround(scene, leavesOf({ scenes: [scene] }), canvas, MOST));
	if (before && after && colorDistance(before, after) >= FAR_APART)
		return [{ from: 0, to: frames - 1, seen: null, what: `the ground goes from ${before} to ${after}` }];
	return [...loneTexts(message, { scene: one, other, frame: 0 }), ...loneTexts(message, { scene: other, other: one, frame: frames - 1 })];
};

type Side = { readonly scene: SceneDrawing; readonly other: SceneDrawing; readonly frame: number };

/** Texts of a scene at one end of a transition, where the other scene has nothing of their colour. */
const loneTexts = ({ canvas, frames }: SegmentMessage, { scene, other, frame }: Side): readonly ExpectedMotion[] => {
	const leaves = leavesOf({ scenes: [scene] });
	const posed = { background: scene.background, leaves, poses: leaves.map((leaf) => poseAt(leaf, frame)) };
	const strangers = leavesOf({ scenes: [other] });
	return leaves.flatMap((leaf, index) => {
		const box = boxIn(leaf, posed.poses[index]!, canvas);
		if (box === null || isCovered(box, index, posed)) return [];
		const text = textIn(posed, index, box, frame);
		const ink = text?.colors.find((color) => isStrange(color, colorsIn(other.background, strangers, box)));
		if (!text?.grounds || ink === undefined) return [];
		return [{ from: 0, to: frames - 1, seen: { frame, box, ink, least: text.ink }, what: `“${text.text}” is in one of two scenes` }];
	});
};
