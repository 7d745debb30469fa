import type { AnimatedProperty, Drawing, NumberStep, Track, VideoStep } from '../model/drawing.ts';
import type { TextureTime } from '../model/texture.ts';

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
	draw: 1,
};

/** A stretch of a scene: `offset` frames in, `frames` long. */
export type Window = { readonly offset: number; readonly frames: number };

/**
 * A drawing as a window of its scene sees it: times count from the window, movements that are over or yet to come become the constant that they hold,
 * and constants that change nothing vanish. Two windows that look alike therefore read alike, and share one key.
 */
export const rebaseDrawing = (drawing: Drawing, window: Window): Drawing => {
	const tracks = rebaseTracks(drawing.tracks, window);
	if (drawing.type === 'group') return { ...drawing, tracks, children: drawing.children.map((child) => rebaseDrawing(child, window)) };
	if (drawing.type === 'number') return { ...drawing, tracks, steps: rebaseSteps(drawing.steps, window) };
	if (drawing.type === 'texture') return { ...drawing, tracks, time: rebaseTime(drawing.time, window) };
	if (drawing.type === 'image' && drawing.drift !== undefined) return { ...drawing, tracks, drift: rebaseTracks(drawing.drift, window) };
	if (drawing.type === 'frames') return { ...drawing, tracks, steps: rebaseFrames(drawing.steps, window) };
	if (drawing.type === 'component') return { ...drawing, tracks, start: drawing.start - window.offset };
	return { ...drawing, tracks };
};

const rebaseTime = (time: TextureTime | null, { offset }: Window): TextureTime | null =>
	time === null ? null : { ...time, start: time.start + offset };

/** What a window shows of a count. The first text counts as there from the window's first frame: it is seen before its start as well. */
const rebaseSteps = (steps: readonly NumberStep[], window: Window): readonly NumberStep[] => {
	const current = Math.max(
		0,
		steps.findLastIndex(({ start }) => start <= window.offset),
	);
	return steps
		.slice(current)
		.map(({ start, text }, index) => ({ start: index === 0 ? 0 : start - window.offset, text }))
		.filter(({ start }) => start < window.frames);
};

/** The frames that a window shows, the first of them as if it began there: what was before is not seen. */
const rebaseFrames = (steps: readonly VideoStep[], window: Window): readonly VideoStep[] => {
	const current = Math.max(
		0,
		steps.findLastIndex(([start]) => start <= window.offset),
	);
	return steps
		.slice(current)
		.map(([start, index], place): VideoStep => [place === 0 ? 0 : start - window.offset, index])
		.filter(([start]) => start < window.frames);
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
	...movementsIn(drawing.tracks),
	...(drawing.type === 'group' ? drawing.children.flatMap(movements) : []),
	...(drawing.type === 'image' ? movementsIn(drawing.drift ?? []) : []),
	...(drawing.type === 'frames' && drawing.steps.length > 1 ? [[drawing.steps[0]![0], drawing.steps.at(-1)![0]] as const] : []),
	...(drawing.type === 'component' ? [[drawing.start, drawing.start + drawing.frames] as const] : []),
	...(drawing.type === 'texture' && drawing.time !== null ? [[0, Number.POSITIVE_INFINITY] as const] : []),
	...(drawing.type === 'number' && drawing.steps.length > 1 ? [[drawing.steps[0]!.start, drawing.steps.at(-1)!.start] as const] : []),
];

const movementsIn = (tracks: readonly Track[]): readonly (readonly [number, number])[] =>
	tracks.filter((track) => track.from !== track.to).map((track) => [track.start, track.end] as const);
