import { existsSync, realpathSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type InputResult, refuse } from './input-problem.ts';

/** Where the paths of a spec start, and the folder that they may not leave. Both without symbolic links. */
export type ProjectFolders = { readonly specFolder: string; readonly root: string };

/** The root is the nearest folder above the spec that holds `.git` or `package.json`, else the spec's own. */
export const projectFolders = (specFile: string): ProjectFolders => {
	const specFolder = realpathSync(dirname(resolve(specFile)));
	for (let folder = specFolder; ; folder = dirname(folder)) {
		if (existsSync(join(folder, '.git')) || existsSync(join(folder, 'package.json'))) return { specFolder, root: folder };
		if (dirname(folder) === folder) return { specFolder, root: specFolder };
	}
};

export type ProjectFile = { readonly path: string; readonly bytes: number };

/** The real path and size of a regular file that a spec names. What lies outside of the project is refused unseen. */
export const locateFile = async (written: string, { specFolder, root }: ProjectFolders): Promise<InputResult<ProjectFile>> => {
	const path = resolve(specFolder, written);
	if (written.includes('\0') || !isInside(path, root)) return outside(written, root);
	const real = await realpath(path).catch(() => null);
	if (real === null) return notFound(written, path);
	if (!isInside(real, root)) return outside(written, root);
	const facts = await stat(real);
	if (!facts.isFile()) return refuse('RF4001', `"${written}" is not a file`, 'name a file, not a folder');
	if (facts.size === 0) return refuse('RF4002', `"${written}" is empty`, 'save the file again, or fetch it if it is kept in Git LFS');
	return { ok: true, value: { path: real, bytes: facts.size } };
};

const isInside = (path: string, root: string): boolean => {
	const way = relative(root, path);
	return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

const outside = (written: string, root: string): InputResult<never> =>
	refuse('RF4006', `"${written}" is outside the project`, `copy the file into ${basename(root)}/, and name it relative to the spec`);

const notFound = async (written: string, path: string): Promise<InputResult<never>> => {
	const names = await readdir(dirname(path)).catch(() => []);
	const near = names.find((name) => name.toLowerCase() === basename(path).toLowerCase()) ?? didYouMean(basename(path), names);
	const hint = near === undefined ? hintForPath(written) : `did you mean "${written.slice(0, -basename(path).length)}${near}"?`;
	return refuse('RF4001', `"${written}" does not exist`, hint);
};

const hintForPath = (written: string): string => {
	if (/^https?:\/\//i.test(written)) return 'a spec names files of the project: download it, and name the file';
	if (written.includes('\\')) return `write the path with /: ${written.replaceAll('\\', '/')}`;
	return 'paths are relative to the spec file';
};
