import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CLOSE, OPEN } from '../../../src/compiler/design/emphasis.ts';
import type { PlainScene } from '../../../src/compiler/resolve-scene.ts';
import { fieldsRead, fillScene, holesOf, makeCtaFiller, makeFiller } from '../../../src/compiler/template/fill-scene.ts';
import { nameOfField } from '../../../src/compiler/template/template.ts';
import type { FieldValue, RowValues } from '../../../src/model/recipient.ts';

const FillScene = suite('compiler/template/fill-scene');

/** A scene as written, numbers as templates included. */
const scene = (parts: object): PlainScene => ({ id: 'a', ...parts }) as PlainScene;
const row = (recipient: Readonly<Record<string, FieldValue>>): RowValues => ({ recipient });

const EVERYTHING = scene({
	background: { type: 'image', path: '{{recipient.shot}}' },
	layers: [
		{ text: '*Hi* {{recipient.name}}', role: 'quote', attribution: '{{recipient.name}}', color: '{{recipient.tint}}' },
		{ list: ['same', '{{recipient.name}}'] },
		{ number: '{{recipient.deals}}', countFrom: '{{recipient.before}}', unit: '{{recipient.name}}', format: 'unit' },
		{ progress: '{{recipient.share}}', label: '{{recipient.name}}' },
		{
			chart: 'bar',
			data: [1, '{{recipient.deals}}', { label: '{{recipient.name}}', value: '{{recipient.before}}' }],
			highlight: '{{recipient.name}}',
		},
		{ mockup: 'browser', image: '{{recipient.shot}}', url: '{{recipient.name}}.example.com' },
		{ qr: 'https://example.com/{{recipient.name}}' },
		{ logo: { color: '{{recipient.tint}}' } },
		{
			group: [
				{ image: '{{recipient.shot}}' },
				{
					component: 'C.tsx',
					props: { n: '{{recipient.deals}}', deep: [{ t: 'a {{recipient.deals}}' }], ok: '{{recipient.ok}}', same: { a: 1 } },
				},
			],
		},
		{ text: 'the same for all' },
	],
});
const ADA = row({ name: 'A*da', deals: 12, before: '3.5', share: 0.4, shot: 'ada.png', tint: '#f00', ok: true });

FillScene('every place that data may fill is filled, with a value of its own kind', () => {
	const filled = fillScene(EVERYTHING, ADA);
	assert.ok(filled.ok, JSON.stringify(filled));
	if (!filled.ok) return;
	assert.equal(filled.scene, {
		id: 'a',
		background: { type: 'image', path: 'ada.png' },
		layers: [
			{ text: `${OPEN}Hi${CLOSE} A\\*da`, role: 'quote', attribution: 'A*da', color: '#f00' },
			{ list: ['same', 'A\\*da'] },
			{ number: 12, countFrom: 3.5, unit: 'A*da', format: 'unit' },
			{ progress: 0.4, label: 'A*da' },
			{ chart: 'bar', data: [1, 12, { label: 'A*da', value: 3.5 }], highlight: 'A*da' },
			{ mockup: 'browser', image: 'ada.png', url: 'A*da.example.com' },
			{ qr: 'https://example.com/A*da' },
			{ logo: { color: '#f00' } },
			{
				group: [{ image: 'ada.png' }, { component: 'C.tsx', props: { n: 12, deep: [{ t: 'a 12' }], ok: true, same: { a: 1 } } }],
			},
			{ text: 'the same for all' },
		],
	} as unknown as PlainScene);
});

FillScene('holes stand where they are written, and a scene reads each field once', () => {
	assert.equal(
		holesOf(EVERYTHING).map(({ path, kind }) => `${path.join('.')} ${kind}`),
		[
			'background.path image',
			'layers.0.text markup',
			'layers.0.attribution plain',
			'layers.0.color color',
			'layers.1.list.1 markup',
			'layers.2.number number',
			'layers.2.countFrom number',
			'layers.2.unit plain',
			'layers.3.progress number',
			'layers.3.label plain',
			'layers.4.data.1 number',
			'layers.4.data.2.label plain',
			'layers.4.data.2.value number',
			'layers.4.highlight plain',
			'layers.5.image image',
			'layers.5.url plain',
			'layers.6.qr plain',
			'layers.7.logo.color color',
			'layers.8.group.0.image image',
			'layers.8.group.1.props.n prop',
			'layers.8.group.1.props.deep.0.t prop',
			'layers.8.group.1.props.ok prop',
		],
	);
	assert.equal(
		fieldsRead(EVERYTHING).map(nameOfField),
		['shot', 'name', 'tint', 'deals', 'before', 'share', 'ok'].map((field) => `recipient.${field}`),
	);
});

