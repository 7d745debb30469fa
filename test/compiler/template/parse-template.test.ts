import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseTemplate } from '../../../src/compiler/template/parse-template.ts';
import { fieldsOf, isTemplate, nameOfField, onlyField } from '../../../src/compiler/template/template.ts';
import { processorTime } from '../../support/processor-time.ts';

const ParseTemplate = suite('compiler/template/parse-template');

const fieldsRead = (text: string): readonly string[] => {
	const read = parseTemplate(text);
	assert.ok(read.ok, JSON.stringify(read));
	return fieldsOf(read.template).map(nameOfField);
};

for (const [text, fields] of [
	['no braces', []],
	['Hi {{recipient.first_name}}', ['recipient.first_name']],
	['{{ recipient.a }} {{~accounts.plan~}} {{recipient.a}}', ['recipient.a', 'accounts.plan']],
	['{{upper recipient.a}}', ['recipient.a']],
	['{{default recipient.a (concat recipient.b " " recipient.c)}}', ['recipient.a', 'recipient.b', 'recipient.c']],
	['{{currency recipient.a currency=recipient.b decimals=0}}', ['recipient.a', 'recipient.b']],
	['{{#if recipient.a}}{{recipient.b}}{{else}}{{recipient.c}}{{/if}}', ['recipient.a', 'recipient.b', 'recipient.c']],
	['{{#if recipient.a}}1{{else if recipient.b}}2{{else}}3{{/if}}', ['recipient.a', 'recipient.b']],
	['{{#unless (default recipient.a false)}}x{{/unless}}', ['recipient.a']],
	['{{^if recipient.a}}x{{/if}}', ['recipient.a']],
	['{{!-- a }} comment --}}{{! another }}', []],
	['\\{{recipient.a}} stays', []],
	['\\\\{{recipient.a}}', ['recipient.a']],
	['{{replace recipient.a "}}" "{{"}}', ['recipient.a']],
	['{{upper "text"}}', []],
	['a }} b', []],
] as const)
	ParseTemplate(`${text} is a template that reads ${fields.join(', ') || 'nothing'}`, () => assert.equal(fieldsRead(text), fields));

/** What is refused, with the piece that is pointed at. */
const refusal = (text: string): string => {
	const read = parseTemplate(text);
	assert.not(read.ok, text);
	if (read.ok) return '';
	assert.ok(read.hint.length > 0);
	return `${read.code} ${read.at === undefined ? '' : text.slice(read.at.start, read.at.end)}: ${read.summary}`;
};

