import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matchesWhen } from '../../src/compiler/matches-when.ts';
import type { When } from '../../src/model/campaign-spec.gen.ts';
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

Matching.run();
