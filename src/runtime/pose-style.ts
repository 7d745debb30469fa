import type { CSSProperties } from 'react';
import type { Canvas } from '../model/segment-message.ts';
import { type ScenePose, wholePixels } from '../model/transitions.ts';

type Size = Pick<Canvas, 'width' | 'height'>;

/** What of a scene is left, as a style in the canvas's own coordinates. Nothing for a scene that is whole. */
export const clipStyle = ({ clip, opacity }: ScenePose, { width, height }: Size): CSSProperties => {
	const shown = opacity === 1 ? {} : { opacity };
	if (clip === null) return shown;
	if (clip.shape === 'circle')
		return { ...shown, clipPath: `circle(${round((clip.radius * Math.hypot(width, height)) / 2)}px at ${width / 2}px ${height / 2}px)` };
	const [top, bottom] = [wholePixels(clip.top, height), wholePixels(clip.bottom, height)];
	const [left, right] = [wholePixels(clip.left, width), wholePixels(clip.right, width)];
	return { ...shown, clipPath: `inset(${top}px ${right}px ${bottom}px ${left}px)` };
};

/** Where a scene is, as a style. Nothing for a scene in its place. */
export const placeStyle = ({ x, y, scale }: ScenePose, { width, height }: Size): CSSProperties => {
	const [left, top] = [wholePixels(x, width), wholePixels(y, height)];
	const parts = [
		...(left === 0 && top === 0 ? [] : [`translate(${left}px, ${top}px)`]),
		...(scale === 1 ? [] : [`scale(${Math.round(scale * 1e5) / 1e5})`]),
	];
	return parts.length === 0 ? {} : { transform: parts.join(' ') };
};

const round = (value: number): number => Math.round(value * 1000) / 1000;
