import { createReadStream, createWriteStream } from 'node:fs';
import { access, lstat, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, createBrotliDecompress } from 'node:zlib';
import { makeOwnDirectory } from './own-directory.ts';
import type { PackedChromium } from './packed-chromium.ts';
import { readTar } from './read-tar.ts';
import type { SystemProbes } from './system-probes.ts';

const EXECUTABLE = 'headless_shell';
const LIBRARIES = 'lib';
const CHUNK_BYTES = 2 ** 21;

/** Where a packed browser is, or will be, on this machine. */
export const unpackedExecutable = (packed: PackedChromium, cacheDirectory: string): string =>
	join(cacheDirectory, `chromium-${packed.version}`, EXECUTABLE);

/**
 * Unpacks a packed browser into `<cacheDirectory>/chromium-<version>/`, readable by this user only, with the libraries that a bare system lacks.
 * The directory appears whole or not at all; processes that race end up with the same one.
 * @returns path of the executable
 * @throws Error when the cache directory cannot be written or belongs to another user: a program from there would not be ours
 */
export const unpackChromium = async (packed: PackedChromium, cacheDirectory: string): Promise<string> => {
	const executable = unpackedExecutable(packed, cacheDirectory);
	const target = dirname(executable);
	await mkdir(cacheDirectory, { recursive: true, mode: 0o700 });
	await refuseForeign(cacheDirectory);
	if (await exists(executable)) {
		await refuseForeign(target);
		return executable;
	}
	const temporary = await makeOwnDirectory(cacheDirectory, `unpacking-${packed.version}-`);
	try {
		await Promise.all([unpackExecutable(packed, join(temporary, EXECUTABLE)), unpackLibraries(packed, join(temporary, LIBRARIES))]);
		await rename(temporary, target);
	} catch (error) {
		await rm(temporary, { recursive: true, force: true });
		if (!(await exists(executable))) throw error;
		// Another process was faster: its directory is the same as ours.
		await refuseForeign(target);
	}
	return executable;
};

/**
 * The directory of libraries to give a browser that was unpacked, or null when the system has them all.
 * Given too where it cannot be found out: they do no harm.
 */
export const installedLibraryPath = async (executable: string, probes: SystemProbes): Promise<string | null> => {
	const ldd = await probes.findOnPath('ldd');
	const libraryPath = join(dirname(executable), LIBRARIES);
	if (ldd === null) return libraryPath;
	try {
		const { stdout } = await probes.run({ executable: ldd, arguments: [executable], environment: { PATH: dirname(ldd), LC_ALL: 'C' } });
		return Buffer.from(stdout).includes('not found') ? libraryPath : null;
	} catch {
		return libraryPath;
	}
};

const unpackExecutable = async (packed: PackedChromium, path: string): Promise<void> => {
	const source = createReadStream(join(packed.directory, 'chromium.br'), { highWaterMark: CHUNK_BYTES });
	await pipeline(source, createBrotliDecompress({ chunkSize: CHUNK_BYTES }), createWriteStream(path, { mode: 0o700 }));
	const file = await open(path);
	await file.sync();
	await file.close();
};

const unpackLibraries = async (packed: PackedChromium, directory: string): Promise<void> => {
	const archive = await promisify(brotliDecompress)(await readFile(join(packed.directory, 'al2023.tar.br')));
	await mkdir(directory, { mode: 0o700 });
	for (const { name, content } of readTar(archive)) {
		const [folder, file, ...deeper] = name.split('/');
		if (folder === 'lib' && file && deeper.length === 0) await writeFile(join(directory, file), content, { mode: 0o700 });
	}
};

const refuseForeign = async (directory: string): Promise<void> => {
	const owner = (await lstat(directory)).uid;
	if (process.getuid !== undefined && owner !== process.getuid()) throw new Error(`${directory} belongs to another user`);
};

const exists = (path: string): Promise<boolean> =>
	access(path).then(
		() => true,
		() => false,
	);
