import { dirname, join, relative, resolve, sep } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import type { OutputReport } from '../model/media.ts';
import { asDiskFailure, discard, renameDurably, syncDirectory } from './durable-file.ts';
import { errorCode, type FileSystem } from './file-system.ts';

/**
 * Makes the folder that an output goes into and returns its path.
 * @throws RenderFailure `DISK` when the path leaves the output folder, by its own words or through a symbolic link, or cannot be made
 */
export const prepareFolder = async (fs: FileSystem, outputDirectory: string, path: string): Promise<string> => {
	const root = resolve(outputDirectory);
	const file = resolve(root, path);
	const inside = relative(root, file);
	if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside) throw escapes(path);
	try {
		await fs.mkdir(root, { recursive: true });
		const realRoot = await fs.realpath(root);
		let folder = root;
		for (const name of dirname(inside).split(sep)) {
			if (name === '.') continue;
			folder = join(folder, name);
			await fs.mkdir(folder).then(
				() => syncDirectory(fs, dirname(folder)),
				(error) => {
					if (errorCode(error) !== 'EEXIST') throw error;
				},
			);
			const real = await fs.realpath(folder);
			if (real !== realRoot && !real.startsWith(realRoot + sep)) throw escapes(path);
			if (!(await fs.stat(folder)).isDirectory()) throw new RenderFailure('DISK', `cannot write ${file}: ${folder} is a file`);
		}
		return dirname(file);
	} catch (error) {
		throw asDiskFailure(error, file);
	}
};

const escapes = (path: string): RenderFailure => new RenderFailure('DISK', `the output path leaves the output folder: ${path}`);

/** Gives a checked file its name, in one step: whoever looks sees the old file or the whole new one. `temporary` is in the same folder. */
export const publishOutput = async (fs: FileSystem, temporary: string, file: string): Promise<void> => {
	try {
		await renameDurably(fs, temporary, file);
	} catch (error) {
		await discard(fs, temporary);
		throw asDiskFailure(error, file);
	}
};

/** Keeps a file that failed its check, with the report that says why, where nobody takes it for a result. Returns where. */
export const setAside = async (
	fs: FileSystem,
	temporary: string,
	place: { readonly folder: string; readonly name: string; readonly report: { readonly output: string } & OutputReport },
): Promise<string> => {
	const kept = join(place.folder, `${place.name}.mp4`);
	try {
		await fs.mkdir(place.folder, { recursive: true });
		await fs.rename(temporary, kept).catch(async (error) => {
			if (errorCode(error) !== 'EXDEV') throw error;
			await fs.copyFile(temporary, kept);
			await discard(fs, temporary);
		});
		const handle = await fs.open(join(place.folder, `${place.name}.json`), 'w');
		try {
			await handle.writeFile(`${JSON.stringify(place.report, null, '\t')}\n`);
		} finally {
			await handle.close();
		}
		return kept;
	} catch (error) {
		await discard(fs, temporary);
		throw asDiskFailure(error, kept);
	}
};
