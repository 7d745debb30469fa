import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkProps } from '../../../src/compiler/check-props.ts';
import { collectNeeds } from '../../../src/compiler/collect-needs.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import type { Inputs } from '../../../src/ports/inputs.ts';
import { HEAD, shortReportOf } from '../../support/spec-report.ts';
import { checked } from '../../support/specs.ts';

const Templates = suite('compiler/rules/templates');

const DATA = `data:
  recipients:
    {type: csv, path: r.csv, key: id, fields: {id: {type: string}, name: {type: string}, deals: {type: integer}, ok: {type: boolean}, shot: {type: string, format: image}, tint: {type: string, format: color}}}
  account: {type: inline, rows: [{plan: gold}], fields: {plan: {type: string}}}
`;
const layers = (text: string, data = DATA): readonly string[] =>
	shortReportOf(`${HEAD}${data}scenes: [{id: a, duration: 15, layers: [${text}]}]\n`);
/** Without the places, which the first table pins. */
const said = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/^\d+:\d+ /, '').replace(/ \| .*/, ''));

for (const [title, text, expected] of [
	[
		'an unknown field is pointed at inside of the text',
		"{text: 'Hi {{recipient.nmae}}'}",
		['9:54 RF3061 "recipient" has no field "nmae" | did you mean "name"?'],
	],
	['an unknown source', "{text: '{{acount.plan}}'}", ['9:51 RF3061 no source is named "acount" | did you mean "account"?']],
	[
		'the recipients are read one at a time',
		"{text: '{{recipients.name}}'}",
		['9:51 RF3061 no source is read as "recipients" | write `recipient`: a template sees one of them'],
	],
	[
		'what is not allowed',
		"{text: 'a {{#each recipient.name}}x{{/each}}'}",
		[
			'9:54 RF3062 not allowed in a template: the block "each" | a template shows single values: show a list with layers, or join it in the data',
		],
	],
	[
		'a place that takes no data',
		"{video: '{{recipient.shot}}'}",
		[
			'9:49 RF3066 `video` cannot be filled from data | data fills texts, numbers, pictures, the colours of layers and props; `when: {data: ...}` chooses by it',
		],
	],
	[
		'a picture of more than a field',
		"{image: 'logos/{{recipient.name}}.png'}",
		[
			'9:49 RF3066 "logos/{{recipient.name}}.png" is more than one field, and a picture is one | write `image: \'{{recipient.field}}\'`, and give the field a `fallback` if it needs one',
		],
	],
	[
		'a picture that is not said to be one',
		"{image: '{{recipient.name}}'}",
		[
			'9:49 RF3066 the field "recipient.name" is not said to be a picture | write `name: {type: string, format: image}` in the fields of its source, so that each row is checked',
		],
	],
] as const)
	Templates(title, () => assert.equal(layers(text), expected));

for (const [title, text, expected] of [
	[
		'every place that takes data',
		"{text: '{{recipient.name}}', color: '{{recipient.tint}}'}, {image: '{{recipient.shot}}'}, {number: '{{recipient.deals}}'}",
		[],
	],
	['a number from a transform', "{number: '{{default recipient.deals 0}}'}", []],
	['props of any depth', "{component: C.tsx, props: {a: [{b: '{{recipient.name}}'}]}}", []],
	['a group', "{group: [{text: '{{recipient.x}}'}]}", ['RF3061 "recipient" has no field "x"']],
	['an override', "{text: a, for: {tiktok: {text: '{{recipient.x}}'}}}", ['RF3061 "recipient" has no field "x"']],
	[
		'two unknown fields are two problems',
		"{text: '{{recipient.x}} {{recipient.y}}'}",
		['RF3061 "recipient" has no field "x"', 'RF3061 "recipient" has no field "y"'],
	],
	['a colour that is a text', "{text: a, color: '{{recipient.name}}'}", ['RF3066 the field "recipient.name" is not said to be a colour']],
	[
		'a colour from a transform',
		"{text: a, color: '{{lower recipient.tint}}'}",
		['RF3066 "{{lower recipient.tint}}" is more than one field, and a colour is one'],
	],
	['a number that is true', "{number: '{{recipient.ok}}'}", ['RF3066 the field "recipient.ok" is true or false, and no number']],
	['escaped braces', "{text: 'Write \\{{name}}'}", []],
	['a region', "{text: a, role: '{{recipient.name}}'}", ['RF2002 "{{recipient.name}}" is not one of the allowed values']],
	['a percentage of a row', "{number: '{{recipient.deals}}', format: percent}", []],
	['a donut of a row', "{chart: donut, data: ['{{recipient.deals}}', 0]}", []],
	[
		'a label that a row gives may stand out',
		"{chart: bar, data: [{label: '{{recipient.name}}', value: 1}, {label: b, value: 2}], highlight: Ada}",
		[],
	],
	[
		'what stands out may be what a row says',
		"{chart: bar, data: [{label: a, value: 1}, {label: b, value: 2}], highlight: '{{recipient.name}}'}",
		[],
	],
	['what stands out is still looked for', '{chart: bar, data: [{label: a, value: 1}], highlight: b}', ['RF3001 the chart has no "b"']],
] as const)
	Templates(`${title}: ${expected.join(', ') || 'right'}`, () => assert.equal(said(layers(text)), expected));

