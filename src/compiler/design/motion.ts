import type { AnimatedProperty, Box, Easing, Track } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import { round2 } from './geometry.ts';
import type { Entrance } from './mood.ts';

export type Entering = {
	readonly entrance: Entrance;
	/** Frame of the scene in which it starts. */
	readonly start: number;
	readonly fps: number;
	/** Pixels of 1 u. */
	readonly u: number;
	/** Seen from its first frame on: it moves into place and is never hidden. Frame 0 of an output is its thumbnail. */
	readonly visible: boolean;
};

const track = (
	property: AnimatedProperty,
	[from, to]: readonly [number, number],
	[start, end]: readonly [number, number],
	easing: Easing,
): Track => ({ property, from: round2(from), to: round2(to), start, end, easing });

/** How long an entrance takes, in whole frames. */
export const enteringFrames = (entrance: Entrance, fps: number): number => Math.max(2, toFrames(entrance.seconds, fps));

/** Share of an entrance after which what comes in is opaque. */
const OPAQUE_AFTER = { rise: 0.6, pop: 0.4, slam: 0.17 } as const;
const POP_FROM = 0.84;
const SLAM_FROM = 1.12;

/** Tracks that bring a drawing in. Its own `box` decides how far a mask has to travel. */
export const enterTracks = (box: Box, entering: Entering): readonly Track[] => {
	const { entrance, start, fps, u } = entering;
	const frames = enteringFrames(entrance, fps);
	const span = [start, start + frames] as const;
	if (entering.visible) return settleTracks(entering, span);
	const appear = (share: number): Track => track('opacity', [0, 1], [start, start + Math.max(1, Math.round(frames * share))], 'power2.out');
	switch (entrance.kind) {
		case 'mask':
			// Both run alike, so the lower edge of what is seen stays where it is: the line rises from behind it.
			return [track('y', [box.height, 0], span, entrance.easing), track('clip-bottom', [1, 0], span, entrance.easing)];
		case 'rise':
			return [appear(OPAQUE_AFTER.rise), track('y', [entrance.travel * u, 0], span, entrance.easing)];
		case 'pop':
			return [appear(OPAQUE_AFTER.pop), track('scale', [POP_FROM, 1], span, entrance.easing)];
		case 'slam':
			return [appear(OPAQUE_AFTER.slam), track('scale', [SLAM_FROM, 1], span, entrance.easing)];
		case 'fade':
			return [track('opacity', [0, 1], span, 'power2.out'), track('y', [entrance.travel * u, 0], span, entrance.easing)];
		case 'wipe':
			return [track('clip-right', [1, 0], span, entrance.easing)];
	}
};

/** u that something travels which is never hidden. */
const SETTLE = 2.2;

const settleTracks = ({ entrance, u }: Entering, span: readonly [number, number]): readonly Track[] => {
	switch (entrance.kind) {
		case 'pop':
			return [track('scale', [0.95, 1], span, entrance.easing)];
		case 'slam':
			return [track('scale', [1.07, 1], span, entrance.easing)];
		case 'wipe':
			return [track('scale', [1.03, 1], span, entrance.easing)];
		case 'mask':
		case 'rise':
		case 'fade':
			return [track('y', [SETTLE * u, 0], span, entrance.easing === 'back.out' ? 'power3.out' : entrance.easing)];
	}
};

/** Leaving takes this share of the time that entering took. */
const LEAVE_SHARE = 0.6;

/** Tracks that take a drawing away by `until`: shorter than it came, and onwards. */
export const leaveTracks = (
	entrance: Entrance,
	until: number,
	{ fps, u }: { readonly fps: number; readonly u: number },
): readonly Track[] => {
	const frames = Math.max(2, Math.round(enteringFrames(entrance, fps) * LEAVE_SHARE));
	const span = [until - frames, until] as const;
	return [track('opacity', [1, 0], span, 'power2.in'), track('y', [0, -2 * u], span, 'power2.in')];
};
