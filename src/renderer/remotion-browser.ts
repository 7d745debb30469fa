import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { openBrowser } from '@remotion/renderer';
import { RenderFailure } from '../model/failure.ts';
import { browserEnvironment } from './browser-environment.ts';
import { isolationFlags } from './browser-flags.ts';
import { killGroup } from './browser-process.ts';
import { makeProfile } from './browser-profile.ts';
import type { FrameSourceOptions } from './stage-source.ts';

export type HeadlessBrowser = Awaited<ReturnType<typeof openBrowser>>;

export type RemotionBrowser = {
	readonly instance: HeadlessBrowser;
	readonly pid: number;
	/** Ends the browser with all its processes and removes the profile. */
	readonly close: () => Promise<void>;
};

/** On top of Remotion's own flags, of which the last one of a name counts. */
const EXTRA_FLAGS = ['--disable-lcd-text', '--lang=en-US'] as const;

/**
 * Starts a browser the way Remotion does. Remotion hands its whole environment on and takes no flags, so the executable that it gets is a script
 * which sets the environment of the stage's browser and adds our flags. Remotion opens a debugging port on loopback and turns the sandbox off:
 * that cannot be helped from here.
 * @throws RenderFailure `BROWSER_LAUNCH`
 */
export const openRemotionBrowser = async (options: FrameSourceOptions, origin: string): Promise<RemotionBrowser> => {
	const { directory: profileDirectory, fontconfigFile, remove } = await makeProfile(options.temporaryDirectory);
	const environment = browserEnvironment(options.environment, {
		profileDirectory,
		fontconfigFile,
		libraryPath: options.browser.libraryPath,
	});
	const pidFile = join(profileDirectory, 'reelform.pid');
	const script = join(profileDirectory, 'browser');
	const flags = [...EXTRA_FLAGS, ...isolationFlags(origin), `--user-data-dir=${profileDirectory}`];
	try {
		await writeFile(script, wrapperScript({ executable: options.browser.path, environment, flags, pidFile }), { mode: 0o700 });
		const { openBrowser } = await import('@remotion/renderer');
		const instance = await openBrowser('chrome', {
			browserExecutable: process.platform === 'win32' ? options.browser.path : script,
			chromeMode: options.browser.headlessShell ? 'headless-shell' : 'chrome-for-testing',
			logLevel: 'error',
		});
		const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
		const close = async (): Promise<void> => {
			await instance.close({ silent: true }).catch(() => {});
			if (pid > 0) killGroup(pid);
			await remove();
		};
		return { instance, pid, close };
	} catch (error) {
		await remove();
		const text = error instanceof Error ? error.message : String(error);
		throw new RenderFailure('BROWSER_LAUNCH', 'Remotion could not start the browser', text);
	}
};

type Wrapper = {
	readonly executable: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly flags: readonly string[];
	readonly pidFile: string;
};

const wrapperScript = ({ executable, environment, flags, pidFile }: Wrapper): string => {
	const variables = Object.entries(environment).map(([name, value]) => quote(`${name}=${value}`));
	return `#!/bin/sh
echo $$ > ${quote(pidFile)}
exec env -i ${variables.join(' ')} ${quote(executable)} "$@" ${flags.map(quote).join(' ')}
`;
};

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
