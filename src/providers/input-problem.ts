import type { Code } from '../diagnostics/codes.ts';

/** What is wrong with something that a spec names. The caller knows where it is written. */
export type InputProblem = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	/** An error when left out. */
	readonly severity?: 'warning';
	/** A service failed: another day the same may be there. */
	readonly passing?: true;
};

export type InputResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: InputProblem };

export const refuse = (code: Code, summary: string, hint: string): InputResult<never> => ({ ok: false, problem: { code, summary, hint } });
