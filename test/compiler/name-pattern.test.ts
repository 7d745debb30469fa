import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fieldOf, isOfRecipient, isPlaceholder, piecesOf } from '../../src/compiler/name-pattern.ts';

const Pattern = suite('compiler/name-pattern');

for (const [name, field] of [
	['data.company', { source: 'recipient', field: 'company' }],
	['data.accounts.plan', { source: 'accounts', field: 'plan' }],
	['data.', undefined],
	['data', undefined],
	['data.a.b.c', undefined],
	['data..b', undefined],
	['key', undefined],
	['platform', undefined],
] as const) {
	Pattern(`{${name}} is ${field === undefined ? 'no field' : `the field ${field.field} of ${field.source}`}`, () =>
		assert.equal(fieldOf(name), field),
	);
}

Pattern('the key and fields are of the recipient, axes are of the cell', () => {
	assert.equal(
		['key', 'data.x', 'platform', 'keys', 'data'].map((name) => [isOfRecipient(name), isPlaceholder(name)]),
		[
			[true, false],
			[true, false],
			[false, true],
			[false, false],
			[false, false],
		],
	);
});

Pattern('pieces put together are the pattern', () => {
	for (const pattern of ['{platform}/{data.a}-{key}.mp4', '}{{x}', '', 'plain.mp4', '{{data.a}}.mp4']) {
		assert.is(
			piecesOf(pattern)
				.map((piece) => piece.written)
				.join(''),
			pattern,
		);
	}
});

Pattern.run();
