import { type Failure, isRetryable } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import { makeReel, type PackedReel, type ReelHistory, type ReelSegment } from './pack-reels.ts';

export const MAX_ATTEMPTS = 3;

/**
 * How often in a row something outside may end a reel before that counts as an attempt after all: what kills every browser that draws a segment may be
 * the segment. Together with the attempts fewer than the breaks that end drawing, so that no segment ends the run alone.
 */
export const MAX_LOSSES = 8;

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
 * no second attempt mends. What something outside ended is drawn again as it was. Ends: every step finishes, fails or isolates a segment, halves the
 * reel, or counts a loss.
 */
export const planRetry = ({ reel, finished, suspects, failure }: BrokenReel): RetryPlan => {
	const left = reel.segments.filter((segment) => !finished.has(segment.key));
	const losses = finished.size > 0 ? 0 : reel.losses;
	if (failure.blameless && isRetryable(failure) && losses < MAX_LOSSES)
		return { failed: [], reels: left.length === 0 ? [] : [makeReel(left, { attempt: reel.attempt, losses: losses + 1 })] };
	return judge({ left, suspects, failure, history: { attempt: reel.attempt, losses } });
};

type Judged = Pick<BrokenReel, 'suspects' | 'failure'> & { readonly left: readonly ReelSegment[]; readonly history: ReelHistory };

/** Whoever broke the reel is tried alone, or fails. */
const judge = ({ left, suspects, failure, history }: Judged): RetryPlan => {
	const guilty = left.filter((segment) => suspects.has(segment.key));
	const rest = left.filter((segment) => !suspects.has(segment.key));
	const restReel = rest.length === 0 ? [] : [makeReel(rest, { attempt: history.attempt, losses: 0 })];
	if (!isRetryable(failure)) {
		return guilty.length > 0 ? { failed: keysOf(guilty), reels: restReel } : isolate(left, history, { failed: keysOf(left), reels: [] });
	}
	if (guilty.length === 0 && failure.class !== 'BROWSER_LAUNCH') return isolate(left, history, again(left, history));
	if (guilty.length === 0)
		return history.attempt >= MAX_ATTEMPTS ? { failed: keysOf(left), reels: [] } : { failed: [], reels: [makeReel(left, next(history))] };
	const { failed, reels } = again(guilty, history);
	return { failed, reels: [...reels, ...restReel] };
};

const next = ({ attempt, losses }: ReelHistory): ReelHistory => ({ attempt: attempt + 1, losses });

const keysOf = (segments: readonly ReelSegment[]): readonly SegmentKey[] => segments.map((segment) => segment.key);

/** Each segment in a reel of its own, or failed when it had its attempts. */
const again = (segments: readonly ReelSegment[], history: ReelHistory): RetryPlan =>
	history.attempt >= MAX_ATTEMPTS
		? { failed: keysOf(segments), reels: [] }
		: { failed: [], reels: segments.map((segment) => makeReel([segment], next(history))) };

/** A page that cannot even be opened with all of these: halves find out which of them it is. `single` is the answer for one alone. */
const isolate = (segments: readonly ReelSegment[], history: ReelHistory, single: RetryPlan): RetryPlan => {
	if (segments.length < 2) return single;
	const middle = Math.ceil(segments.length / 2);
	return { failed: [], reels: [makeReel(segments.slice(0, middle), history), makeReel(segments.slice(middle), history)] };
};

/** Failed reels in a row, over the whole run, without one finished segment between them. */
export type Streak = { readonly class: Failure['class'] | null; readonly length: number };

export const NO_STREAK: Streak = { class: null, length: 0 };

export const lengthen = (streak: Streak, failure: Failure): Streak => ({
	class: failure.class,
	length: streak.class === failure.class ? streak.length + 1 : 1,
});

/** One segment alone breaks `MAX_LOSSES + MAX_ATTEMPTS` reels at most. */
const HOPELESS_BREAKS = 4 * MAX_ATTEMPTS;

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
			return streak.length >= HOPELESS_BREAKS;
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
