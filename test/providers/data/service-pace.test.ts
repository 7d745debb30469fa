import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Asked } from '../../../src/providers/data/ask.ts';
import { openServicePace } from '../../../src/providers/data/service-pace.ts';
import type { Checked, Problem } from '../../../src/providers/data/source-problem.ts';

const Pace = suite('providers/data/service-pace');

const URL = { url: 'http://127.0.0.1:1/rows' };
const GOOD: Checked<Asked> = {
	ok: true,
	value: { answer: { status: 200, headers: {}, url: URL.url, bytes: new Uint8Array() }, text: '1', document: 1 },
};
const bad = (more: Partial<Problem>): Checked<Asked> => ({ ok: false, problem: { code: 'RF4209', summary: 'no', hint: 'wait', ...more } });
const BUSY = bad({ status: 429, passing: true });
const busyFor = (seconds: number): Checked<Asked> => bad({ status: 503, passing: true, headers: { 'retry-after': String(seconds) } });
const DOWN = bad({ status: 500, passing: true });
const UNKNOWN = bad({ status: 404 });

/** A clock that only sleeping moves, and a service that gives these answers one after the other. */
const beside = (answers: readonly Checked<Asked>[]) => {
	const sleeps: number[] = [];
	const clock = { now: 0, asked: 0 };
	const paced = openServicePace({
		now: () => clock.now,
		sleep: async (ms) => {
			sleeps.push(ms / 1000);
			clock.now += ms;
		},
	});
	return { sleeps, clock, next: () => paced(URL, async () => answers[clock.asked++] ?? GOOD) };
};

for (const [name, answers, sleeps, asked, isGood] of [
	['a good answer is not waited for', [GOOD], [], 1, true],
	['`Retry-After` is waited for', [busyFor(45)], [45], 2, true],
	['more patience than a minute is not had', [busyFor(3600)], [60], 2, true],
	['429 alone is waited for', [BUSY, BUSY], [20, 20], 3, true],
	['a service that stays busy is given up after three pauses', [BUSY, BUSY, BUSY, BUSY], [20, 20, 20], 4, false],
	['what fails without a word about time is not asked again', [DOWN], [], 1, false],
	['what the service does not know is not asked again', [UNKNOWN], [], 1, false],
] as const)
	Pace(name, async () => {
		const service = beside(answers);
		assert.is((await service.next()).ok, isGood);
		assert.equal([service.sleeps, service.clock.asked], [sleeps, asked]);
	});

Pace('a pause holds up every request to the service', async () => {
	const service = beside([busyFor(30)]);
	const [first, second] = await Promise.all([service.next(), Promise.resolve().then(service.next)]);
	assert.ok(first?.ok && second?.ok);
	assert.is(service.clock.asked, 3);
	assert.ok(service.sleeps.length > 0);
});

Pace('a service that failed five times in a row is asked no more, and rows that it does not know are no failures', async () => {
	const service = beside([DOWN, DOWN, DOWN, DOWN, UNKNOWN, DOWN, DOWN, GOOD, DOWN, DOWN, DOWN, DOWN, DOWN]);
	for (let row = 0; row < 13; row++) await service.next();
	assert.is(service.clock.asked, 13);
	const last = await service.next();
	assert.is(service.clock.asked, 13);
	assert.ok(!last.ok && last.problem.passing);
	if (!last.ok) assert.is(last.problem.summary, 'http://127.0.0.1:1/rows was not asked: the service has failed 5 times in a row');
});

Pace('a pause that is given up goes on to the request, which tells that it was', async () => {
	let asked = 0;
	const paced = openServicePace({ now: () => 0, sleep: () => Promise.reject(new Error('given up')) });
	const result = await paced(URL, async () => (asked++ === 0 ? BUSY : bad({ summary: 'given up' })));
	assert.ok(!result.ok && result.problem.summary === 'given up');
});

Pace.run();
