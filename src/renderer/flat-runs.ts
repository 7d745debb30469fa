import { channelsOf } from '../model/colors-beneath.ts';
import type { ExpectedPicture } from '../model/expected-pictures.ts';
import type { Glimpse } from './decode-frames.ts';

/** Frames in a row that may be of one flat colour. `color`: red, green and blue, 0 to 255. */
export type FlatRun = { readonly first: number; readonly last: number; readonly color: Levels };

type Levels = readonly [red: number, green: number, blue: number];

/** Levels by which an encoder changes a flat picture. */
const FLAT = 6;

/** The runs in which every glimpse is of one colour, the same all the time. What is small may hide between the pixels of a glimpse. */
export const flatRuns = (glimpses: readonly Glimpse[]): readonly FlatRun[] => {
	const runs: FlatRun[] = [];
	for (const [frame, glimpse] of glimpses.entries()) {
		if (![glimpse.luma, glimpse.blue, glimpse.red].every(isFlat)) continue;
		const color = colorOf(glimpse);
		const before = runs.at(-1);
		if (before?.last === frame - 1 && isNear(before.color, color, FLAT)) runs[runs.length - 1] = { ...before, last: frame };
		else runs.push({ first: frame, last: frame, color });
	}
	return runs;
};

const isFlat = (plane: Uint8Array): boolean => {
	const first = plane[0]!;
	return plane.every((level) => Math.abs(level - first) <= FLAT);
};

/** By the matrix of BT.709, limited range. */
const colorOf = ({ luma, blue, red }: Glimpse): Levels => {
	const [y, b, r] = [(luma[0]! - 16) * 1.1644, blue[0]! - 128, red[0]! - 128];
	const levels = [y + 1.7927 * r, y - 0.2132 * b - 0.5329 * r, y + 2.1124 * b] as const;
	const [first, second, third] = levels.map((level) => Math.min(255, Math.max(0, Math.round(level))));
	return [first!, second!, third!];
};

const isNear = (one: Levels, other: Levels, tolerance: number): boolean =>
	one.every((level, channel) => Math.abs(level - other[channel]!) <= tolerance);

/** Levels by which a ground may differ from its colour. */
const GROUND = 24;
/** Frames that are worth decoding once more. */
const MOST_SUSPECTS = 4;

/**
 * A frame of each run that the message says to show something else than its colour, or more: what is to be said of it the whole picture has to tell.
 * Nothing of a run with a frame that is `known`.
 */
export const suspectFrames = (
	runs: readonly FlatRun[],
	known: readonly number[],
	at: (frame: number) => ExpectedPicture,
): readonly ExpectedPicture[] =>
	runs
		.filter(({ first, last }) => !known.some((frame) => frame >= first && frame <= last))
		.flatMap(({ first, last, color }) => {
			const pictures = [(first + last) >> 1, first, last].map(at);
			const isSuspect = ({ texts, hasImage, ground }: ExpectedPicture): boolean =>
				texts.length > 0 || hasImage || (ground !== null && !isNear(color, channelsOf(ground), GROUND));
			return pictures.find(isSuspect) ?? [];
		})
		.slice(0, MOST_SUSPECTS);
