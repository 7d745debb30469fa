import { colorsIn, colorsOfPaint, isApart, isOpaque } from './colors-beneath.ts';
import type { Box, Drawing } from './drawing.ts';
import type { Canvas, SceneDrawing } from './segment-message.ts';
import { coveredShare, type Leaf, leavesOf, type Pose, poseAt } from './settled-pose.ts';

/** A text that has to be seen: opaque, at rest and uncovered. `box` is on the canvas, and holds most of each of its letters. */
export type ExpectedText = {
	readonly text: string;
	readonly box: Box;
	/** `#rrggbb`, at least one. */
	readonly colors: readonly string[];
	/** Every colour that may lie beneath it, none of them near its own; null where that cannot be said. */
	readonly grounds: readonly string[] | null;
	/** Pixels of those colours that there are at least. */
	readonly ink: number;
};

/** A leaf that is whole, at rest and uncovered. `text`: what is to be read there; null for what is no text, and where nothing can be said for sure. */
export type SeenLeaf = { readonly box: Box; readonly text: ExpectedText | null };

/** The leaves of a scene, and what is seen of them frame by frame. What is found out is kept, as much is asked for more than once. */
export type WatchedScene = Pick<SceneDrawing, 'background'> & {
	readonly leaves: readonly Leaf[];
	/** Poses of the leaves, in their order. */
	posesAt(frame: number): readonly Pose[];
	/** Null for a leaf that is not seen as a whole at that frame. */
	seenAt(index: number, frame: number): SeenLeaf | null;
};

export const watchScene = (scene: SceneDrawing, canvas: Canvas): WatchedScene => {
	const { background } = scene;
	const leaves = leavesOf({ scenes: [scene] });
	const posesAt = keeping((frame: number) => leaves.map((leaf) => poseAt(leaf, frame)));
	const seenIn = keeping((frame: number) => {
		const posed = { background, leaves, poses: posesAt(frame) };
		return keeping((index: number): SeenLeaf | null => {
			const box = boxIn(leaves[index]!, posed.poses[index]!, canvas);
			return box === null || isCovered(box, index, posed) ? null : { box, text: textIn(posed, index, { box, frame }) };
		});
	});
	return { background, leaves, posesAt, seenAt: (index, frame) => seenIn(frame)(index) };
};

const keeping = <T>(find: (number: number) => T): ((number: number) => T) => {
	const found = new Map<number, T>();
	return (number) => {
		const known = found.get(number);
		if (known !== undefined) return known;
		const fresh = find(number);
		found.set(number, fresh);
		return fresh;
	};
};

type Posed = Pick<SceneDrawing, 'background'> & { readonly leaves: readonly Leaf[]; readonly poses: readonly Pose[] };

/** Where a leaf at rest is; null where it is not at rest, or not on the canvas as a whole. */
const boxIn = ({ drawing }: Leaf, pose: Pose, canvas: Canvas): Box | null => {
	if (typeof pose === 'string') return null;
	const { width, height } = drawing.box;
	const box = { x: drawing.box.x + pose.x, y: drawing.box.y + pose.y, width, height };
	return box.x < 0 || box.y < 0 || box.x + width > canvas.width || box.y + height > canvas.height ? null : box;
};

/** Whether a later leaf may hide a box, or change its colours. Lines of text touch each other and hide nothing. */
const isCovered = (box: Box, index: number, { leaves, poses }: Posed): boolean =>
	leaves.some((leaf, other) => {
		const { type } = leaf.drawing;
		const pose = poses[other]!;
		if (other <= index || type === 'grain' || pose === 'hidden') return false;
		const own = leaf.drawing.box;
		const place = pose === 'unclear' ? leaf.reach : { ...own, x: own.x + pose.x, y: own.y + pose.y };
		return coveredShare(box, place) > (type === 'text' || type === 'number' ? 0.3 : 0.01);
	});

/** The share of the square of its size that a letter inks at least, thin ones too. */
const INK_OF_LETTER = 0.006;
/** Smaller letters are blurred too much by video. */
const SMALLEST_SIZE = 14;

type Run = { readonly text: string; readonly color: string };

