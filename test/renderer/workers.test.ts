import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Failure } from '../../src/model/failure.ts';
import type { ExecutablePlan } from '../../src/model/render-plan.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { execute } from '../../src/renderer/execute.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { openPool } from '../../src/renderer/pool.ts';
import { keyOf, makeOutput, toolchain } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { workerFile } from '../support/dist.ts';
import { testFfmpeg } from '../support/machine.ts';
import { eventually, processesWith } from '../support/processes.ts';
import { line, movingBox, SMALL_CANVAS, sketchSegment } from '../support/reel-fixture.ts';
import { sourceOptions } from '../support/stage.ts';

const Workers = suite('renderer/workers');

// Bundled once for all tests of this file.
const { browser, bundleDirectory, temporaryDirectory, sandbox, timeLimits } = await sourceOptions();
const ffmpeg = await testFfmpeg();

const messages: readonly SegmentMessage[] = [
	sketchSegment({ frames: 10, color: '#6366f1', layers: [movingBox(2, 6)] }),
	sketchSegment({ frames: 4, color: '#ec4899', layers: [movingBox(0, 9), line('shared')] }),
	sketchSegment({ frames: 12, color: '#22c55e', layers: [movingBox(3, 5), line('end')] }),
	sketchSegment({ frames: 70, color: '#f59e0b', layers: [movingBox(0, 60)] }),
];
const [first, shared, last, long] = messages.map(keyOf);

const plan: ExecutablePlan = {
	plan: {
		...{ formatVersion: 1, campaign: 'test', changes: [], segments: [] },
		summary: {
			outputs: 2,
			segments: { total: 0, unique: 0, reused: 0, toRender: 0 },
			frames: { total: 0, unique: 0, reused: 0, toRender: 0 },
			estimate: { seconds: 0, basis: 'default' },
		},
		outputs: [
			makeOutput('one', [first!, shared!, last!], { frames: 26, canvas: SMALL_CANVAS }),
			makeOutput('two', [shared!, long!], { frames: 74, canvas: SMALL_CANVAS }),
		],
	},
	toolchain,
	messages: Object.fromEntries(messages.map((message) => [keyOf(message), message])),
};

type Machine = { readonly workers: number; readonly frameSource: 'stage' | 'remotion' };

const start = (directory: string, { workers, frameSource }: Machine, signal = new AbortController().signal) =>
	execute(
		plan,
		{
			outputDirectory: join(directory, 'out'),
			workDirectory: join(directory, 'work'),
			store: openFileStore(join(directory, 'store')),
			workers,
			prepareBundle: async () => ({ directory: bundleDirectory, reused: true }),
			openPool: (bundle) =>
				openPool({
					workers,
					workerFile,
					settings: {
						frameSource,
						browser,
						ffmpeg,
						bundleDirectory: bundle,
						storeDirectory: join(directory, 'store'),
						temporaryDirectory,
						sandbox,
						timeLimits,
					},
				}),
		},
		signal,
	);

