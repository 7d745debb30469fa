import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startThreads } from '../../src/renderer/start-threads.ts';

const Threads = suite('renderer/start-threads');

const ROUNDS = 80;

Threads('threads that are ended while they load their file end, and nothing else does', async () => {
	let loaded = 0;
	for (let round = 0; round < ROUNDS; round += 1) {
		const shared = new SharedArrayBuffer(4);
		const flag = new Int32Array(shared);
		const threads = startThreads({
			filename: resolve('test/fixtures/loaded-thread.mjs'),
			workerData: shared,
			minThreads: 1,
			maxThreads: 1,
		});
		await sleep(5);
		const end = performance.now() + 5_000;
		// No await: the moment lasts microseconds.
		while (Atomics.load(flag, 0) === 0 && performance.now() < end);
		loaded += Atomics.load(flag, 0);
		await threads.destroy();
	}
	assert.is(loaded, ROUNDS);
});

Threads.run();
