import { setTimeout as pause } from 'node:timers/promises';
import { Agent } from 'undici';
import { type Lookup, openConnector } from './address-guard.ts';
import { type Downloaded, type Fetcher, type HttpAnswer, HttpFailure, type HttpRequest, type HttpResult } from './contract.ts';
import { writeBody } from './download.ts';
import { type Answer, follow } from './follow.ts';
import { abortedRequest, refusedStatus, tooSlow } from './problems.ts';
import { expectType, readBody } from './read-body.ts';
import { waitBeforeRetry } from './retry.ts';
import { openWatch, type Watch } from './watch.ts';

export type { Downloaded, Fetcher, HttpAnswer, HttpHeaders, HttpProblem, HttpRequest, HttpResult } from './contract.ts';
export { HttpFailure } from './contract.ts';

export type FetcherOptions = {
	/** Hosts that may stand for private addresses: `host`, `host:port` or `ip:port`. */
	readonly allowPrivate?: readonly string[];
	/** All addresses of a name. The machine's own when left out. */
	readonly lookup?: Lookup;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
	/** Rejects when the signal is given. */
	readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
	/** Longest pause within an answer. 30 s when left out. */
	readonly idleMs?: number;
};

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_MS = 30_000;
/** Of a refused answer's body. */
const REFUSAL_BYTES = 4096;
const REFUSAL_MS = 2000;

type Tools = {
	readonly agent: Agent;
	readonly now: () => number;
	readonly sleep: NonNullable<FetcherOptions['sleep']>;
	readonly idleMs: number;
};

/** The one way to the network: public addresses only, within limits of size and time, judged by content. Close it when done. */
export const openFetcher = (options: FetcherOptions = {}): Fetcher => {
	const { allowPrivate = [], lookup, now = Date.now, idleMs = IDLE_MS } = options;
	const sleep = options.sleep ?? ((ms: number, signal: AbortSignal) => pause(ms, undefined, { signal }));
	const connect = openConnector({ allowPrivate, ...(lookup && { lookup }), connectTimeoutMs: CONNECT_TIMEOUT_MS });
	// Times are watched here, to the millisecond and over redirects and retries.
	const agent = new Agent({ connect, headersTimeout: 0, bodyTimeout: 0, allowH2: false });
	const tools: Tools = { agent, now, sleep, idleMs };
	return {
		send: (request) => closing(tools, request, async (answer) => ({ ...facts(answer), bytes: await collect(answer.body) })),
		download: (request, file) =>
			closing(tools, request, async (answer): Promise<Downloaded> => {
				const written = await writeBody(answer.body, file);
				return { ...written, headers: answer.headers, url: answer.url };
			}),
		stream: (request) => stream(tools, request),
		close: () => agent.destroy(),
	};
};

type Received = Omit<Answer, 'body'> & { readonly body: AsyncGenerator<Uint8Array> };

const facts = ({ status, headers, url }: Received): Omit<HttpAnswer, 'bytes'> => ({ status, headers, url });

const collect = async (body: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
	const parts: Uint8Array[] = [];
	for await (const part of body) parts.push(part);
	return Buffer.concat(parts);
};

const closing = async <T>(tools: Tools, request: HttpRequest, use: (answer: Received) => Promise<T>): Promise<HttpResult<T>> => {
	const watch = openWatch(request.timeoutMs, request.signal, tools.now);
	try {
		return await persist(tools, request, watch, async () => use(await receive(tools, request, watch)));
	} finally {
		watch.close();
	}
};

const stream = async (tools: Tools, request: HttpRequest): ReturnType<Fetcher['stream']> => {
	const watch = openWatch(request.timeoutMs, request.signal, tools.now);
	const received = await persist(tools, request, watch, () => receive(tools, request, watch));
	if (received.ok) return { ok: true, value: { headers: received.value.headers, body: watched(received.value.body, request, watch) } };
	watch.close();
	return received;
};

const watched = async function* (body: AsyncGenerator<Uint8Array>, request: HttpRequest, watch: Watch): AsyncGenerator<Uint8Array> {
	try {
		yield* body;
	} catch (error) {
		throw asFailure(error, request, watch);
	} finally {
		watch.close();
	}
};

/** Tries until it goes well, or another try would not help. Rejects only for what is no fault of the network. */
const persist = async <T>(tools: Tools, request: HttpRequest, watch: Watch, once: () => Promise<T>): Promise<HttpResult<T>> => {
	for (let tries = 1; ; tries++) {
		try {
			return { ok: true, value: await once() };
		} catch (error) {
			const failure = asFailure(error, request, watch);
			const wait = waitBeforeRetry(request.retry, { failure, tries, remainingMs: watch.remainingMs(), now: tools.now() });
			const waited =
				wait !== null &&
				(await tools.sleep(wait, watch.signal).then(
					() => true,
					() => false,
				));
			if (!waited) return { ok: false, problem: watch.stopped() === 'aborted' ? abortedRequest(request.url).problem : failure.problem };
		}
	}
};

/** Whatever came of the watch's signal on its way through streams is told from the watch. */
const asFailure = (error: unknown, request: HttpRequest, watch: Watch): HttpFailure => {
	if (error !== watch.signal.reason && !(error instanceof HttpFailure)) throw error;
	if (watch.stopped() === 'aborted') return abortedRequest(request.url);
	if (watch.stopped() === 'time') return tooSlow(request.url, request.timeoutMs, 'lasting');
	return error as HttpFailure;
};

/** An answer that is what was asked for, as far as its beginning tells. @throws HttpFailure, or the signal's reason */
const receive = async ({ agent, idleMs, now }: Tools, request: HttpRequest, { signal }: Watch): Promise<Received> => {
	const answer = await follow(agent, request, signal);
	const unchanged = answer.status === 304 && isConditional(request);
	if (!unchanged && (answer.status < 200 || answer.status > 299)) {
		throw refusedStatus({ ...answer, body: await beginningOf(answer, signal, now) });
	}
	const body = readBody(answer, { maxBytes: request.maxBytes, idleMs, signal });
	return { ...answer, body: unchanged ? body : await expectType(body, answer.url, request.expect) };
};

const isConditional = ({ headers = {} }: HttpRequest): boolean => Object.keys(headers).some((name) => /^if-/i.test(name));

/** As much of a refused answer's text as comes soon. */
const beginningOf = async (answer: Answer, signal: AbortSignal, now: () => number): Promise<string> => {
	const parts: Uint8Array[] = [];
	const end = now() + REFUSAL_MS;
	let bytes = 0;
	try {
		for await (const part of readBody(answer, { maxBytes: Number.POSITIVE_INFINITY, idleMs: REFUSAL_MS, signal })) {
			parts.push(part);
			bytes += part.length;
			if (bytes >= REFUSAL_BYTES || now() > end) break;
		}
	} catch (error) {
		if (!(error instanceof HttpFailure)) throw error;
	}
	return Buffer.concat(parts).subarray(0, REFUSAL_BYTES).toString('utf8');
};
