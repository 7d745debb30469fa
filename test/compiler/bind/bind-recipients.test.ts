import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bindRecipients, bindShared, EVERY_ROW, type RowChoice } from '../../../src/compiler/bind/bind-recipients.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import type { Recipient, RowValues } from '../../../src/model/recipient.ts';
import type { RowProblem } from '../../../src/model/row-problem.ts';
import { type DataSources, SourceFailure, type SourceRecord } from '../../../src/ports/data-sources.ts';

const Binding = suite('compiler/bind/bind-recipients');

type Data = NonNullable<CampaignSpec['data']>;
type Rows = readonly Readonly<Record<string, unknown>>[];

const PEOPLE: Data[string] = {
	type: 'csv',
	path: 'people.csv',
	key: 'id',
	fields: { id: { type: 'string' }, name: { type: 'string', fallback: 'there' }, n: { type: 'integer' } },
};

type Fake = { readonly tables: Readonly<Record<string, Rows>>; readonly size?: number; readonly recordFor?: DataSources['recordFor'] };

/** Sources in memory that count what is read. */
const fakeSources = ({ tables, size = 2, recordFor }: Fake) => {
	const read: string[] = [];
	const sources: DataSources = {
		async *records(source) {
			const rows = tables[source] ?? [];
			for (let start = 0; start < rows.length; start += size) {
				read.push(source);
				yield rows.slice(start, start + size).map((values, i): SourceRecord => ({ ok: true, row: start + i + 1, values }));
			}
		},
		recordFor: recordFor ?? (() => Promise.reject(new Error('no calls here'))),
	};
	return { sources, read };
};

type Sketch = Fake & { readonly data?: Data; readonly choice?: Partial<RowChoice>; readonly narrativeOf?: (values: RowValues) => string };

const bind = async ({ data = { recipients: PEOPLE }, choice = {}, narrativeOf, ...fake }: Sketch) => {
	const { sources, read } = fakeSources(fake);
	const problems: RowProblem[] = [];
	const groups: (readonly Recipient[])[] = [];
	let unknown: readonly string[] | null = null;
	for await (const group of bindRecipients({
		spec: { data },
		sources,
		choice: { ...EVERY_ROW, ...choice },
		onProblem: (problem) => problems.push(problem),
		onUnknownKeys: (keys) => {
			unknown = keys;
		},
		...(narrativeOf === undefined ? {} : { narrativeOf }),
	}))
		groups.push(group);
	return { groups, recipients: groups.flat(), keys: groups.flat().map(({ key }) => key), problems, unknown, read };
};

const failureOf = async (work: Promise<unknown>): Promise<SourceFailure> => {
	try {
		await work;
	} catch (failure) {
		assert.instance(failure, SourceFailure);
		return failure as SourceFailure;
	}
	throw new Error('nothing failed');
};

const people = (...ids: readonly string[]): Rows => ids.map((id, i) => ({ id, name: `N${i}`, n: `${i}` }));

Binding('rows become recipients in the groups in which they are read, bad ones are left out and named', async () => {
	const rows = [
		{ id: 'a', name: 'Ada', n: '1' },
		{ id: 'b', name: '', n: 'x' },
		{ id: 'c', name: '', n: '' },
	];
	const { groups, problems } = await bind({ tables: { recipients: rows } });
	assert.equal(groups, [
		[{ key: 'a', row: 1, values: { recipient: { id: 'a', name: 'Ada', n: 1 } } }],
		[{ key: 'c', row: 3, values: { recipient: { id: 'c', name: 'there', n: null } } }],
	]);
	assert.equal(
		problems.map(({ code, row, key, column }) => [code, row, key, column]),
		[['RF4204', 2, 'b', 'n']],
	);
});

Binding('the later row with a key is the bad one and names the first, whatever is wrong with that one', async () => {
	const rows = [{ id: 'a', name: '', n: 'x' }, { id: 'b', n: '1' }, { id: 'a', n: '2' }, { id: 'b', n: '3' }, { id: 'c' }];
	const { keys, problems } = await bind({ tables: { recipients: rows } });
	assert.equal(keys, ['b', 'c']);
	assert.equal(
		problems.map(({ code, row, key, column, summary }) => [code, row, key, column, summary]),
		[
			['RF4204', 1, 'a', 'n', '"x" is not a number'],
			['RF4202', 3, 'a', 'id', 'has the key of row 1'],
			['RF4202', 4, 'b', 'id', 'has the key of row 2'],
		],
	);
});

