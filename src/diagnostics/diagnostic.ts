import type { Code } from './codes.ts';

/** Half-open range of UTF-16 offsets into one source file: `[start, end)`. */
export type SourceRange = { readonly file: string; readonly start: number; readonly end: number };

export type Severity = 'error' | 'warning';

/** One thing the user should know, pointing at the YAML that caused it. Plain data: safe to JSON.stringify. */
export type Diagnostic = {
	readonly code: Code;
	readonly severity: Severity;
	/** What is wrong, in one terse line, with no position and no full stop. */
	readonly summary: string;
	readonly range?: SourceRange;
	/** What to do about it. */
	readonly hint?: string;
	/** Ids of the cells that have the problem, when it is not the same in all of them. */
	readonly cells?: readonly string[];
	readonly related?: readonly { readonly message: string; readonly range: SourceRange }[];
};

/** A value plus everything worth saying about it. `value` is absent exactly when some diagnostic is an error. */
export type Outcome<T> =
	| { readonly ok: true; readonly value: T; readonly diagnostics: readonly Diagnostic[] }
	| { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export const succeed = <T>(value: T, diagnostics: readonly Diagnostic[] = []): Outcome<T> => ({ ok: true, value, diagnostics });

export const fail = (...diagnostics: Diagnostic[]): Outcome<never> => ({ ok: false, diagnostics });

/** The value when no diagnostic is an error, otherwise the diagnostics alone. */
export const conclude = <T>(value: T, diagnostics: readonly Diagnostic[]): Outcome<T> =>
	diagnostics.some((d) => d.severity === 'error') ? { ok: false, diagnostics } : { ok: true, value, diagnostics };

/** An error that points at the text and says the cure. */
export const errorAt = (range: SourceRange, code: Code, summary: string, hint: string): Diagnostic => ({
	code,
	severity: 'error',
	summary,
	range,
	hint,
});