/** sha256 of every segment and every output that a machine makes. */
const render = (machine: Machine): Promise<readonly string[]> =>
	makeDirectory(async (directory) => {
		for await (const event of start(directory, machine)) {
			if (event.type === 'run-finished') assert.equal(event.summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		}
		const records = await openFileStore(join(directory, 'store')).lookupAll([first!, shared!, last!, long!]);
		const outputs = await Promise.all(['one', 'two'].map((name) => readFile(join(directory, `out/${name}.mp4`), 'hex')));
		return [...[first!, shared!, last!, long!].map((key) => records.get(key)?.sha256 ?? ''), ...outputs];
	});

Workers('one worker or two, stage or Remotion: the same bytes in every segment and every output', async () => {
	const expected = await render({ workers: 1, frameSource: 'stage' });
	assert.is(new Set(expected).size, 6);
	assert.equal(await render({ workers: 2, frameSource: 'stage' }), expected);
	assert.equal(await render({ workers: 1, frameSource: 'remotion' }), expected);
});

Workers('after an interruption in the middle of drawing no browser and no encoder is left', () =>
	makeDirectory(async (directory) => {
		const abort = new AbortController();
		const seen: number[] = [];
		let abortedAt = 0;
		for await (const event of start(directory, { workers: 2, frameSource: 'stage' }, abort.signal)) {
			if (event.type !== 'frames-rendered' || abortedAt > 0) continue;
			seen.push(...processesWith(temporaryDirectory).map(({ pid }) => pid));
			abortedAt = performance.now();
			abort.abort();
		}
		assert.ok(seen.length > 0);
		assert.ok(performance.now() - abortedAt < 10_000);
		await eventually(() => processesWith(temporaryDirectory).length === 0 && processesWith(directory).length === 0);
	}),
);

Workers('a browser that is killed while it draws is replaced, and the bytes are the same', () =>
	makeDirectory(async (directory) => {
		let killed = false;
		let retries = 0;
		for await (const event of start(directory, { workers: 1, frameSource: 'stage' })) {
			if (event.type === 'frames-rendered' && !killed) {
				killed = true;
				for (const { pid } of processesWith(temporaryDirectory)) if (isLeader(pid)) process.kill(pid, 'SIGKILL');
			}
			if (event.type === 'segment-failed' && event.willRetry) retries++;
			if (event.type === 'run-finished') assert.equal(event.summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		}
		assert.ok(retries > 0);
		const record = await openFileStore(join(directory, 'store')).lookup(long!);
		assert.is(record?.sha256, (await render({ workers: 2, frameSource: 'stage' }))[3]);
	}),
);

Workers('a segment whose browser is killed five times is made all the same, with the same bytes', () =>
	makeDirectory(async (directory) => {
		const killedIn = new Set<number>();
		const losses: string[] = [];
		for await (const event of start(directory, { workers: 1, frameSource: 'stage' })) {
			if (event.type === 'frames-rendered' && event.segment === long && killedIn.size < 5 && !killedIn.has(event.reel)) {
				killedIn.add(event.reel);
				const signal = (['SIGKILL', 'SIGTERM', 'SIGKILL', 'SIGINT', 'SIGHUP'] as const)[killedIn.size - 1];
				for (const { pid } of processesWith(temporaryDirectory)) if (isLeader(pid)) process.kill(pid, signal);
			}
			if (event.type === 'segment-failed' && event.segment === long) losses.push(event.failure.message);
			if (event.type === 'run-finished') assert.equal(event.summary.outputs, { finished: 2, unchanged: 0, failed: 0 });
		}
		assert.is(losses.length, 5);
		for (const message of losses) assert.match(message, /^the browser was ended from outside: /);
		const record = await openFileStore(join(directory, 'store')).lookup(long!);
		assert.is(record?.sha256, (await render({ workers: 1, frameSource: 'stage' }))[3]);
	}),
);

for (const [signal, blameless] of [
	['SIGKILL', true],
	['SIGSEGV', undefined],
] as const)
	Workers(`a browser that ${signal} ends is ${blameless ? 'nobody’s fault' : 'the fault of what it drew'}`, () =>
		makeDirectory(async (directory) => {
			let struck = false;
			const failures: Failure[] = [];
			for await (const event of start(directory, { workers: 1, frameSource: 'stage' })) {
				if (event.type === 'segment-failed') failures.push(event.failure);
				if (event.type !== 'frames-rendered' || struck) continue;
				struck = true;
				for (const { pid } of processesWith(temporaryDirectory)) if (isLeader(pid)) process.kill(pid, signal);
			}
			assert.ok(failures.length > 0);
			for (const failure of failures) assert.equal([failure.class, failure.blameless], ['BROWSER_CRASH', blameless]);
		}),
	);

const isLeader = (pid: number): boolean => {
	try {
		return process.kill(-pid, 0);
	} catch {
		return false;
	}
};

Workers.run();