Binding('200,000 keys that look alike have only the duplicates that are there', async () => {
	const rows = Array.from({ length: 200_000 }, (_, i) => ({ id: `ACME-${i === 150_000 ? 7 : i}`, name: 'x', n: '1' }));
	const { recipients, problems } = await bind({ tables: { recipients: rows }, size: 1_000 });
	assert.is(recipients.length, 199_999);
	assert.equal(
		problems.map(({ row, summary }) => [row, summary]),
		[[150_001, 'has the key of row 8']],
	);
});

Binding('a column that is nowhere fails the source before any row is given', async () => {
	const failure = await failureOf(bind({ tables: { recipients: [{ id: 'a', Name: 'x', n: '1' }] } }));
	assert.is(failure.code, 'RF4216');
	assert.is(failure.message, 'column "name" cannot be found');
	assert.match(failure.hint, 'did you mean "Name"?');
});

const CHOICES: readonly (readonly [
	title: string,
	choice: Partial<RowChoice>,
	keys: readonly string[],
	groupsRead: number,
	unknown: readonly string[] | null,
])[] = [
	['no choice takes all', {}, ['a', 'b', 'c', 'd', 'e'], 3, null],
	['a limit takes the first and stops reading', { limit: 3 }, ['a', 'b', 'c'], 2, null],
	['a limit at the end of a group reads no other', { limit: 2 }, ['a', 'b'], 1, null],
	['a limit of none reads nothing', { limit: 0 }, [], 0, null],
	['keys take theirs in the order of the rows and stop at the last', { keys: ['c', 'a'] }, ['a', 'c'], 2, null],
	['keys that no row has are told', { keys: ['zz', 'e', 'yy'] }, ['e'], 3, ['zz', 'yy']],
	['no keys take nothing', { keys: [] }, [], 0, null],
	['keys and a limit hold together', { keys: ['b', 'c', 'd'], limit: 2 }, ['b', 'c'], 2, null],
	['a sample of one narrative is its first rows', { sample: 2 }, ['a', 'b'], 3, null],
	['a sample is no larger than what is there', { sample: 9 }, ['a', 'b', 'c', 'd', 'e'], 3, null],
];

for (const [title, choice, keys, groupsRead, unknown] of CHOICES) {
	Binding(title, async () => {
		const bound = await bind({ tables: { recipients: people('a', 'b', 'c', 'd', 'e') }, choice });
		assert.equal(bound.keys, keys);
		assert.is(bound.read.length, groupsRead);
		assert.equal(bound.unknown, unknown);
	});
}

Binding('problems of rows that nobody asked for are not told, and a bad row is no unknown key', async () => {
	const rows = [
		{ id: '', n: 'x' },
		{ id: 'a', n: 'x' },
		{ id: 'b', n: 'x' },
		{ id: 'c', n: '1' },
	];
	const { keys, problems, unknown } = await bind({
		tables: { recipients: rows },
		choice: { keys: ['b', 'c'] },
		data: { recipients: { ...PEOPLE, type: 'json' } as Data[string] },
	});
	assert.equal(keys, ['c']);
	assert.equal(
		problems.map(({ key }) => key),
		['b'],
	);
	assert.is(unknown, null);
});

Binding('a sample is spread over narratives in the order in which they appear, earliest rows first', async () => {
	const rows = ['x', 'x', 'x', 'x', 'y', 'x', 'z', 'y', 'y'].map((name, i) => ({ id: `${i + 1}`, name, n: '1' }));
	const sampleOf = async (sample: number) =>
		(
			await bind({ tables: { recipients: rows }, choice: { sample }, narrativeOf: (values) => String(values['recipient']?.['name']) })
		).keys.join(' ');
	assert.is(await sampleOf(1), '1');
	assert.is(await sampleOf(2), '1 5');
	assert.is(await sampleOf(3), '1 5 7');
	assert.is(await sampleOf(5), '1 2 5 7 8');
	assert.is(await sampleOf(8), '1 2 3 4 5 7 8 9');
});

