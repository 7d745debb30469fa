import type { HttpFailure, HttpRequest } from './contract.ts';

const MAX_RETRIES = 3;
const FIRST_WAIT_MS = 500;
/** A service that asks for more patience than this is asked again after it. */
const LONGEST_WAIT_MS = 60_000;

export type Failed = { readonly failure: HttpFailure; readonly tries: number; readonly remainingMs: number; readonly now: number };

/** Milliseconds until the next try; null if there should be none: it cannot help, may cost twice, or would come after the end of the time. */
export const waitBeforeRetry = (retry: HttpRequest['retry'], { failure, tries, remainingMs, now }: Failed): number | null => {
	if (tries > MAX_RETRIES || !mayRetry(retry, failure)) return null;
	const asked = retryAfterMs(failure.problem.headers?.['retry-after'], now);
	const wait = asked === null ? FIRST_WAIT_MS * 2 ** (tries - 1) : Math.min(asked, LONGEST_WAIT_MS);
	return wait < remainingMs ? wait : null;
};

const mayRetry = (retry: HttpRequest['retry'], { passing }: HttpFailure): boolean => {
	if (retry === 'never' || passing === 'lasting') return false;
	return retry === 'safe' || passing === 'unsent';
};

/** Seconds or a date, to milliseconds from `now`; null for anything else. */
export const retryAfterMs = (written: string | undefined, now: number): number | null => {
	if (written === undefined) return null;
	if (/^\d+$/.test(written.trim())) return Number(written) * 1000;
	const date = Date.parse(written);
	return Number.isNaN(date) ? null : Math.max(0, date - now);
};
