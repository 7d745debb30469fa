import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startThreads } from '../../src/renderer/start-threads.ts';
import { makeDirectory } from '../support/directory.ts';
import { workerFile } from '../support/dist.ts';

const Threads = suite('renderer/start-threads');

const ROUNDS = 80;

/** What the package starts, of another module. */
const threadEntry = async (module: string): Promise<string> => {
	const entry = await readFile(workerFile, 'utf8');
	assert.match(entry, './worker.js');
	return entry.replace('./worker.js', module);
};

Threads('threads that are ended while they load their code end, and nothing else does', () =>
	makeDirectory(async (directory) => {
		const filename = join(directory, 'thread.cjs');
		await copyFile('test/fixtures/loaded-thread.mjs', join(directory, 'loaded.mjs'));
		await writeFile(filename, await threadEntry('./loaded.mjs'));
		let loaded = 0;
		for (let round = 0; round < ROUNDS; round += 1) {
			const shared = new SharedArrayBuffer(4);
			const flag = new Int32Array(shared);
			const threads = startThreads({ filename, workerData: shared, minThreads: 1, maxThreads: 1 });
			await sleep(5);
			const end = performance.now() + 10_000;
			// No await: the moment lasts microseconds.
			while (Atomics.load(flag, 0) === 0 && performance.now() < end);
			loaded += Atomics.load(flag, 0);
			await threads.destroy();
		}
		assert.is(loaded, ROUNDS);
	}),
);

Threads('a thread runs what its module has as default, and fails where that cannot be loaded', () =>
	makeDirectory(async (directory) => {
		const filename = join(directory, 'thread.cjs');
		await writeFile(filename, await threadEntry('./double.mjs'));
		await writeFile(join(directory, 'double.mjs'), 'export default (number) => 2 * number;\n');
		const options = { filename, workerData: null, minThreads: 1, maxThreads: 1 };
		const threads = startThreads(options);
		assert.is(await threads.run(21), 42);
		await threads.destroy();
		await writeFile(filename, await threadEntry('./gone.mjs'));
		const broken = startThreads(options);
		await broken.run(21).then(
			() => assert.unreachable(),
			(error: unknown) => assert.match(String(error), 'gone.mjs'),
		);
		await broken.destroy();
	}),
);

Threads('a file that Piscina would require as an ES module is refused', () => {
	assert.throws(() => startThreads({ filename: '/worker.js', workerData: null, minThreads: 1, maxThreads: 1 }), /requires \/worker\.js/);
});

Threads.run();
