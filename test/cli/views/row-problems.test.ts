import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS } from '../../../src/cli/terminal.ts';
import { rowProblemJson, rowProblemLines } from '../../../src/cli/views/row-problems.ts';
import type { RowProblem } from '../../../src/model/row-problem.ts';
import { NAUGHTY_NAMES } from '../../fixtures/naughty-names.ts';

const RowProblems = suite('cli/views/row-problems');

const PROBLEM: RowProblem = {
	code: 'RF4203',
	source: 'recipients',
	row: 17,
	key: 'ACME-3',
	column: 'company',
	summary: 'the value is missing',
	hint: 'fill it in, or give the field a `fallback`',
};
const OPTIONS = { file: '', colors: NO_COLORS };

RowProblems('a problem names source, row, key and column, and then what to do', () => {
	assert.is(
		rowProblemLines([PROBLEM], OPTIONS),
		'warning[RF4203] recipients row 17 (key ACME-3), column company: the value is missing\n  hint: fill it in, or give the field a `fallback`\n',
	);
});

RowProblems('nothing to tell is no text', () => assert.is(rowProblemLines([], OPTIONS), ''));

RowProblems('what is not known is not named, and the file and an error are', () => {
	assert.is(
		rowProblemLines([{ ...PROBLEM, row: 12345, key: null, column: null }], { ...OPTIONS, file: 'a.campaign.yaml', severity: 'error' }),
		'a.campaign.yaml error[RF4203] recipients row 12,345: the value is missing\n  hint: fill it in, or give the field a `fallback`\n',
	);
});

RowProblems('problems stand by source, each hint stands once', () => {
	const text = rowProblemLines(
		[
			PROBLEM,
			{ ...PROBLEM, source: 'accounts', row: 2, key: 'x' },
			{ ...PROBLEM, row: 18, key: 'b' },
			{ ...PROBLEM, code: 'RF4202', row: 19, key: 'b', column: null, summary: 'the key is taken', hint: 'give each row its own' },
		],
		OPTIONS,
	);
	assert.equal(text.split('\n'), [
		'warning[RF4203] recipients row 17 (key ACME-3), column company: the value is missing',
		'  hint: fill it in, or give the field a `fallback`',
		'warning[RF4203] recipients row 18 (key b), column company: the value is missing',
		'warning[RF4202] recipients row 19 (key b): the key is taken',
		'  hint: give each row its own',
		'warning[RF4203] accounts row 2 (key x), column company: the value is missing',
		'',
	]);
});

RowProblems('two problems of one code that are mended in two ways have both hints', () => {
	const email = {
		...PROBLEM,
		code: 'RF4204',
		column: 'email',
		summary: '"x" is not an email address',
		hint: 'write name@example.com',
	} as const;
	const lines = rowProblemLines([email, { ...email, column: 'plan', summary: '"x" is not allowed', hint: 'one of: gold' }], OPTIONS).split(
		'\n',
	);
	assert.equal(
		lines.filter((line) => line.includes('hint')),
		['  hint: write name@example.com', '  hint: one of: gold'],
	);
});

RowProblems('of many problems the first are told, and how many more there are', () => {
	const many = Array.from({ length: 1224 }, (_, i) => ({ ...PROBLEM, row: i + 1 }));
	const lines = rowProblemLines(many, OPTIONS).trimEnd().split('\n');
	assert.is(lines.length, 22);
	assert.is(lines.at(-1), '  and 1,204 more of recipients');
	assert.match(rowProblemLines(many, { ...OPTIONS, max: 1223 }), /\n {2}and 1 more of recipients\n$/);
	assert.not.match(rowProblemLines(many, { ...OPTIONS, max: 1224 }), / more of /);
});

RowProblems('nothing in the data can break a line, move the cursor or hide', () => {
	for (const text of [...NAUGHTY_NAMES, '\u001b[2J', 'a\nwarning[RF0000] b', 'x), column y']) {
		const [line, ...more] = rowProblemLines([{ ...PROBLEM, key: text, column: text, summary: `bad ${text}` }], OPTIONS).split('\n');
		assert.is(more.length, 2, JSON.stringify(text));
		assert.not.match(line ?? '', /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/u);
	}
	assert.match(rowProblemLines([{ ...PROBLEM, key: 'x), column y' }], OPTIONS), /\(key "x\), column y"\), column company/);
});

RowProblems('as JSON the values are as they were', () => {
	assert.equal(rowProblemJson({ ...PROBLEM, key: 'a\u001bb' }), {
		code: 'RF4203',
		severity: 'warning',
		source: 'recipients',
		row: 17,
		key: 'a\u001bb',
		column: 'company',
		summary: 'the value is missing',
		hint: 'fill it in, or give the field a `fallback`',
	});
});

RowProblems.run();
