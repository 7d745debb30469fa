import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DraftSpec } from '../../../src/compiler/draft-spec.ts';
import { outputNaming } from '../../../src/compiler/rules/output-naming.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import { checked } from '../../support/specs.ts';

const Naming = suite('compiler/rules/output-naming');

const FIELDS = { id: { type: 'string' }, company: { type: 'string' } } as const;
const DATA: NonNullable<CampaignSpec['data']> = {
	recipients: { type: 'csv', path: 'rows.csv', key: 'id', fields: FIELDS },
	accounts: { type: 'csv', path: 'accounts.csv', key: 'id', on: 'company', fields: { plan: { type: 'string' } } },
	site: { type: 'inline', rows: [{ title: 'x' }], fields: { title: { type: 'string' } } },
	scores: { type: 'api', url: 'https://api.example/{id}', fields: { score: { type: 'number' } } },
};

const problems = (naming: string, data: DraftSpec['data'] = DATA): readonly string[] => {
	const { spec, rangeOf } = checked({ output: { naming } });
	const draft: DraftSpec = { ...spec, ...(data === undefined ? {} : { data }) };
	return outputNaming({ draft, rangeOf, findIn: (_, piece) => ({ file: piece, start: 0, end: 0 }) }).map(
		(d) => `${d.range?.file} ${d.code} ${d.summary} | ${d.hint}`,
	);
};
const without = (naming: string): readonly string[] => problems(naming, {});

for (const naming of [
	'{platform}/{key}.mp4',
	'{data.company}.mp4',
	'{data.accounts.plan}-{platform}.mp4',
	'{data.scores.score}.mp4',
	'{data.site.title}/{key}.mp4',
	'{data.recipient.company}.mp4',
]) {
	Naming(`${naming} is a name for recipients`, () => assert.equal(problems(naming), []));
}

for (const [naming, expected] of [
	[
		'{platform}.mp4',
		'output.naming RF3007 every recipient would get one name | add {key}, or a field such as {data.name}, to `output.naming`',
	],
	[
		'{data.site.title}.mp4',
		'output.naming RF3007 every recipient would get one name | add {key}, or a field such as {data.name}, to `output.naming`',
	],
	['{data.compny}.mp4', '{data.compny} RF3009 "{data.compny}": recipients have no field "compny" | did you mean "company"?'],
	['{data.x}.mp4', '{data.x} RF3009 "{data.x}": recipients have no field "x" | one of: id, company'],
	['{data.accounts.plam}.mp4', '{data.accounts.plam} RF3009 "{data.accounts.plam}": "accounts" has no field "plam" | did you mean "plan"?'],
	['{data.acounts.plan}.mp4', '{data.acounts.plan} RF3009 "{data.acounts.plan}" names no data source | did you mean "accounts"?'],
	[
		'{data.recipients.company}.mp4',
		'{data.recipients.company} RF3009 "{data.recipients.company}" names no data source | write {data.company}',
	],
	['{key}-{company}.mp4', '{company} RF3009 unknown placeholder "{company}" | did you mean {data.company}?'],
	['{key}-{keys}.mp4', '{keys} RF3009 unknown placeholder "{keys}" | did you mean {key}?'],
	[
		'{key}-{data.a.b.c}.mp4',
		'{data.a.b.c} RF3009 unknown placeholder "{data.a.b.c}" | one of: {campaign}, {platform}, {duration}, {variant}, {mood}, {cta}, {key}',
	],
] as const) {
	Naming(`${naming} is not`, () => assert.equal(problems(naming), [expected]));
}

for (const [naming, expected] of [
	[
		'{key}.mp4',
		'{key} RF3009 "{key}" has no value: the spec has no `data.recipients` | remove it from the name, or add the rows that it differs by',
	],
	[
		'{data.company}.mp4',
		'{data.company} RF3009 "{data.company}" has no value: the spec has no `data.recipients` | remove it from the name, or add the rows that it differs by',
	],
	['{who}.mp4', '{who} RF3009 unknown placeholder "{who}" | one of: {campaign}, {platform}, {duration}, {variant}, {mood}, {cta}'],
] as const) {
	Naming(`without recipients ${naming} has no meaning`, () => assert.equal(without(naming), [expected]));
}

Naming('nothing is said of fields in a source that is broken', () => {
	assert.equal(problems('{data.compny}.mp4', { recipients: undefined }), []);
	assert.equal(problems('{data.compny}.mp4', { recipients: { type: 'csv', fields: undefined } }), []);
	assert.equal(problems('{data.acc.plan}.mp4', { ...DATA, acc: undefined }), []);
});

Naming.run();
