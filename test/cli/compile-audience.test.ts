import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileAll, compileBatches } from '../../src/cli/compile-audience.ts';
import type { Known, OpenedCampaign } from '../../src/cli/survey-rows.ts';
import type { Compilation } from '../../src/cli/wiring.ts';
import type { CompileOptions } from '../../src/compiler/pipeline.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import { SourceFailure, type SourceRecord } from '../../src/ports/data-sources.ts';
import { realFonts } from '../support/scene-requests.ts';
import { checked } from '../support/specs.ts';

const Audience = suite('cli/compile-audience');

type Row = Readonly<Record<string, string>>;
type Sketch = {
	readonly rows: readonly Row[] | SourceFailure;
	readonly spec?: Partial<CampaignSpec>;
	readonly onBadRow?: 'skip' | 'fail';
	readonly options?: Partial<CompileOptions>;
	readonly fields?: NonNullable<CampaignSpec['data']>[string]['fields'];
	readonly images?: OpenedCampaign['images']['resolve'];
	readonly say?: OpenedCampaign['say'];
	/** Each record as it is read; the reading is counted from 1. */
	readonly read?: (record: SourceRecord, reading: number) => SourceRecord;
};

const known: Known = {
	...{ file: 'a.yaml', sources: new Map(), namedFiles: [], axes: null, rows: null, components: [] },
	assetFile: () => null,
};

const campaignOf = async ({
	rows,
	spec = {},
	onBadRow,
	options = {},
	fields = {},
	images = async () => new Map(),
	say,
	read = (row) => row,
}: Sketch) => {
	let closed = 0;
	let readings = 0;
	const data: CampaignSpec['data'] = {
		recipients: {
			...{ type: 'csv', path: 'people.csv', key: 'id', fields: { id: { type: 'string' }, name: { type: 'string' }, ...fields } },
			...(onBadRow === undefined ? {} : { onBadRow }),
		},
	};
	const scenes: CampaignSpec['scenes'] = [{ id: 'hello', layers: [{ text: '{{recipient.name}}', role: 'headline' }] }];
	const campaign: OpenedCampaign = {
		checked: checked({ data, scenes, durations: [5], output: { naming: '{key}.mp4' }, ...spec }),
		inputs: { fonts: await realFonts(), images: new Map(), icons: new Map() },
		options: { draft: false, select: null, limit: null, ...options },
		diagnostics: [],
		data: {
			async *records() {
				if (rows instanceof SourceFailure) throw rows;
				const reading = ++readings;
				for (let start = 0; start < rows.length; start += 1000)
					yield rows.slice(start, start + 1000).map((values, index) => read({ ok: true, row: start + index + 1, values }, reading));
			},
			recordFor: () => Promise.reject(new Error('not asked for')),
		},
		images: { resolve: images },
		assetFile: () => null,
		say: say ?? (async () => []),
		close: async () => {
			closed++;
		},
	};
	return { campaign, closed: () => closed };
};

const people = (count: number, nameOf = (index: number) => `N${index % 7}`): readonly Row[] =>
	Array.from({ length: count }, (_, index) => ({ id: `k${index}`, name: nameOf(index) }));

Audience('a row that cannot fill a template loses its own outputs; with `onBadRow: fail` it stops all', async () => {
	const rows = [...people(2), { id: 'bad', name: '' }];
	const skipping = await campaignOf({ rows });
	const { outcome, rows: report } = await compileAll(skipping.campaign, known);
	assert.ok(outcome.ok);
	assert.equal([outcome.value.outputs.length, outcome.value.rejected.length], [2, 1]);
	assert.equal([report?.good, report?.bad, report?.skipped], [2, 1, []]);
	assert.is(skipping.closed(), 1);
	const strict = await campaignOf({ rows, onBadRow: 'fail' });
	const refused = await compileAll(strict.campaign, known);
	assert.is(refused.outcome.ok, false);
	assert.equal(
		refused.outcome.diagnostics.map(({ code }) => code),
		['RF3064'],
	);
});