Templates('a number out of a text is warned about, for rows in which it is none', () => {
	const [line] = layers("{number: '{{recipient.name}}'}");
	assert.match(line!, /^9:50 warning\[RF3066\] the field "recipient\.name" is a text: a row in which/);
});

Templates('without data a template has nothing to read', () => {
	assert.equal(layers("{text: 'Hi {{recipient.name}}'}", ''), [
		'5:54 RF3061 the spec has no data for "recipient" | add `data: {recipients: {...}}` to the spec, or write `\\{{` for braces that are shown',
	]);
});

Templates('data that is broken itself is not said to lack anything', () => {
	assert.equal(said(layers("{text: '{{recipient.x}} {{account.y}}'}", 'data: 5\n')), [
		'RF2003 expected a mapping (`key: value`), got the number 5',
	]);
});

Templates('calls to action, backgrounds and what a scene overrides are read', () => {
	const spec = `${HEAD}${DATA}ctas: {go: {text: 'Go {{recipient.x}}', sub: '{{recipient.y}}', color: '{{recipient.tint}}'}}
brand: {name: '{{recipient.name}}'}
scenes:
  - id: a
    background: [{type: image, path: '{{recipient.z}}', when: {platform: tiktok}}, {type: solid, color: '{{recipient.tint}}'}]
    for: {youtube: {layers: [{text: '{{recipient.w}}'}]}}
    layers: [{cta: {}}]
`;
	assert.equal(
		shortReportOf(spec).map((line) => line.replace(/ \| .*/, '')),
		[
			'9:25 RF3061 "recipient" has no field "x"',
			'9:49 RF3061 "recipient" has no field "y"',
			'9:72 RF3066 `color` cannot be filled from data',
			'10:15 RF3066 `name` cannot be filled from data',
			'13:41 RF3061 "recipient" has no field "z"',
			'13:105 RF3066 `color` cannot be filled from data',
			'14:40 RF3061 "recipient" has no field "w"',
		],
	);
});

Templates('a picture that a row gives is no file of the spec', () => {
	const { spec } = checked({
		scenes: [
			{ id: 'a', background: { type: 'image', path: '{{recipient.shot}}' }, layers: [{ image: '{{recipient.shot}}' }, { image: 'a.png' }] },
		],
	} satisfies Partial<CampaignSpec>);
	assert.equal(collectNeeds(spec, []).needs.images, ['a.png']);
});

Templates('of a prop that a row gives nothing is said, and of the others all', () => {
	const propsSchema = { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } };
	const spec = checked({
		scenes: [{ id: 'a', layers: [{ component: 'C.tsx', props: { a: '{{recipient.deals}}', b: 'x' }, propsSchema }] }],
	});
	assert.equal(
		checkProps(spec, {} as Inputs).map(({ range }) => range?.file),
		['scenes.0.layers.0.props.b'],
	);
});

Templates.run();
