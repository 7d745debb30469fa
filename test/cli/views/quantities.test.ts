import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { count, fileSize, percent, quantity, timeSpan } from '../../../src/cli/views/quantities.ts';

const Quantities = suite('cli/views/quantities');

for (const [given, expected] of [
	[count(0), '0'],
	[count(999), '999'],
	[count(5480), '5,480'],
	[count(1234567), '1,234,567'],
	[quantity(1, 'output'), '1 output'],
	[quantity(1200, 'output'), '1,200 outputs'],
	[percent(0.915), '91.5 %'],
	[percent(1), '100 %'],
	[percent(0.99999), '99.9 %'],
	[percent(0), '0 %'],
	[timeSpan(0.42), '0.4s'],
	[timeSpan(3), '3s'],
	[timeSpan(41.6), '42s'],
	[timeSpan(59.9), '1m00s'],
	[timeSpan(190), '3m10s'],
	[timeSpan(7500), '2h05m'],
	[fileSize(0), '0 B'],
	[fileSize(812), '812 B'],
	[fileSize(3400), '3.4 kB'],
	[fileSize(120_000_000), '120 MB'],
] as const)
	Quantities(`reads ${expected}`, () => assert.is(given, expected));

Quantities.run();
