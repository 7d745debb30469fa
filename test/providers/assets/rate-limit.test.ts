import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { limitRequests, type RateLimit } from '../../../src/providers/assets/rate-limit.ts';
import type { Fetcher, HttpAnswer, HttpRequest, HttpResult } from '../../../src/providers/http/contract.ts';

const Limits = suite('providers/assets/rate-limit');

const request: HttpRequest = { url: 'https://x.example/', expect: 'json', maxBytes: 1, timeoutMs: 1, retry: 'never' };
const ok = (headers = {}): HttpResult<HttpAnswer> => ({
	ok: true,
	value: { status: 200, headers, url: request.url, bytes: new Uint8Array() },
});
const refused = (status: number): HttpResult<HttpAnswer> => ({
	ok: false,
	problem: { kind: 'status', code: 'RF4209', status, summary: 's', hint: 'h', headers: {} },
});

/** A fetcher with a clock of its own, on which every wait ends at once. */
const stage = (limit: RateLimit | null, answer: (before: number) => HttpResult<HttpAnswer> | Promise<HttpResult<HttpAnswer>>) => {
	const clock = { now: 1_900_000_000_000, asked: 0, active: 0, most: 0 };
	const send = async (): Promise<HttpResult<HttpAnswer>> => {
		clock.active += 1;
		clock.most = Math.max(clock.most, clock.active);
		const result = await answer(clock.asked++);
		clock.active -= 1;
		return result;
	};
	const fetcher = { send, close: async () => undefined } as unknown as Fetcher;
	const sleep = async (ms: number): Promise<void> => {
		clock.now += ms;
	};
	const limited = limitRequests(fetcher, { id: 'x', limit, now: () => clock.now, sleep });
	return { clock, ask: () => limited.send(request) };
};

Limits('a burst of the window is free, and then the pace is that of the limit', async () => {
	const { clock, ask } = stage({ count: 10, windowMs: 10_000 }, () => ok());
	const begin = clock.now;
	for (let asked = 0; asked < 10; asked++) assert.ok((await ask()).ok);
	assert.is(clock.now, begin);
	for (let asked = 0; asked < 5; asked++) assert.ok((await ask()).ok);
	assert.is(clock.now - begin, 5000);
});

Limits('nobody waits for longer than a minute: the request is refused', async () => {
	const { clock, ask } = stage({ count: 1, windowMs: 3_600_000 }, () => ok());
	assert.ok((await ask()).ok);
	const result = await ask();
	assert.ok(!result.ok && result.problem.code === 'RF4233');
	assert.is(clock.asked, 1);
});

for (const [title, reset, waits] of [
	['seconds from now', '7', 7000],
	['a moment', String(1_900_000_007), 7000],
] as const) {
	Limits(`nothing left: it waits for the reset, as ${title}`, async () => {
		const { clock, ask } = stage(null, () => ok({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }));
		const begin = clock.now;
		await ask();
		await ask();
		assert.is(clock.now - begin, waits);
	});
}

Limits('after five failures one after the other it is not asked again', async () => {
	const { clock, ask } = stage(null, () => refused(503));
	for (let asked = 0; asked < 8; asked++) assert.not.ok((await ask()).ok);
	assert.is(clock.asked, 5);
	const last = await ask();
	assert.ok(!last.ok && /not asked again/.test(last.problem.summary));
});

Limits('a success, and a refusal that is our own doing, begin the count anew', async () => {
	const { clock, ask } = stage(null, (before) => (before % 4 === 3 ? (before % 8 === 3 ? ok() : refused(400)) : refused(500)));
	for (let asked = 0; asked < 24; asked++) await ask();
	assert.is(clock.asked, 24);
});

Limits('four at a time, half as many after 429, and never none', async () => {
	const later = (result: HttpResult<HttpAnswer>) => new Promise<HttpResult<HttpAnswer>>((resolve) => setImmediate(() => resolve(result)));
	const { clock, ask } = stage(null, (before) => later(before < 2 ? refused(429) : ok()));
	await ask();
	await ask();
	clock.most = 0;
	await Promise.all(Array.from({ length: 3 }, ask));
	assert.is(clock.most, 1);
	await Promise.all(Array.from({ length: 30 }, ask));
	assert.is(clock.most, 4);
});

Limits('a service that names its concurrency gets no more', async () => {
	const later = () =>
		new Promise<HttpResult<HttpAnswer>>((resolve) => setImmediate(() => resolve(ok({ 'maximum-concurrent-requests': '2' }))));
	const { clock, ask } = stage(null, later);
	await ask();
	clock.most = 0;
	await Promise.all(Array.from({ length: 10 }, ask));
	assert.is(clock.most, 2);
});

Limits.run();
