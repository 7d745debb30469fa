import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a packed browser is unpacked: the user's cache, or the project's state where there is no home that can be written. */
export const browserCacheDirectory = (env: Environment, stateDirectory: string): string => {
	const preferred = join(userCache(env), 'reelform');
	return isWritable(preferred) ? preferred : join(stateDirectory, 'cache');
};

const userCache = (env: Environment): string => {
	if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME'];
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
	if (process.platform === 'win32' && env['LOCALAPPDATA']) return env['LOCALAPPDATA'];
	return join(homedir(), '.cache');
};

/** Whether a folder can be made or written at this path. */
const isWritable = (directory: string): boolean => {
	let existing = directory;
	while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
	try {
		accessSync(existing, constants.W_OK);
		return true;
	} catch {
		return false;
	}
};

/** Version of every installed package of the Remotion family, by name. Empty when Remotion is not installed. */
export const remotionVersions = (): ReadonlyMap<string, string> => {
	const modules = modulesWith('remotion');
	if (modules === null) return new Map();
	const scope = join(modules, '@remotion');
	const names = ['remotion', ...(existsSync(scope) ? readdirSync(scope).map((name) => `@remotion/${name}`) : [])];
	return new Map(
		names
			.map((name) => [name, join(modules, name, 'package.json')] as const)
			.filter(([, file]) => existsSync(file))
			.map(([name, file]) => [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version]),
	);
};

/** The `node_modules` folder that holds a package. */
const modulesWith = (name: string): string | null => {
	const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
	return folders.find((folder) => existsSync(join(folder, name, 'package.json'))) ?? null;
};

/** The keys of all segments that the store has a file for. */
export const storedKeys = async (directory: string): Promise<ReadonlySet<string>> => {
	const names = await readdir(join(directory, 'segments'), { recursive: true }).catch(() => []);
	return new Set(names.filter((name) => name.endsWith('.mp4')).map((name) => basename(name, '.mp4')));
};

/** The same for mixes of sound. */
export const storedMixes = async (directory: string): Promise<ReadonlySet<string>> => {
	const names = await readdir(join(directory, 'mixes'), { recursive: true }).catch(() => []);
	return new Set(names.filter((name) => name.endsWith('.m4a')).map((name) => basename(name, '.m4a')));
};

/** What the store holds. A store that is not there yet holds nothing. */
export const storeSize = async (directory: string): Promise<{ readonly segments: number; readonly bytes: number }> => {
	const names = await readdir(join(directory, 'segments'), { recursive: true }).catch(() => []);
	const segments = names.filter((name) => name.endsWith('.mp4'));
	let bytes = 0;
	for (const name of segments)
		bytes += await stat(join(directory, 'segments', name)).then(
			(facts) => facts.size,
			() => 0,
		);
	return { segments: segments.length, bytes };
};
