import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matchesWhen } from '../../src/compiler/matches-when.ts';
import type { When } from '../../src/model/campaign-spec.gen.ts';
import type { RowValues } from '../../src/model/recipient.ts';
import { type CellSketch, cellOf, WIDE } from '../support/cells.ts';

const Matching = suite('compiler/matches-when');

type Row = readonly [title: string, when: When, cell: CellSketch, holds: boolean];

const ROWS: readonly Row[] = [
	['a condition holds for its platform', { platform: 'tiktok' }, {}, true],
	['every key has to hold', { platform: 'tiktok', aspect: 'landscape' }, {}, false],
	['any holds with one of its members', { any: [{ platform: 'youtube' }, { duration: { max: 15 } }] }, {}, true],
	['any fails when none of its members holds', { any: [{ platform: 'youtube' }, { duration: { min: 16 } }] }, {}, false],
	['all holds with each of its members', { all: [{ aspect: 'portrait' }, { mood: 'calm' }] }, {}, true],
	['all fails with one of its members', { all: [{ aspect: 'portrait' }, { mood: 'bold' }] }, {}, false],
	['not turns a condition round', { not: { platform: 'youtube' } }, {}, true],
	['not fails when its condition holds', { not: { platform: ['youtube', 'tiktok'] } }, {}, false],
	['keys beside any count as well', { variant: 'other', any: [{ platform: 'tiktok' }] }, {}, false],
	['conditions nest', { not: { any: [{ all: [{ aspect: 'landscape' }, { not: { mood: 'bold' } }] }, { cta: 'go' }] } }, {}, true],
	['conditions nest the other way', { not: { any: [{ all: [{ aspect: 'landscape' }, { not: { mood: 'bold' } }] }] } }, WIDE, false],
	['a call to action that is not there matches none', { not: { cta: 'go' } }, { cta: null }, true],
];

for (const [title, when, cell, holds] of ROWS) Matching(title, () => assert.is(matchesWhen(when, cellOf(cell)), holds));

const VALUES: RowValues = {
	recipient: { industry: 'health', deals: 5, vip: true, zip: '00501', plan: null, size: '5' },
	accounts: { plan: 'pro', seats: 0 },
};

type DataRow = readonly [title: string, data: NonNullable<When['data']>, holds: boolean];

const DATA_ROWS: readonly DataRow[] = [
	['a text is met by itself', { industry: 'health' }, true],
	['a text is not met in another case', { industry: 'Health' }, false],
	['a number is met by itself', { deals: 5 }, true],
	['a number is met by its text', { deals: '5' }, true],
	['a text is met by the number that YAML made of it', { size: 5 }, true],
	['a text keeps its zeros', { zip: 501 }, false],
	['a truth is met by itself', { vip: true }, true],
	['a truth is not met by its opposite', { vip: false }, false],
	['one of a list is enough', { industry: { in: ['finance', 'health'] } }, true],
	['a list without it fails', { industry: { in: ['finance'] } }, false],
	['both ends of a range are inside', { deals: { min: 5, max: 5 } }, true],
	['below a range is outside', { deals: { min: 6 } }, false],
	['above a range is outside', { deals: { max: 4.9 } }, false],
	['a text is in no range', { size: { min: 0 } }, false],
	['every key of a condition has to hold', { deals: { in: [5, 6], min: 6 } }, false],
	['every field has to hold', { industry: 'health', deals: 4 }, false],
	['a value is present', { deals: { present: true } }, true],
	['zero is present', { 'accounts.seats': { present: true, max: 0 } }, true],
	['a missing value is not present', { plan: { present: true } }, false],
	['a missing value meets that it is missing', { plan: { present: false } }, true],
	['a present value does not', { deals: { present: false } }, false],
	['a missing value is in no list', { plan: { in: ['null', ''] } }, false],
	['a missing value is in no range', { plan: { max: 0 } }, false],
	['with a dot a field of another source is meant', { 'accounts.plan': 'pro' }, true],
	['a field that is nowhere is missing', { 'accounts.nothing': { present: false } }, true],
];

for (const [title, data, holds] of DATA_ROWS) {
	Matching(`data: ${title}`, () => {
		assert.is(matchesWhen({ data }, cellOf(), VALUES), holds);
		assert.is(matchesWhen({ not: { all: [{ any: [{ data }] }] } }, cellOf(), VALUES), !holds);
		assert.is(matchesWhen({ data, platform: 'youtube' }, cellOf(), VALUES), false);
	});
}

Matching('without a row no condition on data holds', () => {
	assert.is(matchesWhen({ data: { plan: { present: false } } }, cellOf(), null), false);
	assert.is(matchesWhen({ data: { plan: { present: false } } }, cellOf()), false);
	assert.is(matchesWhen({ not: { data: { vip: true } } }, cellOf(), null), true);
});

Matching.run();
