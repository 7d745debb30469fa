import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HEAD, shortReportOf } from '../../support/spec-report.ts';

const Data = suite('compiler/rules/data');

const SCENES = 'scenes: [{id: a}]\n';
const FIELDS =
	'fields: {id: {type: string}, industry: {type: string, enum: [health, tech]}, size: {type: integer, minimum: 1}, logo: {type: string, format: image}}';
const RECIPIENTS = `recipients: {type: csv, path: r.csv, key: id, ${FIELDS}}`;

/** Line 5 is `data:`, line 6 the first source. */
const data = (...sources: string[]): readonly string[] =>
	shortReportOf(`${HEAD}data:\n${sources.map((text) => `  ${text}\n`).join('')}${SCENES}`);
const field = (text: string): readonly string[] => data(`x: {type: inline, rows: [{a: 1}], fields: {f: {${text}}}}`);
const places = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/ \| .*/, ''));

for (const [title, sources, expected] of [
	[
		'a whole set of sources',
		[
			RECIPIENTS,
			"plans: {type: json, url: 'https://x.example/p', key: id, on: industry, fields: {id: {type: string}}}",
			"score: {type: api, url: 'https://x.example/{id}', fields: {n: {type: number}}}",
		],
		[],
	],
	[
		'recipients without a key',
		['recipients: {type: csv, path: r.csv, fields: {id: {type: string}}}'],
		['6:3 RF3065 the recipients have no `key`'],
	],
	['a key that is a column and no field', ['recipients: {type: csv, path: r.csv, key: di, fields: {id: {type: string}}}'], []],
	['no place', ['x: {type: csv, fields: {id: {type: string}}}'], ['6:3 RF3065 "x" does not say where it is']],
	[
		'two places',
		["x: {type: json, path: x.json, url: 'https://x.example', fields: {id: {type: string}}}"],
		['6:33 RF3065 "x" is in two places'],
	],
	[
		'recipients that are joined',
		['recipients: {type: csv, path: r.csv, key: id, on: id, fields: {id: {type: string}}}'],
		['6:49 RF3065 the recipients are what other sources are joined to'],
	],
	[
		'a join to nobody',
		['x: {type: csv, path: x.csv, key: id, on: id, fields: {id: {type: string}}}'],
		['6:40 RF3065 "x" is joined to recipients, and the spec has none'],
	],
	[
		'a join without a key',
		[RECIPIENTS, 'x: {type: csv, path: x.csv, on: id, fields: {id: {type: string}}}'],
		['7:31 RF3065 "x" is joined, and has no `key`'],
	],
	[
		'a join by an unknown field',
		[RECIPIENTS, 'x: {type: csv, path: x.csv, key: id, on: indutsry, fields: {id: {type: string}}}'],
		['7:44 RF3061 no field is named "indutsry"'],
	],
	[
		'a way into lines',
		['x: {type: json, path: x.ndjson, lines: true, at: rows, fields: {id: {type: string}}}'],
		['6:48 RF3065 a document of lines has its rows in its lines'],
	],
	[
		'a way with a hole',
		['x: {type: json, path: x.json, at: a..b, fields: {id: {type: string}}}'],
		['6:37 RF2006 "a..b" has a dot with no key beside it'],
	],
	[
		'an address with an unknown field',
		[RECIPIENTS, "x: {type: api, url: 'https://x.example/{id}/{nmae}', fields: {n: {type: number}}}"],
		['7:47 RF3061 the recipients have no field "nmae"'],
	],
	[
		'a body with an unknown field',
		[RECIPIENTS, "x: {type: api, method: POST, url: 'https://x.example/', body: {q: [{who: 'a {nmae}'}]}, fields: {n: {type: number}}}"],
		['7:79 RF3061 the recipients have no field "nmae"'],
	],
	[
		'a call for each of nobody',
		["x: {type: api, url: 'https://x.example/{id}', fields: {n: {type: number}}}"],
		['6:42 RF3061 {id} has no value: the spec has no recipients'],
	],
	[
		'a call for the recipients that names one',
		["recipients: {type: api, url: 'https://x.example/{id}', key: id, fields: {id: {type: string}}}"],
		['6:51 RF3065 the call for the recipients cannot name one of them'],
	],
	[
		'a call for each recipient that is joined as well',
		[RECIPIENTS, "x: {type: api, url: 'https://x.example/{id}', key: n, on: id, fields: {n: {type: number}}}"],
		['7:57 RF3065 "x" is asked for each recipient, and joined as well'],
	],
	[
		'a body that is not sent',
		[RECIPIENTS, "x: {type: api, url: 'https://x.example/{id}', body: {a: 1}, fields: {n: {type: number}}}"],
		['7:49 RF3065 a body is sent with `POST` alone'],
	],
	[
		'a secret in a header is no placeholder',
		["x: {type: api, url: 'https://x.example/', headers: {Authorization: 'Bearer \u0024{env.TOKEN}'}, fields: {n: {type: number}}}"],
		[],
	],
] as const)
	Data(`${title}: ${expected.join(', ') || 'right'}`, () => assert.equal(places(data(...sources)), expected));

