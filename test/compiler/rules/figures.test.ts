import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shortReportOf, withScenes } from '../../support/spec-report.ts';

const Figures = suite('compiler/rules/figures');

const layer = (text: string): string => withScenes(`  - id: a\n    layers: [${text}]\n`);

type Row = readonly [title: string, layer: string, report: readonly string[]];

const ROWS: readonly Row[] = [
	[
		'a number of percent where a share is asked for',
		'{number: 42, format: percent}',
		["7:35 RF2005 42 as a percentage is 4200% | write 0.42 for 42%, or use `format: unit` with `unit: '%'`"],
	],
	[
		'a format that needs a unit',
		'{number: 42, format: unit}',
		['7:35 RF2004 `format: unit` needs a `unit` | add `unit: km/h`, or whatever is counted'],
	],
	[
		'a language that is none',
		'{number: 42, locale: english}',
		['7:35 RF3001 "english" is not a language | write a tag such as en-US, de-DE or ja-JP'],
	],
	[
		'a currency with a typo',
		'{number: 42, format: currency, currency: EURO}',
		['7:55 RF2006 "EURO" is not a currency | did you mean "EUR"?'],
	],
	[
		'a currency that is none',
		'{number: 42, format: currency, currency: EUX}',
		['7:55 RF3001 "EUX" is not a currency | did you mean "EUR"?'],
	],
	['a format with a typo', '{number: 42, format: percnt}', ['7:35 RF2002']],
	['a number that is none', '{number: .nan}', ['7:23 RF2']],
	['progress beyond the end', '{progress: 1.2}', ['7:25 RF2005']],
	['a chart without data', '{chart: bar, data: []}', ['7:33 RF2005']],
	['a chart of a kind that is none', '{chart: pie, data: [1]}', ['7:22 RF2002']],
	['data that are words', '{chart: bar, data: [{label: a, value: many}]}', ['7:52 RF2006 "many" is not a number']],
	['a line of one value', '{chart: line, data: [3]}', ['7:34 RF2005 one value is no line | add values, or show it as a `number`']],
	['a donut below 0', '{chart: donut, data: [3, -1]}', ['7:35 RF2005 a part of a whole is not below 0 | show it as `chart: bar`']],
	['a donut of nothing', '{chart: donut, data: [0, 0]}', ['7:35 RF2005 the parts sum to 0 | show it as `chart: bar`']],
	[
		'a donut of too many parts',
		'{chart: donut, data: [1, 1, 1, 1, 1, 1, 1, 1, 1]}',
		['7:35 RF2005 a donut of 9 parts cannot be read: 8 at most | show it as `chart: bar`'],
	],
	[
		'a highlight with a typo',
		'{chart: bar, data: [{label: Berlin, value: 3}], highlight: Berln}',
		['7:73 RF3001 the chart has no "Berln" | did you mean "Berlin"?'],
	],
	[
		'a highlight without labels',
		'{chart: bar, data: [3, 4], highlight: Q1}',
		['7:52 RF3001 the chart has no "Q1" | give the data labels: `{label: Q1, value: 12}`'],
	],
	[
		'an address on a phone',
		'{mockup: phone, image: a.png, url: a.com}',
		['7:44 RF2000 a phone has no address bar | remove `url`, or write `mockup: browser`'],
	],
	['a mock-up without a picture', '{mockup: phone}', ['7:14 RF2004']],
	[
		'a place inside of a group',
		'{group: [{text: a, at: top}]}',
		['7:33 RF2000 a layer in a group stands where its group puts it | give the group the `at`'],
	],
	[
		'a panel inside of a group',
		'{group: [{shape: ellipse}]}',
		['7:31 RF2000 a group cannot place a ellipse | put the shape beside the group, in the same region'],
	],
	[
		'groups four deep',
		'{group: [{group: [{group: [{group: [{text: a}]}]}]}]}',
		['7:42 RF2005 groups are nested 3 deep at most | lay out this one in the group around it'],
	],
	['an unknown key of a layer in a group', '{group: [{txt: a}]}', ['7:24 RF2007']],
	['two kinds in one layer', '{number: 3, text: a}', ['7:15 RF2007']],
];

for (const [title, text, report] of ROWS)
	Figures(title, () => {
		const found = shortReportOf(layer(text));
		assert.is(found.length, report.length, found.join('\n'));
		for (const [index, line] of report.entries()) assert.ok(found[index]!.startsWith(line), found[index]);
	});

for (const right of [
	'{number: 0.42, format: percent, countFrom: 0.1, animate: true, role: headline}',
	'{number: 42500, format: currency, currency: eur, locale: de-DE, decimals: 2}',
	'{chart: donut, data: [{label: a, value: 1}, {label: b, value: 0}], highlight: b}',
	'{mockup: browser, image: a.png, url: a.com}',
	'{group: [{group: [{group: [{text: a}, {icon: growth}]}]}], layout: grid, columns: 3, gap: 4, align: left, valign: top}',
	'{qr: https://a.com, label: a.com}',
	'{progress: 1, label: Done, style: ring}',
])
	Figures(`${right} is right`, () => {
		assert.equal(shortReportOf(layer(right)), []);
	});

Figures.run();
