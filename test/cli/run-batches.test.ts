import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ManifestRecord } from '../../src/cli/manifest/record.ts';
import type { PreparedBatch } from '../../src/cli/prepare-render.ts';
import { runBatches } from '../../src/cli/run-batches.ts';
import type { RenderEvent, RunSummary } from '../../src/model/events.ts';
import type { RowProblem } from '../../src/model/row-problem.ts';
import { makeAudioMessage } from '../support/mixes.ts';
import { samplePlan } from './sample-plan.ts';

const Batches = suite('cli/run-batches');

const SUMMARY: RunSummary = {
	outputs: { finished: 1, unchanged: 0, failed: 1 },
	segments: { rendered: 1, reused: 2, failed: 0 },
	frames: { total: 60, rendered: 30, held: 0, reused: 30 },
	durationMs: 500,
	interrupted: false,
};

const GOOD = 'tiktok/15s/a/b';
const FAILED = 'youtube/15s/a/b';
const eventsOfOne: readonly RenderEvent[] = [
	{ type: 'run-started', outputs: 2, segments: 3, framesToRender: 30, framesReused: 30 },
	{ type: 'output-unchanged', output: GOOD, path: 'g.mp4', sha256: 'a'.repeat(64) },
	{ type: 'output-failed', output: FAILED, path: 'f.mp4', failure: { class: 'BROWSER_CRASH', message: 'gone' } },
	{ type: 'run-finished', summary: SUMMARY },
];
const problem: RowProblem = {
	code: 'RF4213',
	source: 'recipients',
	row: 7,
	key: 'g',
	column: 'logo',
	summary: 'no picture',
	hint: 'give one',
};

const batchOf = (segment: string, over: Partial<PreparedBatch> = {}): PreparedBatch => ({
	plan: samplePlan({ outputs: { [GOOD]: [segment, 'common'], [FAILED]: ['common'] } }),
	...{ assetFile: () => null, components: [], rejected: [], rows: null, recipes: () => new Map([[segment, []]]) },
	...over,
});

const run = async (batches: readonly PreparedBatch[], abortAfter = Number.POSITIVE_INFINITY, summary = SUMMARY) => {
	const abort = new AbortController();
	const records: ManifestRecord[] = [];
	const remembered: string[] = [];
	let executed = 0;
	const running = runBatches({
		batches: (async function* () {
			yield* batches;
		})(),
		session: {
			async *execute() {
				if (++executed >= abortAfter) abort.abort();
				yield* eventsOfOne.slice(0, -1);
				yield { type: 'run-finished', summary };
			},
			close: async () => {},
		},
		place: { outputDirectory: '/out', concurrency: 1, frameSource: null },
		manifest: {
			write: async (record: ManifestRecord) => {
				records.push(record);
			},
		} as never,
		onBatch: () => {},
		remember: async (recipes) => {
			remembered.push(...recipes.keys());
		},
	});
	const events: RenderEvent[] = [];
	for await (const event of running.events(abort.signal)) events.push(event);
	return { running, events, records, remembered, executed };
};

Batches('batches run one after the other and end with one sum; segments that they have in common are remembered once', async () => {
	const { running, events, records, remembered } = await run([batchOf('first'), batchOf('second')]);
	assert.equal(
		events.map(({ type }) => type),
		[
			...['run-started', 'output-unchanged', 'output-failed', 'batch-finished'],
			...['run-started', 'output-unchanged', 'output-failed', 'run-finished'],
		],
	);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary, {
		...{ outputs: { finished: 2, unchanged: 0, failed: 2 }, segments: { rendered: 2, reused: 4, failed: 0 } },
		...{ frames: { total: 120, rendered: 60, held: 0, reused: 60 }, durationMs: 1000, interrupted: false },
	});
	assert.equal(
		records.map(({ output, status, error }) => [output, status, error?.code ?? null]),
		Array(2)
			.fill([
				[GOOD, 'unchanged', null],
				[FAILED, 'failed', 'RF6002'],
			])
			.flat(),
	);
	assert.is(running.framesPlayed(), 2 * 60);
	assert.is(running.plan()?.plan.segments.length, 3);
	assert.equal(remembered, ['first', 'second']);
});

Batches('mixes of batches are summed up, and what their sounds are made of is remembered', async () => {
	const sounding = (segment: string): PreparedBatch => {
		const batch = batchOf(segment);
		return { ...batch, plan: { ...batch.plan, sounds: { [segment]: makeAudioMessage(1, []) } } };
	};
	const mixes = { mixed: 1, reused: 2, failed: 0 };
	const { running, events } = await run([batchOf('first'), sounding('second'), sounding('third')], undefined, { ...SUMMARY, mixes });
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary.mixes, { mixed: 3, reused: 6, failed: 0 });
	assert.equal(Object.keys(running.plan()?.sounds ?? {}), ['second', 'third']);
	const silent = (await run([batchOf('first')])).events.at(-1);
	assert.ok(silent?.type === 'run-finished' && !('mixes' in silent.summary));
});

Batches('rows of which nothing is made are listed as skipped, and counted', async () => {
	const { running, records } = await run([
		batchOf('first', { rows: { good: 1, bad: 1, problems: [problem], skipped: [problem], outputs: 0 } }),
	]);
	assert.is(running.rejected(), 1);
	assert.equal(
		records.filter(({ status }) => status === 'skipped').map(({ key, row, error }) => [key, row, error]),
		[['g', 7, { code: 'RF4213', message: 'logo: no picture' }]],
	);
});

Batches('no batch is begun after an interruption', async () => {
	const { executed, events } = await run([batchOf('first'), batchOf('second')], 1);
	assert.is(executed, 1);
	assert.is(events.at(-1)?.type, 'run-finished');
});

Batches.run();
