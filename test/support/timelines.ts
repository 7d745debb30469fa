import type { AnimatedProperty, Box, Drawing, Easing, Track } from '../../src/model/drawing.ts';
import type { Timeline, TimelineScene } from '../../src/model/timeline.ts';
import type { TransitionEffect } from '../../src/model/transitions.ts';
import type { FontBook } from '../../src/ports/font-book.ts';

/** A book for timelines without text. */
export const noFonts: FontBook = {
	resolveWeight: () => null,
	metrics: () => {
		throw new RangeError('no fonts');
	},
	measure: () => {
		throw new RangeError('no fonts');
	},
};

export const box: Box = { x: 10, y: 10, width: 40, height: 20 };

export const rectangle = (color: string, tracks: readonly Track[] = []): Drawing => ({
	type: 'rectangle',
	box,
	tracks,
	paint: { type: 'solid', color },
	radius: 0,
});

export const track = (property: AnimatedProperty, from: number, to: number, start: number, end: number): Track => ({
	property,
	from,
	to,
	start,
	end,
	easing: 'expo.out',
});

const texture = (moves: boolean): Drawing => ({
	type: 'texture',
	box,
	tracks: [],
	texture: { type: 'noise', colors: ['#101010', '#303030'], scale: 20, octaves: 2, seed: 1, u: 1 },
	time: moves ? { start: 0, fps: 30 } : null,
});

const PROPERTIES: readonly AnimatedProperty[] = ['opacity', 'x', 'y', 'scale', 'rotate', 'clip-left'];
const EFFECTS: readonly TransitionEffect[] = [
	{ type: 'crossfade' },
	{ type: 'fade', color: '#ffffff' },
	{ type: 'zoom' },
	{ type: 'iris' },
	...(['left', 'right', 'up', 'down'] as const).flatMap((direction) =>
		(['slide', 'wipe', 'push'] as const).map((type): TransitionEffect => ({ type, direction })),
	),
];
const EASINGS: readonly Easing[] = ['linear', 'expo.out', 'back.out', 'power2.in'];

/** A random timeline of up to five scenes, with layers that come and go, several movements of one property, groups and crossfades. */
export const randomTimeline = (next: () => number): Timeline => {
	const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)]!;
	const randomTrack = (frames: number): Track => {
		const start = whole(-5, frames);
		return {
			property: pick(PROPERTIES),
			from: whole(0, 3) / 2,
			to: whole(0, 3) / 2,
			start,
			end: start + whole(1, 30),
			easing: pick(EASINGS),
		};
	};
	const drawing = (frames: number, depth: number): Drawing => {
		const tracks = Array.from({ length: whole(0, 4) }, () => randomTrack(frames));
		if (depth > 0 && next() < 0.3)
			return { type: 'group', box, tracks, children: [drawing(frames, depth - 1), drawing(frames, depth - 1)] };
		if (next() < 0.2) return { ...texture(next() < 0.7), tracks };
		return { ...rectangle(`#0000${whole(10, 99)}`), tracks };
	};
	const slots = Array.from({ length: whole(1, 5) }, () => whole(20, 160));
	let start = 0;
	const scenes = slots.map((slot, index): TimelineScene => {
		const following = slots[index + 1];
		const transition =
			following === undefined || next() < 0.5
				? null
				: { ...pick(EFFECTS), easing: pick(['linear', 'power2.inOut'] as const), frames: whole(1, Math.min(20, following)) };
		const frames = slot + (transition?.frames ?? 0);
		const layers = Array.from({ length: whole(0, 4) }, () => {
			const from = next() < 0.7 ? 0 : whole(0, frames - 1);
			return { drawing: drawing(frames, 2), from, until: next() < 0.7 ? frames : whole(from + 1, frames) };
		});
		const scene = {
			id: `scene-${index}`,
			start,
			frames,
			background: { type: 'solid', color: `#${index}${index}0000` } as const,
			layers,
			transition,
		};
		start += slot;
		return scene;
	});
	return { canvas: { width: 160, height: 90, fps: 30 }, frames: start, scenes };
};
