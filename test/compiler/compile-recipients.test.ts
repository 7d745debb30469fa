import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeCompiler } from '../../src/compiler/compile-campaign.ts';
import { recipeOf, recipesOf } from '../../src/compiler/recipes.ts';
import { problemsOf } from '../../src/compiler/row-problems.ts';
import { share } from '../../src/compiler/share.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import type { Recipient, RowValues } from '../../src/model/recipient.ts';
import type { Toolchain } from '../../src/model/segment-message.ts';
import { realFonts } from '../support/scene-requests.ts';
import { checked } from '../support/specs.ts';

const Recipients = suite('compiler/compile-recipients');

const toolchain: Toolchain = { runtime: 'aa', remotion: '4', react: '19', browser: 'b', encoder: 'e' };
const field = { type: 'string' } as const;
const SPEC: Partial<CampaignSpec> = {
	platforms: ['youtube', 'tiktok'],
	data: { recipients: { type: 'csv', path: 'a.csv', key: 'id', fields: { name: field, kind: field, unused: field } } },
	scenes: [
		{ id: 'hello', duration: 2, transition: 'cut', layers: [{ text: 'Hi {{recipient.name}}', role: 'headline' }] },
		{ id: 'shop', duration: 3, when: { data: { kind: 'shop' } }, transition: 'cut', layers: [{ text: 'Shops', role: 'headline' }] },
		{ id: 'end', layers: [{ text: 'Bye', role: 'headline' }] },
	],
	output: { naming: '{platform}-{key}.mp4' },
};

const person = (row: number, values: Partial<RowValues[string]>): Recipient => ({
	...{ key: `k${row}`, row },
	values: { recipient: { name: 'Ada', kind: 'shop', unused: null, ...values } as RowValues[string] },
});

const compile = async (
	recipients: readonly Recipient[],
	{ limit = null, spec = SPEC }: { limit?: number | null; spec?: typeof SPEC } = {},
) => {
	const inputs = { fonts: await realFonts(), images: new Map(), icons: new Map() };
	const compiler = makeCompiler(checked(spec), inputs, { draft: false, select: null, limit });
	if (!compiler.ok) throw new Error(JSON.stringify(compiler.diagnostics));
	const outcome = compiler.value.compile({ recipients, values: null, pictures: new Map() });
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
	const sharing = share(outcome.value, toolchain);
	return { compiler: compiler.value, compiled: outcome.value, keys: sharing.outputs.map(({ keys }) => keys), sharing };
};

Recipients('each recipient has an output of each cell, and scenes without data are one object for all of a narrative', async () => {
	const { compiled } = await compile([person(1, {}), person(2, { name: 'Bo' }), person(3, { name: 'Cy', kind: 'bank' })]);
	assert.equal(
		compiled.outputs.map(({ path }) => path),
		['youtube-k1.mp4', 'tiktok-k1.mp4', 'youtube-k2.mp4', 'tiktok-k2.mp4', 'youtube-k3.mp4', 'tiktok-k3.mp4'],
	);
	const [ada, , bo] = compiled.outputs;
	const labels = ada!.segments.map(({ label }) => label);
	for (const [index, label] of labels.entries())
		assert.is(ada!.segments[index]!.message === bo!.segments[index]!.message, label !== 'hello', label);
	assert.not.ok(compiled.outputs[4]!.segments.some(({ label }) => label === 'shop'));
});

Recipients('equal values are equal keys, whatever the row; a field that is not shown changes none', async () => {
	const { keys } = await compile([person(1, {}), person(2, {}), person(3, { unused: 'x' })]);
	assert.equal(keys[0], keys[2]);
	assert.equal(keys[0], keys[4]);
});

Recipients('who comes before makes no difference to a key', async () => {
	const people = [person(1, {}), person(2, { name: 'Bo' }), person(3, { name: 'Cy', kind: 'bank' })];
	const forward = await compile(people);
	const backward = await compile([...people].reverse());
	assert.equal(forward.keys.slice(0, 2), backward.keys.slice(4));
	assert.equal((await compile([people[2]!])).keys, forward.keys.slice(4));
});

Recipients('a limit counts outputs, also those that cannot be made', async () => {
	const { compiled } = await compile([person(1, { name: null }), person(2, {}), person(3, {})], { limit: 3 });
	assert.equal(
		[compiled.rejected, compiled.outputs].map((list) => list.map(({ path }) => path)),
		[['youtube-k1.mp4', 'tiktok-k1.mp4'], ['youtube-k2.mp4']],
	);
});

Recipients('a value that is missing and a text that is too long are problems of their rows', async () => {
	const long = 'Antidisestablishmentarianism '.repeat(30);
	const { compiled } = await compile([person(1, {}), person(2, { name: null }), person(3, { name: long })]);
	assert.is(compiled.outputs.length, 2);
	assert.equal(
		compiled.rejected.map(({ recipient, problems }) => [
			recipient.key,
			problems.map(({ code, row, key, column }) => [code, row, key, column]),
		]),
		[
			['k2', [['RF3064', 2, 'k2', 'name']]],
			['k2', [['RF3064', 2, 'k2', 'name']]],
			['k3', [['RF3014', 3, 'k3', null]]],
			['k3', [['RF3014', 3, 'k3', null]]],
		],
	);
});

Recipients('warnings are none of a row’s problems', () => {
	const diagnostic = { code: 'RF3018', severity: 'warning', summary: 'too short to read' } as const;
	const error = { code: 'RF3014', severity: 'error', summary: 'does not fit' } as const;
	const lowered = { timeline: null, diagnostics: [], personal: [diagnostic, error], unfilled: [], sound: null };
	assert.equal(
		problemsOf(person(4, {}), lowered).map(({ code, row, hint }) => [code, row, hint]),
		[['RF3014', 4, '']],
	);
});

Recipients('recipes name every personal stretch once, and hang on what it shows alone', async () => {
	const recipesFor = async (people: readonly Recipient[], spec = SPEC) => {
		const { compiler, compiled } = await compile(people, { spec });
		return recipesOf(compiled.outputs, { checked: checked(spec), compiler, toolchain });
	};
	const one = await recipesFor([person(1, {})]);
	assert.is(one.size, 2, 'a greeting for each platform');
	const same = await recipesFor([person(2, { unused: 'x' })]);
	assert.equal([...same.keys()], [...one.keys()]);
	const other = await recipesFor([person(1, { name: 'Bo' })]);
	assert.not.ok([...other.keys()].some((recipe) => one.has(recipe)));
	const edited: typeof SPEC = {
		...SPEC,
		scenes: SPEC.scenes!.map((scene) => (scene.id === 'hello' ? { ...scene, duration: 2.5 } : scene)),
	};
	assert.not.ok([...(await recipesFor([person(1, {})], edited)).keys()].some((recipe) => one.has(recipe)));
	const { sharing } = await compile([person(1, {})]);
	for (const keys of one.values()) assert.ok(keys.length > 0 && keys.every((key) => sharing.segments.get(key)?.label === 'hello'));
});

Recipients('values of different types or at different fields are different recipes', () => {
	const fields = ['a', 'b'].map((name) => ({ source: 'recipient', field: name }));
	const of = (a: string | number | null, b: string | number | null) => recipeOf({ identity: 'x', fields }, { recipient: { a, b } });
	const all = [of('1', '2'), of('2', '1'), of('12', ''), of('', '12'), of(1, '2'), of(null, '12'), of('","', ''), of('', '","')];
	assert.is(new Set(all).size, all.length);
});

Recipients.run();
