import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse as parseYaml } from 'yaml';
import { validateCampaign } from '../../src/compiler/campaign-schema.ts';
import { checkMeaning } from '../../src/compiler/check.ts';
import { readSpec } from '../../src/compiler/read-spec.ts';
import { wordsOfPattern } from '../../src/compiler/schema-patterns.ts';
import { validateShape } from '../../src/compiler/validate.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { HEAD, reportOf, shortReportOf, withScenes } from '../support/spec-report.ts';

const Validate = suite('compiler/validate');

const layer = (text: string): string => withScenes(`  - id: a\n    layers:\n      - ${text}\n`);
const scene = (text: string): string => withScenes(`  - ${text}\n`);
const head = (line: string, replaced: RegExp): string => `${HEAD.replace(replaced, line)}scenes: [{id: a}]\n`;
const withAssets = (assets: string): string => `${HEAD}assets: {${assets}}\nscenes: [{id: a}]\n`;

Validate('a spec with every key of the language has nothing to say about it', () => {
	const outcome = readSpec({ file: 'valid', text: readFileSync('test/fixtures/valid.campaign.yaml', 'utf8') });
	assert.equal(outcome.diagnostics, []);
	assert.ok(outcome.ok);
	assert.is(outcome.value.spec.scenes.length, 3);
});

