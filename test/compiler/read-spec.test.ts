import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSpec } from '../../src/compiler/read-spec.ts';
import { formatDiagnostic } from '../../src/diagnostics/code-frame.ts';
import { reportOf, withScenes } from '../support/spec-report.ts';

const ReadSpec = suite('compiler/read-spec');

const TEN_FAULTS = 'test/fixtures/ten-faults.campaign.yaml';

ReadSpec('ten faults of different kinds are ten diagnostics of one run, each with its place, frame and cure', () => {
	const text = readFileSync(TEN_FAULTS, 'utf8');
	const outcome = readSpec({ file: 'ten-faults.yaml', text });
	assert.not(outcome.ok);
	assert.is(outcome.diagnostics.length, 10);
	assert.snapshot(
		outcome.diagnostics.map((d) => formatDiagnostic(d, new Map([['ten-faults.yaml', text]]))).join('\n\n'),
		readFileSync('test/fixtures/ten-faults.report.txt', 'utf8').trimEnd(),
	);
});

ReadSpec('each cure of the ten faults makes one diagnostic go away', () => {
	const cures: readonly (readonly [string, string])[] = [
		['youtbue', 'youtube'],
		['varients', 'variants'],
		['max: 2', 'max: 20'],
		['shop-nwo', 'shop-now'],
		['[Hello]', 'Hello'],
		['txet', 'text'],
		['- id: hook\n    background', '- id: chart\n    background'],
		['type: gradient', 'type: linear'],
		['until: 1', 'until: 4'],
		['platfrom', 'platform'],
	];
	let text = readFileSync(TEN_FAULTS, 'utf8');
	for (const [i, [fault, cure]] of cures.entries()) {
		assert.ok(text.includes(fault), fault);
		text = text.replace(fault, cure);
		assert.is(readSpec({ file: 'a', text }).diagnostics.length, 9 - i, cure);
	}
	assert.ok(readSpec({ file: 'a', text }).ok);
});

ReadSpec('what the YAML, the schema and the rules find comes in the order of the text', () => {
	assert.snapshot(
		reportOf(
			withScenes(
				'  - id: a\n    id: b\n  - {id: a, when: {cta: buy}}\n  - {id: !x c, transiton: cut, layers: [{__proto__: 1, text: hi}]}\n',
			),
		),
		`\
q3.yaml:7:5 error[RF1002] the key "id" is written twice
  7 |     id: b
    |     ~~
  q3.yaml:6:5 first written here
  6 |   - id: a
    |     ~~
  hint: keep one of them

q3.yaml:8:10 error[RF3002] the scene id "a" is used twice
  8 |   - {id: a, when: {cta: buy}}
    |          ~
  q3.yaml:6:9 first written here
  6 |   - id: a
    |         ~
  hint: give each scene an id of its own

q3.yaml:8:25 error[RF3001] the spec has no cta "buy"
  8 |   - {id: a, when: {cta: buy}}
    |                         ~~~
  hint: add ctas to the spec, or remove the condition

q3.yaml:9:10 error[RF1003] the tag !x is not known here
  9 |   - {id: !x c, transiton: cut, layers: [{__proto__: 1, text: hi}]}
    |          ~~
  hint: remove the tag and write the plain value

q3.yaml:9:16 error[RF2001] unknown key "transiton"
  9 |   - {id: !x c, transiton: cut, layers: [{__proto__: 1, text: hi}]}
    |                ~~~~~~~~~
  hint: did you mean "transition"?

q3.yaml:9:42 error[RF1007] the key "__proto__" is not allowed
  9 |   - {id: !x c, transiton: cut, layers: [{__proto__: 1, text: hi}]}
    |                                          ~~~~~~~~~
  hint: choose another name`,
	);
});

ReadSpec('a syntax error stands alone: what follows from it is not reported', () => {
	assert.snapshot(
		reportOf('reelform: 1\nplatforms: [tiktok\nscenes:\n  - id: "a\n'),
		`\
q3.yaml:3:1 error[RF1001] YAML syntax: Flow sequence in block collection must be sufficiently indented and end with a ]
  3 | scenes:
    | ~
  hint: line it up with its neighbours, and check that every bracket is closed

q3.yaml:4:11 error[RF1001] YAML syntax: Missing closing "quote
  4 |   - id: "a
    |           ~
  hint: line it up with its neighbours, and close the quote or bracket; after a colon or a comma comes a space`,
	);
});

ReadSpec('a spec that is right has its ranges with it', () => {
	const outcome = readSpec({ file: 'a.yaml', text: withScenes('  - id: close\n') });
	assert.ok(outcome.ok);
	assert.is(outcome.value.file, 'a.yaml');
	const { start, end } = outcome.value.rangeOf(['scenes', 0, 'id']);
	assert.is(withScenes('  - id: close\n').slice(start, end), 'close');
});

ReadSpec.run();
