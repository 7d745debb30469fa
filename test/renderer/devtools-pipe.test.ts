import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { connectDevTools, DevToolsClosed, DevToolsError, type DevToolsEvent } from '../../src/renderer/devtools-pipe.ts';
import { createHandOff } from '../../src/renderer/hand-off.ts';
import { createTextTail } from '../../src/renderer/text-tail.ts';
import { settlesWithin, within } from '../../src/renderer/time-limit.ts';

const Pipe = suite('renderer/devtools-pipe');

const connect = () => {
	const [toBrowser, fromBrowser] = [new PassThrough(), new PassThrough()];
	return { toBrowser, fromBrowser, devTools: connectDevTools(toBrowser, fromBrowser) };
};

Pipe('answers find their questions, in whatever order and pieces they come', async () => {
	const { devTools, toBrowser, fromBrowser } = connect();
	const answers = Promise.all(['one', 'two', 'three'].map((method) => devTools.send<string>({ method })));
	const asked = String(toBrowser.read())
		.split('\0')
		.slice(0, -1)
		.map((text) => JSON.parse(text) as { id: number; method: string });
	const reply = Buffer.from(
		asked
			.toReversed()
			.map(({ id, method }) => `${JSON.stringify({ id, result: `${method} ä` })}\0`)
			.join(''),
	);
	for (let at = 0; at < reply.length; at += 7) fromBrowser.write(reply.subarray(at, at + 7));
	assert.equal(await answers, ['one ä', 'two ä', 'three ä']);
});

Pipe('an error is an error of its method', async () => {
	const { devTools, fromBrowser } = connect();
	const answer = devTools.send({ method: 'Page.fly' }).catch((e: unknown) => e);
	fromBrowser.write('{"id":1,"error":{"message":"no such thing"}}\0');
	const error = await answer;
	assert.instance(error, DevToolsError);
	assert.is((error as Error).message, 'Page.fly: no such thing');
});

Pipe('events reach those who listen, as long as they do', () => {
	const { devTools, fromBrowser } = connect();
	const events: DevToolsEvent[] = [];
	const stop = devTools.listen((event) => events.push(event));
	fromBrowser.emit('data', Buffer.from('{"method":"a","params":1}\0{"method":"b","params":2}\0'));
	stop();
	fromBrowser.emit('data', Buffer.from('{"method":"c","params":3}\0'));
	assert.equal(
		events.map(({ method }) => method),
		['a', 'b'],
	);
});

Pipe('when the browser is gone every open question fails, and every later one', async () => {
	const { devTools, fromBrowser } = connect();
	const open = devTools.send({ method: 'one' }).catch((e: unknown) => e);
	fromBrowser.end();
	fromBrowser.resume();
	assert.instance(await open, DevToolsClosed);
	assert.instance(await devTools.send({ method: 'two' }).catch((e: unknown) => e), DevToolsClosed);
	await devTools.closed;
});

Pipe('a hand-off gives each value once, and lets its maker rest until the next is wanted', async () => {
	const handOff = createHandOff<number>();
	const made: number[] = [];
	const making = (async () => {
		for (const value of [1, 2, 3]) {
			made.push(value);
			await handOff.offer(value);
		}
	})();
	assert.is(await handOff.take(), 1);
	await new Promise((resolve) => setImmediate(resolve));
	assert.equal(made, [1]);
	assert.is(await handOff.take(), 2);
	assert.equal(made, [1, 2]);
	handOff.fail(new Error('over'));
	assert.match(String(await handOff.take().catch((e: unknown) => e)), 'over');
	await making;
});

Pipe('a limit rejects with its failure, an abort with its reason, and a late rejection is nobody’s problem', async () => {
	const signal = new AbortController().signal;
	const never = new Promise<never>(() => {});
	const failure = () => new Error('too late');
	assert.match(String(await within(never, { ms: 10, signal, failure }).catch((e: unknown) => e)), 'too late');
	assert.is(await within(Promise.resolve(1), { ms: 10, signal, failure }), 1);
	const abort = new AbortController();
	setTimeout(() => abort.abort('reason'), 10);
	assert.is(await within(never, { ms: 1_000, signal: abort.signal, failure }).catch((e: unknown) => e), 'reason');
	assert.is(
		await within(Promise.reject(new Error('unheard')), { ms: 10, signal: abort.signal, failure }).catch((e: unknown) => e),
		'reason',
	);
	assert.is(await settlesWithin(never, 10), false);
	assert.is(await settlesWithin(Promise.reject(new Error('settled')), 1_000), true);
});

Pipe('a tail keeps the end and no more', () => {
	const tail = createTextTail(10);
	for (let index = 0; index < 1_000; index++) tail.add(Buffer.from(`${index} `));
	assert.is(tail.text(), '7 998 999');
});

Pipe.run();