FillScene('what has no hole is the object that was given, and nothing is changed in place', () => {
	const before = JSON.stringify(EVERYTHING);
	const filled = fillScene(EVERYTHING, ADA);
	assert.ok(filled.ok);
	if (!filled.ok) return;
	const [given, got] = [EVERYTHING.layers!, filled.scene.layers!];
	assert.is(JSON.stringify(EVERYTHING), before);
	assert.is(got[9], given[9]);
	assert.is.not(got[0], given[0]);
	const propsOf = (layers: typeof got): Readonly<Record<string, unknown>> =>
		(layers[8] as { group: { props: Record<string, unknown> }[] }).group[1]!.props;
	assert.is(propsOf(got)['same'], propsOf(given)['same']);
	const plain = scene({ layers: [{ text: 'Hi' }, { number: 3 }] });
	const same = makeFiller(plain);
	assert.equal([same.fields, same.hasHoles, fieldsRead(plain)], [[], false, []]);
	const unfilled = same.fill(ADA);
	assert.ok(unfilled.ok && unfilled.scene === plain);
});

FillScene('escaped braces are a hole that reads nothing', () => {
	const filler = makeFiller(scene({ layers: [{ text: 'Write \\{{name}}' }] }));
	assert.equal([filler.fields, filler.hasHoles], [[], true]);
	const filled = filler.fill({});
	assert.ok(filled.ok);
	if (filled.ok) assert.equal(filled.scene.layers, [{ text: 'Write {{name}}' }]);
});

FillScene('one filler gives each row its own, and equal rows equal scenes', () => {
	const filler = makeFiller(EVERYTHING);
	const bob = row({ ...ADA['recipient'], name: 'Bob' });
	const [ada, other, again] = [filler.fill(ADA), filler.fill(bob), filler.fill(ADA)];
	assert.equal(ada, again);
	assert.not.equal(ada, other);
	assert.equal(other, fillScene(EVERYTHING, bob));
});

const problemsOf = (parts: object, values: RowValues): readonly string[] => {
	const filled = fillScene(scene(parts), values);
	return filled.ok
		? []
		: filled.problems.map(
				({ path, field, code, summary }) => `${code} ${path.join('.')} ${field === null ? '-' : nameOfField(field)}: ${summary}`,
			);
};

