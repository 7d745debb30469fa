import type { Drawing, Track } from '../../src/model/drawing.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { makeMessage } from '../fakes/segments.ts';

/** Drawings of 30 frames on a small canvas. */
const canvas = { width: 320, height: 180, fps: 10 };
export const WHOLE = { x: 0, y: 0, width: canvas.width, height: canvas.height };

/** From nothing to all of it in five frames. */
export const fade: Track = { property: 'opacity', from: 0, to: 1, start: 0, end: 5, easing: 'linear' };

const style = { family: 'Inter', weight: 700, italic: false, size: 40, tracking: 0, tabular: false };
const place = { box: { x: 40, y: 60, width: 240, height: 48 }, tracks: [], align: 'left' as const, baseline: 96, style };

type Of<Type> = Partial<Extract<Drawing, { type: Type }>>;

export const line = (changes: Of<'text'> = {}): Drawing => ({
	...place,
	type: 'text',
	runs: [{ text: 'Shop now', color: '#ffffff' }],
	...changes,
});

export const rectangle = (changes: Of<'rectangle'>): Drawing => ({
	...{ type: 'rectangle', box: WHOLE, tracks: [], paint: { type: 'solid', color: '#000000' }, radius: 0 },
	...changes,
});

export const image = (changes: Of<'image'> = {}): Drawing => ({
	...{ type: 'image', box: WHOLE, tracks: [], fit: 'cover', radius: 0, asset: { sha256: '0'.repeat(64), extension: 'png' } },
	...changes,
});

/** A number that steps at these frames. */
export const count = (starts: readonly number[], text = (start: number): string => String(start)): Drawing => ({
	...place,
	type: 'number',
	steps: starts.map((start) => ({ start, text: text(start) })),
	color: '#ffffff',
});

export const messageOf = (layers: readonly Drawing[], { color = '#203040', frames = 30 } = {}): SegmentMessage => {
	const plain = makeMessage(color, frames, canvas);
	return { ...plain, scenes: [{ ...plain.scenes[0], layers }] };
};
