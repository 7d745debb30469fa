import type { AnimatedProperty, Drawing, Track } from '../model/drawing.ts';

const NEUTRAL: Readonly<Record<AnimatedProperty, number>> = {
	opacity: 1,
	x: 0,
	y: 0,
	scale: 1,
	scaleX: 1,
	rotate: 0,
	'clip-top': 0,
	'clip-right': 0,
	'clip-bottom': 0,
	'clip-left': 0,
};

/** A stretch of a scene: `offset` frames in, `frames` long. */
export type Window = { readonly offset: number; readonly frames: number };

/**
 * A drawing as a window of its scene sees it: times count from the window, movements that are over or yet to come become the constant that they hold,
 * and constants that change nothing vanish. Two windows that look alike therefore read alike, and share one key.
 */
export const rebaseDrawing = (drawing: Drawing, window: Window): Drawing => {
	const tracks = rebaseTracks(drawing.tracks, window);
	return drawing.type === 'group'
		? { ...drawing, tracks, children: drawing.children.map((child) => rebaseDrawing(child, window)) }
		: { ...drawing, tracks };
};

/** The latest track of a property that has started decides; before the first starts, its `from` does. */
export const rebaseTracks = (tracks: readonly Track[], window: Window): readonly Track[] => {
	const properties = [...new Set(tracks.map((track) => track.property))].sort();
	return properties.flatMap((property) => {
		const shifted = tracks
			.filter((track) => track.property === property)
			.map((track) => ({ ...track, start: track.start - window.offset, end: track.end - window.offset }))
			.sort((a, b) => a.start - b.start);
		const started = shifted.filter((track) => track.start <= 0).at(-1);
		const coming = shifted.filter((track) => track.start > 0 && track.start < window.frames);
		const first = started ?? (coming.length === 0 ? shifted[0] : undefined);
		const settled = first === undefined ? null : settle(first);
		const isImplied = settled === null || (settled.from === settled.to && settled.to === coming[0]?.from);
		return dropNeutral(isImplied ? coming : [settled, ...coming]);
	});
};

const settle = (track: Track): Track => {
	if (track.end <= 0) return constant(track.property, track.to);
	if (track.start > 0) return constant(track.property, track.from);
	return track;
};

const constant = (property: AnimatedProperty, value: number): Track => ({
	property,
	from: value,
	to: value,
	start: -1,
	end: 0,
	easing: 'linear',
});

const dropNeutral = (tracks: readonly Track[]): readonly Track[] => {
	const only = tracks.length === 1 ? tracks[0] : undefined;
	return only !== undefined && only.from === only.to && only.to === NEUTRAL[only.property] ? [] : tracks;
};

/** The stretches `[start, end)` of a scene in which something of a drawing moves, in its scene's frames. */
export const movements = (drawing: Drawing): readonly (readonly [number, number])[] => [
	...drawing.tracks.filter((track) => track.from !== track.to).map((track) => [track.start, track.end] as const),
	...(drawing.type === 'group' ? drawing.children.flatMap(movements) : []),
];