Audience('batches have `output.batch.size` recipients each, with all of their cells', async () => {
	const spec: Partial<CampaignSpec> = {
		output: { naming: '{key}-{platform}.mp4', batch: { size: 3 } },
		platforms: ['youtube', 'tiktok'],
	};
	const { campaign, closed } = await campaignOf({ rows: people(7), spec });
	const batched = await compileBatches(campaign, known);
	assert.ok(!('refused' in batched));
	assert.is(batched.outputs, 14);
	const sizes: number[] = [];
	for await (const { outcome, rows } of batched.batches) {
		assert.is(rows, null);
		if (outcome.ok) sizes.push(outcome.value.outputs.length);
	}
	assert.equal(sizes, [6, 6, 2]);
	assert.is(closed(), 1);
});

Audience('more outputs than can be held are compiled group by group, and refused where they would have to be held', async () => {
	const rows = people(5_001, (index) => (index === 150 ? '' : `N${index % 7}`));
	const whole = await compileAll((await campaignOf({ rows })).campaign, known);
	assert.is(whole.tooMany, 5_001);
	assert.equal(
		whole.outcome.diagnostics.map(({ code }) => code),
		['RF4217'],
	);
	const { campaign, closed } = await campaignOf({ rows });
	const batched = await compileBatches(campaign, known);
	assert.ok(!('refused' in batched));
	assert.is(batched.outputs, 5_001);
	const bad: number[] = [];
	for await (const batch of batched.batches) {
		bad.push(batch.rows?.bad ?? -1);
		assert.is(closed(), 0);
		if (bad.length === 3) break;
	}
	assert.equal(bad, [0, 1, 0]);
	assert.is(closed(), 1, 'the network is let go of when nobody reads on');
});

const batchesOf = async (sketch: Sketch) => {
	const batched = await compileBatches((await campaignOf(sketch)).campaign, known);
	assert.ok(!('refused' in batched));
	const batches: Compilation[] = [];
	for await (const batch of batched.batches) batches.push(batch);
	return batches;
};
const byGroups: Partial<CampaignSpec> = { output: { naming: '{key}.mp4', batch: { size: 2_000 } } };

Audience('a group with a fault of the spec names its outputs, and the groups after it are compiled', async () => {
	const say: OpenedCampaign['say'] = async ({ recipients }) =>
		recipients?.some(({ row }) => row === 2_500) ? [{ code: 'RF4227', severity: 'error', summary: 'a sentence is not at hand' }] : [];
	const batches = await batchesOf({ rows: people(5_001), spec: byGroups, say });
	assert.equal(
		batches.map(({ outcome, unmade }) => [
			outcome.ok,
			unmade?.length ?? null,
			unmade?.[0]?.path ?? null,
			unmade?.[0]?.recipient.row ?? null,
		]),
		[
			[true, null, null, null],
			[false, 2_000, 'k2000.mp4', 2_001],
			[true, null, null, null],
		],
	);
});

Audience('a row that was good when it was looked at and cannot be read when it is its turn is told as left out, once', async () => {
	const lost: SourceRecord = { ok: false, row: 2_500, column: null, code: 'RF4209', summary: 'status 503', hint: 'wait', passing: true };
	const bad: SourceRecord = { ...lost, row: 3_000, passing: undefined as never };
	const read = (record: SourceRecord, reading: number): SourceRecord =>
		record.row === 3_000 ? bad : record.row === 2_500 && reading > 1 ? lost : record;
	const batches = await batchesOf({ rows: people(5_003), spec: byGroups, read });
	const skipped = batches.flatMap(({ rows }) => rows?.skipped ?? []);
	assert.equal(
		skipped.map(({ row, passing }) => [row, passing]),
		[[2_500, true]],
	);
	assert.is(
		batches.reduce((sum, { outcome }) => sum + (outcome.ok ? outcome.value.outputs.length : 0), 0),
		5_001,
	);
});

