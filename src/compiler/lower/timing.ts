import type { Drawing, Track } from '../../model/drawing.ts';
import type { TimedDrawing } from '../../model/timeline.ts';
import { toFrames } from '../../model/units.ts';
import type { Entrance } from '../design/mood.ts';
import { type Entering, leaveTracks } from '../design/motion.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';

/** Share of the transition into a scene after which the scene has mostly appeared, and its own movements start. */
const APPEARED = 0.6;

/** Seconds that a scene's movements are ahead of a cut into it: a cut to an empty frame is a blink. */
const AHEAD_OF_CUT = 0.1;

/** The first frame in which a scene's own movements can be followed. Below 0 after a cut: they are under way when the scene is first seen. */
export const curtainFrame = ({ request, fps }: SceneContext): number => {
	if (request.framesEntering > 0) return Math.round(request.framesEntering * APPEARED);
	return request.first ? 0 : -toFrames(AHEAD_OF_CUT, fps);
};

/** `delay` in seconds after the layer's turn. */
export const enteringOf = (context: SceneContext, active: ActiveLayer | null, { entrance, delay }: Turn): Entering => {
	const from = active?.from ?? 0;
	const late = toFrames(delay, context.fps);
	return {
		entrance,
		start: from > 0 ? Math.max(from, curtainFrame(context)) + late : curtainFrame(context) + late,
		fps: context.fps,
		u: context.frame.u,
		visible: context.request.first && from === 0,
	};
};

export type Turn = { readonly entrance: Entrance; readonly delay: number };

/** A layer's drawings with the time in which they are seen; one that ends before its scene leaves by itself. */
export const timed = (context: SceneContext, active: ActiveLayer | null, drawing: Drawing, entrance: Entrance): TimedDrawing => {
	const { frames } = context.request;
	const { from, until } = active ?? { from: 0, until: frames };
	const leaving: readonly Track[] = until < frames ? leaveTracks(entrance, until, { fps: context.fps, u: context.frame.u }) : [];
	const drawn: Drawing = leaving.length === 0 ? drawing : { type: 'group', box: drawing.box, tracks: leaving, children: [drawing] };
	return { drawing: drawn, from, until };
};
