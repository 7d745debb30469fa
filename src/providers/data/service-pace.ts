import { retryAfterMs } from '../http/retry.ts';
import { type Asked, shownOf } from './ask.ts';
import type { Checked, Problem } from './source-problem.ts';

/** What a service asked for is waited for this often for one request. */
const MOST_PAUSES = 3;
const LONGEST_PAUSE_MS = 60_000;
/** Of a service that takes fewer requests, and does not say when. */
const USUAL_PAUSE_MS = 20_000;
/** Failures in a row after which a service is asked no more. */
const MOST_FAILURES = 5;

export type PaceClock = {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Rejects when it is given up. */
	readonly sleep: (ms: number) => Promise<unknown>;
};

/** `ask` asks the service with this address once, which includes tries that follow each other soon. */
export type Paced = (request: { readonly url: string }, ask: () => Promise<Checked<Asked>>) => Promise<Checked<Asked>>;

/**
 * Keeps the pace that a service sets: when it says `Retry-After`, or 429, all requests to it wait, at most a minute. One that keeps failing is
 * asked no more, so that ten thousand rows do not wait for it one by one.
 */
export const openServicePace = ({ now, sleep }: PaceClock): Paced => {
	let readyAt = 0;
	let failures = 0;
	const ready = async (): Promise<void> => {
		let until = 0;
		while (readyAt !== until && readyAt > now()) {
			until = readyAt;
			// Whoever gives it up learns from the request itself that it was.
			await sleep(until - now()).catch(() => {});
		}
	};
	return async (request, ask) => {
		for (let pauses = 0; ; pauses++) {
			await ready();
			if (failures >= MOST_FAILURES) return { ok: false, problem: unasked(request) };
			const asked = await ask();
			const wait = asked.ok || pauses === MOST_PAUSES ? null : pauseAskedBy(asked.problem, now());
			if (wait === null) {
				failures = asked.ok || !asked.problem.passing ? 0 : failures + 1;
				return asked;
			}
			readyAt = Math.max(readyAt, now() + Math.min(wait, LONGEST_PAUSE_MS));
		}
	};
};

const pauseAskedBy = ({ status, headers }: Problem, now: number): number | null =>
	retryAfterMs(headers?.['retry-after'], now) ?? (status === 429 ? USUAL_PAUSE_MS : null);

const unasked = (request: { readonly url: string }): Problem => ({
	code: 'RF4209',
	summary: `${shownOf(request)} was not asked: the service has failed ${MOST_FAILURES} times in a row`,
	hint: 'try again when it answers',
	passing: true,
});
