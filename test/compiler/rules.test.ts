import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { HEAD, shortReportOf, withScenes } from '../support/spec-report.ts';

const Rules = suite('compiler/rules');

const CTAS = 'ctas: {shop-now: {text: Shop}, sign-up: {text: Sign}}\n';
const VARIANTS = 'variants: {pro: {mood: sophisticated}, fun: {mood: playful}}\n';
const SCENES = 'scenes: [{id: a}]\n';

const scene = (text: string): string => `${HEAD}${CTAS}${VARIANTS}scenes: [{id: a, ${text}}]\n`;
const layer = (text: string): string => withScenes(`  - id: a\n    duration: 5\n    layers: [{text: a, ${text}}]\n`);
const matrix = (text: string): string => `${HEAD}${CTAS}${VARIANTS}matrix: {${text}}\n${SCENES}`;
const naming = (text: string, ctas = CTAS): string => `${HEAD}${ctas}${SCENES}output: {naming: ${text}}\n`;
const custom = (text: string): string => HEAD.replace(/platforms: .*/, `platforms: [${text}]`) + SCENES;

for (const [title, text, expected] of [
	// Unique names
	[
		'a scene id used three times is two problems',
		withScenes('  - id: a\n  - id: a\n  - id: a\n'),
		[
			'7:9 RF3002 the scene id "a" is used twice | give each scene an id of its own',
			'8:9 RF3002 the scene id "a" is used twice | give each scene an id of its own',
		],
	],
	[
		'a platform listed twice',
		custom('tiktok, {name: tiktok, width: 64, height: 64}'),
		['3:28 RF3002 the platform "tiktok" is listed twice | remove one, or give it another name'],
	],
	[
		'15 and 15s are one duration',
		HEAD.replace('[15, 30]', '[15, 30, 15s, 15.0]') + SCENES,
		['4:21 RF3002 the duration 15 s is listed twice | remove one', '4:26 RF3002 the duration 15 s is listed twice | remove one'],
	],
	// Known names
	[
		'names that the matrix does not know',
		matrix('include: [{platform: [tiktok, youtub]}], exclude: [{variant: pro, cta: shop}, {duration: [30s, 60]}, {variant: pr}]'),
		[
			'7:40 RF3001 the spec has no platform "youtub" | did you mean "youtube"?',
			'7:81 RF3001 the spec has no cta "shop" | one of: shop-now, sign-up',
			'7:105 RF3001 the spec has no duration 60 s | one of: 15, 30',
			'7:121 RF3001 the spec has no variant "pr" | did you mean "pro"?',
		],
	],
	[
		'a preset that the spec does not list is not one of its platforms',
		scene('when: {platform: linkedin}'),
		['7:35 RF3001 the spec has no platform "linkedin" | one of: tiktok, youtube'],
	],
	[
		'a mood that no variant has',
		scene('when: {mood: [playful, bold]}'),
		['7:41 RF3001 the spec has no mood "bold" | one of: sophisticated, playful'],
	],
	[
		'a condition of a layer',
		scene('layers: [{text: a, when: {cta: shop-nw}}]'),
		['7:49 RF3001 the spec has no cta "shop-nw" | did you mean "shop-now"?'],
	],
	[
		'a cta where the spec has none',
		withScenes('  - {id: a, when: {cta: buy}}\n'),
		['6:25 RF3001 the spec has no cta "buy" | add ctas to the spec, or remove the condition'],
	],
	[
		'without variants there is one, named default and sophisticated',
		withScenes('  - {id: a, when: {variant: default, mood: sophisticated}}\n'),
		[],
	],
	[
		'a name like one of an object’s own',
		scene('when: {cta: toString}'),
		['7:30 RF3001 the spec has no cta "toString" | one of: shop-now, sign-up'],
	],
	[
		'a misspelt platform is not reported again where it is meant',
		`${custom('tiktok, youtbue').replace(SCENES, '')}scenes: [{id: a, when: {platform: youtube}}]\n`,
		['3:21 RF2002 "youtbue" is not one of the allowed values | did you mean "youtube"?'],
	],
	// Measures
	[
		'a shortest length above the longest, of a scene',
		scene('duration: {min: 4s, max: 2.5}'),
		['7:34 RF2005 min 4s is more than max 2.5 | exchange them, or raise max'],
	],
	[
		'a shortest length above the longest, of a condition',
		scene('when: {duration: {min: 30, max: 15}}'),
		['7:41 RF2005 min 30 is more than max 15 | exchange them, or raise max'],
	],
	[
		'times as texts keep to the limits of times as numbers',
		scene('duration: {min: 0s, max: 5000s}, transition: {type: crossfade, duration: 0.0s}'),
		[
			'7:34 RF2005 0s is too short | write more than 0',
			'7:43 RF2005 5000s is too long | write at most 3600s',
			'7:91 RF2005 0.0s is too short | write more than 0',
		],
	],
	['a layer may come at 0s', layer('from: 0s, until: 5s'), []],
	[
		'shares above the whole',
		custom('{name: a, width: 64, height: 64, safeArea: {top: 400%}}'),
		['3:62 RF2005 400% is more than the whole | write at most 100%'],
	],
	[
		'a safe area that leaves no room',
		custom('{name: a, width: 64, height: 64, safeArea: {left: 50%, right: 50%}}'),
		['3:63 RF2005 left and right cover the whole width | keep their sum under 100%'],
	],
	[
		'a box that ends outside, and one without size',
		layer('at: {x: 60%, y: 0%, width: 50%, height: 0%}'),
		['8:51 RF2005 the box ends at 110%, outside the safe area | write at most 40%', '8:64 RF2005 the box has no size | write more than 0%'],
	],
	['a text that only looks like a measure is a text', withScenes('  - {id: a, layers: [{text: 0s}, {text: 400%}]}\n'), []],
	// Layers
	[
		'a layer that goes before it comes',
		layer('from: 3, until: 1.5s'),
		['8:40 RF3012 the layer goes at 1.5 s and comes at 3 s | write an `until` above 3, or leave it out'],
	],
	[
		'a layer that comes after its scene',
		layer('from: 5'),
		['8:30 RF3012 the layer comes at 5 s, its scene ends at 5 s | write a `from` below 5, or make the scene longer'],
	],
	[
		'a layer that goes after its scene',
		layer('until: 6'),
		['8:31 RF3012 the layer goes at 6 s, its scene ends at 5 s | leave `until` out to show it until the end'],
	],
	[
		'a layer that is gone at once',
		layer('until: 0'),
		['8:31 RF3012 the layer is gone at 0 s, before it is seen | write an `until` above 0, or leave it out'],
	],
	[
		'a cta layer without ctas',
		withScenes('  - {id: a, layers: [{cta: {}}]}\n'),
		[
			'6:23 RF3016 the layer draws a call to action, and the spec has no `ctas` | add `ctas: {shop-now: {text: Shop Now}}` to the spec, or remove the layer',
		],
	],
	[
		'a logo layer without a brand',
		withScenes('  - {id: a, layers: [{logo: {}}]}\n'),
		[
			"6:23 RF3019 the layer draws the brand's logo, and the spec has no `brand` | add `brand: {name: Acme, logo: assets/logo.svg}` to the spec, or remove the layer",
		],
	],
	[
		'a control character that an escape makes',
		withScenes('  - {id: a, layers: [{text: "a\\0b"}, {text: "a\\tb\\n"}, {text: "\\uD800"}]}\n'),
		[
			'6:29 RF2006 the text has the control character U+0000 | remove the escape that makes it',
			'6:63 RF2006 the text has the control character U+D800 | remove the escape that makes it',
		],
	],
	// Names of outputs
	[
		'an unknown placeholder points into the name',
		naming("'{platform}/{durration}-{who}.mp4'"),
		[
			'7:30 RF3009 unknown placeholder "{durration}" | did you mean {duration}?',
			'7:42 RF3009 unknown placeholder "{who}" | one of: {campaign}, {platform}, {duration}, {variant}, {mood}, {cta}',
		],
	],
	[
		'{cta} without ctas',
		naming("'{platform}-{cta}.mp4'", ''),
		['6:30 RF3009 {cta} has no value: the spec has no `ctas` | remove it from the name, or add `ctas`'],
	],
	['an open brace', naming("'{platform.mp4'"), ['7:19 RF2006 the brace { has no partner | write placeholders as `{platform}`']],
	['another ending', naming("'out/{platform}.mov'"), ['7:18 RF2006 the name has to end in .mp4 | write "out/{platform}.mp4"']],
	[
		'no name before the ending',
		naming('"{platform}/.mp4"'),
		['7:18 RF2006 the file has no name before .mp4 | add a placeholder, such as `{platform}.mp4`'],
	],
	[
		'signs that file names cannot have',
		naming("'a:{platform}%.mp4'"),
		[
			'7:18 RF3008 "a:{platform}%.mp4" leaves the output folder | write a path below it, without `..` and not from `/`',
			'7:20 RF2006 ":" cannot be in a file name | use letters, digits, hyphens and `/`',
			'7:31 RF2006 "%" cannot be in a file name | use letters, digits, hyphens and `/`',
		],
	],
	['a backslash between folders', naming("'a\\{platform}.mp4'"), ['7:20 RF2006 "\\" cannot be in a file name | write `/` between folders']],
	...['../{platform}.mp4', 'a/../../{platform}.mp4', '/etc/{platform}.mp4', '~/{platform}.mp4'].map(
		(pattern) =>
			[
				`${pattern} leaves the output folder`,
				naming(`'${pattern}'`),
				[`7:18 RF3008 "${pattern}" leaves the output folder | write a path below it, without \`..\` and not from \`/\``],
			] as const,
	),
	['dots in a name are no way out', naming("'a..b/{platform}...mp4'"), []],
] as const) {
	Rules(title, () => assert.equal(shortReportOf(text), expected));
}

Rules.run();