/** What a text or number that is at rest in this box has to show; null where nothing can be said for sure. */
const textIn = (posed: Posed, index: number, { box, frame }: { readonly box: Box; readonly frame: number }): ExpectedText | null => {
	const { drawing } = posed.leaves[index]!;
	if (drawing.type !== 'text' && drawing.type !== 'number') return null;
	const { size } = drawing.style;
	const runs: readonly Run[] = drawing.type === 'text' ? drawing.runs : [{ text: numberAt(drawing.steps, frame), color: drawing.color }];
	// Faces of single runs have glyphs with colours of their own.
	const able = runs.filter((run) => !('face' in run) && isOpaque(run.color) && lettersOf(run) > 0);
	if (able.length === 0 || size < SMALLEST_SIZE) return null;
	const core = coreOf(drawing, box);
	for (const place of core === null ? [box] : [box, core]) {
		const grounds = groundsBeneath(posed, index, place);
		const plain = able.filter((run) => (grounds ?? []).every((ground) => isApart(run.color, ground)));
		if (plain.length === 0) continue;
		const letters = plain.reduce((sum, run) => sum + lettersOf(run), 0);
		const colors = [...new Set(plain.map(({ color }) => color.slice(0, 7)))];
		const ink = Math.max(3, Math.round(INK_OF_LETTER * letters * size * size));
		return { text: runs.map(({ text }) => text).join(''), box: place, colors, grounds, ink };
	}
	return null;
};

const lettersOf = ({ text }: Run): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Of the size of a text, how far above its baseline letters of any script have most of their ink. */
const CORE = 0.7;

/** The part of a line's box that holds most of each letter. The box itself may stand out of what a line is written on. */
const coreOf = (drawing: Extract<Drawing, { type: 'text' | 'number' }>, box: Box): Box | null => {
	const baseline = drawing.baseline + box.y - drawing.box.y;
	const top = Math.max(box.y, baseline - CORE * drawing.style.size);
	const height = Math.min(box.y + box.height, baseline) - top;
	return height > 0 ? { ...box, y: top, height } : null;
};

/** What a number reads at a frame. */
export const numberAt = (steps: readonly { readonly start: number; readonly text: string }[], frame: number): string =>
	(steps.findLast(({ start }) => start <= frame) ?? steps[0])?.text ?? '';

/** Every colour that what is painted before a leaf may give to its box at that frame. Other words are not among them. */
const groundsBeneath = ({ background, leaves, poses }: Posed, index: number, box: Box): readonly string[] | null => {
	const isWords = ({ drawing }: Leaf): boolean => drawing.type === 'text' || drawing.type === 'number';
	const top = leaves.findLastIndex((leaf, at) => at < index && hides(leaf, poses[at]!, box));
	const beneath = leaves.slice(top + 1, index).filter((leaf, at) => !isWords(leaf) && poses[top + 1 + at] !== 'hidden');
	const lowest = leaves[top]?.drawing;
	return colorsIn(lowest?.type === 'rectangle' ? lowest.paint : background, beneath, box);
};

/** Whether nothing beneath an opaque rectangle is seen in a box, but for what its round corners leave. */
const hides = ({ drawing }: Leaf, pose: Pose, box: Box): boolean => {
	if (drawing.type !== 'rectangle' || typeof pose === 'string' || !colorsOfPaint(drawing.paint).every(isOpaque)) return false;
	return coveredShare(box, { ...drawing.box, x: drawing.box.x + pose.x, y: drawing.box.y + pose.y }) > 0.999;
};

/** A background that much of the canvas shows at any time; null where that cannot be said. `share`: of the canvas, that it shows at least. */
export const plainGround = ({ background, leaves }: WatchedScene, canvas: Canvas, share: number): string | null => {
	if (background.type !== 'solid' || !isOpaque(background.color)) return null;
	const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
	const hidden = leaves.reduce((sum, leaf) => sum + (leaf.drawing.type === 'text' ? 0 : coveredShare(whole, leaf.reach)), 0);
	return hidden < 1 - share ? background.color.slice(0, 7) : null;
};
