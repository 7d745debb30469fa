import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/visible.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { refuse } from './report.ts';

/** Makes the folders that a render writes to, before it spends time on pixels that could not be put there; tells when that cannot be done. */
export const refuseUnwritable = (context: CliContext, directory: string, json: boolean): ExitCode | null => {
	for (const folder of [resolve(context.cwd, directory), join(context.cwd, '.reelform')]) {
		const problem = tryToMake(folder);
		if (problem === null) continue;
		refuse(context, { file: directory, diagnostics: [problem], sources: new Map() }, json);
		return EXIT.machine;
	}
	return null;
};

const tryToMake = (folder: string): Diagnostic | null => {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK | constants.X_OK);
		return null;
	} catch (error) {
		const reason = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
		return {
			code: 'RF5004',
			severity: 'error',
			summary: `${quote(folder, 300)} cannot be written: ${reason}`,
			hint: 'choose a folder with --out, or mend its permissions',
		};
	}
};