Audience('a source that cannot be read on ends the groups with what is told of it, after the rows that were read', async () => {
	const read = (record: SourceRecord, reading: number): SourceRecord => {
		if (reading > 1 && record.row === 3_500) throw new SourceFailure('recipients', { code: 'RF4200', summary: 'gone', hint: 'look' });
		return record;
	};
	const batches = await batchesOf({ rows: people(5_001), spec: byGroups, read });
	assert.equal(
		batches.map(({ outcome, unmade }) =>
			outcome.ok ? outcome.value.outputs.length : [outcome.diagnostics.map(({ code }) => code), unmade],
		),
		[2_000, 1_000, [['RF4200'], []]],
	);
});

const LOGO = { logo: { type: 'string', format: 'image' } } as const;
const withLogo: Partial<CampaignSpec> = { scenes: [{ id: 'hello', layers: [{ image: '{{recipient.logo}}' }] }] };

const unreachable: OpenedCampaign['images']['resolve'] = async (written) =>
	new Map(written.map((name) => [name, { ok: false, code: 'RF4213', summary: 'status 503', hint: 'wait', passing: true }]));

Audience('a picture that cannot be had and is not needed costs no output, and is told as replaced', async () => {
	const rows = [
		{ id: 'a', name: 'Ada', logo: 'https://x.example/a.png' },
		{ id: 'b', name: 'Bo', logo: '' },
		{ id: 'c', name: '', logo: 'https://x.example/c.png' },
	];
	const { outcome, rows: report } = await compileAll((await campaignOf({ rows, fields: LOGO, images: unreachable })).campaign, known);
	assert.ok(outcome.ok);
	assert.equal([outcome.value.outputs.length, outcome.value.rejected.length], [2, 1]);
	assert.equal(
		report?.replaced.map(({ row, column, code, passing }) => [row, column, code, passing]),
		[[1, 'logo', 'RF4213', true]],
	);
});

Audience('an output that lacks its picture is told why the picture cannot be had', async () => {
	const row = { id: 'a', name: 'Ada', logo: 'https://x.example/a.png' };
	const rows = [row, { ...row, id: 'b', logo: '' }];
	const { campaign } = await campaignOf({ rows, fields: LOGO, spec: withLogo, images: unreachable });
	const { outcome, rows: report } = await compileAll(campaign, known);
	assert.is(outcome.ok, false);
	assert.equal(
		report?.problems.map(({ row, code, passing }) => [row, code, passing ?? false]),
		[
			[1, 'RF4213', true],
			[2, 'RF3064', false],
		],
	);
});

Audience('with `onBadRow: fail` every group is looked at before the first is rendered', async () => {
	const rows = people(5_001, (index) => (index === 400 ? '' : `N${index % 7}`));
	const { campaign, closed } = await campaignOf({ rows, onBadRow: 'fail' });
	const batched = await compileBatches(campaign, known);
	assert.ok('refused' in batched);
	assert.equal(
		batched.refused.outcome.diagnostics.map(({ code, summary }) => [code, summary.slice(0, 18)]),
		[['RF3064', 'row 401 (key "k400'.slice(0, 18)]],
	);
	assert.is(closed(), 1);
});

Audience('a source that cannot be read is a fault of the spec, at its name', async () => {
	const failure = new SourceFailure('recipients', { code: 'RF4200', summary: 'people.csv is gone', hint: 'look for it' });
	for (const compile of [compileAll, compileBatches]) {
		const { campaign, closed } = await campaignOf({ rows: failure });
		const compiled = await compile(campaign, known);
		const refused = 'refused' in compiled ? compiled.refused : 'outcome' in compiled ? compiled : null;
		assert.equal(
			refused?.outcome.diagnostics.map(({ code, range }) => [code, range?.file]),
			[['RF4200', 'data.recipients']],
		);
		assert.is(closed(), 1);
	}
});

Audience.run();
