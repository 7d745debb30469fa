import type { Box, Drawing } from '../../model/drawing.ts';
import { over, withAlpha } from './color.ts';
import { bottomOf, rightOf } from './geometry.ts';
import type { Frame } from './layout.ts';

/** How much of a photo the scrim covers beneath words. With it, light ink has 4.5:1 over pure white. */
const BENEATH_WORDS = 0.66;
/** Over the rest: keeps the picture from shouting over the words. */
const ELSEWHERE = 0.06;
/** u around the words that are covered as they are, and u in which the scrim runs out. */
const PADDING = 2;
const FALLOFF = 30;
const STOPS = 40;
/** Words whose middle is in the outer share of the canvas have the scrim reach its edge: a veil hangs from something. */
const ANCHORED = 0.44;

/** What words stand on over a photo that may show anything: the scrim over white, the brightest there is. */
export const photoGrounds = (scrim: string): readonly string[] => [over(scrim, BENEATH_WORDS, '#ffffff'), scrim];

/** The scrim as an even veil, for a picture that words stand on anywhere. */
export const evenVeil = (scrim: string): string => withAlpha(scrim, BENEATH_WORDS);

/** A veil over the whole canvas that is dense where the words are, reaches the edge that they are near, and runs out softly. */
export const scrimDrawing = (words: Box, scrim: string, frame: Frame): Drawing => {
	const isColumn = words.width < frame.width * 0.56 && words.height > frame.height * 0.3;
	const length = isColumn ? frame.width : frame.height;
	const [first, last] = isColumn ? [words.x, rightOf(words)] : [words.y, bottomOf(words)];
	const middle = (first + last) / 2 / length;
	const start = middle < ANCHORED ? 0 : first;
	const end = middle > 1 - ANCHORED ? length : last;
	const step = length / (STOPS - 1);
	const colors = Array.from({ length: STOPS }, (_, stop) => {
		const at = stop * step;
		const outside = Math.max(0, start - at, at - end) - PADDING * frame.u - step;
		const share = Math.min(1, Math.max(0, outside / (FALLOFF * frame.u)));
		const eased = (1 + Math.cos(Math.PI * share)) / 2;
		return withAlpha(scrim, ELSEWHERE + (BENEATH_WORDS - ELSEWHERE) * eased);
	});
	return {
		type: 'rectangle',
		box: { x: 0, y: 0, width: frame.width, height: frame.height },
		tracks: [],
		paint: { type: 'linear', angle: isColumn ? 90 : 180, colors },
		radius: 0,
	};
};
