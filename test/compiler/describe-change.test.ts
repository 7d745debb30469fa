import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { describeChange, differences } from '../../src/compiler/describe-change.ts';

const DescribeChange = suite('compiler/describe-change');

const text = (words: string, width: number, color = '#ffffff') => ({
	box: { width },
	runs: [{ text: words, color }],
	asset: { sha256: 'a' },
});

const cases: readonly (readonly [string, unknown, unknown, string | null])[] = [
	['nothing differs', text('Hi', 1), text('Hi', 1), null],
	['words come before the boxes that they move', text('Shop Now', 10), text('Shop Today', 12), 'text “Shop Now” is “Shop Today”'],
	['a file comes before a colour', { a: text('Hi', 1) }, { a: { ...text('Hi', 1, '#000000'), asset: { sha256: 'b' } } }, 'another image'],
	['a font file is named as such', { fonts: [{ asset: { sha256: 'a' } }] }, { fonts: [{ asset: { sha256: 'b' } }] }, 'another font file'],
	[
		'the code of a component',
		{ scenes: [{ layers: [{ code: 'a' }] }] },
		{ scenes: [{ layers: [{ code: 'b' }] }] },
		'another component, or other code of it',
	],
	[
		'a background of another kind',
		{ a: { background: { colors: ['#000'] } } },
		{ a: { background: { color: '#000' } } },
		'another background',
	],
	['a length', { frames: 1, scenes: [{ frames: 1 }] }, { frames: 2, scenes: [{ frames: 2 }] }, 'another length'],
	[
		'a movement',
		{ scenes: [{ layers: [{ tracks: [{ start: 1 }] }] }] },
		{ scenes: [{ layers: [{ tracks: [{ start: 2 }] }] }] },
		'other movement, or at other times',
	],
	['a colour says both', text('Hi', 1, '#000000'), text('Hi', 2, '#ff0000'), 'colour #000000 is #ff0000'],
	[
		'anything else is its place',
		{ scenes: [{ layers: [{ size: 1 }] }] },
		{ scenes: [{ layers: [{ size: 2 }] }] },
		'scenes[0].layers[0].size',
	],
	['a list that grew is the place of what is new', { layers: [1] }, { layers: [1, { size: 2 }] }, 'layers[1]'],
	['values of other kinds differ as a whole', { a: [1] }, { a: { b: 1 } }, 'a'],
];

for (const [title, before, after, expected] of cases) {
	DescribeChange(title, () => assert.is(describeChange(before, after)?.replace(/"([^"]*)"/g, '“$1”') ?? null, expected));
}

DescribeChange('two values that differ everywhere are not listed without end', () => {
	const list = (value: number) => Array.from({ length: 5_000 }, () => value);
	assert.is(differences(list(1), list(2)).length, 200);
});

DescribeChange.run();
