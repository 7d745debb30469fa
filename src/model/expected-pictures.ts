import { type ExpectedMotion, expectedMotion } from './expected-motion.ts';
import { type ExpectedText, plainGround, type WatchedScene, watchScene } from './seen-leaves.ts';
import type { SegmentMessage } from './segment-message.ts';

/** A frame of a segment, and what its picture has to show. */
export type ExpectedPicture = {
	readonly frame: number;
	readonly texts: readonly ExpectedText[];
	/** A picture is drawn here, so that it is hardly one flat colour. */
	readonly hasImage: boolean;
	/** The one colour that a flat picture can have; null where that cannot be said. */
	readonly ground: string | null;
};

export type ExpectedPictures = {
	readonly pictures: readonly ExpectedPicture[];
	readonly motion: ExpectedMotion | null;
	/** What any other frame has to show. */
	at(frame: number): ExpectedPicture;
};

/** Frames of a segment that are looked at for their texts. */
const MOST_PICTURES = 2;

/**
 * What can be said for sure about the pictures of a segment from its message alone. Little, where much moves, covers or blends: what cannot be said for sure
 * is not expected. A segment of any kind has at least one picture.
 */
export const expectedPictures = (message: SegmentMessage): ExpectedPictures => {
	const scenes = message.scenes.map((scene) => watchScene(scene, message.canvas));
	const at = watchPictures(message, scenes);
	const candidates = candidateFrames(message, scenes).map(at);
	const pictures: ExpectedPicture[] = [];
	const told = new Set<string>();
	while (pictures.length < MOST_PICTURES) {
		const news = (picture: ExpectedPicture): number => picture.texts.filter(({ text }) => !told.has(text)).length;
		const best = candidates.reduce((a, b) => (news(b) > news(a) ? b : a), candidates[0]!);
		if (pictures.length > 0 && news(best) === 0) break;
		pictures.push(best);
		for (const { text } of best.texts) told.add(text);
	}
	const decoded = Math.max(...pictures.map(({ frame }) => frame));
	return { pictures, motion: expectedMotion({ message, scenes, decoded }), at };
};

const MOST_CANDIDATES = 24;

/** The middle, and frames at which something has come to rest or is about to move. */
const candidateFrames = ({ frames, transition }: SegmentMessage, [scene]: readonly WatchedScene[]): readonly number[] => {
	const found = new Set([frames >> 1, frames - 1, 0]);
	const tracks = transition === null ? scene!.leaves.flatMap(({ chain }) => chain.flat()) : [];
	for (const { start, end } of tracks) {
		found.add(Math.ceil(end));
		found.add(Math.ceil(start) - 1);
	}
	return [...found].filter((frame) => frame >= 0 && frame < frames).slice(0, MOST_CANDIDATES);
};

/** Share of the canvas that a ground shows where a flat picture has to have its colour. */
const SOME = 0.3;
/** Share of the canvas that an image takes in where a picture is hardly flat. */
const LARGE = 0.02;

/** Nothing is said of frames within a transition, whose two scenes cover each other. */
const watchPictures = ({ canvas, transition }: SegmentMessage, [scene]: readonly WatchedScene[]): ((frame: number) => ExpectedPicture) => {
	if (transition !== null || scene === undefined) return (frame) => ({ frame, texts: [], hasImage: false, ground: null });
	const ground = plainGround(scene, canvas, SOME);
	const area = canvas.width * canvas.height;
	return (frame) => {
		const seen = scene.leaves.flatMap(({ drawing }, index) => {
			const leaf = scene.seenAt(index, frame);
			return leaf === null ? [] : [{ ...leaf, type: drawing.type }];
		});
		const texts = seen.flatMap(({ text }) => text ?? []);
		const hasImage = seen.some(({ type, box }) => type === 'image' && box.width * box.height > LARGE * area);
		return { frame, texts, hasImage, ground };
	};
};
