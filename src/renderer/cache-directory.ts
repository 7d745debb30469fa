import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentVariables } from './browser-environment.ts';

/** Where Reelform keeps what is the same for every project of this user: the unpacked browser. */
export const userCacheDirectory = (environment: EnvironmentVariables): string => {
	const named = process.platform === 'win32' ? environment['LOCALAPPDATA'] : environment['XDG_CACHE_HOME'];
	if (named) return join(named, 'reelform');
	const home = environment['HOME'] || homedir();
	return home ? join(home, '.cache', 'reelform') : join(tmpdir(), `reelform-${process.getuid?.() ?? 'cache'}`);
};
