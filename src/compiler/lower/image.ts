import type { ImageLayer } from '../../model/campaign-spec.gen.ts';
import type { Box, Drawing, Track } from '../../model/drawing.ts';
import type { ImageFacts } from '../../model/inputs.ts';
import { toFrames } from '../../model/units.ts';
import { round2, roundBox } from '../design/geometry.ts';
import { type Entering, enterTracks } from '../design/motion.ts';
import { blockShadow, softShadow } from '../design/shadow.ts';
import type { Measured } from '../design/stack.ts';
import type { Roles } from '../design/theme.ts';
import { imageLook, maskRadius, squareIn } from './image-look.ts';
import { drawPicture, type PictureFacts } from './picture.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';
import { curtainFrame } from './timing.ts';

/** A picture in a stack: the whole of it at its own ratio, or cropped to the height that is left. */
export const measureImage = (
	facts: ImageFacts,
	fit: 'cover' | 'contain',
	{ width, height }: { readonly width: number; readonly height: number },
): Measured<ImageFacts> => {
	const natural = (width * facts.height) / facts.width;
	if (fit === 'cover') return { width, height, overhang: 0, typeSize: null, fitted: facts };
	const tall = Math.min(natural, height);
	return { width: (tall * facts.width) / facts.height, height: tall, overhang: 0, typeSize: null, fitted: facts };
};

/** A picture is never taller than this many times its width. */
const TALLEST = 1.25;
/** In a portrait a picture that may be cropped is at least this many times as tall as it is wide: the format has height to give. */
const PORTRAIT_RATIO = 1.08;

/** Height that a picture would like at a width. */
export const naturalHeight = (
	{ frame }: SceneContext,
	facts: ImageFacts,
	{ width, fit }: { readonly width: number; readonly fit: 'cover' | 'contain' },
): number => {
	const natural = (width * facts.height) / facts.width;
	const wished = frame.aspect === 'portrait' && fit === 'cover' ? Math.max(natural, width * PORTRAIT_RATIO) : natural;
	return Math.min(wished, width * TALLEST);
};

export type FramedImage = {
	readonly facts: PictureFacts;
	readonly box: Box;
	readonly fit: 'cover' | 'contain';
	/** Laid over the picture where words stand on it. */
	readonly veil: string | null;
	/** The layer that it is the picture of; none when left out. */
	readonly active?: ActiveLayer<ImageLayer>;
};

/** A picture with the corners and the shadow of the mood. */
export const drawFramed = (
	context: SceneContext,
	{ facts, box: room, fit, veil, active }: FramedImage,
	{ roles, entering }: { readonly roles: Roles; readonly entering: Entering },
): Drawing => {
	const { shape } = context.mood;
	const { u } = context.frame;
	const box = active?.layer.mask === 'circle' ? squareIn(room) : room;
	const own = shape.imageRadius * u;
	const radius = round2(active === undefined ? own : maskRadius(active.layer, box, { own, u }));
	const caster = { box, radius, u };
	const shadow: readonly Drawing[] =
		shape.shadow === 'soft'
			? softShadow(caster, roles.background, shape.shadowAlpha)
			: shape.shadow === 'block'
				? [blockShadow(caster, context.mood.name === 'bold' ? roles.ink : roles.accent, 1.8)]
				: [];
	const whole = roundBox(box);
	const look = active === undefined ? {} : imageLook(context, active, { box: whole, roles });
	const image = drawPicture(facts, { box: whole, tracks: [], fit, radius, look });
	const over: readonly Drawing[] =
		veil === null ? [] : [{ type: 'rectangle', box: whole, tracks: [], paint: { type: 'solid', color: veil }, radius }];
	return { type: 'group', box: whole, tracks: enterTracks(whole, entering), children: [...shadow, image, ...over] };
};

/** u per second at most, so seconds for the few per cent by which a full picture settles. */
const SETTLE_SECONDS = 1.6;
const SETTLE_FROM = 1.05;

/** A picture behind everything: it fills the canvas and comes to rest slowly. */
export const drawFull = (
	context: SceneContext,
	active: ActiveLayer<ImageLayer>,
	{ facts, roles }: { readonly facts: PictureFacts; readonly roles: Roles },
): Drawing => {
	const { width, height } = context.frame;
	const start = Math.max(active.from, curtainFrame(context));
	const end = start + toFrames(SETTLE_SECONDS, context.fps);
	const box = { x: 0, y: 0, width, height };
	const look = imageLook(context, active, { box, roles });
	// One movement is enough, and a video has its own.
	const settles = look.drift === undefined && facts.clip === undefined;
	const tracks: readonly Track[] = settles ? [{ property: 'scale', from: SETTLE_FROM, to: 1, start, end, easing: 'power2.out' }] : [];
	return drawPicture(facts, { box, tracks, fit: active.layer.fit ?? 'cover', radius: 0, look });
};
