import { converter } from 'culori';
import type { AssetHit, AssetQuery } from '../../ports/asset-provider.ts';

export type Choosing = {
	readonly query: AssetQuery;
	/** Width over height of every place where it is shown; none for sound. */
	readonly aspects: readonly number[];
	/** Colours of the brand and the mood as #rrggbb. */
	readonly palette: readonly string[];
	/** The only licences that are acceptable; null: any. */
	readonly licenses: readonly string[] | null;
};

/** `score` in [0, 1]; `why` is a line for people. */
export type Choice = { readonly hit: AssetHit; readonly score: number; readonly why: string };

/** How much each thing counts. What is not known counts as a middling value. */
const WEIGHTS = { aspect: 3, resolution: 1, length: 2, palette: 1, order: 1 } as const;
const UNKNOWN = 0.5;
/** Distance in OKLab at which a colour has nothing of the palette any more. */
const FAR = 0.45;
/** Hits of a search after which the provider's order counts half. */
const HALF_ORDER = 10;
/** More than this many times the pixels or the seconds that are needed is a waste, slightly. */
const PLENTY = 4;

/** The hit that fits best, or null when no licence is acceptable. One that is too small or too short is taken only where there is no other. */
export const chooseHit = (hits: readonly AssetHit[], choosing: Choosing): Choice | null => {
	const judged = hits.flatMap((hit, index) => (isAllowed(hit, choosing.licenses) ? [judge(hit, index, choosing)] : []));
	const enough = judged.filter(({ lacks }) => lacks === 0);
	const [best] = (enough.length > 0 ? enough : judged).sort(
		(one, other) =>
			one.lacks - other.lacks || other.score - one.score || (one.hit.id < other.hit.id ? -1 : one.hit.id > other.hit.id ? 1 : 0),
	);
	return best === undefined ? null : { hit: best.hit, score: best.score, why: best.why };
};

const isAllowed = ({ license }: AssetHit, licenses: readonly string[] | null): boolean =>
	licenses === null || licenses.some((allowed) => allowed.toLowerCase() === license.toLowerCase());

type Judged = Choice & { readonly lacks: number };

const judge = (hit: AssetHit, index: number, { query, aspects, palette }: Choosing): Judged => {
	const kept = keptOf(hit, aspects);
	const pixels = pixelsOf(hit, query);
	const length = lengthOf(hit, query);
	const parts = {
		aspect: kept ?? UNKNOWN,
		resolution: pixels === null ? UNKNOWN : surplus(pixels),
		length: length === null ? UNKNOWN : surplus(length),
		palette: nearness(hit.color, palette) ?? UNKNOWN,
		order: HALF_ORDER / (HALF_ORDER + index),
	};
	const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[];
	const total = names.reduce((sum, name) => sum + WEIGHTS[name], 0);
	const score = names.reduce((sum, name) => sum + WEIGHTS[name] * parts[name], 0) / total;
	const lacks = shortage(pixels) + shortage(length);
	return {
		hit,
		score: Math.round(score * 1e6) / 1e6,
		lacks,
		why: reason({ kept, pixels, length, nearness: nearness(hit.color, palette), index }),
	};
};

/** How far below what is needed, in tenths, so that neither of two nearly equal ones is out. */
const shortage = (ratio: number | null): number => (ratio === null || ratio >= 0.999 ? 0 : Math.ceil((1 - ratio) * 10));

const surplus = (ratio: number): number => (ratio < 1 ? ratio / 2 : ratio <= PLENTY ? 1 : 0.9);

/** Share of the picture that is left after cropping to each shape: half the mean, half the worst. */
const keptOf = ({ width, height }: AssetHit, aspects: readonly number[]): number | null => {
	if (width === null || height === null || aspects.length === 0) return null;
	const shares = aspects.map((aspect) => Math.min(width / height / aspect, (aspect * height) / width));
	return (shares.reduce((sum, share) => sum + share, 0) / shares.length + Math.min(...shares)) / 2;
};

/** Pixels there are for each that is shown, after cropping. */
const pixelsOf = (hit: AssetHit, query: AssetQuery): number | null => {
	if (hit.width === null || hit.height === null || query.width <= 0 || query.height <= 0) return null;
	return Math.min(hit.width / query.width, hit.height / query.height);
};

const lengthOf = (hit: AssetHit, query: AssetQuery): number | null =>
	hit.seconds === null || query.seconds === null || query.seconds <= 0 ? null : hit.seconds / query.seconds;

const toOklab = converter('oklab');

/** 1 for a colour of the palette, 0 for one that has nothing of it. */
const nearness = (color: string | null, palette: readonly string[]): number | null => {
	const own = color === null ? undefined : toOklab(color);
	const wanted = palette.map((hex) => toOklab(hex)).filter((lab) => lab !== undefined);
	if (own === undefined || wanted.length === 0) return null;
	const nearest = Math.min(...wanted.map((lab) => Math.hypot(lab.l - own.l, lab.a - own.a, lab.b - own.b)));
	return 1 - Math.min(1, nearest / FAR);
};

type Facts = {
	readonly kept: number | null;
	readonly pixels: number | null;
	readonly length: number | null;
	readonly nearness: number | null;
	readonly index: number;
};

const reason = ({ kept, pixels, length, nearness: near, index }: Facts): string => {
	const percent = (share: number): string => `${Math.round(share * 100)}%`;
	const parts = [
		`result ${index + 1} of the search`,
		kept === null ? null : `${percent(kept)} is left after cropping`,
		pixels === null ? null : pixels < 0.999 ? `too small, ${percent(pixels)} of the pixels` : 'large enough',
		length === null ? null : length < 0.999 ? `too short, ${percent(length)} of the time` : 'long enough',
		near === null ? null : `${percent(near)} near the palette`,
	];
	return parts.filter((part) => part !== null).join(', ');
};