const ACCOUNTS: Data[string] = {
	type: 'json',
	path: 'accounts.json',
	key: 'id',
	on: 'account',
	fields: { id: { type: 'string' }, plan: { type: 'string', fallback: 'free' }, seats: { type: 'integer' } },
};
const JOINED: Data = {
	accounts: ACCOUNTS,
	recipients: { ...PEOPLE, fields: { id: { type: 'string' }, account: { type: 'string' } } } as Data[string],
	metrics: { type: 'inline', rows: [{}], fields: { total: { type: 'number' } } },
};

Binding('sources are joined by key, and those without `on` hold for all; each is read once', async () => {
	const { recipients, problems, read } = await bind({
		data: JOINED,
		size: 10,
		tables: {
			recipients: [
				{ id: '1', account: 'A' },
				{ id: '2', account: '' },
				{ id: '3', account: 'nowhere' },
				{ id: '4', account: 'A' },
			],
			accounts: [
				{ id: 'A', plan: 'pro', seats: 3 },
				{ id: 'B', plan: 'team' },
			],
			metrics: [{ total: 7 }, { total: 8 }],
		},
	});
	assert.equal(problems, []);
	const none = { id: null, plan: 'free', seats: null };
	assert.equal(
		recipients.map(({ values }) => values['accounts']),
		[{ id: 'A', plan: 'pro', seats: 3 }, none, none, { id: 'A', plan: 'pro', seats: 3 }],
	);
	assert.equal(recipients[0]?.values, {
		recipient: { id: '1', account: 'A' },
		metrics: { total: 7 },
		accounts: { id: 'A', plan: 'pro', seats: 3 },
	});
	assert.equal(read.sort(), ['accounts', 'metrics', 'recipients']);
});

Binding('a recipient without a row that is required, or with a bad one, is a bad row that names key and source', async () => {
	const data: Data = {
		...JOINED,
		accounts: { ...ACCOUNTS, fields: { ...ACCOUNTS.fields, seats: { type: 'integer', required: true } } } as Data[string],
	};
	const { keys, problems } = await bind({
		data,
		tables: {
			recipients: [
				{ id: '1', account: 'A' },
				{ id: '2', account: '' },
				{ id: '3', account: 'nowhere' },
				{ id: '4', account: 'B' },
				{ id: '5', account: 'C' },
			],
			accounts: [
				{ id: 'A', seats: 3 },
				{ id: 'B', seats: 'many' },
				{ id: 'A', seats: 4 },
				{ id: 'C', seats: 1 },
			],
			metrics: [{ total: 7 }],
		},
	});
	assert.equal(keys, ['1', '5']);
	assert.equal(
		problems.map(({ code, source, row, key, column, summary }) => [code, source, row, key, column, summary]),
		[
			['RF4204', 'accounts', 2, 'B', 'seats', '"many" is not a number'],
			['RF4202', 'accounts', 3, 'A', 'id', 'has the key of row 1'],
			['RF4214', 'recipients', 2, '2', 'account', 'has no value that joins a row of accounts'],
			['RF4214', 'recipients', 3, '3', 'account', 'no row of accounts has the key "nowhere"'],
			['RF4214', 'recipients', 4, '4', 'account', 'row 2 of accounts, which belongs to it, breaks its contract'],
		],
	);
});

Binding('keys meet by what they say, whatever their types are', async () => {
	const data: Data = {
		...JOINED,
		accounts: { ...ACCOUNTS, fields: { id: { type: 'integer' }, plan: { type: 'string' } } } as Data[string],
	};
	const { recipients } = await bind({
		data,
		tables: { recipients: [{ id: '1', account: '7' }], accounts: [{ id: 7, plan: 'pro' }], metrics: [{ total: 1 }] },
	});
	assert.is(recipients[0]?.values['accounts']?.['plan'], 'pro');
});

const SHARED_FAULTS: readonly (readonly [title: string, rows: Rows, code: string, message: string])[] = [
	[
		'a first record that breaks its contract',
		[{ total: 'x' }],
		'RF4204',
		'"total" of its first record, which holds for all: "x" is not a number',
	],
	['a source that holds for all and is empty', [], 'RF4208', 'has no row, and its field total is required'],
	['one without the column', [{ totl: 1 }], 'RF4216', 'column "total" cannot be found'],
];

for (const [title, rows, code, message] of SHARED_FAULTS) {
	Binding(`${title} fails as a whole`, async () => {
		const data: Data = {
			recipients: PEOPLE,
			metrics: { type: 'json', path: 'm.json', fields: { total: { type: 'number', required: true } } },
		};
		const failure = await failureOf(bind({ data, tables: { recipients: people('a'), metrics: rows } }));
		assert.equal([failure.source, failure.code, failure.message], ['metrics', code, message]);
	});
}

