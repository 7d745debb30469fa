import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS, outputStream } from '../../../src/cli/terminal.ts';
import { diagnosticsText, tallyText } from '../../../src/cli/views/diagnostics.ts';
import { validationJson } from '../../../src/cli/views/json.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';

const Views = suite('cli/views/diagnostics');

const file = 'a.yaml';
const sources = new Map([[file, 'reelform: 1\nplatforms: [tiktk]\n']]);
const wrong: Diagnostic = {
	code: 'RF2002',
	severity: 'error',
	summary: '"tiktk" is not a platform',
	range: { file, start: 24, end: 29 },
	hint: 'did you mean "tiktok"?',
};
const warning: Diagnostic = { code: 'RF3018', severity: 'warning', summary: 'scene too short to read', cells: ['tiktok/15s/a'] };

Views('diagnostics are told with their code frames, a blank line between them', () => {
	assert.snapshot(
		diagnosticsText([wrong, warning], sources, NO_COLORS),
		`a.yaml:2:13 error[RF2002] "tiktk" is not a platform
  2 | platforms: [tiktk]
    |             ~~~~~
  hint: did you mean "tiktok"?

warning[RF3018] scene too short to read
  in: tiktok/15s/a
`,
	);
});

for (const [given, expected] of [
	[[], ''],
	[[wrong], '1 error'],
	[[wrong, wrong, warning], '2 errors, 1 warning'],
	[[warning, warning], '2 warnings'],
] as const)
	Views(`the tally of ${given.length} diagnostics reads "${expected}"`, () => assert.is(tallyText(given), expected));

Views('the JSON has lines and columns from 1, the end excluded, and null where there is no place', () => {
	assert.equal(JSON.parse(validationJson([{ file, ok: false, diagnostics: [wrong, warning], sources }])), {
		formatVersion: 1,
		specs: [
			{
				file,
				ok: false,
				diagnostics: [
					{
						file,
						line: 2,
						column: 13,
						endLine: 2,
						endColumn: 18,
						code: 'RF2002',
						severity: 'error',
						summary: '"tiktk" is not a platform',
						hint: 'did you mean "tiktok"?',
					},
					{
						file,
						line: null,
						column: null,
						endLine: null,
						endColumn: null,
						code: 'RF3018',
						severity: 'warning',
						summary: 'scene too short to read',
						hint: null,
						cells: ['tiktok/15s/a'],
					},
				],
			},
		],
	});
});

const stream = (isTTY: boolean) => ({ isTTY, write: () => {} });
for (const [title, isTTY, env, colored] of [
	['a terminal has colour', true, {}, true],
	['a pipe has none', false, {}, false],
	['NO_COLOR takes it away', true, { NO_COLOR: '1' }, false],
	['an empty NO_COLOR does not', true, { NO_COLOR: '' }, true],
	['a dumb terminal has none', true, { TERM: 'dumb' }, false],
	['FORCE_COLOR gives it to a pipe', false, { FORCE_COLOR: '1' }, true],
	['NO_COLOR wins over FORCE_COLOR', true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
] as const)
	Views(title, () => assert.is(outputStream(stream(isTTY), env).colors.red('x') !== 'x', colored));

Views.run();
