import type { Box, Track } from './drawing.ts';
import type { Canvas, SegmentMessage } from './segment-message.ts';
import { coveredShare, type Leaf, leavesOf, type Pose, poseAt, reachOf } from './settled-pose.ts';

/** A text that has to be seen: opaque, at rest and uncovered. `box` is on the canvas. */
export type ExpectedText = {
	readonly text: string;
	readonly box: Box;
	/** `#rrggbb`, at least one. */
	readonly colors: readonly string[];
	/** Pixels of those colours that there are at least. */
	readonly ink: number;
};

/** Something that makes two frames differ. `seen` says in which of them it is seen, and where; null when all of the canvas changes. */
export type ExpectedMotion = {
	readonly from: number;
	readonly to: number;
	readonly seen: { readonly frame: number; readonly box: Box } | null;
	readonly what: string;
};

/** A frame of a segment, and what its picture has to show. */
export type ExpectedPicture = {
	readonly frame: number;
	readonly texts: readonly ExpectedText[];
	/** A picture is drawn here, so that it is hardly one flat colour. */
	readonly hasImage: boolean;
	/** The one colour that a flat picture can have; null where that cannot be said. */
	readonly ground: string | null;
};

export type ExpectedPictures = { readonly pictures: readonly ExpectedPicture[]; readonly motion: ExpectedMotion | null };

/** Frames of a segment that are looked at for their texts. */
const MOST_PICTURES = 2;

/**
 * What can be said for sure about the pictures of a segment from its message alone. Little, where much moves, covers or blends: what cannot be said for sure
 * is not expected. A segment of any kind has at least one picture.
 */
export const expectedPictures = (message: SegmentMessage): ExpectedPictures => {
	const leaves = message.transition === null ? leavesOf(message) : [];
	const pictures: ExpectedPicture[] = [];
	const told = new Set<string>();
	const candidates = candidateFrames(message.frames, leaves).map((frame) => pictureAt(message, leaves, frame));
	while (pictures.length < MOST_PICTURES) {
		const news = (picture: ExpectedPicture): number => picture.texts.filter(({ text }) => !told.has(text)).length;
		const best = candidates.reduce((a, b) => (news(b) > news(a) ? b : a), candidates[0]!);
		if (pictures.length > 0 && news(best) === 0) break;
		pictures.push(best);
		for (const { text } of best.texts) told.add(text);
	}
	return { pictures, motion: message.transition === null ? motionOf(message, leaves) : changeOfGround(message) };
};

const MOST_CANDIDATES = 24;

/** The middle, and frames at which something has come to rest or is about to move. */
const candidateFrames = (frames: number, leaves: readonly Leaf[]): readonly number[] => {
	const found = new Set([frames >> 1, frames - 1, 0]);
	for (const { start, end } of leaves.flatMap(({ chain }) => chain.flat())) {
		found.add(Math.ceil(end));
		found.add(Math.ceil(start) - 1);
	}
	return [...found].filter((frame) => frame >= 0 && frame < frames).slice(0, MOST_CANDIDATES);
};

const pictureAt = (message: SegmentMessage, leaves: readonly Leaf[], frame: number): ExpectedPicture => {
	const poses = leaves.map((leaf) => poseAt(leaf, frame));
	const seen = leaves.flatMap((leaf, index) => {
		const box = boxIn(leaf, poses[index]!, message.canvas);
		return box !== null && !isCovered(box, index, { leaves, poses }) ? [{ leaf, box }] : [];
	});
	const texts = seen.flatMap(({ leaf, box }) => textOf(leaf, box, frame) ?? []);
	const area = message.canvas.width * message.canvas.height;
	const hasImage = seen.some(({ leaf, box }) => leaf.drawing.type === 'image' && box.width * box.height > area / 50);
	return { frame, texts, hasImage, ground: groundOf(message, leaves) };
};

/** Where a leaf at rest is; null where it is not at rest, or not on the canvas as a whole. */
const boxIn = ({ drawing }: Leaf, pose: Pose, canvas: Canvas): Box | null => {
	if (typeof pose === 'string') return null;
	const { width, height } = drawing.box;
	const box = { x: drawing.box.x + pose.x, y: drawing.box.y + pose.y, width, height };
	return box.x < 0 || box.y < 0 || box.x + width > canvas.width || box.y + height > canvas.height ? null : box;
};

type Posed = { readonly leaves: readonly Leaf[]; readonly poses: readonly Pose[] };

/** Whether a later leaf may hide a box, or change its colours. Lines of text touch each other and hide nothing. */
const isCovered = (box: Box, index: number, { leaves, poses }: Posed): boolean =>
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

