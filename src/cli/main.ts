#!/usr/bin/env node
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline/promises';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openInterruption } from './interruption.ts';
import { once } from './once.ts';
import { run } from './run.ts';
import { outputStream } from './terminal.ts';

/** What is still open this long after the end of the command is not waited for. */
const LINGER_MS = 3_000;

const ask = async (question: string): Promise<string> => {
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await prompt.question(question);
	} finally {
		prompt.close();
	}
};

/** What a write fails with when its reader has gone, or the terminal. */
const GONE: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EIO']);

/** Nobody is left to write for: a command that makes things ends in good order, as by Ctrl-C, and any other at once, with `code`. */
const endWhenUnread = (stream: NodeJS.WriteStream, code: ExitCode): void => {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (!GONE.has(error.code)) throw error;
		if (!interruption.ask()) process.exit(code);
	});
};

const stderr = outputStream(process.stderr, process.env);
const interruption = openInterruption(stderr.write);
// The reader of `reelform plan | head` has had enough; who does not hear what is wrong must not take it for done.
endWhenUnread(process.stdout, EXIT.done);
endWhenUnread(process.stderr, EXIT.interrupted);
const context: CliContext = {
	stdout: outputStream(process.stdout, process.env),
	stderr,
	env: process.env,
	cwd: process.cwd(),
	interruption: interruption.signal,
	ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : null,
	now: () => performance.now(),
	// One for the whole command: what was compiled is known when it is executed.
	wiring: once(async () => (await import('./wire.ts')).wire({ cwd: process.cwd(), env: process.env })),
};
process.exitCode = await run(process.argv.slice(2), context);
setTimeout(() => process.exit(), LINGER_MS).unref();
