import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { countAt, numberWriter } from '../../src/data/format-number.ts';

const Numbers = suite('data/format-number');

const look = { format: 'number', locale: 'en-US', currency: 'USD', decimals: undefined } as const;

Numbers('a count begins where it is told, only ever approaches, and ends exactly', () => {
	const count = { from: 10, to: 0.1 + 0.2, duration: 30 };
	const values = Array.from({ length: 32 }, (_, frame) => countAt(frame, count));
	assert.equal([countAt(-5, count), values[0], values[30], values[31]], [10, 10, 0.1 + 0.2, 0.1 + 0.2]);
	assert.ok(values.every((value, frame) => frame === 0 || frame > 30 || value < values[frame - 1]!));
	assert.throws(() => countAt(1, { ...count, duration: 0 }), /duration/);
});

for (const [what, end, changes, written] of [
	['whole money has no cents', 1200, { format: 'currency' }, ['$600', '$1,200']],
	['broken money has two', 1200.5, { format: 'currency' }, ['$600.25', '$1,200.50']],
	['yen have none', 1200.5, { format: 'currency', currency: 'JPY' }, ['¥600', '¥1,201']],
	['a share keeps the decimals that it ends with', 0.125, { format: 'percent' }, ['6.3%', '12.5%']],
	['short numbers', 1500, { format: 'compact' }, ['750.0', '1.5K']],
	['a number of two decimals at most', 2.34567, {}, ['1.17', '2.35']],
	['nothing is not less than nothing', -0.001, {}, ['0', '0']],
	['digits of the locale', 1234, { locale: 'ar-EG' }, ['٦١٧', '١٬٢٣٤']],
] as const) {
	Numbers(`${what}: ${written.join(' to ')}`, () => {
		const write = numberWriter(end, { ...look, ...changes });
		assert.equal([write(end / 2), write(end)], [...written]);
	});
}

Numbers.run();