for (const [text, expected] of [
	['a {{recipient.a', 'RF3060 {{recipient.a: the braces are not closed'],
	['a {{}} b', 'RF3060 {{}}: the braces hold nothing'],
	['{{recipient.a}', 'RF3060 {{recipient.a}: the braces are not closed'],
	['x {{recipient.a}}} y', 'RF3060 {{recipient.a}}}: a third brace closes what two have opened'],
	['{{!-- never', 'RF3060 {{!-- never: the braces are not closed'],
	['{{recipient.a b c=}}', 'RF3060 {{recipient.a b c=}}: "{{recipient.a b c=}}" cannot be read'],
	['{{(upper recipient.a)}}', 'RF3060 {{(upper recipient.a)}}: "{{(upper recipient.a)}}" cannot be read'],
	['{{#if recipient.a}}x', 'RF3060 {{#if recipient.a}}: "{{#if recipient.a}}" is not closed'],
	['x{{/if}}', 'RF3060 {{/if}}: "{{/if}}" closes nothing'],
	['{{#if recipient.a}}x{{/unless}}', 'RF3060 {{/unless}}: "{{/unless}}" closes a block that begins with "{{#if recipient.a}}"'],
	['x\ny {{upper}}', 'RF3060 {{upper}}: `upper` takes 1 value, and has 0'],
	['{{truncate recipient.a}}', 'RF3060 {{truncate recipient.a}}: `truncate` takes 2 to 3 values, and has 1'],
	['{{default recipient.a}}', 'RF3060 {{default recipient.a}}: `default` takes 2 or more values, and has 1'],
	['{{#if}}x{{/if}}', 'RF3060 if: `#if` takes one value'],
	['{{#if recipient.a recipient.b}}x{{/if}}', 'RF3060 if: `#if` takes one value'],
	['{{first_name}}', 'RF3061 first_name: "first_name" names no source'],
	['{{recipient}}', 'RF3061 recipient: "recipient" names no field'],
	['{{{recipient.a}}}', 'RF3062 {{{recipient.a}}: not allowed in a template: three braces'],
	['{{&recipient.a}}', 'RF3062 {{&recipient.a}}: not allowed in a template: `{{&`'],
	['{{~{recipient.a}~}}', 'RF3062 {{~{recipient.a}~}}: not allowed in a template: three braces'],
	['{{> footer}}', 'RF3062 {{> footer}}: not allowed in a template: partials'],
	['{{~> footer}}', 'RF3062 {{~> footer}}: not allowed in a template: partials'],
	['{{#> footer}}x{{/footer}}', 'RF3062 {{#> footer}}: not allowed in a template: partials'],
	['{{#*inline "x"}}y{{/inline}}', 'RF3062 {{#*inline "x"}}: not allowed in a template: decorators'],
	['{{* x}}', 'RF3062 {{* x}}: not allowed in a template: decorators'],
	['{{{{raw}}}}x{{{{/raw}}}}', 'RF3062 {{{{raw}}: not allowed in a template: raw blocks'],
	['{{#each recipient.a}}x{{/each}}', 'RF3062 each: not allowed in a template: the block "each"'],
	['{{#with recipient.a}}x{{/with}}', 'RF3062 with: not allowed in a template: the block "with"'],
	['{{#recipient.a}}x{{/recipient.a}}', 'RF3062 recipient.a: not allowed in a template: the block "recipient.a"'],
	['{{#if recipient.a as |x|}}y{{/if}}', 'RF3062 {{#if recipient.a as |x|}}y{{/if}}: not allowed in a template: block parameters'],
	['{{lookup recipient.a "b"}}', 'RF3062 lookup: not allowed in a template: "lookup"'],
	['{{log recipient.a}}', 'RF3062 log: not allowed in a template: "log"'],
	['{{uper recipient.a}}', 'RF3062 uper: no transform is named "uper"'],
	['{{constructor recipient.a}}', 'RF3062 constructor: no transform is named "constructor"'],
	['{{number recipient.a decimal=1}}', 'RF3062 decimal=1: `number` takes no "decimal"'],
	['{{upper recipient.a toString=1}}', 'RF3062 toString=1: `upper` takes no "toString"'],
	['{{this.a}}', 'RF3062 this.a: not allowed in a template: "this.a"'],
	['{{this}}', 'RF3062 this: not allowed in a template: "this"'],
	['{{.}}', 'RF3062 .: not allowed in a template: "."'],
	['{{./a}}', 'RF3062 ./a: not allowed in a template: "./a"'],
	['{{../recipient.a}}', 'RF3062 ../recipient.a: not allowed in a template: "../recipient.a"'],
	['{{@root.recipient}}', 'RF3062 @root.recipient: not allowed in a template: "@root.recipient"'],
	['{{@index}}', 'RF3062 @index: not allowed in a template: "@index"'],
	['{{recipient.constructor}}', 'RF3062 recipient.constructor: not allowed in a template: "recipient.constructor"'],
	['{{recipient.__proto__}}', 'RF3062 recipient.__proto__: not allowed in a template: "recipient.__proto__"'],
	['{{recipient.[first name]}}', 'RF3062 recipient.[first name]: not allowed in a template: the path "recipient.first name"'],
	['{{recipient/a}}', 'RF3062 recipient/a: not allowed in a template: the path "recipient/a"'],
	['{{recipient.a.b}}', 'RF3062 recipient.a.b: not allowed in a template: the path "recipient.a.b"'],
	['{{"text"}}', 'RF3062 {{"text"}}: not allowed in a template: a value that is no field'],
	['{{5}}', 'RF3062 {{5}}: not allowed in a template: a value that is no field'],
	['{{upper null}}', 'RF3062 null: not allowed in a template: `null` and `undefined`'],
	['{{upper undefined}}', 'RF3062 undefined: not allowed in a template: `null` and `undefined`'],
	['{{number "many"}}', 'RF3066 "many": "many" is not a number'],
	['{{currency recipient.a "EUX"}}', 'RF3066 "EUX": "EUX" is not a currency'],
	['{{currency recipient.a currency="dollars"}}', 'RF3066 currency="dollars": "dollars" is not a currency'],
	['{{number recipient.a locale="xx-klingon-"}}', 'RF3066 locale="xx-klingon-": "xx-klingon-" is not a language'],
	['{{number recipient.a decimals=9}}', 'RF3066 decimals=9: "9" is not a number from 0 to 6'],
	['{{truncate recipient.a 0}}', 'RF3066 0: "0" is not a number from 1 to 10000'],
	['{{date recipient.a "brief"}}', 'RF3066 "brief": "brief" is not one of short, medium, long, full'],
	['{{date "2026-02-30"}}', 'RF3066 "2026-02-30": "2026-02-30" is not a date'],
	['{{date recipient.a zone="Europe/Atlantis"}}', 'RF3066 zone="Europe/Atlantis": "Europe/Atlantis" is not a time zone'],
] as const)
	ParseTemplate(`${text} is refused`, () => assert.is(refusal(text), expected));