const CRM: Data = {
	recipients: PEOPLE,
	crm: { type: 'api', url: 'https://crm.example.com/users/{id}', concurrency: 2, fields: { score: { type: 'integer', required: true } } },
};

Binding(
	'a source with `{field}` in its address is asked for each recipient, a few at a time, and a bad answer spoils only its own',
	async () => {
		let running = 0;
		let most = 0;
		const recordFor: DataSources['recordFor'] = async (source, { row, values }) => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setTimeout(resolve, 2));
			running--;
			assert.is(source, 'crm');
			if (values['id'] === 'c') return { ok: false, row, column: null, code: 'RF4209', summary: 'answered 500', hint: 'ask later' };
			return { ok: true, row, values: { score: values['id'] === 'd' ? 'high' : row * 10 } };
		};
		const { recipients, problems } = await bind({ data: CRM, size: 5, recordFor, tables: { recipients: people('a', 'b', 'c', 'd', 'e') } });
		assert.equal(
			recipients.map(({ key, values }) => [key, values['crm']?.['score']]),
			[
				['a', 10],
				['b', 20],
				['e', 50],
			],
		);
		assert.equal(
			problems.map(({ code, source, row, key, column }) => [code, source, row, key, column]),
			[
				['RF4209', 'crm', 3, 'c', null],
				['RF4204', 'crm', 4, 'd', 'score'],
			],
		);
		assert.is(most, 2);
	},
);

Binding('no more recipients are asked for than a limit or a sample wants', async () => {
	for (const [choice, expected] of [
		[{ limit: 2 }, ['a', 'b', 'c']],
		[{ sample: 1 }, ['a']],
		[{ keys: ['b', 'e'] }, ['b', 'e']],
	] as const) {
		const asked: unknown[] = [];
		const recordFor: DataSources['recordFor'] = async (_, { row, values }) => {
			asked.push(values['id']);
			return { ok: true, row, values: { score: values['id'] === 'a' && 'limit' in choice ? 'bad' : 1 } };
		};
		await bind({ data: CRM, size: 5, recordFor, choice, tables: { recipients: people('a', 'b', 'c', 'd', 'e') } });
		assert.equal(asked, expected);
	}
});

Binding('`{field}` in a body counts, and an environment variable does not', async () => {
	const crm = { type: 'api', url: `https://x.example/\${env.PATH_PART}`, fields: { score: { type: 'integer' } } } as const;
	let calls = 0;
	const recordFor: DataSources['recordFor'] = async (_, { row }) => {
		calls++;
		return { ok: true, row, values: { score: 1 } };
	};
	const tables = { recipients: people('a'), crm: [{ score: 5 }] };
	const bound = async (source: Data[string]) =>
		(await bind({ data: { recipients: PEOPLE, crm: source }, recordFor, tables })).recipients[0]?.values['crm']?.['score'];
	assert.is(await bound(crm), 5);
	assert.is(await bound({ ...crm, body: { filter: { ids: ['x-{id}'] } } }), 1);
	assert.is(calls, 1);
});

Binding('a campaign without recipients has the first records of its sources', async () => {
	const data: Data = {
		metrics: { type: 'json', path: 'm.json', fields: { total: { type: 'number' } } },
		texts: { type: 'inline', rows: [{}], fields: { line: { type: 'string', fallback: 'Hi' } } },
	};
	const { sources } = fakeSources({ tables: { metrics: [{ total: '7' }, { total: '8' }], texts: [] } });
	assert.equal(await bindShared({ spec: { data }, sources }), { ok: true, values: { metrics: { total: 7 }, texts: { line: 'Hi' } } });
	const broken = await bindShared({
		spec: { data },
		sources: fakeSources({ tables: { metrics: [{ total: 'x' }], texts: [{ line: 'a\u0000' }] } }).sources,
	});
	assert.ok(!broken.ok);
	assert.equal(
		broken.problems.map(({ code, source, row }) => [code, source, row]),
		[
			['RF4204', 'metrics', 1],
			['RF4207', 'texts', 1],
		],
	);
	assert.equal(await bindShared({ spec: {}, sources }), { ok: true, values: {} });
});

Binding.run();
