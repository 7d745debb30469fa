import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { quote } from '../diagnostics/visible.ts';

/** The text of a spec, or RF1009 with what to do. `file` is relative to `cwd`. */
export const readSpecFile = async (cwd: string, file: string): Promise<Outcome<string>> => {
	const path = resolve(cwd, file);
	try {
		return succeed(await readFile(path, 'utf8'));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const reason = code === undefined ? message : (REASONS[code] ?? message);
		return fail({ code: 'RF1009', severity: 'error', summary: `${quote(file, 200)} ${reason}`, hint: hintFor(path, file) });
	}
};

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'does not exist',
	ENOTDIR: 'does not exist',
	EISDIR: 'is a folder, not a spec',
	EACCES: 'may not be read',
	EPERM: 'may not be read',
};

const hintFor = (path: string, file: string): string => {
	const near = didYouMean(basename(path), namesIn(dirname(path)));
	const inside = namesIn(path).find((name) => /\.ya?ml$/.test(name));
	if (inside !== undefined) return `name the file in it: ${join(file, inside)}`;
	return near === undefined
		? 'give the path of a campaign spec; `reelform init` writes one'
		: `did you mean ${quote(join(dirname(file), near), 200)}?`;
};

const namesIn = (folder: string): readonly string[] => {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
};