const nested = (depth: number): string => `${'{{#if r.a}}'.repeat(depth)}x${'{{/if}}'.repeat(depth)}`;

for (const [title, text] of [
	['5,000 nested conditions', nested(5000)],
	['17 nested conditions', nested(17)],
	['17 nested parentheses', `{{upper ${'(upper '.repeat(17)}r.a${')'.repeat(17)}}}`],
	['500 nested parentheses', `{{upper ${'(upper '.repeat(500)}r.a${')'.repeat(500)}}}`],
	['260 conditions in a chain', `{{#if r.a}}x${'{{else if r.a}}'.repeat(260)}{{/if}}`],
	['a text of 5,000 characters', `{{r.a}}${'x'.repeat(5000)}`],
	['an open quote and 4,000 braces', `{{x "${'{{'.repeat(2100)}`],
] as const)
	ParseTemplate(`${title}: refused as too large, at once`, async () => {
		assert.ok((await processorTime(() => assert.match(refusal(text), /^RF3063/))) < 1000);
	});

ParseTemplate('4,000 open braces in a quoted text are refused at once', async () => {
	assert.ok((await processorTime(() => assert.match(refusal(`{{x "${'{{'.repeat(2000)}`), /^RF3060/))) < 1000);
});

ParseTemplate('16 nested conditions are read', () => assert.ok(parseTemplate(nested(16)).ok));

ParseTemplate('texts of random braces and signs are read or refused, and never throw', () => {
	const pieces = [
		'{{',
		'}}',
		'{',
		'}',
		'#if ',
		'/if',
		'else',
		'r.a',
		'"',
		"'",
		'(',
		')',
		'\\',
		' ',
		'~',
		'!--',
		'--',
		'|',
		'as',
		'=',
		'@',
		'../',
		'\n',
	];
	let state = 7;
	for (let round = 0; round < 3000; round++) {
		let text = '';
		for (let i = 0; i < 12; i++) {
			state = (Math.imul(state, 1103515245) + 12345) >>> 0;
			text += pieces[(state >>> 16) % pieces.length]!;
		}
		parseTemplate(text);
	}
});

ParseTemplate('a template is told by its braces, and one field alone by its form', () => {
	assert.equal(['a {{b', 'a { b', '\\{{', '', 5, null].map(isTemplate), [true, false, true, false, false, false]);
	const alone = (text: string): string | null => {
		const read = parseTemplate(text);
		const field = read.ok ? onlyField(read.template) : null;
		return field && nameOfField(field);
	};
	assert.equal(['{{r.a}}', '{{ r.a }}', ' {{r.a}}', '{{upper r.a}}', '{{r.a}}{{r.b}}'].map(alone), ['r.a', 'r.a', null, null, null]);
});

ParseTemplate.run();
