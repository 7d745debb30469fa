import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ManifestRecord } from '../../src/cli/manifest/record.ts';
import type { PreparedBatch, RefusedGroup } from '../../src/cli/prepare-render.ts';
import { runBatches } from '../../src/cli/run-batches.ts';
import type { RenderEvent, RunSummary } from '../../src/model/events.ts';
import type { RowProblem } from '../../src/model/row-problem.ts';
import { makeAudioMessage } from '../support/mixes.ts';
import { samplePlan } from './sample-plan.ts';

const Batches = suite('cli/run-batches');

const LIMITS = { chosenConcurrency: false, memoryBytes: null, nice: false };
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

const rejectedOutput = (id: string, problems: readonly RowProblem[]): PreparedBatch['rejected'][number] => ({
	...{ id, path: `${id}.mp4`, problems },
	cell: { id: 'c', platform: { name: 'tiktok' }, seconds: 15, variant: 'a', mood: 'calm', cta: null } as never,
	recipient: { key: id, row: 9, values: {} },
});
const found = (over: Partial<NonNullable<PreparedBatch['rows']>>): PreparedBatch['rows'] => ({
	...{ good: 1, bad: 1, problems: [], skipped: [], replaced: [], outputs: 0 },
	...over,
});
const refusedGroup = (unmade: readonly string[]): RefusedGroup => ({
	refused: {
		file: 'a.yaml',
		sources: new Map(),
		diagnostics: [
			{ code: 'RF7104', severity: 'warning', summary: 'a detail' },
			{ code: 'RF4227', severity: 'error', summary: 'a sentence is not at hand' },
		],
	},
	unmade: unmade.map((id) => rejectedOutput(id, [])),
	rows: null,
});

type Ways = {
	readonly abortAfter?: number;
	readonly summary?: RunSummary;
	readonly rows?: PreparedBatch['rows'];
	readonly failFast?: boolean;
};

const run = async (batches: readonly (PreparedBatch | RefusedGroup)[], ways: Ways = {}) => {
	const { abortAfter = Number.POSITIVE_INFINITY, summary = SUMMARY, rows = null, failFast = false } = ways;
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
		rows,
		place: { outputDirectory: '/out', concurrency: 1, frameSource: null, limits: { ...LIMITS, failFast } },
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
	const { running, events } = await run([batchOf('first'), sounding('second'), sounding('third')], { summary: { ...SUMMARY, mixes } });
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary.mixes, { mixed: 3, reused: 6, failed: 0 });
	assert.equal(Object.keys(running.plan()?.sounds ?? {}), ['second', 'third']);
	const silent = (await run([batchOf('first')])).events.at(-1);
	assert.ok(silent?.type === 'run-finished' && !('mixes' in silent.summary));
});

Batches('rows of which nothing is made are events of class DATA, or NETWORK when a service failed, and listed as skipped', async () => {
	const passing: RowProblem = { ...problem, row: 8, key: null, column: null, source: 'facts', asked: true, passing: true };
	const { events, records } = await run([batchOf('first', { rows: found({ skipped: [passing] }) })], {
		rows: found({ skipped: [problem] }),
	});
	assert.equal(
		events.filter(({ type }) => type === 'row-skipped'),
		[
			{
				...{ type: 'row-skipped', source: 'recipients', row: 7, key: 'g' },
				failure: { class: 'DATA', code: 'RF4213', message: 'logo: no picture' },
			},
			{
				...{ type: 'row-skipped', source: 'recipients', row: 8, key: null },
				failure: { class: 'NETWORK', code: 'RF4213', message: 'no picture' },
			},
		],
	);
	assert.equal(
		records.filter(({ status }) => status === 'skipped').map(({ key, output, row, error }) => [key, output, row, error]),
		[
			['g', 'recipients/7', 7, { code: 'RF4213', message: 'logo: no picture' }],
			[null, 'recipients/8', 8, { code: 'RF4213', message: 'no picture' }],
		],
	);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary.rows, { skipped: 2, replaced: 0 });
});

