import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { spellOutJson } from '../../src/cli/program.ts';
import { run } from '../../src/cli/run.ts';
import { capturedStreams } from '../support/captured-streams.ts';

const Run = suite('cli/run');

/** A program whose compiler breaks. */
const runBroken = async (env: Readonly<Record<string, string>>) => {
	const { written, stream } = capturedStreams();
	const code = await run(['validate', 'a.yaml'], {
		stdout: stream('out'),
		stderr: stream('err'),
		env,
		cwd: '/',
		interruption: () => new AbortController().signal,
		ask: null,
		now: () => 0,
		wiring: () => Promise.reject(new Error('the map is torn\nin two')),
	});
	return { code, ...written };
};

Run('a bug is one line and exit code 70', async () => {
	assert.equal(await runBroken({}), {
		code: 70,
		out: '',
		err: 'internal error: the map is torn\n  hint: set REELFORM_DEBUG=1 for the stack\n',
	});
});

Run('REELFORM_DEBUG adds the stack of a bug', async () => {
	assert.match((await runBroken({ REELFORM_DEBUG: '1' })).err, /^internal error: the map is torn\nError: the map is torn\nin two\n {4}at /);
});

Run('--json=lines is spelled out as a flag of its own, but not behind --', () => {
	assert.equal(spellOutJson(['plan', '--json=lines', '--json', '--', '--json=lines']), [
		'plan',
		'--json-lines',
		'--json',
		'--',
		'--json=lines',
	]);
});

Run.run();
