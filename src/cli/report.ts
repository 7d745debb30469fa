import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { diagnosticsText, type Sources, tallyText } from './views/diagnostics.ts';
import { validationJson } from './views/json.ts';

export type Report = { readonly file: string; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

/** Writes diagnostics and their tally to stderr. Says nothing when there are none. */
export const reportDiagnostics = ({ stderr }: CliContext, { diagnostics, sources }: Report): void => {
	if (diagnostics.length === 0) return;
	stderr.write(`${diagnosticsText(diagnostics, sources, stderr.colors)}\n${tallyText(diagnostics)}\n`);
};

/** Ends a command whose spec is wrong: for a person on stderr, and on stdout for a program when it asked for JSON. */
export const refuse = (context: CliContext, report: Report, json: boolean): ExitCode => {
	if (json) context.stdout.write(validationJson([{ ...report, ok: false }]));
	else reportDiagnostics(context, report);
	return EXIT.invalid;
};