for (const [title, text, expected] of [
	// Keys
	['a misspelt key points at the key', `${HEAD}scnes: [{id: a}]\n`, ['5:1 RF2001 unknown key "scnes" | did you mean "scenes"?']],
	[
		'an unknown key lists the known ones',
		layer('{text: a, size: 3}'),
		['8:19 RF2001 unknown key "size" | one of: text, role, attribution, at, align, color, motion, from, until, for, when'],
	],
	[
		'a text with a comma in a bracket ends at the comma',
		layer('{text: One, two}'),
		[
			'8:21 RF2001 unknown key "two" | put the text before it in quotes, if this is a part of it; else one of: text, role, attribution, at, align, color, motion, from, until, for, when',
		],
	],
	[
		'a space of another kind in a key',
		`${HEAD}scenes: [{id: a}]\nbrand\u00a0x: 1\n`,
		['6:1 RF2001 unknown key "brand\u00a0x" | it holds a space of another kind than the usual one: type it again'],
	],
	[
		'a key where none is taken',
		layer('{cta: {text: Buy}}'),
		[
			'8:10 RF3016 the layer draws a call to action, and the spec has no `ctas` | add `ctas: {shop-now: {text: Shop Now}}` to the spec, or remove the layer',
			'8:16 RF2001 unknown key "text" | one of: default, url, qr',
		],
	],
	[
		'a missing key points at the key above it',
		`${HEAD}scenes: [{id: a}]\nbrand:\n  logo: x.svg\n`,
		['6:1 RF2004 missing key "name" | add `name: …`'],
	],
	[
		'a key that a list item misses points at the item',
		scene('duration: 3'),
		['6:5 RF2004 missing key "id" | add `id: …`: stable name of the scene, unique in the spec'],
	],
	[
		'a missing key of the spec itself points at its beginning',
		'reelform: 1\ncampaign: a\nplatforms: [x]\nscenes: [{id: a}]\n',
		['1:1 RF2004 missing key "durations" | add it, such as `durations: [15,30,60]`'],
	],
	[
		'a required key under a misspelt name is one mistake',
		`${HEAD}ctas: {buy: {txt: Buy}}\nscenes: [{id: a}]\n`,
		['5:14 RF2001 unknown key "txt" | did you mean "text"?'],
	],
	[
		'a misspelt key silences the rules that would miss it',
		`${HEAD}ctsa: {buy: {text: Buy}}\nscenes: [{id: a, layers: [{cta: {}}], when: {cta: buy}}]\n`,
		['5:1 RF2001 unknown key "ctsa" | did you mean "ctas"?'],
	],
	// Types
	['a list for a text', layer('{text: [Hello]}'), ['8:16 RF2003 expected a text, got a list | write a text here']],
	[
		'a number for a text',
		head('campaign: 2024', /campaign: q3/),
		['2:11 RF2003 expected a text, got the number 2024 | write lower-case letters, digits and single hyphens'],
	],
	['a truth for a text', layer('{text: true}'), ["8:16 RF2003 expected a text, got true | put it in quotes: 'true'"]],
	[
		'a number for a share',
		layer('{text: a, at: {x: 4, y: 4%, width: 50%, height: 50%}}'),
		['8:27 RF2003 expected a text, got the number 4 | write a share in percent, such as 4%'],
	],
	[
		'a text for a list',
		head('platforms: tiktok', /platforms: .*/),
		['3:12 RF2003 expected a list, got a text | write it as a list: [tiktok]'],
	],
	[
		'a mapping for a list',
		withScenes('  a: {id: a}\n'),
		['6:3 RF2003 expected a list, got a mapping | write a list: `[a, b]`, or a line with `- ` for each'],
	],
	[
		'a text for a number',
		head("platforms: [{name: a, width: '640', height: 360}]", /platforms: .*/),
		['3:30 RF2003 expected a whole number, got a text | remove the quotes: 640'],
	],
	[
		'a broken number for a whole one',
		head('platforms: [{name: a, width: 640.5, height: 360}]', /platforms: .*/),
		['3:30 RF2003 expected a whole number, got the number 640.5 | such as 641', '3:30 RF2005 640.5 is not even | write 640'],
	],
	[
		'nothing for a mapping',
		`${HEAD}scenes: [{id: a}]\nbrand:\n`,
		['6:1 RF2003 expected a mapping (`key: value`), got nothing | write a value, or remove the key'],
	],
	[
		'a list at the top',
		'- a\n- b\n',
		[
			'1:1 RF2003 expected a mapping (`key: value`), got a list | its keys are: reelform, campaign, platforms, durations, variants, ctas, matrix, brand, data, assets, music, captions and 3 more',
		],
	],
	[
		'not a number',
		head('durations: [.inf]', /durations: .*/),
		['4:13 RF2003 expected a number, got an endless number | write a number here'],
	],
	// Values
	[
		'a misspelt value',
		head('platforms: [tiktok, youtbue]', /platforms: .*/),
		['3:21 RF2002 "youtbue" is not one of the allowed values | did you mean "youtube"?'],
	],
	[
		'a value that is like no other',
		`${HEAD}variants: {a: {mood: angry}}\nscenes: [{id: a}]\n`,
		['5:22 RF2002 "angry" is not one of the allowed values | one of: sophisticated, playful, bold, calm, urgent, minimal, editorial, tech'],
	],
	[
		'a number that is not one of a few',
		head('platforms: [{name: a, width: 640, height: 360, fps: 29.97}]', /platforms: .*/),
		['3:53 RF2002 29.97 is not one of the allowed values | one of: 24, 25, 30, 50, 60'],
	],
	[
		'a number whose digits look like those of another',
		head('platforms: [{name: a, width: 640, height: 360, fps: 10}]', /platforms: .*/),
		['3:53 RF2002 10 is not one of the allowed values | one of: 24, 25, 30, 50, 60'],
	],
	['a number that is too small', head('durations: [0]', /durations: .*/), ['4:13 RF2005 0 is too small | write more than 0']],
	['an odd number', head('platforms: [{name: a, width: 641, height: 360}]', /platforms: .*/), ['3:30 RF2005 641 is not even | write 642']],
	[
		'a text with no form of time',
		head('durations: [15 sec]', /durations: .*/),
		['4:13 RF2006 "15 sec" is not a length of time | did you mean "15s"? Write seconds, such as 15, 2.5 or 2.5s'],
	],
	[
		'a name that is not a slug',
		head('campaign: Product Läunch!', /campaign: q3/),
		['2:11 RF2006 "Product Läunch!" is not a name | did you mean "product-launch"? Write lower-case letters, digits and single hyphens'],
	],
	[
		'a key that is not a slug points at the key',
		`${HEAD}ctas: {Shop Now: {text: a}}\nscenes: [{id: a}]\n`,
		['5:8 RF2006 "Shop Now" is not a name | did you mean "shop-now"? Write lower-case letters, digits and single hyphens'],
	],
	['an empty list', withScenes('  []\n'), ['6:3 RF2005 the list is empty | write at least 1']],
	['an empty text', layer("{text: ''}"), ['8:16 RF2005 the text is empty | write a text, or remove the key']],
	[
		'a text that is too long',
		layer(`{text: ${'x'.repeat(601)}}`),
		['8:16 RF2005 the text is too long: 601 characters | write at most 600'],
	],
	// Unions: one mistake, one message
	[
		'a platform of the wrong type',
		head('platforms: [5]', /platforms: .*/),
		['3:13 RF2003 expected a text or a mapping (`key: value`), got the number 5 | write a name, such as tiktok'],
	],
	[
		'a custom platform is judged as one',
		head('platforms: [{name: a, width: 640}]', /platforms: .*/),
		['3:13 RF2004 missing key "height" | add `height: …`: pixels, even'],
	],
	[
		'a background as a text',
		scene('{id: a, background: linear}'),
		['6:25 RF2003 expected a mapping (`key: value`) or a list, got a text | write it as a mapping, such as {type: linear}'],
	],
	[
		'a background without a type',
		scene('{id: a, background: {color: red}}'),
		[
			'6:13 RF2004 missing key "type" | add one of: `type: solid`, `type: linear`, `type: radial`, `type: gradient-mesh`, `type: noise`, `type: particles`, `type: pattern`, `type: image`, `type: video`',
		],
	],
	[
		'a background of an unknown type',
		scene('{id: a, background: {type: solidd, color: red}}'),
		['6:32 RF2002 "solidd" is not one of the allowed values | did you mean "solid"?'],
	],
	[
		'a background is judged by its type',
		scene('{id: a, background: {type: solid, colors: [red]}}'),
		['6:39 RF2001 unknown key "colors" | did you mean "color"?'],
	],
	[
		'a transition as a text',
		scene('{id: a, transition: puhs}'),
		['6:25 RF2002 "puhs" is not one of the allowed values | did you mean "push"?'],
	],
	[
		'a transition as a mapping',
		scene('{id: a, transition: {type: crossfade, duration: long}}'),
		['6:53 RF2006 "long" is not a length of time | write seconds, such as 15, 2.5 or 2.5s'],
	],
	[
		'a scene length that is no time',
		scene('{id: a, duration: [3]}'),
		['6:23 RF2003 expected a number, a text or a mapping (`key: value`), got a list | write a name, such as auto'],
	],
	['a scene length as a mapping', scene('{id: a, duration: {mni: 3}}'), ['6:24 RF2001 unknown key "mni" | did you mean "min"?']],
	[
		'a region by a misspelt name',
		layer('{text: a, at: centre}'),
		['8:23 RF2002 "centre" is not one of the allowed values | did you mean "center"?'],
	],
	[
		'a name in a list of names',
		scene('{id: a, when: {platform: [1]}}'),
		["6:31 RF2003 expected a text, got the number 1 | put it in quotes: '1'"],
	],
	[
		'a layer with a misspelt kind',
		layer('{txet: Hello}'),
		[
			'8:10 RF2007 a layer needs one of text, list, image, video, shape, logo, component, cta, number, icon, progress, chart, mockup, qr, group, captions | "txet": did you mean "text"?',
		],
	],
	[
		'a layer without a kind',
		layer('{role: headline}'),
		[
			'8:9 RF2007 a layer needs one of text, list, image, video, shape, logo, component, cta, number, icon, progress, chart, mockup, qr, group, captions | say what the layer shows, such as `text: Hello`',
		],
	],
	[
		'a layer of two kinds',
		layer('{text: a, image: b.png}'),
		['8:19 RF2007 a layer is one thing, and this one has "text" and "image" | make a layer of each'],
	],
	[
		'a layer as a text',
		layer('Hello'),
		['8:9 RF2003 expected a mapping (`key: value`), got a text | write it as a mapping, such as {text: Hello}'],
	],
	[
		'a layer is judged by its kind',
		layer('{image: 5, role: body}'),
		[
			"8:17 RF2003 expected a text, got the number 5 | put it in quotes: '5'",
			'8:20 RF2001 unknown key "role" | one of: image, fit, focus, kenBurns, mask, duotone, at, motion, from, until, for, when',
		],
	],
	// Assets
	[
		'an asset of no kind',
		withAssets('city: {provider: pexels}'),
		[
			'5:10 RF2007 an asset needs one of stockVideo, stockImage, stockIcon, generatedImage, voice, stockMusic, generatedMusic, soundEffect | say what it is, such as `stockImage: {query: a quiet street}`',
		],
	],
	[
		'a shape with a cross',
		withAssets('sky: {generatedImage: {prompt: dusk, aspect: 16x9}}'),
		['5:55 RF2006 "16x9" is not a shape | did you mean "16:9"? Write width to height, such as 16:9'],
	],
	[
		'a size in lower case',
		withAssets('cache: {maxSize: 10gb}'),
		['5:27 RF2006 "10gb" is not a size | did you mean "10GB"? Write a number with KB, MB, GB or TB, such as 10GB'],
	],
	// Version
	[
		'a later version of the language is the only thing said',
		'reelform: 2\nscens: 1\n',
		['1:11 RF2008 language version 2 is not supported | this compiler reads version 1: write `reelform: 1`, or use a newer reelform'],
	],
	[
		'a version in quotes',
		head("reelform: '1'", /reelform: 1/),
		['1:11 RF2008 language version "1" is not supported | this compiler reads version 1: write `reelform: 1`, or use a newer reelform'],
	],
] as const) {
	Validate(title, () => assert.equal(shortReportOf(text), expected));
}

