import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { refuse, reportDiagnostics } from '../report.ts';
import { jsonDocument } from '../views/json.ts';
import { writeWhole } from '../write-file.ts';

export type TypesFlags = { readonly out?: string; readonly check?: boolean; readonly json?: boolean };

const FILE_NAME = 'reelform.d.ts';

/** Writes the TypeScript types of a campaign beside its spec. With `--check` it writes nothing, and fails when the file is not what it would write. */
export const types = async (context: CliContext, file: string, flags: TypesFlags): Promise<ExitCode> => {
	const { outcome, sources } = await (await context.wiring()).types(file);
	if (!outcome.ok) return refuse(context, { file, diagnostics: outcome.diagnostics, sources }, flags.json ?? false);
	reportDiagnostics(context, { file, diagnostics: outcome.diagnostics, sources });
	const target = flags.out === undefined ? join(dirname(resolve(context.cwd, file)), FILE_NAME) : resolve(context.cwd, flags.out);
	const shown = relative(context.cwd, target);
	const isCurrent = (await readFile(target, 'utf8').catch(() => null)) === outcome.value;
	if (!isCurrent && flags.check !== true) await writeWhole(target, outcome.value);
	const state = isCurrent ? 'current' : flags.check ? 'stale' : 'written';
	if (flags.json) context.stdout.write(jsonDocument({ file: shown, state }));
	else context.stdout.write(`${SAYS[state](shown)}\n`);
	return state === 'stale' ? EXIT.invalid : EXIT.done;
};

const SAYS = {
	current: (file: string) => `${file} is up to date`,
	stale: (file: string) => `${file} is stale: run \`reelform types\``,
	written: (file: string) => `Wrote ${file}`,
} as const;
