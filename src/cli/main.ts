#!/usr/bin/env node
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline/promises';
import type { CliContext } from './context.ts';
import { EXIT } from './exit-codes.ts';
import { once } from './once.ts';
import { run } from './run.ts';
import { outputStream } from './terminal.ts';

/** What is still open this long after the end of the command is not waited for. */
const LINGER_MS = 3_000;

/** The first signal asks for an end, the second does not ask. A command that never calls this ends by the first. */
const interruption = (tell: (text: string) => void): AbortSignal => {
	const controller = new AbortController();
	const onSignal = (): void => {
		if (controller.signal.aborted) process.exit(EXIT.interrupted);
		tell('\nStopping. Press Ctrl-C again to stop at once.\n');
		controller.abort();
	};
	process.on('SIGINT', onSignal);
	process.on('SIGTERM', onSignal);
	return controller.signal;
};

const ask = async (question: string): Promise<string> => {
	const prompt = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await prompt.question(question);
	} finally {
		prompt.close();
	}
};

/** `reelform plan | head` closes the pipe: nobody is left to write for. */
const endWhenUnread = (stream: NodeJS.WriteStream): void => {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		process.exit();
	});
};

endWhenUnread(process.stdout);
endWhenUnread(process.stderr);
const stderr = outputStream(process.stderr, process.env);
const context: CliContext = {
	stdout: outputStream(process.stdout, process.env),
	stderr,
	env: process.env,
	cwd: process.cwd(),
	interruption: () => interruption(stderr.write),
	ask: process.stdin.isTTY === true && process.stderr.isTTY === true ? ask : null,
	now: () => performance.now(),
	// One for the whole command: what was compiled is known when it is executed.
	wiring: once(async () => (await import('./wire.ts')).wire({ cwd: process.cwd(), env: process.env })),
};
process.exitCode = await run(process.argv.slice(2), context);
setTimeout(() => process.exit(), LINGER_MS).unref();
