import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codesOf, HEAD, shortReportOf, withScenes } from '../../support/spec-report.ts';

const Adaptive = suite('compiler/rules/adaptive');

const scene = (keys: string): string => withScenes(`  - id: one\n${keys.replace(/^/gm, '    ')}\n`);

type Row = readonly [title: string, keys: string, report: readonly string[]];

const ROWS: readonly Row[] = [
	[
		'a name inside a nested condition is checked',
		'when: {any: [{platform: tiktok}, {not: {all: [{platform: youtub}]}}]}',
		['7:62 RF3001 the spec has no platform "youtub" | did you mean "youtube"?'],
	],
	[
		'so is one in the condition of a background',
		'background: [{type: solid, when: {platform: youtub}}, {type: linear}]',
		['7:49 RF3001 the spec has no platform "youtub" | did you mean "youtube"?'],
	],
	[
		'and of a transition',
		'transition: {type: crossfade, when: {not: {variant: loud}}}',
		['7:57 RF3001 the spec has no variant "loud" | one of: default'],
	],
	[
		'an unknown key inside a nested condition',
		'when: {not: {platfrom: tiktok}}',
		['7:18 RF2001 unknown key "platfrom" | did you mean "platform"?'],
	],
	[
		'a duration range the wrong way round inside a nested condition',
		'when: {all: [{duration: {min: 30, max: 15}}]}',
		['7:35 RF2005 min 30 is more than max 15 | exchange them, or raise max'],
	],
	[
		'a `for` names a platform, an aspect or a variant of the spec',
		'layers: [{text: Hi, for: {tiktk: {at: bottom}}}]',
		['7:31 RF3001 no platform, aspect or variant is named "tiktk" | did you mean "tiktok"?'],
	],
	['a `for` may name each of them', 'layers: [{text: Hi, for: {tiktok: {at: bottom}, square: {at: top}, default: {at: left}}}]', []],
	[
		'an unknown key of an override is found at the key',
		'layers: [{text: Hi, for: {tiktok: {algin: left}}}]',
		['7:40 RF2001 unknown key "algin" | did you mean "align"?'],
	],
	[
		'a wrong value of an override is found at the value',
		'layers: [{text: Hi, for: {tiktok: {at: botom}}}]',
		['7:44 RF2002 "botom" is not one of the allowed values | did you mean "bottom"?'],
	],
	[
		'an override is of the layer that it stands in',
		'layers: [{shape: line, for: {tiktok: {role: stat}}}]',
		['7:43 RF2001 unknown key "role" | one of: shape, at'],
	],
	[
		'an override cannot change the condition',
		'layers: [{text: Hi, for: {tiktok: {when: {mood: calm}}}}]',
		['7:40 RF2001 unknown key "when" | '],
	],
	['an empty override', 'layers: [{text: Hi, for: {tiktok: {}}}]', ['7:39 RF2005 the mapping is empty | write one of: ']],
	[
		'a colour of an override',
		'layers: [{text: Hi, for: {tiktok: {color: acent}}}]',
		['7:47 RF3005 "acent" is not a colour | did you mean "accent"?'],
	],
	[
		'a colour of a candidate',
		'background: [{type: linear, colors: [acent, ink]}]',
		['7:42 RF3005 "acent" is not a colour | did you mean "accent"?'],
	],
	[
		'the layers of an overridden scene are checked like any other',
		'for: {tiktok: {layers: [{text: Hi, from: 3, until: 2}, {cta: {}}]}}',
		[
			'7:56 RF3012 the layer goes at 2 s and comes at 3 s | write an `until` above 3, or leave it out',
			'7:61 RF3016 the layer draws a call to action, and the spec has no `ctas` | add `ctas: {shop-now: {text: Shop Now}}` to the spec, or remove the layer',
		],
	],
	['an override of a scene may not rename it', 'for: {tiktok: {id: other}}', ['7:20 RF2001 unknown key "id" | ']],
	['a scene is optional with a priority', 'optional: true\npriority: 2', []],
	['a list of candidates may not be empty', 'transition: []', ['7:17 RF2005 the list is empty | write at least 1']],
];

for (const [title, keys, report] of ROWS)
	Adaptive(title, () => {
		const found = shortReportOf(scene(keys));
		assert.is(found.length, report.length, found.join('\n'));
		for (const [index, line] of report.entries()) assert.ok(found[index]!.startsWith(line), found[index]);
	});

Adaptive('of very many problems the first fifty are shown, and how many more there are', () => {
	const layers = Array.from({ length: 55 }, () => '{text: Hi, color: acent}').join(', ');
	const codes = codesOf(scene(`layers: [${layers}]`));
	assert.is(codes.length, 51);
	assert.is(codes.at(-1), 'RF2009');
});

const withCtas = (ctas: string, layer: string, matrix = ''): string =>
	`${HEAD}${matrix}ctas: ${ctas}\nscenes:\n  - id: one\n    layers: [{cta: ${layer}}]\n`;

Adaptive('the default of a layer is a call to action of the spec', () => {
	assert.equal(shortReportOf(withCtas('{buy: {text: Buy}}', '{default: bye}')), ['8:30 RF3001 the spec has no cta "bye" | one of: buy']);
});

Adaptive('without an axis a layer needs a default', () => {
	assert.equal(shortReportOf(withCtas('{buy: {text: Buy}}', '{}', 'matrix: {ctas: []}\n')), [
		'9:15 RF3016 the matrix has no calls to action, and the layer has no `default` | write `cta: {default: <name>}`, or take `ctas: []` out of `matrix`',
	]);
	assert.equal(shortReportOf(withCtas('{buy: {text: Buy}}', '{default: buy}', 'matrix: {ctas: []}\n')), []);
});

Adaptive('the axis names calls to action of the spec', () => {
	assert.equal(shortReportOf(withCtas('{buy: {text: Buy}}', '{}', 'matrix: {ctas: [bye]}\n')), [
		'5:17 RF3001 the spec has no cta "bye" | one of: buy',
	]);
});

Adaptive('an address is shown only of calls to action that have one', () => {
	const summary = 'the layer shows the address of each call to action, and "try" has none';
	const ctas = '{buy: {text: Buy, url: example.com}, try: {text: Try}}';
	assert.equal(shortReportOf(withCtas(ctas, '{qr: true}')), [`8:21 RF3050 ${summary} | add \`url\` to it, or remove \`qr\` here`]);
	assert.equal(shortReportOf(withCtas(ctas, '{url: true}')), [`8:21 RF3050 ${summary} | add \`url\` to it, or remove \`url\` here`]);
	assert.equal(codesOf(withCtas(ctas, '{url: true}', 'matrix: {ctas: [buy]}\n')), []);
	assert.equal(codesOf(withCtas(ctas, '{qr: true, default: try}', 'matrix: {ctas: []}\n')), ['RF3050']);
	assert.equal(codesOf(withCtas(ctas, '{qr: false}')), []);
});

Adaptive('{cta} has no value in a name when the axis is empty', () => {
	const text = `${withCtas('{buy: {text: Buy}}', '{default: buy}', 'matrix: {ctas: []}\n')}output: {naming: '{platform}-{cta}.mp4'}\n`;
	assert.match(shortReportOf(text)[0] ?? '', 'RF3009 {cta} has no value: `matrix.ctas` is empty');
});

Adaptive.run();
