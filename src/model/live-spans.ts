import { colorDistance } from './colors-beneath.ts';
import { numberAt, type WatchedScene, watchScene } from './seen-leaves.ts';
import type { SegmentMessage } from './segment-message.ts';
import { coveredShare } from './settled-pose.ts';
import type { Texture } from './texture.ts';

/** Frames of a segment, the last one included, in which something moves all the time: no `longest` pictures in a row are the same. */
export type LiveSpan = { readonly first: number; readonly last: number; readonly longest: number; readonly what: string };

/** The spans of a segment in which its message has something move all the time. None inside of a transition, whose pace may be slow at its ends. */
export const liveSpans = (message: SegmentMessage): readonly LiveSpan[] => {
	if (message.transition !== null) return [];
	const scene = watchScene(message.scenes[0], message.canvas);
	return scene.leaves.flatMap((_, index) => [...textureSpan({ message, scene, index }), ...countSpan({ message, scene, index })]);
};

type Placed = { readonly message: SegmentMessage; readonly scene: WatchedScene; readonly index: number };

/** Seconds within which a texture that is worth its name has moved to be seen. */
const STIR_SECONDS = 0.5;
/** Share of the canvas in which a texture is seen at least. */
const IN_SIGHT = 0.5;

const textureSpan = ({ message, scene: { leaves, background }, index }: Placed): readonly LiveSpan[] => {
	const { frames, canvas } = message;
	const leaf = leaves[index]!;
	const { drawing, chain } = leaf;
	if (drawing.type !== 'texture' || drawing.time === null || chain.flat().length > 0) return [];
	const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height };
	const above = leaves.slice(index + 1).filter(({ drawing: { type } }) => type !== 'grain' && type !== 'text');
	const hidden = above.reduce((sum, other) => sum + coveredShare(whole, other.reach), 0);
	const grounds = background.type === 'solid' ? [background.color] : background.colors;
	if (hidden > 1 - IN_SIGHT || coveredShare(whole, drawing.box) < 0.99 || !isLively(drawing.texture, grounds)) return [];
	return [{ first: 0, last: frames - 1, longest: Math.ceil(STIR_SECONDS * canvas.fps), what: `an animated ${drawing.texture.type}` }];
};

/** Sums of differences of red, green and blue from which on a change of colour is a change of the picture. */
const TOLD_APART = 90;
/** What particles are at least, so that some are always on their way where they are seen. */
const PARTICLES = { count: 30, opacity: 0.5, sizesPerSecond: 0.25 } as const;

const isLively = (texture: Texture, grounds: readonly string[]): boolean => {
	switch (texture.type) {
		case 'mesh':
		case 'noise':
			return texture.colors.some((color, i) => texture.colors.slice(i + 1).some((other) => colorDistance(color, other) >= TOLD_APART));
		case 'particles': {
			const isStrong = texture.opacity >= PARTICLES.opacity && texture.count >= PARTICLES.count && texture.size >= 4;
			const isFast = texture.speed >= PARTICLES.sizesPerSecond * texture.size;
			return isStrong && isFast && grounds.every((ground) => colorDistance(texture.color, ground) >= TOLD_APART);
		}
		case 'pattern':
			return false;
	}
};

/** Steps of a count that a still picture would have to have left out. */
const STEPS = 3;
const LEAST_RUN = 6;

/** From the first to the last step of a number that is in sight all the while. */
const countSpan = ({ message, scene, index }: Placed): readonly LiveSpan[] => {
	const { drawing } = scene.leaves[index]!;
	if (drawing.type !== 'number') return [];
	const frames = drawing.steps
		.filter(({ text }, i) => text !== drawing.steps[i - 1]?.text)
		.map(({ start }) => Math.ceil(start))
		.filter((frame) => frame > 0 && frame < message.frames && Boolean(scene.seenAt(index, frame)?.text));
	const [first, last] = [frames[0], frames.at(-1)];
	if (first === undefined || last === undefined || frames.length <= STEPS) return [];
	const widest = Math.max(...frames.slice(STEPS).map((frame, i) => frame - frames[i]!));
	const what = `a number from “${numberAt(drawing.steps, first)}” to “${numberAt(drawing.steps, last)}”`;
	return [{ first, last, longest: Math.max(LEAST_RUN, widest + 1), what }];
};