Validate('a fault behind an alias is shown where it is written, once', () => {
	assert.snapshot(
		reportOf(withScenes('  - id: a\n    layers: &all [{txt: Hello}]\n  - id: b\n    layers: *all\n')),
		`\
q3.yaml:7:20 error[RF2007] a layer needs one of text, list, image, video, shape, logo, component, cta, number, icon, progress, chart, mockup, qr, group, captions
  7 |     layers: &all [{txt: Hello}]
    |                    ~~~
  hint: "txt": did you mean "text"?`,
	);
});

Validate('more than fifty faults end with how many there are besides', () => {
	const outcome = readSpec({ file: 'q3.yaml', text: withScenes('  - {idd: a}\n'.repeat(60)) });
	assert.is(outcome.diagnostics.length, 51);
	assert.is(outcome.diagnostics.at(-1)?.summary, 'and at least 10 more problems');
});

const schema = JSON.parse(readFileSync('schema/campaign.schema.json', 'utf8')) as object;

Validate('the schema is one by the rules of JSON Schema 2020-12', () => {
	assert.ok(new Ajv2020().validateSchema(schema));
});

Validate('every pattern of the schema has words and repairs what it can', () => {
	const patterns = [
		...new Set([...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map((match) => JSON.parse(match[1] ?? '') as string)),
	];
	assert.ok(patterns.length >= 3);
	for (const pattern of patterns) assert.not(wordsOfPattern(pattern).expected.includes(pattern), pattern);
});

/** Every mapping and list in a piece of data. */
const partsOf = (value: unknown): (unknown[] | Record<string, unknown>)[] =>
	typeof value === 'object' && value !== null ? [value as Record<string, unknown>, ...Object.values(value).flatMap(partsOf)] : [];

const ODDITIES: readonly unknown[] = [
	null,
	true,
	0,
	-1,
	2.5,
	1e9,
	'',
	'x',
	'15s',
	'4%',
	'cut',
	'solid',
	'tiktok',
	[],
	[[]],
	{},
	{ type: 'solid' },
	{ text: 'a' },
];

Validate('faults are found exactly when the schema refuses the data, and the rules bear what is left', () => {
	const valid = JSON.stringify(parseYaml(readFileSync('test/fixtures/valid.campaign.yaml', 'utf8')));
	const random = seededNumbers(7);
	const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
	let refused = 0;
	for (let i = 0; i < 600; i++) {
		const data = JSON.parse(valid) as Record<string, unknown>;
		for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) {
			const part = pick(partsOf(data)) as Record<string, unknown>;
			const key = pick([...Object.keys(part), ...(Array.isArray(part) ? [] : ['textt', 'type', 'image'])]);
			if (random() < 0.3 && !Array.isArray(part)) delete part[key];
			else if (key !== undefined) part[key] = structuredClone(pick(ODDITIES));
		}
		const accepted = validateCampaign(data);
		if (!accepted) refused += 1;
		const parsed = { file: 'a', text: '', data, rangeOf: () => ({ file: 'a', start: 0, end: 0 }) };
		const shape = validateShape(parsed);
		assert.is(shape.diagnostics.length === 0, accepted, JSON.stringify(data));
		if (shape.draft) checkMeaning(parsed, shape.draft);
	}
	assert.ok(refused > 300, `${refused} refused`);
});

Validate.run();
