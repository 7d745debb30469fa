import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSpec } from '../../src/compiler/parse.ts';
import { readSpec } from '../../src/compiler/read-spec.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { reportOf } from '../support/spec-report.ts';

const Parse = suite('compiler/parse');

const parse = (text: string) => parseSpec({ file: 'q3.yaml', text });

const dataOf = (text: string): unknown => {
	const parsed = parse(text);
	assert.ok(parsed.ok, JSON.stringify(parsed.diagnostics));
	return parsed.value.data;
};

/** The code of each diagnostic and the piece of the text that it marks. */
const marksOf = (text: string): readonly string[] =>
	parse(text).diagnostics.map(({ code, range }) => `${code} ${text.slice(range?.start, range?.end)}`);

for (const [title, text, data] of [
	[
		'the core schema of YAML 1.2 decides what is a number, a truth or a text',
		'a: [1, 2.5, 0x10, true, yes, no, ~, "1", 2026-11-20]',
		{ a: [1, 2.5, 16, true, 'yes', 'no', null, '1', '2026-11-20'] },
	],
	['CR LF and a byte order mark change nothing', '\ufeffa: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
	['known tags are kept', 'a: !!str 15', { a: '15' }],
	['an alias repeats a value', 'a: &a {b: 1}\nc: *a', { a: { b: 1 }, c: { b: 1 } }],
	['the nearest anchor before an alias counts', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
	['a %YAML 1.2 directive is fine', '%YAML 1.2\n---\na: no\n', { a: 'no' }],
	['keys that objects inherit are ordinary keys', 'toString: 1\nhasOwnProperty: 2', { toString: 1, hasOwnProperty: 2 }],
] as const) {
	Parse(title, () => assert.equal(JSON.parse(JSON.stringify(dataOf(text))), data));
}

for (const [title, text, marks] of [
	['an open bracket is marked behind the last word', 'a: [1\n', ['RF1001 \n']],
	['every syntax error is reported', 'a: "\\q"\nb: "\\z"\n', ['RF1001 \\', 'RF1001 \\']],
	['a tab as indentation', 'a:\n\tb: 1\n', ['RF1001 \t']],
	['a colon in a plain text', 'text: Hello: world\n', ['RF1001 H']],
	['an alias without an anchor', 'a: *nothing\n', ['RF1001 *nothing']],
	['a NUL byte', 'a: x\0y\n', ['RF1001 \0']],
	['a repeated key marks the second', 'a: 1\nb: {c: 1, c: 2}\na: 2\n', ['RF1002 c', 'RF1002 a']],
	['a key repeated under another spelling of the same text', 'a: 1\n"a": 2\n', ['RF1002 "a"']],
	[
		'unknown tags, on values and on collections',
		'a: !!js/function x\nb: !foo {c: 1}\nd: !!binary aGk=\n',
		['RF1003 !!js/function', 'RF1003 !foo', 'RF1003 !!binary'],
	],
	['a tag that does not fit its value', 'a: !!int x\n', ['RF1003 !!int']],
	['an alias inside its own anchor', 'a: &a {b: *a}\n', ['RF1004 *a']],
	[
		'keys that reach into prototypes, at any depth',
		'__proto__: 1\na: {constructor: 2, b: [{prototype: 3}]}\n',
		['RF1007 __proto__', 'RF1007 constructor', 'RF1007 prototype'],
	],
	['a merge key', 'a: &a {b: 1}\nc: {<<: *a}\n', ['RF1008 <<']],
	['another version of YAML', '%YAML 1.1\n---\na: no\n', ['RF1008 %YAML 1.1']],
	['another directive', '%TAG ! tag:x,2000:\n---\na: 1\n', ['RF1008 %TAG ! tag:x,2000:']],
	['a second document', 'a: 1\n---\nb: 2\n---\nc: 3\n', ['RF1008 -']],
	['keys that are not texts', '15: a\ntrue: b\n', ['RF1008 15', 'RF1008 true']],
	['a list as a key', '? [a, b]\n: 1\n', ['RF1008 [a, b]']],
	['a number that cannot be kept', 'a: 12345678901234567890\nb: 9007199254740991\nc: 1e300\n', ['RF1008 12345678901234567890']],
	['nothing at all', '', ['RF1010 ']],
	['comments alone', '# nothing\n', ['RF1010 ']],
] as const) {
	Parse(`${title}: ${marks.map((mark) => mark.slice(0, 6)).join(', ')}`, () => assert.equal(marksOf(text), marks));
}

for (const [title, text, cure] of [
	['a dash of another kind', 'scenes:\n  \u2013 id: hook\n    duration: 1\n', 'this line begins with a dash of another kind'],
	['curly quotes', 'a: {text: \u201cStart: free\u201d}\n', 'these quotes are curly'],
	['a space of another kind', 'reelform: 1\ncampaign:\u00a0new\n', 'a space of this line is of another kind'],
	['a colour without quotes in a bracket', 'a:\n  colors: {primary: #6366f1}\n\nscenes: 1\n', 'put what begins with # in quotes'],
	['a colon in a text in a bracket', 'a: [{text: One: two}]\n', 'put a text that contains `: ` in quotes'],
	['an indentation that is one off', 'a:\n  - b: 1\n   c: 2\n', 'line it up with its neighbours'],
] as const) {
	Parse(`what looks right and is not has its own cure: ${title}`, () => {
		const [first] = parse(text).diagnostics;
		assert.is(first?.code, 'RF1001');
		assert.ok(first?.hint?.startsWith(cure), first?.hint);
	});
}

Parse('every diagnostic has a hint', () => {
	for (const text of ['a: [1', '__proto__: 1', 'a: 1\na: 2', '<<: 1', '%YAML 1.1\n---\na', '', '- '.repeat(300)]) {
		for (const d of parse(text).diagnostics) assert.ok(d.hint && d.hint.length > 5, JSON.stringify(d));
	}
});

Parse('a repeated key names the first one', () => {
	assert.is(
		reportOf('reelform: 2\nreelform: 1\n')
			.split('\n\n')
			.find((part) => part.includes('RF1002')),
		[
			'q3.yaml:2:1 error[RF1002] the key "reelform" is written twice',
			'  2 | reelform: 1',
			'    | ~~~~~~~~',
			'  q3.yaml:1:1 first written here',
			'  1 | reelform: 2',
			'    | ~~~~~~~~',
			'  hint: keep one of them',
		].join('\n'),
	);
});

Parse('a refused prototype key is not in the data, and pollutes nothing', () => {
	const parsed = parse('a: {__proto__: {isAdmin: true}}\nconstructor: {prototype: {isAdmin: true}}\n');
	assert.not(parsed.ok);
	assert.is(({} as { isAdmin?: boolean }).isAdmin, undefined);
});

Parse('a path has the range of its value or key, of the anchor behind an alias, or of the nearest parent that is written', () => {
	const text = 'a: &x {b: [1, two]}\nc: *x\nd:\n';
	const parsed = parse(text);
	assert.ok(parsed.ok);
	const at = (path: readonly (string | number)[], which?: 'key' | 'value') => {
		const { start, end } = parsed.value.rangeOf(path, which);
		return text.slice(start, end);
	};
	assert.is(at(['a', 'b', 1]), 'two');
	assert.is(at(['a', 'b', 1], 'key'), 'two');
	assert.is(at(['a', 'b'], 'key'), 'b');
	assert.is(at(['c']), '*x');
	assert.is(at(['c', 'b', 0]), '1');
	assert.is(at(['a', 'missing', 3]), 'a');
	assert.is(at(['a', 'b', 9]), 'b');
	assert.is(at(['d']), 'd');
	assert.is(at(['toString']), at([]));
});

/** Time of the processor, so that what else runs on the machine does not count. */
const timed = (text: string) => {
	const before = process.cpuUsage();
	const outcome = readSpec({ file: 'q3.yaml', text });
	const { user, system } = process.cpuUsage(before);
	return { outcome, milliseconds: (user + system) / 1000 };
};

/** Texts made to hang, exhaust or confuse a reader. */
const HOSTILE: readonly (readonly [title: string, text: string, code: string])[] = [
	['a hundred thousand brackets', '['.repeat(100_000), 'RF1006'],
	['a million brackets', '['.repeat(1_000_000), 'RF1006'],
	['a mapping that nests on one line', 'a: '.repeat(300_000), 'RF1006'],
	['a list that nests on one line', '- '.repeat(300_000), 'RF1006'],
	['explicit keys inside each other', '? '.repeat(300_000), 'RF1006'],
	['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'RF1006'],
	['a level too many behind an alias', `a: &a ${'['.repeat(40)}${']'.repeat(40)}\nb: ${'['.repeat(30)}*a${']'.repeat(30)}`, 'RF1006'],
	['closing brackets without an end', ']'.repeat(190_000), 'RF1001'],
	['quotes without an end', '""'.repeat(59_000), 'RF1001'],
	['anchors without an end', '&a '.repeat(29_000), 'RF1001'],
	['directives without an end', '%\n'.repeat(190_000), 'RF1001'],
	['broken escapes', `"${'\\x'.repeat(40_000)}"`, 'RF1001'],
	['more than a megabyte', 'a: 1\n'.repeat(250_000), 'RF1005'],
	['a megabyte of words', 'a b: 1\n'.repeat(140_000), 'RF1005'],
	['a megabyte of empty lines', '\n'.repeat(1_000_000), 'RF1005'],
	['a text of a megabyte', `a: ${'x'.repeat(1_000_000)}`, 'RF1005'],
	['a quarter of a million documents', '---\n'.repeat(250_000), 'RF1005'],
	['a mapping with ten thousand keys', Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`).join('\n'), 'RF1005'],
	['a list of ten thousand', `[${'a,'.repeat(10_000)}]`, 'RF1005'],
	[
		'an alias bomb of nine levels',
		'abcdefghi'.replace(
			/./g,
			(c, i: number) =>
				`${c}: &${c} [${Array(9)
					.fill(i === 0 ? 'x' : `*${'abcdefghi'[i - 1]}`)
					.join(', ')}]\n`,
		),
		'RF1004',
	],
	['a large list repeated ninety times', `a: &a [${'[x, x],'.repeat(400)}]\nb: [${'*a,'.repeat(90)}]`, 'RF1004'],
	['bad scenes by the thousand', `scenes: [${'{},'.repeat(499)}]`, 'RF2004'],
	['bad layers by alias', `scenes: [&s {layers: [&l {txet: a},${'*l,'.repeat(28)}]},${'*s,'.repeat(490)}]`, 'RF2004'],
];

for (const [title, text, code] of HOSTILE) {
	Parse(`${title}: ${code}, in less than a second`, () => {
		const { outcome, milliseconds } = timed(text);
		assert.not(outcome.ok);
		assert.is(outcome.diagnostics[0]?.code, code);
		assert.ok(outcome.diagnostics.length <= 51, `${outcome.diagnostics.length} diagnostics`);
		assert.ok(milliseconds < 1000, `${milliseconds} ms`);
	});
}

Parse('64 levels are fine', () => {
	assert.ok(parse(`${'['.repeat(64)}${']'.repeat(64)}`).ok);
});

const SNIPPETS = [
	'\0',
	'[',
	']',
	'{',
	'}',
	':',
	': ',
	'- ',
	'? ',
	'&a ',
	'*a',
	'!!x ',
	'%',
	'|',
	'>',
	'"',
	"'",
	'#',
	'\t',
	'\n',
	'\r',
	'---\n',
	'...\n',
	'<<: *a',
	'\ud800',
	'\u202e',
	'__proto__: ',
	'1e999',
	'~',
	'é',
	'\\',
];

/** One to four random edits: a piece cut out, doubled, moved, or a sign put in. */
const mutate = (text: string, random: () => number): string => {
	const below = (n: number): number => Math.floor(random() * n);
	let mutant = text;
	for (let edits = 1 + below(4); edits > 0; edits--) {
		const at = below(mutant.length + 1);
		const length = below(below(8) === 0 ? 200 : 12);
		const piece = mutant.slice(at, at + length);
		const kind = below(4);
		if (kind === 0) mutant = mutant.slice(0, at) + mutant.slice(at + length);
		else if (kind === 1) mutant = mutant.slice(0, at) + piece + mutant.slice(at);
		else if (kind === 2) mutant = mutant.slice(0, at) + (SNIPPETS[below(SNIPPETS.length)] ?? '') + mutant.slice(at);
		else mutant = mutant.slice(0, at) + mutant.slice(at + length, at + 2 * length) + piece + mutant.slice(at + 2 * length);
	}
	return mutant;
};

Parse('two thousand damaged specs give diagnostics inside the text, the same each time, and never a throw or a wait', () => {
	const valid = readFileSync('test/fixtures/valid.campaign.yaml', 'utf8');
	const random = seededNumbers(20_261_120);
	let slowest = 0;
	let refused = 0;
	for (let i = 0; i < 2000; i++) {
		const text = mutate(valid, random);
		const { outcome, milliseconds } = timed(text);
		slowest = Math.max(slowest, milliseconds);
		if (!outcome.ok) refused += 1;
		for (const { range, hint, summary } of outcome.diagnostics) {
			assert.ok(summary.length > 0 && summary.length < 400, text);
			assert.ok(hint !== undefined && hint.length > 0, summary);
			if (range) assert.ok(range.start >= 0 && range.start <= range.end && range.end <= text.length, `${summary} in\n${text}`);
		}
		if (i % 20 === 0) assert.equal(readSpec({ file: 'q3.yaml', text }).diagnostics, outcome.diagnostics);
	}
	assert.ok(refused > 1000 && refused < 2000, `${refused} refused`);
	assert.ok(slowest < 1000, `${slowest} ms`);
});

Parse.run();
