import type { AnimatedProperty, Box, Easing, Track } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import { round2 } from './geometry.ts';
import type { Entrance, Side } from './mood.ts';
import type { Exit } from './presets.ts';

export type Entering = {
	readonly entrance: Entrance;
	/** Frame of the scene in which it starts. */
	readonly start: number;
	readonly fps: number;
	/** Pixels of 1 u. */
	readonly u: number;
	/** Seen from its first frame on: it moves into place and is never hidden. Frame 0 of an output is its thumbnail. */
	readonly visible: boolean;
	/** The spec says how it comes. */
	readonly asked?: boolean;
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
const OPAQUE_AFTER = { rise: 0.6, pop: 0.4, slam: 0.17, slide: 0.4 } as const;
const POP_FROM = 0.84;
const SLAM_FROM = 1.12;

/** The way from a side to the place of a drawing. */
const DIRECTION: Readonly<Record<Side, { readonly property: 'x' | 'y'; readonly sign: 1 | -1 }>> = {
	left: { property: 'x', sign: -1 },
	right: { property: 'x', sign: 1 },
	up: { property: 'y', sign: -1 },
	down: { property: 'y', sign: 1 },
};

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
			// Where nothing travels, the fade itself is the movement.
			return entrance.travel === 0
				? [track('opacity', [0, 1], span, entrance.easing)]
				: [track('opacity', [0, 1], span, 'power2.out'), track('y', [entrance.travel * u, 0], span, entrance.easing)];
		case 'slide': {
			const { property, sign } = DIRECTION[entrance.from ?? 'left'];
			return [appear(OPAQUE_AFTER.slide), track(property, [sign * entrance.travel * u, 0], span, entrance.easing)];
		}
		case 'words':
		case 'typewriter':
			return [track('opacity', [0, 1], span, 'power2.out')];
		case 'none':
			return start <= 0 ? [] : [track('opacity', [0, 1], [start - 1, start], 'linear')];
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
		case 'slide': {
			const { property, sign } = DIRECTION[entrance.from ?? 'left'];
			return [track(property, [sign * SETTLE * u, 0], span, entrance.easing)];
		}
		case 'none':
		case 'words':
		case 'typewriter':
			return [];
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

/** u that something travels on its way out. */
const LEAVE_TRAVEL = { rise: 3, slide: 14 } as const;
const LEAVE_SCALE = 0.9;

export type Leaving = {
	readonly exit: Exit;
	readonly entrance: Entrance;
	readonly until: number;
	readonly fps: number;
	readonly u: number;
};

/** Tracks of an exit that the spec asks for: 60 % of the time that entering took, ease-in, over exactly at `until`. */
export const exitTracks = (box: Box, { exit, entrance, until, fps, u }: Leaving): readonly Track[] => {
	const frames = Math.max(2, Math.round(enteringFrames(entrance, fps) * LEAVE_SHARE));
	const span = [until - frames, until] as const;
	const vanish = track('opacity', [1, 0], span, 'power2.in');
	switch (exit.kind) {
		case 'fade':
			return [vanish];
		case 'rise':
			return [vanish, track('y', [0, -LEAVE_TRAVEL.rise * u], span, 'power2.in')];
		case 'slide': {
			const { property, sign } = DIRECTION[exit.to];
			return [vanish, track(property, [0, sign * LEAVE_TRAVEL.slide * u], span, 'power3.in')];
		}
		case 'scale':
			return [vanish, track('scale', [1, LEAVE_SCALE], span, 'power2.in')];
		case 'mask':
			// It sinks behind its lower edge, the way it may have come.
			return [track('y', [0, box.height], span, 'power3.in'), track('clip-bottom', [0, 1], span, 'power3.in')];
	}
};

const PULSE_SECONDS = 0.5;
const PULSE_WAIT_SECONDS = 0.4;
const PULSE_SCALE = 1.06;
/** A pulse leaves the end of its layer alone: the last look is a still one. */
const PULSE_REST_SECONDS = 0.5;

/** One swell after everything of a layer has come; none where there is no time for it before `until`. */
export const pulseTracks = (arrived: number, until: number, fps: number): readonly Track[] => {
	const start = arrived + toFrames(PULSE_WAIT_SECONDS, fps);
	const top = start + toFrames(PULSE_SECONDS * 0.4, fps);
	const end = start + toFrames(PULSE_SECONDS, fps);
	if (end + toFrames(PULSE_REST_SECONDS, fps) > until) return [];
	return [track('scale', [1, PULSE_SCALE], [start, top], 'sine.out'), track('scale', [PULSE_SCALE, 1], [top, end], 'sine.inOut')];
};
