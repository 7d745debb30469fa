import type { Box, Drawing } from '../../model/drawing.ts';
import type { ImageFacts } from '../../model/inputs.ts';
import { roundBox } from '../design/geometry.ts';
import { type Entering, enterTracks } from '../design/motion.ts';
import type { Measured, Room } from '../design/stack.ts';
import type { SceneContext } from './scene-context.ts';

/** u of height for a square mark, and of width that a wide one may take. */
const MARK_HEIGHT = { edge: 7.5, stack: 11, alone: 17 } as const;
const MARK_WIDTH = { edge: 28, stack: 36, alone: 56 } as const;

/** At an edge a logo signs a picture, in a stack it introduces the words, alone it is the picture. */
export type LogoPlace = keyof typeof MARK_HEIGHT;

/** The logo's file, or null when the brand has none or it could not be read. */
export const logoFacts = ({ request }: SceneContext): ImageFacts | null =>
	request.brand?.logo === undefined ? null : (request.inputs.images.get(request.brand.logo) ?? null);

/** A wide logo gets less height than a square mark, so that both weigh the same. */
export const measureLogo = (
	context: SceneContext,
	facts: ImageFacts,
	{ room, place }: { readonly room: Room; readonly place: LogoPlace },
): Measured<ImageFacts> => {
	const { u } = context.frame;
	const ratio = facts.width / facts.height;
	const wished = MARK_HEIGHT[place] * u * Math.min(1, ratio ** -0.45) * room.scale;
	const width = Math.min(wished * ratio, MARK_WIDTH[place] * u, room.width);
	return { width, height: width / ratio, overhang: 0, typeSize: null, fitted: facts };
};

export const drawLogo = (facts: ImageFacts, box: Box, entering: Entering): Drawing => ({
	type: 'image',
	box: roundBox(box),
	tracks: enterTracks(roundBox(box), entering),
	asset: facts.asset,
	fit: 'contain',
	radius: 0,
});
