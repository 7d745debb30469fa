import { formatDiagnostic } from '../../diagnostics/code-frame.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Colors } from '../terminal.ts';
import { quantity } from './quantities.ts';

/** The texts that diagnostics point into, by file name. */
export type Sources = ReadonlyMap<string, string>;

/** Every diagnostic with its code frame, a blank line between them. Ends with a line break; empty for none. */
export const diagnosticsText = (diagnostics: readonly Diagnostic[], sources: Sources, colors: Colors): string =>
	diagnostics.map((diagnostic) => `${paint(diagnostic, formatDiagnostic(diagnostic, sources), colors)}\n`).join('\n');

const paint = (diagnostic: Diagnostic, text: string, colors: Colors): string => {
	const tint = diagnostic.severity === 'error' ? colors.red : colors.yellow;
	const label = `${diagnostic.severity}[${diagnostic.code}]`;
	const [head = '', ...rest] = text.split('\n');
	return [
		head.replace(label, () => tint(label)),
		...rest.map((line) => line.replace(/^( +\| +)(~+)$/, (_, gutter: string, marks: string) => `${gutter}${tint(marks)}`)),
	].join('\n');
};

/** `2 errors, 1 warning`, or an empty text when there is nothing to say. */
export const tallyText = (diagnostics: readonly Diagnostic[]): string => {
	const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
	const warnings = diagnostics.length - errors;
	return [errors > 0 ? quantity(errors, 'error') : '', warnings > 0 ? quantity(warnings, 'warning') : '']
		.filter((part) => part !== '')
		.join(', ');
};
