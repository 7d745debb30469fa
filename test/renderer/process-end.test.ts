import { spawn } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { neverStarted, type ProcessEnd, processEnd } from '../../src/renderer/process-end.ts';

const End = suite('renderer/process-end');

const endOf = (script: string, signal?: NodeJS.Signals): Promise<ProcessEnd> =>
	new Promise((resolve) => {
		const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
		if (signal !== undefined) child.stdout.once('data', () => child.kill(signal));
		child.once('exit', (code, by) => resolve(processEnd(code, by)));
	});

const LIVE = "console.log('up'); setInterval(() => {}, 1000);";

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP', 'SIGINT'] as const)
	End(`a process that ${signal} ended was killed`, async () => {
		assert.equal(await endOf(LIVE, signal), { how: `signal ${signal}`, killed: true });
	});

for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGTRAP'] as const)
	End(`a process that ${signal} ended broke by itself`, () => {
		assert.equal(processEnd(null, signal), { how: `signal ${signal}`, killed: false });
	});

End('a program that catches the signal says so by its code', async () => {
	assert.equal(await endOf(`process.on('SIGTERM', () => process.exit(143)); ${LIVE}`, 'SIGTERM'), { how: 'exit code 143', killed: true });
	for (const code of [129, 130, 137]) assert.ok(processEnd(code, null).killed, String(code));
});

End('any other code is its own doing', () => {
	for (const code of [0, 1, 7, 127, 128, 133, 134, 139, 255])
		assert.equal(processEnd(code, null), { how: `exit code ${code}`, killed: false });
});

End('a program that never ran was not killed', () => {
	assert.equal(neverStarted(new Error('spawn ENOENT')), { how: 'spawn ENOENT', killed: false });
});

End.run();
