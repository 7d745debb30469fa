import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { formatUnicodeRange, hasCodePoint, parseUnicodeRange, subtractRanges } from '../../src/providers/unicode-ranges.ts';

const Ranges = suite('providers/unicode-ranges');

Ranges('single points, spans and wildcards are read, sorted and joined', () => {
	assert.equal(parseUnicodeRange('U+4??, U+0-FF, U+100-17F,U+2C6'), [
		[0, 0x17f],
		[0x2c6, 0x2c6],
		[0x400, 0x4ff],
	]);
});

for (const [name, ranges, taken, left] of [
	['a hole in the middle splits a range', 'U+0-FF', 'U+41-5A', 'U+0-40,U+5B-FF'],
	['what is taken whole is gone', 'U+41,U+100-17F', 'U+0-FF', 'U+100-17F'],
	['overlaps are cut at both ends', 'U+40-60', 'U+30-41,U+5F-70', 'U+42-5E'],
	['ranges that do not meet stay', 'U+400-4FF', 'U+0-FF', 'U+400-4FF'],
] as const) {
	Ranges(`subtracting: ${name}`, () => {
		assert.is(formatUnicodeRange(subtractRanges(parseUnicodeRange(ranges), parseUnicodeRange(taken))), left);
	});
}

Ranges('both ends of a range belong to it', () => {
	const ranges = parseUnicodeRange('U+41-5A');
	assert.equal(
		[0x40, 0x41, 0x5a, 0x5b].map((codePoint) => hasCodePoint(ranges, codePoint)),
		[false, true, true, false],
	);
});

Ranges.run();
