import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Alternative, guardedUnion } from '../../src/compiler/guarded-union.ts';

const Union = suite('compiler/guarded-union');

const mapping = (key: string) => ({
	type: 'object',
	additionalProperties: false,
	required: [key],
	properties: { [key]: { type: 'string' }, size: { type: 'number' } },
});
const $defs: Readonly<Record<string, Alternative & { readonly enum?: readonly unknown[] }>> = {
	one: mapping('one'),
	two: mapping('toString'),
	word: { enum: ['auto', 3] },
};
const schema = { anyOf: [...Object.keys($defs).map((name) => ({ $ref: `#/$defs/${name}` })), { type: 'array', items: {} }], $defs };

const options = { allErrors: true, ownProperties: true, strict: true } as const;
const plain = new Ajv2020(options).compile(schema);
const guarded = new Ajv2020(options)
	.removeKeyword('anyOf')
	.addKeyword(guardedUnion((branch) => (branch.$ref === undefined ? branch : ($defs[branch.$ref.slice('#/$defs/'.length)] ?? {}))))
	.compile(schema);

const VALUES: readonly (readonly [value: unknown, fits: boolean])[] = [
	[{ one: 'x' }, true],
	[{ one: 'x', size: 2 }, true],
	[{ toString: 'x' }, true],
	[[], true],
	['auto', true],
	[3, true],
	[{}, false],
	[{ size: 2 }, false],
	[{ one: 1 }, false],
	[{ one: 'x', more: 1 }, false],
	[{ one: 'x', toString: 'x' }, false],
	[null, false],
	[4, false],
	['one', false],
	[true, false],
];

Union('it holds for what any alternative holds for, as `anyOf` does', () => {
	for (const [value, fits] of VALUES) {
		assert.is(plain(value), fits, JSON.stringify(value));
		assert.is(guarded(value), fits, JSON.stringify(value));
	}
});

Union('a mapping is one error, and not one more for each alternative whose key it lacks', () => {
	const keywordsOf = (value: unknown): readonly string[] => (guarded(value) ? [] : (guarded.errors ?? []).map(({ keyword }) => keyword));
	assert.not(keywordsOf({ oen: 'x' }).includes('required'));
	assert.ok(keywordsOf({ oen: 'x' }).includes('anyOf'));
	assert.equal(
		keywordsOf({ one: 1, more: 1 }).filter((keyword) => keyword !== 'enum' && keyword !== 'type'),
		['additionalProperties', 'anyOf'],
	);
	plain({ oen: 'x' });
	assert.ok(plain.errors?.some(({ keyword }) => keyword === 'required'));
});

Union.run();
