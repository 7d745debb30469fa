import { setTimeout as pause } from 'node:timers/promises';
import type { Fetcher, HttpHeaders, HttpProblem, HttpRequest, HttpResult } from '../http/contract.ts';

/** Requests in a window of time. */
export type RateLimit = { readonly count: number; readonly windowMs: number };

export type RateLimitOptions = {
	/** Name of the provider, for messages. */
	readonly id: string;
	/** What the service documents; null where it does not. */
	readonly limit: RateLimit | null;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
	/** Rejects when the signal is given. */
	readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<unknown>;
};

/** Longer than this nobody is kept waiting: the request is refused instead. */
const LONGEST_WAIT_MS = 60_000;
const MOST_AT_ONCE = 4;
/** Failures one after the other, after which a provider is left alone for the rest of the run. */
const MOST_FAILURES = 5;

type State = {
	tokens: number;
	refilledAt: number;
	/** Nothing is asked before. */
	restUntil: number;
	/** Requests at a time, adapted: halved by a refusal, and up again by a part for each success. */
	width: number;
	active: number;
	failures: number;
	readonly waiting: (() => void)[];
};

/**
 * The fetcher, with requests kept to a provider's limits: those that it documents, those that its headers tell, and as many at a time as it bears. Downloads are
 * not counted, since files come from other hosts. A provider that only fails is not asked any more.
 */
export const limitRequests = (fetcher: Fetcher, options: RateLimitOptions): Fetcher => {
	const { id, limit, now = Date.now } = options;
	const sleep = options.sleep ?? ((ms: number, signal?: AbortSignal) => pause(ms, undefined, signal === undefined ? {} : { signal }));
	const state: State = {
		tokens: limit?.count ?? 0,
		refilledAt: now(),
		restUntil: 0,
		width: MOST_AT_ONCE,
		active: 0,
		failures: 0,
		waiting: [],
	};
	const counted = async <T>(
		request: HttpRequest,
		ask: () => Promise<HttpResult<T>>,
		headersOf: (value: T) => HttpHeaders,
	): Promise<HttpResult<T>> => {
		await enter(state);
		try {
			const refused = await waitForTurn(state, { id, limit, now, sleep, signal: request.signal });
			if (refused !== null) return { ok: false, problem: refused };
			const result = await ask();
			learn(
				state,
				result.ok
					? { headers: headersOf(result.value), problem: null }
					: { headers: result.problem.headers ?? {}, problem: result.problem },
				now(),
			);
			return result;
		} finally {
			leave(state);
		}
	};
	return {
		send: (request) =>
			counted(
				request,
				() => fetcher.send(request),
				({ headers }) => headers,
			),
		download: (request, file) => fetcher.download(request, file),
		stream: (request) =>
			counted(
				request,
				() => fetcher.stream(request),
				({ headers }) => headers,
			),
		close: () => fetcher.close(),
	};
};

const enter = async (state: State): Promise<void> => {
	while (state.active >= Math.max(1, Math.floor(state.width))) await new Promise<void>((resolve) => state.waiting.push(resolve));
	state.active += 1;
};

const leave = (state: State): void => {
	state.active -= 1;
	for (const wake of state.waiting.splice(0)) wake();
};

type Turn = Required<RateLimitOptions> & { readonly signal: AbortSignal | undefined };

/** Takes a token when there is one. Null, or why there will be none. */
const waitForTurn = async (state: State, { id, limit, now, sleep, signal }: Turn): Promise<HttpProblem | null> => {
	for (;;) {
		if (state.failures >= MOST_FAILURES)
			return refusal(`${id} failed ${MOST_FAILURES} times one after the other, and is not asked again in this run`);
		const wait = Math.max(state.restUntil - now(), limit === null ? 0 : untilToken(state, limit, now()));
		if (wait <= 0) break;
		if (wait > LONGEST_WAIT_MS) return refusal(`${id} takes no more requests for ${Math.ceil(wait / 60_000)} min`);
		const waited = await sleep(wait, signal).then(
			() => true,
			() => false,
		);
		if (!waited) return refusal(`the request to ${id} was given up`);
	}
	if (limit !== null) state.tokens -= 1;
	return null;
};

const refusal = (summary: string): HttpProblem => ({
	kind: 'network',
	code: 'RF4233',
	status: null,
	summary,
	hint: 'run it again later: what is resolved stays resolved',
});

/** Milliseconds; 0 when there is a token. */
const untilToken = (state: State, { count, windowMs }: RateLimit, now: number): number => {
	state.tokens = Math.min(count, state.tokens + ((now - state.refilledAt) * count) / windowMs);
	state.refilledAt = now;
	return state.tokens >= 1 ? 0 : Math.ceil(((1 - state.tokens) * windowMs) / count);
};

const learn = (
	state: State,
	{ headers, problem }: { readonly headers: HttpHeaders; readonly problem: HttpProblem | null },
	now: number,
): void => {
	if (problem?.kind === 'aborted') return;
	const passing = problem !== null && (problem.kind === 'network' || problem.kind === 'time' || isPassingStatus(problem.status));
	state.failures = passing ? state.failures + 1 : 0;
	const most = Math.min(MOST_AT_ONCE, numberIn(headers, 'maximum-concurrent-requests') ?? MOST_AT_ONCE);
	state.width = problem?.status === 429 ? Math.max(1, state.width / 2) : Math.min(Math.max(1, most), state.width + 0.25);
	const left = numberIn(headers, 'x-ratelimit-remaining') ?? numberIn(headers, 'x-rate-limit-remaining');
	if (left !== null && left <= 0) state.restUntil = Math.max(state.restUntil, now + resetMs(headers, now));
};

const isPassingStatus = (status: number | null): boolean => status !== null && (status === 429 || status >= 500);

/** Seconds from now, or the moment as seconds since 1970. A second where nothing is said. */
const resetMs = (headers: HttpHeaders, now: number): number => {
	const reset = numberIn(headers, 'x-ratelimit-reset');
	if (reset === null) return 1000;
	return Math.max(0, reset > 1e9 ? reset * 1000 - now : reset * 1000);
};

const numberIn = (headers: HttpHeaders, name: string): number | null => {
	const written = headers[name];
	return written !== undefined && /^\d+(\.\d+)?$/.test(written.trim()) ? Number(written) : null;
};
