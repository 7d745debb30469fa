import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { RenderFailure } from '../model/failure.ts';
import { browserEnvironment, type EnvironmentVariables } from './browser-environment.ts';
import { browserFlags } from './browser-flags.ts';
import { makeProfile } from './browser-profile.ts';
import { connectDevTools, type DevTools } from './devtools-pipe.ts';
import { isAlive } from './own-directory.ts';
import { neverStarted, type ProcessEnd, processEnd } from './process-end.ts';
import { createTextTail } from './text-tail.ts';
import { settlesWithin, within } from './time-limit.ts';

export type LaunchOptions = {
	readonly executable: string;
	readonly libraryPath: string | null;
	/** Where the profile directory is made; it is gone after `close`. */
	readonly temporaryDirectory: string;
	readonly environment: EnvironmentVariables;
	readonly timeLimitMs: number;
	/** Whether to ask for the browser's own sandbox, which does not work as root. */
	readonly sandbox: boolean;
	/** `http://127.0.0.1:<port>`: the only place that its pages may reach. */
	readonly origin: string;
	/** Told in one line what is weaker than asked for. */
	readonly notice: (text: string) => void;
};

export type BrowserProcess = {
	readonly pid: number;
	readonly devTools: DevTools;
	/** The last that the browser wrote to its standard error. */
	readonly lastWords: () => string;
	/** Resolves with how it ended; never `killed` by `close`. */
	readonly ended: Promise<ProcessEnd>;
	/** Ends the browser with all its processes and removes the profile. Safe to call twice. */
	readonly close: () => Promise<void>;
};

const TRIES = 2;
const LAST_WORDS_BYTES = 16_384;
const GOODBYE_MS = 1_500;
const KILL_MS = 3_000;
/** For helpers to be gone. Where nobody reaps orphans they stay as zombies, and there is nothing to wait for. */
const HELPERS_MS = 200;

/**
 * Starts a browser and waits until it answers. A second try follows a failed one; without the browser's sandbox when that is what failed.
 * @throws RenderFailure `BROWSER_LAUNCH`, or the signal's reason
 */
export const launchBrowser = async (options: LaunchOptions, signal: AbortSignal): Promise<BrowserProcess> => {
	let sandbox = options.sandbox;
	for (let attempt = 1; ; attempt++) {
		const browser = await startBrowser({ ...options, sandbox });
		try {
			await answers(browser, options.timeLimitMs, signal);
			return browser;
		} catch (error) {
			await browser.close();
			if (attempt >= TRIES || signal.aborted) throw error;
			if (sandbox && /sandbox/i.test(browser.lastWords())) {
				sandbox = false;
				options.notice('the system refuses the browser its sandbox: drawing without it');
			}
		}
	}
};

const answers = async (browser: BrowserProcess, ms: number, signal: AbortSignal): Promise<void> => {
	const failure = (message: string, killed = false): RenderFailure =>
		new RenderFailure('BROWSER_LAUNCH', message, browser.lastWords(), killed ? { blameless: true } : {});
	const died = browser.ended.then(({ how, killed }) => Promise.reject(failure(`the browser ended at its start: ${how}`, killed)));
	// A closed pipe says only that the browser is gone; how it ended is the better message and comes right after.
	const greeting = browser.devTools.send({ method: 'Browser.getVersion' }).catch(() => died);
	await within(Promise.race([greeting, died]), { ms, signal, failure: () => failure(`the browser did not start within ${ms} ms`) });
};

const startBrowser = async (options: LaunchOptions): Promise<BrowserProcess> => {
	const { directory: profileDirectory, fontconfigFile, remove } = await makeProfile(options.temporaryDirectory);
	const child = spawn(options.executable, browserFlags({ profileDirectory, sandbox: options.sandbox, origin: options.origin }), {
		stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
		env: browserEnvironment(options.environment, { profileDirectory, fontconfigFile, libraryPath: options.libraryPath }),
		cwd: profileDirectory,
		// A process group of its own, to end every helper process with it and to keep the terminal's Ctrl-C from it.
		detached: process.platform !== 'win32',
	});
	const words = createTextTail(LAST_WORDS_BYTES);
	child.stderr?.on('data', words.add);
	let closing: Promise<void> | undefined;
	const ended = new Promise<ProcessEnd>((resolve) => {
		child.once('error', (error) => resolve(neverStarted(error)));
		child.once('exit', (code, signal) => {
			const end = processEnd(code, signal);
			resolve({ ...end, killed: end.killed && closing === undefined });
		});
	});
	const [, , , toBrowser, fromBrowser] = child.stdio as [null, null, Readable, Writable, Readable];
	const devTools = connectDevTools(toBrowser, fromBrowser);
	return {
		pid: child.pid ?? 0,
		devTools,
		ended,
		lastWords: words.text,
		close() {
			closing ??= endBrowser(child, devTools, ended).then(remove);
			return closing;
		},
	};
};

const endBrowser = async (child: ChildProcess, devTools: DevTools, ended: Promise<ProcessEnd>): Promise<void> => {
	if (child.pid === undefined) return;
	// Asked to, the browser waits for its helpers: killed, it would leave them as zombies where nobody reaps orphans.
	const asked = devTools.send({ method: 'Browser.close' }).then(() => ended);
	if (child.exitCode === null && child.signalCode === null) await settlesWithin(asked, GOODBYE_MS);
	else asked.catch(() => {});
	killGroup(child.pid);
	await settlesWithin(ended, KILL_MS);
	const deadline = Date.now() + HELPERS_MS;
	while (process.platform !== 'win32' && isAlive(-child.pid) && Date.now() < deadline)
		await new Promise((resolve) => setTimeout(resolve, 10));
	for (const stream of child.stdio) stream?.destroy();
};

/** Kills a process and its group. One that is gone already is fine. */
export const killGroup = (pid: number): void => {
	for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
		try {
			process.kill(target, 'SIGKILL');
		} catch {
			// It has ended by itself.
		}
	}
};
