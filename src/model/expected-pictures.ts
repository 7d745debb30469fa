import { type ExpectedMotion, expectedMotion } from './expected-motion.ts';
import { boxIn, type ExpectedText, isCovered, plainGround, textIn } from './seen-leaves.ts';
import type { SegmentMessage } from './segment-message.ts';
import { type Leaf, leavesOf, poseAt } from './settled-pose.ts';

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
	const last = Math.max(...pictures.map(({ frame }) => frame));
	return { pictures, motion: expectedMotion(message, last) };
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

/** Share of the canvas that a ground shows where a flat picture has to have its colour. */
const SOME = 0.3;

const pictureAt = (message: SegmentMessage, leaves: readonly Leaf[], frame: number): ExpectedPicture => {
	const { canvas, scenes } = message;
	const [{ background }] = scenes;
	const posed = { background, leaves, poses: leaves.map((leaf) => poseAt(leaf, frame)) };
	const seen = leaves.flatMap((leaf, index) => {
		const box = boxIn(leaf, posed.poses[index]!, canvas);
		return box !== null && !isCovered(box, index, posed) ? [{ leaf, index, box }] : [];
	});
	const texts = seen.flatMap(({ index, box }) => textIn(posed, index, box, frame) ?? []);
	const area = canvas.width * canvas.height;
	const hasImage = seen.some(({ leaf, box }) => leaf.drawing.type === 'image' && box.width * box.height > area / 50);
	return { frame, texts, hasImage, ground: message.transition === null ? plainGround(scenes[0], leaves, canvas, SOME) : null };
};
