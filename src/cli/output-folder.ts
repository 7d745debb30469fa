import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { diskReason } from '../diagnostics/disk-reasons.ts';
import { quote } from '../diagnostics/visible.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { hideFromGit } from './hide-from-git.ts';
import { refuse } from './report.ts';

/** Makes the folders that a render writes to, before it spends time on pixels that could not be put there; tells when that cannot be done. */
export const refuseUnwritable = (context: CliContext, directory: string, json: boolean): ExitCode | null => {
	const outputs = { folder: resolve(context.cwd, directory), hint: 'choose a folder with --out, or mend its permissions' };
	return refuseUnlessMade(context, outputs, json) ?? refuseWithoutState(context, json);
};

/** The same for the folder of what is kept between commands. */
export const refuseWithoutState = (context: CliContext, json: boolean): ExitCode | null => {
	const hint = 'mend its permissions, or run it in a folder of your own: what is kept between commands is in `.reelform`';
	const folder = join(context.cwd, '.reelform');
	const isNew = !existsSync(folder);
	const unwritable = refuseUnlessMade(context, { folder, hint }, json);
	// Now, and not at the command's end: a render takes hours, and may be killed.
	if (isNew && unwritable === null) hideFromGit(folder);
	return unwritable;
};

export type Needed = { readonly folder: string; readonly hint: string };

/** Makes a folder where it is not there; tells when that cannot be done, or nothing can be written to it. */
export const refuseUnlessMade = (context: CliContext, needed: Needed, json: boolean): ExitCode | null => {
	try {
		mkdirSync(needed.folder, { recursive: true });
		accessSync(needed.folder, constants.W_OK | constants.X_OK);
		return null;
	} catch (error) {
		return refuseFolder(context, { ...needed, error, json });
	}
};

type Refusal = { readonly folder: string; readonly error: unknown; readonly json: boolean; readonly hint?: string };

/** Tells why nothing can be written to a folder. */
export const refuseFolder = (context: CliContext, { folder, error, json, hint = 'choose a folder with --out' }: Refusal): ExitCode => {
	const summary = `${quote(folder, 300)} cannot be written: ${reasonOf(folder, error)}`;
	const problem: Diagnostic = { code: 'RF5004', severity: 'error', summary, hint };
	refuse(context, { file: folder, diagnostics: [problem], sources: new Map() }, json);
	return EXIT.machine;
};

const reasonOf = (folder: string, error: unknown): string => {
	const code = codeOf(error);
	if (code === undefined) return String(error);
	return diskReason(code === 'ENOENT' ? (reasonAbove(folder) ?? code) : code);
};

/** Where a folder cannot be made for what is above it, the system says only that it is not there. */
const reasonAbove = (folder: string): string | undefined => {
	let above = folder;
	while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
	try {
		accessSync(above, constants.W_OK | constants.X_OK);
		return undefined;
	} catch (error) {
		return codeOf(error);
	}
};

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
