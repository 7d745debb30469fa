/**
 * Every transition as data: a pure function from progress (0 to 1) to where both scenes are. The runtime draws it, and whoever looks for
 * transitions in a finished video reads the same file.
 *
 * At 0 only the first scene is seen and at 1 only the second; in between every pixel is covered. Places are shares of the canvas: `x` 0.5 is half its
 * width to the right. Progress is eased before, so no kernel bends time.
 */
export type Direction = 'left' | 'right' | 'up' | 'down';

export type TransitionEffect =
	| { readonly type: 'crossfade' }
	| { readonly type: 'fade'; readonly color: string }
	| { readonly type: 'slide' | 'wipe' | 'push'; readonly direction: Direction }
	| { readonly type: 'zoom' }
	| { readonly type: 'iris' };

export type TransitionType = TransitionEffect['type'];

/** What is left of a scene, in shares of the canvas that do not move with it. `circle` is centred, its radius a share of half the diagonal. */
export type Clip =
	| { readonly shape: 'inset'; readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
	| { readonly shape: 'circle'; readonly radius: number };

export type ScenePose = {
	readonly opacity: number;
	readonly x: number;
	readonly y: number;
	/** About the middle of the canvas; never below 1. */
	readonly scale: number;
	readonly clip: Clip | null;
	/** Share of black laid over the scene. */
	readonly shade: number;
};

/** The second scene lies over the first, the wash over both. */
export type TransitionPose = {
	readonly first: ScenePose;
	readonly second: ScenePose;
	readonly wash: { readonly color: string; readonly opacity: number } | null;
};

export const AT_REST: ScenePose = { opacity: 1, x: 0, y: 0, scale: 1, clip: null, shade: 0 };
const HIDDEN: ScenePose = { ...AT_REST, opacity: 0 };

/** How far the scene that is slid over gives way, and the one that a wipe uncovers has still to go. */
const PARALLAX = { slide: 0.24, wipe: 0.07 } as const;
const SLIDE_SHADE = 0.3;
const ZOOM = { first: 0.24, second: 0.16 } as const;
/** Share of a zoom that passes before the second scene begins to show, and again after it is opaque. */
const ZOOM_REST = 0.22;

export const poseAt = (effect: TransitionEffect, progress: number): TransitionPose => {
	switch (effect.type) {
		case 'crossfade':
			return { first: AT_REST, second: { ...AT_REST, opacity: progress }, wash: null };
		case 'fade':
			return {
				first: AT_REST,
				second: progress < 0.5 ? HIDDEN : AT_REST,
				wash: { color: effect.color, opacity: 1 - Math.abs(1 - 2 * progress) },
			};
		case 'slide':
			return {
				first: { ...moved(effect.direction, PARALLAX.slide * progress), shade: SLIDE_SHADE * progress },
				second: moved(effect.direction, progress - 1),
				wash: null,
			};
		case 'push':
			return { first: moved(effect.direction, progress), second: moved(effect.direction, progress - 1), wash: null };
		case 'wipe':
			return {
				first: moved(effect.direction, PARALLAX.wipe * progress),
				second: { ...moved(effect.direction, PARALLAX.wipe * (progress - 1)), clip: uncovered(effect.direction, progress) },
				wash: null,
			};
		case 'zoom':
			return {
				first: { ...AT_REST, scale: 1 + ZOOM.first * progress },
				second: { ...AT_REST, opacity: ramp(progress), scale: 1 + ZOOM.second * (1 - progress) },
				wash: null,
			};
		case 'iris':
			return { first: AT_REST, second: { ...AT_REST, clip: progress === 1 ? null : { shape: 'circle', radius: progress } }, wash: null };
	}
};

/** Share of a transition after which its second scene has mostly appeared, so that its own movements can be followed. */
export const APPEARED: Readonly<Record<TransitionType, number>> = {
	crossfade: 0.6,
	fade: 0.6,
	// What moves in brings its words along.
	slide: 0,
	push: 0,
	wipe: 0.15,
	zoom: 0.3,
	iris: 0.2,
};

/** A scene moved by a share of the canvas in the transition's direction; a negative share is where it comes from. */
const moved = (direction: Direction, share: number): ScenePose => {
	const [x, y] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
	return { ...AT_REST, x: x * share + 0, y: y * share + 0 };
};

/** The part behind an edge that runs in the direction. */
const uncovered = (direction: Direction, progress: number): Clip | null => {
	if (progress === 1) return null;
	const hidden = 1 - progress;
	const side = ({ left: 'left', right: 'right', up: 'top', down: 'bottom' } as const)[direction];
	return { shape: 'inset', left: 0, right: 0, top: 0, bottom: 0, [side]: hidden };
};

const ramp = (progress: number): number => {
	const share = Math.min(1, Math.max(0, (progress - ZOOM_REST) / (1 - 2 * ZOOM_REST)));
	return share * share * (3 - 2 * share);
};

/** Whole pixels of a place: two scenes side by side have no seam. */
export const wholePixels = (share: number, length: number): number => Math.round(Math.round(share * length * 1000) / 1000) + 0;
