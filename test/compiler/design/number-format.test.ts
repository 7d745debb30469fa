import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countSteps, type NumberStyle, numberWriter } from '../../../src/compiler/design/number-format.ts';

const Numbers = suite('compiler/design/number-format');

const ROWS: readonly (readonly [value: number, style: NumberStyle, expected: string])[] = [
	[42500, {}, '42,500'],
	[42500, { format: 'currency' }, '$42,500'],
	[19.9, { format: 'currency', currency: 'EUR', locale: 'de-DE' }, '19,90\u00a0€'],
	[19.9, { format: 'currency', decimals: 0 }, '$20'],
	[0.42, { format: 'percent' }, '42%'],
	[0.125, { format: 'percent' }, '12.5%'],
	[42500, { format: 'compact' }, '42.5K'],
	[1_250_000, { format: 'compact' }, '1.3M'],
	[1_250_000, { format: 'compact', decimals: 2 }, '1.25M'],
	[12_000, { format: 'compact', locale: 'ja-JP' }, '1.2万'],
	[42, { format: 'unit', unit: 'km/h' }, '42\u00a0km/h'],
	[4.2, { format: 'unit', unit: 'x' }, '4.2x'],
	[36.6, { format: 'unit', unit: '°C' }, '36.6°C'],
	[1234567.891, { locale: 'fr-FR' }, '1\u00a0234\u00a0567,89'],
	[-5, { format: 'currency' }, '-$5'],
	[0, { format: 'compact' }, '0'],
	[Number.MIN_VALUE, {}, '0'],
];

for (const [value, style, expected] of ROWS)
	Numbers(`${value} ${JSON.stringify(style)} is written ${expected}`, () => {
		assert.is(numberWriter(style, [value])(value), expected);
	});

Numbers('what counts up keeps the decimals and the unit of where it ends', () => {
	const write = numberWriter({ format: 'compact' }, [1_250_000]);
	assert.equal([0, 190_000, 999_999, 1_250_000].map(write), ['0.0M', '0.2M', '1.0M', '1.3M']);
});

Numbers('values of one chart have the same decimals, each in its own unit', () => {
	const write = numberWriter({ format: 'compact' }, [950, 12_500]);
	assert.equal([950, 12_500].map(write), ['950.0', '12.5K']);
});

Numbers('a count ends exactly, says nothing twice in a row, and never goes back', () => {
	const write = numberWriter({}, [42_500]);
	const steps = countSteps({ from: 0, to: 42_500, start: 12, frames: 39 }, write);
	assert.equal(steps[0], { start: 12, text: '0' });
	assert.is(steps.at(-1)!.text, '42,500');
	assert.ok(steps.at(-1)!.start <= 51 && steps.length > 20);
	const values = steps.map(({ text }) => Number(text.replace(',', '')));
	for (const [index, value] of values.slice(1).entries()) assert.ok(value > values[index]!);
});

Numbers('counting down works as well, and from itself to itself is one step', () => {
	const write = numberWriter({}, [3]);
	assert.is(countSteps({ from: 10, to: 3, start: 0, frames: 30 }, write).at(-1)!.text, '3');
	assert.equal(countSteps({ from: 3, to: 3, start: 4, frames: 30 }, write), [{ start: 4, text: '3' }]);
});

Numbers('the same number in the same style is the same text, whatever ran before', () => {
	const first = numberWriter({ locale: 'de-DE' }, [1234.5])(1234.5);
	numberWriter({ locale: 'ja-JP', format: 'currency', currency: 'JPY' }, [5])(5);
	assert.is(numberWriter({ locale: 'de-DE' }, [1234.5])(1234.5), first);
});

Numbers.run();