Batches('an output that its row cannot fill fails with the class and the code of its problem, and counts', async () => {
	const passing: RowProblem = { ...problem, passing: true, code: 'RF4209' };
	const rejected = [rejectedOutput('x', [problem]), rejectedOutput('y', [passing]), rejectedOutput('z', [passing, problem])];
	const { events, records } = await run([batchOf('first', { rejected })]);
	const failures = events.flatMap((event) =>
		event.type === 'output-failed' ? [[event.output, event.failure.class, event.failure.code]] : [],
	);
	assert.equal(failures, [
		['x', 'DATA', 'RF4213'],
		['y', 'NETWORK', 'RF4209'],
		['z', 'DATA', 'RF4213'],
		[FAILED, 'BROWSER_CRASH', undefined],
	]);
	assert.equal(
		records.filter(({ status }) => status === 'failed').map(({ output, error }) => [output, error?.code]),
		[
			['x', 'RF4213'],
			['y', 'RF4209'],
			['z', 'RF4213'],
			[FAILED, 'RF6002'],
		],
	);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary.outputs, { finished: 1, unchanged: 0, failed: 1 + 3 });
});

Batches('a picture that was replaced is told, and costs no output', async () => {
	const { events, records } = await run([batchOf('first', { rows: found({ bad: 0, replaced: [{ ...problem, passing: true }] }) })]);
	const told = events.flatMap((event) => (event.type === 'picture-replaced' ? [[event.row, event.key, event.failure.class]] : []));
	assert.equal(told, [[7, 'g', 'NETWORK']]);
	assert.is(records.length, 2);
});

Batches('outputs of a group with a fault of the spec fail with class USER, and the other groups are rendered', async () => {
	const { running, events, records, executed } = await run([batchOf('first'), refusedGroup(['p', 'q']), batchOf('third')]);
	assert.is(executed, 2);
	assert.is(running.isWhole(), false);
	const failure = {
		...{ class: 'USER', code: 'RF4227', message: 'a sentence is not at hand' },
		detail: 'a.yaml error[RF4227] a sentence is not at hand',
	};
	assert.equal(
		events.filter((event) => event.type === 'output-failed' && event.output !== FAILED),
		['p', 'q'].map((output) => ({ type: 'output-failed', output, path: `${output}.mp4`, failure })),
	);
	assert.equal(
		records.map(({ output, status, error }) => `${output} ${status} ${error?.code ?? ''}`),
		[
			...[`${GOOD} unchanged `, `${FAILED} failed RF6002`, 'p failed RF4227', 'q failed RF4227'],
			...[`${GOOD} unchanged `, `${FAILED} failed RF6002`],
		],
	);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished');
	assert.equal(last.summary.outputs, { finished: 2, unchanged: 0, failed: 4 });
});

Batches('with `failFast` a group with a fault of the spec is the end', async () => {
	const { executed, events } = await run([batchOf('first'), refusedGroup(['p']), batchOf('third')], { failFast: true });
	assert.is(executed, 1);
	const last = events.at(-1);
	assert.ok(last?.type === 'run-finished' && last.summary.stoppedEarly);
});

Batches('rows that cannot be read on are told, and the run is no whole one', async () => {
	const { running, events } = await run([batchOf('first'), refusedGroup([])]);
	assert.equal(
		events.flatMap((event) => (event.type === 'rows-cut' ? [[event.failure.class, event.failure.code]] : [])),
		[['DATA', 'RF4227']],
	);
	assert.is(running.isWhole(), false);
});

Batches('no batch is begun after an interruption', async () => {
	const { executed, events } = await run([batchOf('first'), batchOf('second')], { abortAfter: 1 });
	assert.is(executed, 1);
	assert.is(events.at(-1)?.type, 'run-finished');
});

Batches.run();