for (const [title, parts, values, expected] of [
	['a missing value', { layers: [{ text: 'Hi {{recipient.a}}!' }] }, {}, ['RF3064 layers.0.text recipient.a: recipient.a has no value']],
	[
		'every hole of a row is reported',
		{ layers: [{ text: '{{recipient.a}}' }, { group: [{ number: '{{recipient.b}}' }] }] },
		{ a: null, b: 'many' },
		['RF3064 layers.0.text recipient.a: recipient.a has no value', 'RF3066 layers.1.group.0.number recipient.b: "many" is not a number'],
	],
	['a text of nothing', { layers: [{ text: '{{recipient.a}}' }] }, { a: ' \n' }, ['RF3064 layers.0.text recipient.a: the text is empty']],
	[
		'a condition that leaves nothing',
		{ layers: [{ text: '{{#if recipient.a}}x{{/if}}' }] },
		{},
		['RF3064 layers.0.text recipient.a: the text is empty'],
	],
	[
		'separators in a number',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: '1,234' },
		['RF3066 layers.0.number recipient.a: "1,234" is not a number'],
	],
	[
		'a space in a number',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: '1\u00a0234' },
		['RF3066 layers.0.number recipient.a: "1\u00a0234" is not a number'],
	],
	['no number at all', { layers: [{ number: '{{recipient.a}}' }] }, { a: '' }, ['RF3066 layers.0.number recipient.a: "" is not a number']],
	[
		'infinity',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: '1e999' },
		['RF3066 layers.0.number recipient.a: "1e999" is not a number'],
	],
	[
		'a hexadecimal number',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: '0x10' },
		['RF3066 layers.0.number recipient.a: "0x10" is not a number'],
	],
	[
		'truth as a number',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: true },
		['RF3066 layers.0.number recipient.a: "true" is not a number'],
	],
	[
		'a number beyond all',
		{ layers: [{ number: '{{recipient.a}}' }] },
		{ a: 1e16 },
		['RF3066 layers.0.number recipient.a: 10000000000000000 is too large'],
	],
	[
		'a share above the whole',
		{ layers: [{ progress: '{{recipient.a}}' }] },
		{ a: 42 },
		['RF3066 layers.0.progress recipient.a: 42 is not a share from 0 to 1'],
	],
	[
		'a colour that is a style',
		{ layers: [{ text: 'x', color: '{{recipient.a}}' }] },
		{ a: 'red;background:url(//x)' },
		['RF3066 layers.0.color recipient.a: "red;background:url(//x)" is not a colour'],
	],
	[
		'a colour by a name of the spec',
		{ layers: [{ text: 'x', color: '{{recipient.a}}' }] },
		{ a: 'brand.primary' },
		['RF3066 layers.0.color recipient.a: "brand.primary" is not a colour'],
	],
	['no picture', { layers: [{ image: '{{recipient.a}}' }] }, { a: '' }, ['RF3066 layers.0.image recipient.a: "" is not a picture']],
	[
		'a prop without a value',
		{ layers: [{ component: 'C.tsx', props: { a: '{{recipient.a}}' } }] },
		{},
		['RF3064 layers.0.props.a recipient.a: recipient.a has no value'],
	],
	[
		'a donut below nothing',
		{ layers: [{ chart: 'donut', data: ['{{recipient.a}}', 3] }] },
		{ a: -1 },
		['RF3066 layers.0.data recipient.a: a part of a whole is below 0'],
	],
	[
		'a donut of nothing',
		{ layers: [{ group: [{ chart: 'donut', data: ['{{recipient.a}}', 0] }] }] },
		{ a: 0 },
		['RF3066 layers.0.group.0.data recipient.a: the parts sum to 0'],
	],
	[
		'numbers as texts, with space around',
		{ layers: [{ number: '{{recipient.a}}' }, { number: '{{default recipient.b 7}}' }] },
		{ a: ' -1.5e3 ' },
		[],
	],
	['a prop may be empty', { layers: [{ component: 'C.tsx', props: { a: '{{recipient.a}}', b: 'x{{recipient.a}}' } }] }, { a: '' }, []],
] as const)
	FillScene(`${title}: ${expected.length === 0 ? 'filled' : 'said with its place and field'}`, () =>
		assert.equal(problemsOf(parts, row(values as Readonly<Record<string, FieldValue>>)), expected),
	);

FillScene('a call to action is filled like a scene, without emphasis', () => {
	const filler = makeCtaFiller({ text: 'Try {{recipient.a}}', sub: 'same', url: 'https://x.example/?k={{recipient.k}}', color: 'blue' });
	assert.equal(filler.fields.map(nameOfField), ['recipient.a', 'recipient.k']);
	const filled = filler.fill(row({ a: 'A*', k: 7 }));
	assert.ok(filled.ok);
	if (filled.ok) assert.equal(filled.cta, { text: 'Try A*', sub: 'same', url: 'https://x.example/?k=7', color: 'blue' });
	const missing = filler.fill({});
	assert.equal(missing.ok ? [] : missing.problems.map(({ path }) => path), [['text'], ['url']]);
	assert.not(makeCtaFiller({ text: 'Buy' }).hasHoles);
});

FillScene('a template that no rule has read is a mistake of ours', () => {
	assert.throws(() => makeFiller(scene({ layers: [{ text: '{{' }] })), /was not checked/);
});

FillScene.run();
