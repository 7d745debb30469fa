import type { Box, Paint } from './drawing.ts';
import { coveredShare, type Leaf } from './settled-pose.ts';

/** Colours in a place that are worth telling apart. */
const MOST_GROUNDS = 200;

/** Every colour `#rrggbb` that a scene of these leaves may ever show in a box; null where that cannot be said. */
export const colorsIn = (background: Paint, leaves: readonly Leaf[], box: Box): readonly string[] | null => {
	const lowest = colorsOfPaint(background);
	if (!lowest.every(isOpaque)) return null;
	let grounds = [...new Set(lowest.map(levelsOf))];
	for (const leaf of leaves) {
		if (leaf.drawing.type === 'grain' || coveredShare(box, leaf.reach) === 0) continue;
		const laid = colorsOf(leaf.drawing);
		if (laid === null) return null;
		const all = new Set(grounds);
		// A leaf that fades in shows everything between a ground and its own colour.
		for (const color of laid) {
			const [levels, share] = [levelsOf(color), shareOf(color)];
			for (const ground of grounds) all.add(mix(ground, levels, share / 2)).add(mix(ground, levels, share));
		}
		if (all.size > MOST_GROUNDS) return null;
		grounds = [...all];
	}
	return grounds.map(nameOf);
};

/** The colours of a drawing that is painted in few; null for pictures and what is computed. */
export const colorsOf = (drawing: Leaf['drawing']): readonly string[] | null => {
	switch (drawing.type) {
		case 'rectangle':
		case 'ellipse':
			return colorsOfPaint(drawing.paint);
		case 'path':
			return [drawing.fill, drawing.stroke?.color ?? null].filter((color) => color !== null);
		case 'icon':
		case 'number':
			return [drawing.color];
		case 'text':
			return drawing.runs.map(({ color }) => color);
		default:
			return null;
	}
};

/** Those between the stops of a gradient too, as far as they are told apart from them. */
export const colorsOfPaint = (paint: Paint): readonly string[] => {
	if (paint.type === 'solid') return [paint.color];
	const between = paint.colors.slice(1).flatMap((color, i) => {
		const before = paint.colors[i]!;
		return isOpaque(before) && isOpaque(color)
			? [0.25, 0.5, 0.75].map((share) => nameOf(mix(levelsOf(before), levelsOf(color), share)))
			: [];
	});
	return [...paint.colors, ...between];
};

export const isOpaque = (color: string): boolean => color.length === 7 || color.slice(7).toLowerCase() === 'ff';

/** Levels of a channel, 0 to 255, by which a colour has to differ from another one to be told from it in a video. */
const LEAST_APART = 40;

/** Whether two colours are told apart in a video. */
export const isApart = (one: string, other: string): boolean => {
	const [a, b] = [channelsOf(one), channelsOf(other)];
	return a.some((level, channel) => Math.abs(level - b[channel]!) >= LEAST_APART);
};

/** Sum of the differences of red, green and blue. */
export const colorDistance = (a: string, b: string): number => {
	const [one, other] = [channelsOf(a), channelsOf(b)];
	return one.reduce((sum, value, channel) => sum + Math.abs(value - other[channel]!), 0);
};

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export const channelsOf = (color: string): readonly [red: number, green: number, blue: number] => {
	const levels = levelsOf(color);
	return [levels >> 16, (levels >> 8) & 255, levels & 255];
};

/** A colour as one number, `0xrrggbb`: hundreds of them are mixed for one text. */
const levelsOf = (color: string): number => Number.parseInt(color.slice(1, 7), 16);
const nameOf = (levels: number): string => `#${levels.toString(16).padStart(6, '0')}`;
const shareOf = (color: string): number => (color.length === 7 ? 1 : Number.parseInt(color.slice(7, 9), 16) / 255);

const mix = (from: number, to: number, share: number): number => {
	const red = Math.round((from >> 16) + ((to >> 16) - (from >> 16)) * share);
	const green = Math.round(((from >> 8) & 255) + (((to >> 8) & 255) - ((from >> 8) & 255)) * share);
	const blue = Math.round((from & 255) + ((to & 255) - (from & 255)) * share);
	return (red << 16) | (green << 8) | blue;
};
