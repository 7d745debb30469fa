import { readdir, writeFile } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openPool, type PoolOptions, type ReelPool } from '../../src/renderer/pool.ts';
import type { WorkerMessage, WorkerSettings } from '../../src/renderer/worker-messages.ts';
import { keyOf, makeMessage } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { workerFile } from '../support/dist.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { eventually, processesWith } from '../support/processes.ts';

const Pool = suite('renderer/pool');

const never = new AbortController().signal;
const reel = ['#101010', '#202020'].map((color) => {
	const message = makeMessage(color, 6);
	return { key: keyOf(message), message };
});

const withPool = (
	test: (pool: ReelPool, directory: string) => Promise<void>,
	{ silenceMs = 60_000, ...limits }: Pick<PoolOptions, 'silenceMs' | 'heapMb'> = {},
	changes: Partial<WorkerSettings> = {},
): Promise<void> =>
	makeDirectory(async (directory) => {
		const settings: WorkerSettings = {
			frameSource: 'stage',
			browser: { path: 'none' } as WorkerSettings['browser'],
			ffmpeg: await findFfmpeg(),
			bundleDirectory: directory,
			storeDirectory: join(directory, 'store'),
			temporaryDirectory: directory,
			sandbox: false,
			timeLimits: { launchMs: 1_000, navigationMs: 1_000, frameMs: 1_000 },
			frameSourceModule: resolve('test/fakes/frame-source.mjs'),
			...changes,
		};
		const pool = openPool({ workers: 1, settings, workerFile, silenceMs, ...limits });
		try {
			await test(pool, directory);
		} finally {
			await pool.close();
		}
	});

const draw = async (pool: ReelPool, signal = never) => {
	const messages: WorkerMessage[] = [];
	const result = await pool.run(reel, (message) => messages.push(message), signal);
	return { result, messages, ids: messages.flatMap((message) => (message.type === 'processes' ? message.ids : [])) };
};

/** Living processes of these ids; one that has ended but was not waited for is not among them. */
const living = (ids: readonly number[]): readonly number[] =>
	processesWith('').flatMap(({ pid, command }) => (ids.includes(pid) && command !== '' ? [pid] : []));

const gone = async (ids: readonly number[]): Promise<void> => {
	assert.ok(ids.length > 0);
	await eventually(() => living(ids).length === 0);
};

Pool('a browser is kept from reel to reel and ended with the pool', () =>
	withPool(async (pool) => {
		const first = await draw(pool);
		const second = await draw(pool);
		assert.is(first.result, null);
		assert.is(second.result, null);
		const browser = first.ids[0] ?? 0;
		assert.equal(living([browser]), [browser]);
		assert.ok(second.ids.includes(browser));
		await pool.close();
		await pool.close();
		await gone([...first.ids, ...second.ids]);
	}),
);

Pool('every message of a reel comes before its result', () =>
	withPool(async (pool) => {
		const { messages } = await draw(pool);
		const frames = messages.reduce((sum, message) => sum + (message.type === 'frames' ? message.frames : 0), 0);
		assert.is(frames, 12);
		assert.is(messages.filter((message) => message.type === 'segment-finished').length, 2);
	}),
);

Pool('a fresh browser follows a reel that failed', () =>
	withPool(async (pool, directory) => {
		await writeFile(join(directory, 'faults.json'), JSON.stringify({ '#202020': { action: 'BROWSER_CRASH', frame: 3, times: 1 } }));
		const first = await draw(pool);
		assert.equal(first.result, { segment: reel[1]?.key, failure: { class: 'BROWSER_CRASH', message: 'made to fail: BROWSER_CRASH' } });
		await gone(first.ids);
		assert.is((await draw(pool)).result, null);
	}),
);

for (const [action, message] of [
	['exit', /worker died/],
	['throw-later', /worker died/],
] as const) {
	Pool(`a thread that ends by "${action}" takes its browser with it, and another one goes on`, () =>
		withPool(async (pool, directory) => {
			await writeFile(join(directory, 'faults.json'), JSON.stringify({ '#202020': { action, frame: 3, times: 1 } }));
			const first = await draw(pool);
			assert.is(first.result?.failure.class, 'WORKER');
			assert.match(first.result?.failure.message ?? '', message);
			await gone(first.ids);
			assert.is((await draw(pool)).result, null);
		}),
	);
}

Pool('a thread that uses up its heap dies alone, with its browser, and another one goes on', () =>
	withPool(
		async (pool, directory) => {
			await writeFile(join(directory, 'faults.json'), JSON.stringify({ '#202020': { action: 'hoard', frame: 3, times: 1 } }));
			const { result, ids } = await draw(pool);
			assert.equal(result, { segment: null, failure: { class: 'OOM', message: 'a worker used up its 64 MB' } });
			await gone(ids);
			assert.is((await draw(pool)).result, null);
		},
		{ heapMb: 64 },
	),
);

Pool('a thread that says nothing for too long is ended, with its browser', () =>
	withPool(
		async (pool, directory) => {
			await writeFile(join(directory, 'faults.json'), JSON.stringify({ '#202020': { action: 'freeze', frame: 3, times: 1 } }));
			const { result, ids } = await draw(pool);
			assert.is(result?.failure.class, 'FRAME_TIMEOUT');
			await gone(ids);
			assert.is((await draw(pool)).result, null);
		},
		{ silenceMs: 1_500 },
	),
);

Pool('an abort ends a reel that waits for ever, and leaves no temporary file', () =>
	withPool(async (pool, directory) => {
		await writeFile(join(directory, 'faults.json'), JSON.stringify({ '#202020': { action: 'hang', frame: 3 } }));
		const { result } = await draw(pool, AbortSignal.timeout(800));
		assert.is(result?.failure.class, 'ABORTED');
		assert.equal(await readdir(join(directory, 'store/tmp')), []);
		assert.is((await draw(pool, AbortSignal.abort())).result?.failure.class, 'ABORTED');
	}),
);

for (const [name, browserLimits] of [
	['frames', { frames: 12, bytes: 2 ** 40 }],
	['memory', { frames: 1_000, bytes: 1 }],
] as const) {
	if (name === 'memory' && process.platform !== 'linux') continue;
	Pool(`a browser that has used up its ${name} is replaced before the next reel`, () =>
		withPool(
			async (pool) => {
				const first = await draw(pool);
				const second = await draw(pool);
				assert.equal([first.result, second.result], [null, null]);
				assert.not.ok(second.ids.includes(first.ids[0] ?? 0));
				await gone(first.ids);
			},
			{},
			{ browserLimits },
		),
	);
}

Pool('a pool that is told to rest ends the browsers that draw nothing, and draws again when asked', () =>
	withPool(async (pool) => {
		const first = await draw(pool);
		pool.rest();
		await gone(first.ids);
		const second = await draw(pool);
		assert.is(second.result, null);
		assert.not.ok(second.ids.includes(first.ids[0] ?? 0));
	}),
);

if (process.platform === 'linux')
	Pool('browsers of a nice pool give way, and this process does not', () =>
		withPool(
			async (pool) => {
				const { ids } = await draw(pool);
				assert.equal([getPriority(ids[0] ?? 0), getPriority()], [constants.priority.PRIORITY_BELOW_NORMAL, 0]);
			},
			{},
			{ nice: true },
		),
	);

Pool.run();
