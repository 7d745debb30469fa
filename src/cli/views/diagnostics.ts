import { formatDiagnostic, type Sources } from '../../diagnostics/code-frame.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Colors } from '../terminal.ts';
import { quantity } from './quantities.ts';

export type { Sources } from '../../diagnostics/code-frame.ts';

/** Every diagnostic with its code frame, a blank line between them. Ends with a line break; empty for none. */
export const diagnosticsText = (diagnostics: readonly Diagnostic[], sources: Sources, colors: Colors): string => {
	const paint = { error: colors.red, warning: colors.yellow, dim: colors.dim, bold: colors.bold };
	return diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic, sources, paint)}\n`).join('\n');
};

/** `2 errors, 1 warning`, or an empty text when there is nothing to say. */
export const tallyText = (diagnostics: readonly Diagnostic[]): string => {
	const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
	const warnings = diagnostics.length - errors;
	const parts = [errors > 0 ? quantity(errors, 'error') : '', warnings > 0 ? quantity(warnings, 'warning') : ''];
	return parts.filter((part) => part !== '').join(', ');
};
