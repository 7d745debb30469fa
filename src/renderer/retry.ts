import { type Failure, isRetryable } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import { makeReel, type PackedReel, type ReelSegment } from './pack-reels.ts';

export const MAX_ATTEMPTS = 3;

/** How a reel came to its end before all of its segments were in the store. */
export type BrokenReel = {
	readonly reel: PackedReel;
	readonly finished: ReadonlySet<SegmentKey>;
	/** The segments that were being drawn or encoded: one of them may have broken the reel. Empty: nothing had begun. */
	readonly suspects: ReadonlySet<SegmentKey>;
	readonly failure: Failure;
};

export type RetryPlan = {
	/** These do not get another attempt. */
	readonly failed: readonly SegmentKey[];
	/** These do: the suspects each alone, the rest without them. */
	readonly reels: readonly PackedReel[];
};

/**
 * What becomes of the unfinished segments of a broken reel. A segment fails only by its own doing: it broke three reels, or one in a way that
 * no second attempt mends. Ends: every step finishes, fails or isolates a segment, or halves the reel.
 */
export const planRetry = ({ reel, finished, suspects, failure }: BrokenReel): RetryPlan => {
	const left = reel.segments.filter((segment) => !finished.has(segment.key));
	const guilty = left.filter((segment) => suspects.has(segment.key));
	const rest = left.filter((segment) => !suspects.has(segment.key));
	const restReel = rest.length === 0 ? [] : [makeReel(rest, reel.attempt)];
	if (!isRetryable(failure)) {
		return guilty.length > 0 ? { failed: keysOf(guilty), reels: restReel } : isolate(left, reel, { failed: keysOf(left), reels: [] });
	}
	if (guilty.length === 0 && failure.class !== 'BROWSER_LAUNCH') return isolate(left, reel, again(left, reel.attempt));
	if (guilty.length === 0)
		return reel.attempt >= MAX_ATTEMPTS ? { failed: keysOf(left), reels: [] } : { failed: [], reels: [makeReel(left, reel.attempt + 1)] };
	const next = again(guilty, reel.attempt);
	return { failed: next.failed, reels: [...next.reels, ...restReel] };
};

const keysOf = (segments: readonly ReelSegment[]): readonly SegmentKey[] => segments.map((segment) => segment.key);

/** Each segment in a reel of its own, or failed when it had its attempts. */
const again = (segments: readonly ReelSegment[], attempt: number): RetryPlan =>
	attempt >= MAX_ATTEMPTS
		? { failed: keysOf(segments), reels: [] }
		: { failed: [], reels: segments.map((segment) => makeReel([segment], attempt + 1)) };

/** A page that cannot even be opened with all of these: halves find out which of them it is. `single` is the answer for one alone. */
const isolate = (segments: readonly ReelSegment[], reel: PackedReel, single: RetryPlan): RetryPlan => {
	if (segments.length < 2) return single;
	const middle = Math.ceil(segments.length / 2);
	return { failed: [], reels: [makeReel(segments.slice(0, middle), reel.attempt), makeReel(segments.slice(middle), reel.attempt)] };
};

/** Failed reels in a row, over the whole run, without one finished segment between them. */
export type Streak = { readonly class: Failure['class'] | null; readonly length: number };

export const NO_STREAK: Streak = { class: null, length: 0 };

export const lengthen = (streak: Streak, failure: Failure): Streak => ({
	class: failure.class,
	length: streak.class === failure.class ? streak.length + 1 : 1,
});

/** Whether the machine, and not a segment, is at fault, so that what waits need not be tried. */
export const isHopeless = (streak: Streak): boolean => {
	switch (streak.class) {
		case 'BROWSER_LAUNCH':
		case 'DISK':
			return streak.length >= MAX_ATTEMPTS;
		case 'BROWSER_CRASH':
		case 'FRAME_TIMEOUT':
		case 'OOM':
		case 'WORKER':
		case 'ENCODE':
			return streak.length >= 4 * MAX_ATTEMPTS;
		case 'MIX':
		case 'PAGE':
		case 'OUTPUT':
		case 'BUNDLE':
		case 'INPUT_CHANGED':
		case 'ASSET':
		case 'USER':
		case 'DATA':
		case 'NETWORK':
		case 'LOCK':
		case 'INTERNAL':
		case 'ABORTED':
		case null:
			return false;
	}
};

const BACK_OFF_MS = 250;

/**
 * How long to wait before a reel is tried again, in milliseconds: what is wrong with a machine that starts no browser or has no memory may pass, a page
 * that broke will not be different in a second.
 */
export const backOffMs = (failure: Failure, attempt: number): number => {
	switch (failure.class) {
		case 'BROWSER_LAUNCH':
		case 'OOM':
			return BACK_OFF_MS * 2 ** Math.min(attempt, MAX_ATTEMPTS);
		default:
			return 0;
	}
};
