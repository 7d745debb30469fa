import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { EnvironmentVariables } from './browser-environment.ts';
import { createTextTail } from './text-tail.ts';

export type Command = {
	readonly executable: string;
	readonly arguments: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	/** Written to its standard input, which is then closed. */
	readonly input?: Uint8Array;
};

export type CommandResult = { readonly stdout: Uint8Array; readonly stderr: string };

/** What the resolution chains ask the machine. */
export type SystemProbes = {
	/** Whether this is a file that this user may execute. */
	isExecutable(path: string): Promise<boolean>;
	/** First executable of that name in the directories of `PATH`, or null. */
	findOnPath(name: string): Promise<string | null>;
	/** Runs a short command to its end. Rejects with a one-line Error when it fails, cannot start or takes too long. */
	run(command: Command): Promise<CommandResult>;
};

const RUN_MS = 10_000;
const STDERR_BYTES = 4_096;

export const createSystemProbes = (environment: EnvironmentVariables): SystemProbes => ({
	isExecutable,
	async findOnPath(name) {
		for (const directory of (environment['PATH'] ?? '').split(delimiter)) {
			const path = join(directory, process.platform === 'win32' ? `${name}.exe` : name);
			if (directory !== '' && (await isExecutable(path))) return path;
		}
		return null;
	},
	run,
});

const isExecutable = async (path: string): Promise<boolean> => {
	try {
		await access(path, constants.X_OK);
		return (await stat(path)).isFile();
	} catch {
		return false;
	}
};

const run = (command: Command): Promise<CommandResult> =>
	new Promise((resolve, reject) => {
		const child = spawn(command.executable, command.arguments, { env: { ...command.environment }, timeout: RUN_MS, killSignal: 'SIGKILL' });
		const output: Uint8Array[] = [];
		const stderr = createTextTail(STDERR_BYTES);
		child.stdout.on('data', (chunk: Uint8Array) => output.push(chunk));
		child.stderr.on('data', stderr.add);
		child.stdin.on('error', () => {}); // It need not read all: how it ends decides.
		child.stdin.end(command.input);
		child.once('error', (error) => reject(new Error(`it does not start: ${error.message}`)));
		child.once('close', (code, signal) => {
			const lastLine = stderr.text().split('\n').at(-1) || 'it says nothing';
			if (code === 0) resolve({ stdout: Buffer.concat(output), stderr: stderr.text() });
			else reject(new Error(`it ends with ${signal === null ? `exit code ${code}` : `signal ${signal}`}: ${lastLine}`));
		});
	});
