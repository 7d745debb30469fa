import { spawn } from 'node:child_process';
import { cliFile } from './dist.ts';

export type CliRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the built program in a folder, to its end. */
export const reelform = (cwd: string, ...args: readonly string[]): Promise<CliRun> =>
	new Promise((done) => {
		const child = spawn(process.execPath, [cliFile, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
		let [stdout, stderr] = ['', ''];
		child.stdout.on('data', (chunk) => {
			stdout += chunk;
		});
		child.stderr.on('data', (chunk) => {
			stderr += chunk;
		});
		child.on('close', (code) => done({ code, stdout, stderr }));
	});
