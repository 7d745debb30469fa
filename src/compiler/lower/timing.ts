import type { Drawing, Track } from '../../model/drawing.ts';
import type { TimedDrawing } from '../../model/timeline.ts';
import { APPEARED } from '../../model/transitions.ts';
import { toFrames } from '../../model/units.ts';
import type { Entrance } from '../design/mood.ts';
import { type Entering, enteringFrames, enterTracks, exitTracks, leaveTracks, pulseTracks } from '../design/motion.ts';
import { entranceFor, exitOf } from '../design/presets.ts';
import { movements } from '../rebase-tracks.ts';
import type { ActiveLayer, SceneContext } from './scene-context.ts';

/** Seconds that a scene's movements are ahead of a cut into it: a cut to an empty frame is a blink. */
const AHEAD_OF_CUT = 0.1;

/** The first frame in which a scene's own movements can be followed. Below 0 after a cut: they are under way when the scene is first seen. */
export const curtainFrame = ({ request, fps }: SceneContext): number => {
	if (request.framesEntering > 0) return Math.round(request.framesEntering * (request.appeared ?? APPEARED.crossfade));
	return request.first ? 0 : -toFrames(AHEAD_OF_CUT, fps);
};

/** `delay` in seconds after the layer's turn. The layer's own `motion` goes before the mood's entrance and its turn. */
export const enteringOf = (context: SceneContext, active: ActiveLayer | null, turn: Turn): Entering => {
	const from = active?.from ?? 0;
	const motion = active?.layer.motion;
	const entrance = entranceFor(turn.entrance, motion);
	const asked = motion?.enter !== undefined && motion.enter !== 'none';
	// What does not come in is there from its first frame, and has no turn to wait for.
	if (entrance.kind === 'none' && motion?.delay === undefined)
		return { entrance, start: from, fps: context.fps, u: context.frame.u, visible: false };
	const late = toFrames(turn.delay + (motion?.delay ?? 0), context.fps);
	return {
		entrance,
		start: from > 0 ? Math.max(from, curtainFrame(context)) + late : curtainFrame(context) + late,
		fps: context.fps,
		u: context.frame.u,
		// What the spec asks for is done, in the first frame too.
		visible: context.request.first && from === 0 && !asked,
		asked,
	};
};

export type Turn = { readonly entrance: Entrance; readonly delay: number };

/** The frame after a layer's entrance; what does not come in has arrived at once. */
export const arrivalOf = ({ entrance, start, fps }: Entering): number =>
	entrance.kind === 'none' ? start : start + enteringFrames(entrance, fps);

/** A drawing that the mood does not bring in, brought in where its layer asks for it. */
export const broughtIn = (context: SceneContext, active: ActiveLayer, drawing: Drawing, entrance: Entrance): Drawing => {
	const entering = enteringOf(context, active, { entrance, delay: 0 });
	if (entering.asked !== true) return drawing;
	return { type: 'group', box: drawing.box, tracks: enterTracks(drawing.box, entering), children: [drawing] };
};

/** A layer's drawings with the time in which they are seen; one that ends before its scene leaves by itself. */
export const timed = (context: SceneContext, active: ActiveLayer | null, drawing: Drawing, entrance: Entrance): TimedDrawing => {
	const { frames } = context.request;
	const { from, until } = active ?? { from: 0, until: frames };
	const stressed = active?.layer.motion?.emphasis === 'pulse' ? pulsed(context, drawing, { from, until }) : drawing;
	const leaving = leavingTracks(context, { active, drawing, entrance, until: Math.min(until, frames) });
	const drawn: Drawing = leaving.length === 0 ? stressed : { type: 'group', box: drawing.box, tracks: leaving, children: [stressed] };
	return { drawing: drawn, from, until };
};

type Ending = { readonly active: ActiveLayer | null; readonly drawing: Drawing; readonly entrance: Entrance; readonly until: number };

/** The exit that the layer asks for. Without one it stays to the end of its scene, and leaves quietly when it has to go before. */
const leavingTracks = (context: SceneContext, { active, drawing, entrance, until }: Ending): readonly Track[] => {
	const { fps, frame, request } = context;
	const motion = active?.layer.motion;
	const lasting = entranceFor(entrance, motion);
	if (motion?.exit === undefined) return until < request.frames ? leaveTracks(lasting, until, { fps, u: frame.u }) : [];
	const exit = exitOf(motion.exit);
	return exit === null ? [] : exitTracks(drawing.box, { exit, entrance: lasting, until, fps, u: frame.u });
};

type Span = { readonly from: number; readonly until: number };

const pulsed = ({ fps }: SceneContext, drawing: Drawing, { from, until }: Span): Drawing => {
	const tracks = pulseTracks(Math.max(from, ...movements(drawing).map(([, end]) => end)), until, fps);
	return tracks.length === 0 ? drawing : { type: 'group', box: drawing.box, tracks, children: [drawing] };
};
