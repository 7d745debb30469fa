import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { matchesWhen } from '../../src/compiler/matches-when.ts';
import { makeDecisions } from '../../src/compiler/narrative-decisions.ts';
import type { Scene, When } from '../../src/model/campaign-spec.gen.ts';
import type { FieldValue, RowValues } from '../../src/model/recipient.ts';
import { cellOf } from '../support/cells.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const Deciding = suite('compiler/narrative-decisions');

const row = (recipient: Readonly<Record<string, FieldValue>>): RowValues => ({ recipient });

const A: When = { data: { kind: 'a' } };

Deciding('a spec without conditions on data has one narrative, with the empty name', () => {
	const decide = makeDecisions({
		scenes: [{ id: 'one', when: { platform: 'tiktok' }, layers: [{ text: 'Hi', when: { not: { mood: 'calm' } } }] }],
	});
	assert.is(decide(row({ kind: 'a' })), '');
});

const PLACES: readonly (readonly [place: string, scene: Omit<Scene, 'id'>])[] = [
	['a scene', { when: A }],
	['a layer', { layers: [{ text: 'Hi', when: A }] }],
	['a layer of a group', { layers: [{ group: [{ group: [{ text: 'Hi', when: A }] }] }] }],
	['a background', { background: { type: 'solid', when: A } }],
	['one of several backgrounds', { background: [{ type: 'solid' }, { type: 'linear', when: A }] }],
	['a transition', { transition: [{ type: 'fade', when: A }, 'cut'] }],
	['a layer that a `for` gives', { for: { tiktok: { layers: [{ text: 'Hi', when: A }] } } }],
	['a background that a `for` gives', { for: { when: { background: [{ type: 'solid', when: A }] } } }],
	[
		'a group that a `for` of a layer gives',
		{ layers: [{ group: [{ text: 'x' }], for: { tiktok: { group: [{ text: 'Hi', when: A }] } } }] },
	],
	['any', { when: { any: [{ platform: 'x' }, A] } }],
	['all beside an axis', { when: { mood: 'calm', all: [{ not: A }] } }],
	['not', { when: { not: { not: A } } }],
];

for (const [place, scene] of PLACES) {
	Deciding(`a condition in ${place} decides`, () => {
		const decide = makeDecisions({ scenes: [{ id: 'one', ...scene }] });
		assert.not.equal(decide(row({ kind: 'a' })), decide(row({ kind: 'b' })));
		assert.is(decide(row({ kind: 'b' })), decide(row({ kind: null, other: 1 })));
		assert.is(decide(row({ kind: 'a', other: 1 })), decide(row({ kind: 'a', other: 2 })));
	});
}

Deciding('what asks only for data is one decision, and one condition written often is one', () => {
	const either: When = { any: [{ data: { kind: 'a' } }, { data: { kind: 'b' } }] };
	const decide = makeDecisions({
		scenes: [
			{ id: 'one', when: either, layers: [{ text: 'Hi', when: either }] },
			{ id: 'two', when: { not: { platform: 'x' }, all: [either] } },
		],
	});
	assert.is(decide(row({ kind: 'a' })), decide(row({ kind: 'b' })));
	assert.equal([decide(row({ kind: 'a' })), decide(row({ kind: 'c' }))], ['1', '0']);
});

Deciding('conditions on other sources decide', () => {
	const decide = makeDecisions({ scenes: [{ id: 'one', when: { data: { 'accounts.plan': 'pro' } } }] });
	assert.not.equal(decide({ recipient: {}, accounts: { plan: 'pro' } }), decide({ recipient: { plan: 'pro' }, accounts: { plan: null } }));
});

Deciding('of a hundred conditions each one shows', () => {
	const decide = makeDecisions({ scenes: Array.from({ length: 100 }, (_, i): Scene => ({ id: `s${i}`, when: { data: { n: i } } })) });
	const texts = Array.from({ length: 101 }, (_, n) => decide(row({ n })));
	assert.is(new Set(texts).size, 101);
	assert.ok(texts.every((text) => text.length < 30));
});

Deciding('rows with one name get the same from every condition, whatever the cell is', () => {
	const random = seededNumbers(7);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	const whenOf = (depth: number): When =>
		pick<() => When>([
			() => ({ data: { kind: pick(['a', 'b', 'c']) } }),
			() => ({ data: { n: { min: pick([1, 2, 3]) } } }),
			() => ({ platform: pick(['tiktok', 'youtube']), ...(random() < 0.5 ? { data: { n: { present: false } } } : {}) }),
			...(depth === 0
				? []
				: [
						() => ({ any: [whenOf(depth - 1), whenOf(depth - 1)] }),
						() => ({ all: [whenOf(depth - 1), whenOf(depth - 1)] }),
						() => ({ not: whenOf(depth - 1) }),
					]),
		])();
	const rows = ['a', 'b', 'c', null].flatMap((kind) => [null, 0, 1, 2, 3].map((n) => row({ kind, n })));
	const cells = ['tiktok', 'youtube'].map((platform) => cellOf({ platform }));
	for (let spec = 0; spec < 200; spec++) {
		const whens = [whenOf(3), whenOf(2)];
		const decide = makeDecisions({ scenes: whens.map((when, i) => ({ id: `s${i}`, when })) });
		const shapes = new Map<string, string>();
		for (const values of rows) {
			const shape = whens.flatMap((when) => cells.map((cell) => matchesWhen(when, cell, values))).join();
			const known = shapes.get(decide(values)) ?? shape;
			assert.is(shape, known, JSON.stringify(whens));
			shapes.set(decide(values), known);
		}
	}
});

Deciding.run();
