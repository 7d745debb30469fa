import { isUtf8 } from 'node:buffer';
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
		const content = await readFile(path);
		if (!isUtf8(content)) return cannotRead(file, 'is no UTF-8 text', 'save it as UTF-8');
		return succeed(content.toString('utf8'));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		const reason = code === undefined ? message : (REASONS[code] ?? message);
		return cannotRead(file, reason, hintFor(path, file));
	}
};

const cannotRead = (file: string, reason: string, hint: string): Outcome<never> =>
	fail({ code: 'RF1009', severity: 'error', summary: `${quote(file, 200)} ${reason}`, hint });

const REASONS: Readonly<Record<string, string>> = {
	ENOENT: 'does not exist',
	ENOTDIR: 'does not exist',
	EISDIR: 'is a folder, not a spec',
	EACCES: 'may not be read',
	EPERM: 'may not be read',
};

const hintFor = (path: string, file: string): string => {
	const itself = basename(path);
	const near = didYouMean(
		itself,
		namesIn(dirname(path)).filter((name) => name !== itself),
	);
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