const textOf = ({ drawing }: Leaf, box: Box, frame: number): ExpectedText | null => {
	if (drawing.type !== 'text' && drawing.type !== 'number') return null;
	const runs = drawing.type === 'text' ? drawing.runs : [{ text: numberAt(drawing.steps, frame), color: drawing.color }];
	// Faces of single runs have glyphs with colours of their own.
	const plain = runs.filter((run) => !('face' in run) && isOpaque(run.color));
	const letters = plain.map(({ text }) => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0).reduce((sum, count) => sum + count, 0);
	const { size } = drawing.style;
	if (letters === 0 || size < SMALLEST_SIZE) return null;
	const colors = [...new Set(plain.map(({ color }) => color.slice(0, 7)))];
	return { text: runs.map(({ text }) => text).join(''), box, colors, ink: Math.max(3, Math.round(INK_OF_LETTER * letters * size * size)) };
};

const numberAt = (steps: readonly { readonly start: number; readonly text: string }[], frame: number): string =>
	(steps.findLast(({ start }) => start <= frame) ?? steps[0])?.text ?? '';

const isOpaque = (color: string): boolean => color.length === 7 || color.slice(7).toLowerCase() === 'ff';

/** A background that some of the canvas shows at any time. */
const groundOf = ({ scenes, transition, canvas }: SegmentMessage, leaves: readonly Leaf[]): string | null => {
	const [{ background }] = scenes;
	if (transition !== null || background.type !== 'solid' || !isOpaque(background.color)) return null;
	const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
	const hidden = leaves.reduce((sum, leaf) => sum + (leaf.drawing.type === 'text' ? 0 : coveredShare(whole, reachOf(leaf))), 0);
	return hidden < 0.7 ? background.color.slice(0, 7) : null;
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

/** The first text or picture that comes to rest in the segment, or starts from rest, and moves in between by more than can be overlooked. */
const motionOf = (message: SegmentMessage, leaves: readonly Leaf[]): ExpectedMotion | null => {
	for (const [index, leaf] of leaves.entries()) {
		if (leaf.drawing.type !== 'image' && leaf.drawing.type !== 'text') continue;
		for (const { property, from, to, start, end } of leaf.chain.flat()) {
			const [first, last] = [Math.floor(start), Math.ceil(end)];
			if (Math.abs(to - from) < NOTABLE[property] || first < 0 || last >= message.frames) continue;
			for (const [seen, other] of [
				[last, first],
				[first, last],
			] as const) {
				const box = seenIn(message, { leaves, index }, seen);
				if (box === null || stillThere(leaf, seen, other)) continue;
				return { from: first, to: last, seen: { frame: seen, box }, what: `${property} of ${nameOf(leaf)} goes from ${from} to ${to}` };
			}
		}
	}
	return null;
};

const seenIn = (
	message: SegmentMessage,
	{ leaves, index }: { readonly leaves: readonly Leaf[]; readonly index: number },
	frame: number,
): Box | null => {
	const leaf = leaves[index]!;
	const poses = leaves.map((each) => poseAt(each, frame));
	const box = boxIn(leaf, poses[index]!, message.canvas);
	if (box === null || isCovered(box, index, { leaves, poses })) return null;
	return leaf.drawing.type === 'image' || textOf(leaf, box, frame) !== null ? box : null;
};

/** Another track may bring a leaf back to where it was. */
const stillThere = (leaf: Leaf, seen: number, other: number): boolean => {
	const [a, b] = [poseAt(leaf, seen), poseAt(leaf, other)];
	return typeof a === 'object' && typeof b === 'object' && Math.hypot(a.x - b.x, a.y - b.y) < NOTABLE.x;
};

const nameOf = ({ drawing }: Leaf): string =>
	drawing.type === 'text' ? `“${drawing.runs.map(({ text }) => text).join('')}”` : `a ${drawing.type}`;

/** Sums of differences of red, green and blue below which two colours may count as one. */
const FAR_APART = 120;

/** A whole transition between two plain grounds of different colours. */
const changeOfGround = ({ scenes, transition, frames }: SegmentMessage): ExpectedMotion | null => {
	const [one, other] = scenes;
	if (transition === null || other === undefined || transition.offset !== 0 || frames !== transition.frames || frames < 4) return null;
	const [before, after] = [one, other].map(({ background, layers }) =>
		background.type === 'solid' && layers.length === 0 ? background.color : null,
	);
	if (!before || !after || colorDistance(before, after) < FAR_APART) return null;
	return { from: 0, to: frames - 1, seen: null, what: `the ground goes from ${before} to ${after}` };
};

const colorDistance = (a: string, b: string): number => {
	const [one, other] = [channelsOf(a), channelsOf(b)];
	return one.reduce((sum, value, channel) => sum + Math.abs(value - other[channel]!), 0);
};

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export const channelsOf = (color: string): readonly [red: number, green: number, blue: number] => [
	Number.parseInt(color.slice(1, 3), 16),
	Number.parseInt(color.slice(3, 5), 16),
	Number.parseInt(color.slice(5, 7), 16),
];
