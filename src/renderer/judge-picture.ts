import { channelsOf } from '../model/colors-beneath.ts';
import type { Box } from '../model/drawing.ts';
import type { ExpectedMotion } from '../model/expected-motion.ts';
import type { ExpectedPicture } from '../model/expected-pictures.ts';
import type { PictureFinding } from '../model/media.ts';
import type { ExpectedText } from '../model/seen-leaves.ts';

/** 8-bit RGB without gaps. */
export type Picture = { readonly data: Uint8Array; readonly width: number; readonly height: number };

type Verdict = Omit<PictureFinding, 'segment'>;

/** What a picture lacks of what its message says. A picture of one colour is told as that, and not text by text. */
export const judgePicture = (picture: Picture, { frame, texts, hasImage, ground }: ExpectedPicture): readonly Verdict[] => {
	const missing = texts.filter((text) => inkOf(picture, text, text.ink) < text.ink);
	const flat = missing.length > 0 || hasImage || ground !== null ? flatColor(picture) : null;
	if (flat !== null) {
		const measured = `all of it is ${nameOf(flat)}`;
		if (missing[0]) return [{ kind: 'flat', frame, measured, expected: `“${missing[0].text}”` }];
		if (ground !== null && !isNear(flat, channelsOf(ground), GROUND_TOLERANCE))
			return [{ kind: 'flat', frame, measured, expected: `the ground ${ground}` }];
		return hasImage ? [{ kind: 'no-image', frame, measured, expected: 'an image' }] : [];
	}
	return missing.map((text) => ({
		kind: 'missing-text',
		frame,
		measured: `${inkOf(picture, text)} pixels in the colour ${text.colors.join(' or ')}`,
		expected: `“${text.text}” with at least ${text.ink}, in ${describe(text.box)}`,
	}));
};

/** Whether two frames that have to differ are the same. Says nothing where what moves cannot be told from what is behind it. */
export const judgeMotion = (before: Picture, after: Picture, motion: ExpectedMotion): readonly Verdict[] => {
	const { from, to, seen, what } = motion;
	if (seen !== null && !isSeen(seen.frame === from ? before : after, seen)) return [];
	const place = seen?.box ?? { x: 0, y: 0, width: before.width, height: before.height };
	const least = Math.ceil(leastChange(seen?.frame === from ? before : after, seen));
	if (changedPixels(before, after, { box: place, enough: least }) >= least) return [];
	return [{ kind: 'frozen', frame: to, measured: `it looks the same as frame ${from}`, expected: what }];
};

/** Pixels of a shape's own colour from which on it counts as seen. */
const LEAST_INK = 16;

const isSeen = (picture: Picture, { box, ink }: NonNullable<ExpectedMotion['seen']>): boolean =>
	ink === null ? hasContrast(picture, box) : inkOf(picture, { box, colors: [ink], grounds: null }, LEAST_INK) >= LEAST_INK;

type Levels = readonly [red: number, green: number, blue: number];

/** Levels by which video changes a colour: thin strokes lose more of theirs. */
const INK_TOLERANCE = 64;
const GROUND_TOLERANCE = 24;
const FLAT_TOLERANCE = 6;
const VISIBLE = 48;
/** Levels by which an encoder changes what stands still, as it spends more on it from frame to frame. */
const SAME_TOLERANCE = 20;

const isNear = (color: Levels, other: Levels, tolerance: number): boolean =>
	color.every((level, channel) => Math.abs(level - other[channel]!) <= tolerance);

/** A thin stroke is mixed with what is beneath it: this many times as far from its own colour it is still ink. */
const MIXED = 1.5;

type Ink = Pick<ExpectedText, 'box' | 'colors' | 'grounds'>;

/** Pixels in the box of a text that have one of its colours, and not that of what is beneath. No more than `enough` are counted. */
const inkOf = (picture: Picture, { box, colors, grounds }: Ink, enough = Number.POSITIVE_INFINITY): number => {
	const wanted = colors.map(channelsOf);
	const beneath = (grounds ?? []).map(channelsOf);
	let count = 0;
	somePixel(picture, box, (data, at) => {
		for (const color of wanted) {
			const far = distance(data, at, color);
			if (far > INK_TOLERANCE) continue;
			if (beneath.every((ground) => far <= MIXED * distance(data, at, ground))) count++;
			break;
		}
		return count >= enough;
	});
	return count;
};

/** The one colour of a picture; null when it has several. */
const flatColor = (picture: Picture): Levels | null => {
	const { data, width, height } = picture;
	const first: Levels = [data[0]!, data[1]!, data[2]!];
	const isFlat = !somePixel(picture, { x: 0, y: 0, width, height }, (_, at) => distance(data, at, first) > FLAT_TOLERANCE);
	return isFlat ? first : null;
};

/** Whether a box has colours that are told apart. */
const hasContrast = (picture: Picture, box: Box): boolean => {
	const { data, width } = picture;
	const [x, y] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
	const start = (y * width + x) * 3;
	const corner: Levels = [data[start]!, data[start + 1]!, data[start + 2]!];
	return somePixel(picture, box, (_, at) => distance(data, at, corner) > VISIBLE);
};

type Place = { readonly box: Box; readonly enough: number };

/** No more than `enough` are counted. */
const changedPixels = (before: Picture, after: Picture, { box, enough }: Place): number => {
	let count = 0;
	const later = after.data;
	somePixel(before, box, (data, at) => {
		const red = Math.abs(data[at]! - later[at]!);
		const green = Math.abs(data[at + 1]! - later[at + 1]!);
		const blue = Math.abs(data[at + 2]! - later[at + 2]!);
		if (Math.max(red, green, blue) > SAME_TOLERANCE) count++;
		return count >= enough;
	});
	return count;
};

/** Shares of a canvas, and of the pixels of a colour, that change at least. An encoder moves the edges of what stands still by less. */
const LEAST_SHARE = { canvas: 0.05, ink: 0.1 } as const;

const leastChange = (picture: Picture, seen: ExpectedMotion['seen']): number => {
	if (seen === null) return LEAST_SHARE.canvas * picture.width * picture.height;
	if (seen.ink === null) return seen.least;
	return LEAST_SHARE.ink * inkOf(picture, { box: seen.box, colors: [seen.ink], grounds: null });
};

/** The largest difference of a channel. */
const distance = (data: Uint8Array, at: number, [red, green, blue]: Levels): number =>
	Math.max(Math.abs(data[at]! - red), Math.abs(data[at + 1]! - green), Math.abs(data[at + 2]! - blue));

/** `at` is where a pixel is in the data. */
type Holds = (data: Uint8Array, at: number) => boolean;

/** Ends at the first pixel of a box, as far as it is in the picture, for which it holds. */
const somePixel = ({ data, width, height }: Picture, box: Box, holds: Holds): boolean => {
	const left = Math.max(0, Math.floor(box.x));
	const right = Math.min(width, Math.ceil(box.x + box.width));
	const bottom = Math.min(height, Math.ceil(box.y + box.height));
	for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++) {
		for (let x = left; x < right; x++) if (holds(data, (y * width + x) * 3)) return true;
	}
	return false;
};

const nameOf = (color: Levels): string => `#${color.map((level) => level.toString(16).padStart(2, '0')).join('')}`;

const describe = ({ x, y, width, height }: Box): string =>
	`${Math.round(width)}x${Math.round(height)} pixels from ${Math.round(x)},${Math.round(y)}`;
