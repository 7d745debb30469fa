import type { CSSProperties } from 'react';
import type { AnimatedProperty, Box, Drawing, Track } from '../model/drawing.ts';
import { ease } from './easing.ts';

/** Sides that are not clipped stay open this many pixels around the box: what a glyph hangs out there is not cut off. */
const OPEN = 10_000;

/**
 * The smallest turn that the browser does not take for none. On an axis-aligned matrix it snaps baselines to whole pixels: text that
 * comes to rest climbs in steps, and trembles against the shapes that it moves with. Across a 1080-pixel line it tilts by half a pixel.
 */
const UNSNAP = 'rotate(0.03deg)';

/** What a property is when no track moves it. */
const AT_REST: Readonly<Record<AnimatedProperty, number>> = {
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

/**
 * The value of a property at a frame. Of several tracks the one that started last counts, and among equals the one written last;
 * before all of them it is the first one's `from`.
 */
export const valueAt = (tracks: readonly Track[], property: AnimatedProperty, frame: number): number => {
	let first: Track | undefined;
	let current: Track | undefined;
	for (const track of tracks) {
		if (track.property !== property) continue;
		if (first === undefined || track.start < first.start) first = track;
		if (track.start <= frame && (current === undefined || track.start >= current.start)) current = track;
	}
	if (current === undefined) return first === undefined ? AT_REST[property] : first.from;
	if (frame >= current.end) return current.to;
	return current.from + (current.to - current.from) * ease(current.easing, (frame - current.start) / (current.end - current.start));
};

/**
 * The style of a drawing at a frame, for an element whose origin is the canvas's. Values that change nothing are left out,
 * and past the last track's end the style is the same from frame to frame.
 */
export const styleAt = (drawing: Drawing, frame: number): CSSProperties => {
	const { tracks, box } = drawing;
	if (tracks.length === 0) return {};
	const value = (property: AnimatedProperty): number => valueAt(tracks, property, frame);
	const opacity = rounded(Math.min(1, Math.max(0, value('opacity'))), 4);
	const transform = transformOf(value, hasText(drawing));
	const clipPath = clipOf(value, box);
	return {
		...(opacity === 1 ? {} : { opacity }),
		...(transform === '' ? {} : { transform, transformOrigin: `${box.x + box.width / 2}px ${box.y + box.height / 2}px` }),
		...(clipPath === '' ? {} : { clipPath }),
	};
};

type Values = (property: AnimatedProperty) => number;

const hasText = (drawing: Drawing): boolean =>
	drawing.type === 'text' || drawing.type === 'number' || (drawing.type === 'group' && drawing.children.some(hasText));

const transformOf = (value: Values, unsnaps: boolean): string => {
	const [x, y, angle] = [rounded(value('x'), 3), rounded(value('y'), 3), rounded(value('rotate'), 4)];
	const scale = value('scale');
	const [scaleX, scaleY] = [rounded(scale * value('scaleX'), 5), rounded(scale, 5)];
	const parts: string[] = [];
	if (x !== 0 || y !== 0) parts.push(`translate(${x}px, ${y}px)`);
	if (angle !== 0) parts.push(`rotate(${angle}deg)`);
	else if (unsnaps && (!Number.isInteger(y) || scaleY !== 1)) parts.push(UNSNAP);
	if (scaleX !== 1 || scaleY !== 1) parts.push(`scale(${scaleX}, ${scaleY})`);
	return parts.join(' ');
};

const clipOf = (value: Values, box: Box): string => {
	const edge = (property: AnimatedProperty, from: number, length: number): number => {
		const share = Math.min(1, Math.max(0, value(property)));
		return rounded(share === 0 ? from - Math.sign(length) * OPEN : from + share * length, 3);
	};
	const left = edge('clip-left', box.x, box.width);
	const right = edge('clip-right', box.x + box.width, -box.width);
	const top = edge('clip-top', box.y, box.height);
	const bottom = edge('clip-bottom', box.y + box.height, -box.height);
	const open = [left < box.x, right > box.x + box.width, top < box.y, bottom > box.y + box.height];
	if (open.every(Boolean)) return '';
	return `polygon(${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px)`;
};

const rounded = (value: number, digits: number): number => {
	const factor = 10 ** digits;
	return Math.round(value * factor) / factor + 0;
};