for (const [text, expected] of [
	['type: string, fallback: there', []],
	['type: number, fallback: 5', []],
	['type: number, fallback: there', ['6:74 RF2006 "there" is not of the type number | write a value of the type number, or change `type`']],
	["type: integer, fallback: '5'", ['6:75 RF2006 "5" is not of the type integer | write it without quotes: 5']],
	['type: integer, fallback: 5.5', ['6:75 RF2006 5.5 is not of the type integer | write a value of the type integer, or change `type`']],
	['type: string, fallback: 5', ["6:74 RF2006 5 is not of the type string | put it in quotes: '5'"]],
	['type: string, enum: [a, b], fallback: c', ['6:88 RF2006 "c" is not in `enum` | add it there, or write one of them']],
	['type: string, enum: [a, 1]', ["6:74 RF2006 1 is not of the type string | put it in quotes: '1'"]],
	['type: number, minimum: 5, maximum: 1', ['6:73 RF2005 minimum 5 is more than maximum 1 | exchange them, or raise maximum']],
	['type: number, minimum: 5, fallback: 1', ['6:86 RF2006 1 is less than the minimum 5 | write more, or lower `minimum`']],
	['type: string, minLength: 5, maxLength: 2', ['6:75 RF2005 minLength 5 is more than maxLength 2 | exchange them, or raise maxLength']],
	['type: string, maxLength: 2, fallback: abc', ['6:88 RF2006 "abc" is longer than 2 characters | write less, or raise `maxLength`']],
	[
		'type: string, minimum: 5',
		['6:64 RF2000 `minimum` says nothing about a field of the type string | remove it, or write `type: number`'],
	],
	[
		'type: number, format: email',
		['6:64 RF2000 `format` says nothing about a field of the type number | remove it, or write `type: string`'],
	],
	[
		'type: string, format: color, fallback: blurple',
		['6:89 RF2006 "blurple" is not a colour that can be drawn with | write #rgb, #rrggbb or a CSS colour name'],
	],
	[
		"type: string, format: date, fallback: '2026-13-01'",
		['6:88 RF2006 "2026-13-01" is not a date | write a day that exists as 2026-03-31'],
	],
	[
		"type: string, format: date, fallback: '2026-03-01T09:30:00Z'",
		['6:88 RF2006 "2026-03-01T09:30:00Z" is not a date | write a day that exists as 2026-03-31'],
	],
	['type: string, format: email, fallback: nobody', ['6:89 RF2006 "nobody" is not an email address | write name@example.com']],
	[
		'type: string, format: uri, enum: [acme.example]',
		['6:84 RF2006 "acme.example" is not a web address | write it whole, with https:// in front and without spaces'],
	],
	['type: string, format: image, fallback: none.png', []],
] as const)
	Data(`a field {${text}}: ${expected.length === 0 ? 'right' : 'wrong'}`, () => assert.equal(field(text), expected));

const when = (text: string): readonly string[] =>
	shortReportOf(`${HEAD}data:\n  ${RECIPIENTS}\nscenes: [{id: a, when: {data: {${text}}}}]\n`);

for (const [text, expected] of [
	['industry: health', []],
	['industry: {in: [health, tech]}, size: {min: 1, max: 5}', []],
	['recipient.industry: health', []],
	['indutsry: health', ['7:32 RF3061 "recipient" has no field "indutsry" | did you mean "industry"?']],
	['crm.plan: gold', ['7:32 RF3061 no source is named "crm" | one of: recipient']],
	['industry: helath', ['7:42 RF3066 no row has this value: "helath" is not in the `enum` of the field | did you mean "health"?']],
	['industry: {in: [health, 5]}', ["7:56 RF3066 no row has this value: 5 is not of the type string | put it in quotes: '5'"]],
	[
		'industry: {min: 5}',
		['7:48 RF3066 `min` is for numbers, and the field is of the type string | write `in: [...]`, or give the field `type: number`'],
	],
	['size: {min: 5, max: 2}', ['7:44 RF2005 min 5 is more than max 2 | exchange them, or raise max']],
	['size: 0', ['7:38 RF3066 no row has this value: 0 is less than the minimum 1 | write more, or lower `minimum`']],
	['size: {present: false}', []],
] as const)
	Data(`a condition {${text}}: ${expected.length === 0 ? 'right' : 'wrong'}`, () => assert.equal(when(text), expected));

const brand = (from: string, sources = `data:\n  ${RECIPIENTS}\n`): readonly string[] =>
	shortReportOf(`${HEAD}${sources}brand: {name: A, colors: {from: ${from}}}\n${SCENES}`);

Data('colours come from a field that is said to be a picture', () => {
	assert.equal(brand('logo'), []);
	assert.equal(brand('lgo'), ['7:33 RF3061 "recipient" has no field "lgo" | did you mean "logo"?']);
	assert.equal(places(brand('industry')), ['7:33 RF3066 the field "industry" is not said to be a picture']);
	assert.equal(places(brand('logo', '')), ['5:33 RF3061 the spec has no data for "recipient"']);
});

Data('conditions on data need data', () => {
	const [line] = shortReportOf(`${HEAD}scenes: [{id: a, when: {data: {industry: health}}}]\n`);
	assert.match(line!, /^5:32 RF3061 the spec has no data for "recipient"/);
});

Data('columns may be named like times of a scene', () => assert.equal(field('type: string, from: 9000s'), []));

Data.run();
