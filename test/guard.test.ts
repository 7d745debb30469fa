import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
// @ts-expect-error a script without declarations
import { judgeTestRun } from '../scripts/judge-test-run.mjs';

const Guard = suite('guard');

const directory = resolve(`.test-build/guard-${process.pid}`);
mkdirSync(directory, { recursive: true });
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

/** Runs the text of a test file under uvu, as the runner would. */
const judge = (body: string): { readonly passed: number; readonly failed: number; readonly problems: readonly string[] } => {
	const source = `import { suite } from 'uvu';\nconst S ${'='} suite('s');\n${body}\n`;
	const file = `${directory}/case.mjs`;
	writeFileSync(file, source);
	const { stdout, stderr, status, signal } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
	return judgeTestRun({ source, output: stdout + stderr, status, signal });
};

const fail = 'throw new Error("no")';
const cases: readonly (readonly [string, string, number, number])[] = [
	['passing tests pass', "S('a', () => {}); S('b', () => {});\nS.run();", 2, 0],
	['a failing test fails', `S('a', () => {}); S('b', () => { ${fail}; });\nS.run();`, 1, 1],
	['a setup that throws is a failure', `S.before(() => { ${fail}; }); S('a', () => {});\nS.run();`, 0, 1],
	['a teardown that throws is a failure', `S.after.each(() => { ${fail}; }); S('a', () => {});\nS.run();`, 0, 1],
	['a suite that is never run is a failure', "S('a', () => {});", 0, 1],
	['a file that dies is a failure', "S('a', () => process.exit(3));\nS.run();", 0, 1],
	['a file that ends in the middle is a failure', "S('a', () => process.exit(0));\nS.run();", 0, 1],
	['a test that throws nothing is a failure', `S('a', () => { throw ${'null'}; });\nS.run();`, 0, 1],
];

for (const [title, body, passed, failed] of cases) {
	Guard(title, () => {
		const verdict = judge(body);
		assert.equal([verdict.passed, verdict.failed], [passed, failed], verdict.problems.join('; '));
	});
}

Guard.run();
