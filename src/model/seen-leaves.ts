import type { Box, Drawing, Paint } from './drawing.ts';
import type { Canvas, SceneDrawing } from './segment-message.ts';
import { coveredShare, type Leaf, type Pose, reachOf } from './settled-pose.ts';

/** A text that has to be seen: opaque, at rest and uncovered. `box` is on the canvas. */
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

/** The leaves of a scene, and where each is at one frame. */
export type Posed = { readonly background: Paint; readonly leaves: readonly Leaf[]; readonly poses: readonly Pose[] };

/** Where a leaf at rest is; null where it is not at rest, or not on the canvas as a whole. */
export const boxIn = ({ drawing }: Leaf, pose: Pose, canvas: Canvas): Box | null => {
	if (typeof pose === 'string') return null;
	const { width, height } = drawing.box;
	const box = { x: drawing.box.x + pose.x, y: drawing.box.y + pose.y, width, height };
	return box.x < 0 || box.y < 0 || box.x + width > canvas.width || box.y + height > canvas.height ? null : box;
};

/** Whether a later leaf may hide a box, or change its colours. Lines of text touch each other and hide nothing. */
export const isCovered = (box: Box, index: number, { leaves, poses }: Omit<Posed, 'background'>): boolean =>
	leaves.some((leaf, other) => {
		const { type } = leaf.drawing;
		const pose = poses[other]!;
		if (other <= index || type === 'grain' || pose === 'hidden') return false;
		const own = leaf.drawing.box;
		const place = pose === 'unclear' ? reachOf(leaf) : { ...own, x: own.x + pose.x, y: own.y + pose.y };
		return coveredShare(box, place) > (type === 'text' || type === 'number' ? 0.3 : 0.01);
	});

/** The share of the square of its size that a letter inks at least, thin ones too. */
const INK_OF_LETTER = 0.006;
/** Smaller letters are blurred too much by video. */
const SMALLEST_SIZE = 14;

/** What a text or number that is at rest in this box has to show; null where nothing can be said for sure. */
export const textIn = (posed: Posed, index: number, box: Box, frame: number): ExpectedText | null => {
	const { drawing } = posed.leaves[index]!;
	if (drawing.type !== 'text' && drawing.type !== 'number') return null;
	const runs = drawing.type === 'text' ? drawing.runs : [{ text: numberAt(drawing.steps, frame), color: drawing.color }];
	const grounds = groundsBeneath(posed, index, box);
	// Faces of single runs have glyphs with colours of their own.
	const plain = runs.filter(
		(run) => !('face' in run) && isOpaque(run.color) && (grounds ?? []).every((ground) => isApart(run.color, ground)),
	);
	const letters = plain.map(({ text }) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0).reduce((sum, count) => sum + count, 0);
	const { size } = drawing.style;
	if (letters === 0 || size < SMALLEST_SIZE) return null;
	const colors = [...new Set(plain.map(({ color }) => color.slice(0, 7)))];
	const ink = Math.max(3, Math.round(INK_OF_LETTER * letters * size * size));
	return { text: runs.map(({ text }) => text).join(''), box, colors, grounds, ink };
};

/** What a number reads at a frame. */
export const numberAt = (steps: readonly { readonly start: number; readonly text: string }[], frame: number): string =>
	(steps.findLast(({ start }) => start <= frame) ?? steps[0])?.text ?? '';

export const isOpaque = (color: string): boolean => color.length === 7 || color.slice(7).toLowerCase() === 'ff';

/** Levels of a channel, 0 to 255, by which a colour has to differ from another one to be told from it in a video. */
const LEAST_APART = 40;

const isApart = (one: string, other: string): boolean => {
	const [a, b] = [channelsOf(one), channelsOf(other)];
	return a.some((level, channel) => Math.abs(level - b[channel]!) >= LEAST_APART);
};

/** Colours in a place that are worth telling apart. */
const MOST_GROUNDS = 200;

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

/** Every colour `#rrggbb` that a scene of these leaves may ever show in a box; null where that cannot be said. */
export const colorsIn = (background: Paint, leaves: readonly Leaf[], box: Box): readonly string[] | null => {
	let grounds: readonly string[] = colorsOfPaint(background);
	if (!grounds.every(isOpaque)) return null;
	for (const leaf of leaves) {
		if (leaf.drawing.type === 'grain' || coveredShare(box, reachOf(leaf)) === 0) continue;
		const laid = colorsOf(leaf.drawing);
		if (laid === null) return null;
		// A leaf that fades in shows everything between a ground and its own colour.
		const mixed = grounds.flatMap((ground) =>
			laid.flatMap((color) => [mix(ground, color, shareOf(color) / 2), mix(ground, color, shareOf(color))]),
		);
		grounds = [...new Set([...grounds, ...mixed])];
		if (grounds.length > MOST_GROUNDS) return null;
	}
	return grounds;
};

/** The colours of a drawing that is painted in few; null for pictures and what is computed. */
export const colorsOf = (drawing: Leaf['drawing']): readonly string[] | null => {
	switch (drawing.type) {
		case 'rectangle':
		case 'ellipse':
			return colorsOfPaint(drawing.paint);
		case 'path':
			return [drawing.fill, drawing.stroke?.color ?? null].filter((color) => color !== null);
		case 'icon':
		case 'number':
			return [drawing.color];
		case 'text':
			return drawing.runs.map(({ color }) => color);
		default:
			return null;
	}
};

/** Those between the stops of a gradient too, as far as they are told apart from them. */
const colorsOfPaint = (paint: Paint): readonly string[] => {
	if (paint.type === 'solid') return [paint.color];
	const between = paint.colors.slice(1).flatMap((color, i) => {
		const before = paint.colors[i]!;
		return isOpaque(before) && isOpaque(color) ? [0.25, 0.5, 0.75].map((share) => mix(before, color, share)) : [];
	});
	return [...paint.colors, ...between];
};

const shareOf = (color: string): number => (color.length === 7 ? 1 : Number.parseInt(color.slice(7, 9), 16) / 255);

const mix = (from: string, to: string, share: number): string => {
	const [a, b] = [channelsOf(from), channelsOf(to)];
	const levels = a.map((level, channel) => Math.round(level + (b[channel]! - level) * share));
	return `#${levels.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
};

/** Sum of the differences of red, green and blue. */
export const colorDistance = (a: string, b: string): number => {
	const [one, other] = [channelsOf(a), channelsOf(b)];
	return one.reduce((sum, value, channel) => sum + Math.abs(value - other[channel]!), 0);
};

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export const channelsOf = (color: string): readonly [red: number, green: number, blue: number] => [
	Number.parseInt(color.slice(1, 3), 16),
	Number.parseInt(color.slice(3, 5), 16),
	Number.parseInt(color.slice(5, 7), 16),
];

/** A background that much of the canvas shows at any time; null where that cannot be said. `share`: of the canvas, that it shows at least. */
export const plainGround = ({ background }: SceneDrawing, leaves: readonly Leaf[], canvas: Canvas, share: number): string | null => {
	if (background.type !== 'solid' || !isOpaque(background.color)) return null;
	const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
	const hidden = leaves.reduce((sum, leaf) => sum + (isText(leaf.drawing) ? 0 : coveredShare(whole, reachOf(leaf))), 0);
	return hidden < 1 - share ? background.color.slice(0, 7) : null;
};

const isText = ({ type }: Drawing): boolean => type === 'text';
