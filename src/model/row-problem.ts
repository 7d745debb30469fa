import type { Code } from '../diagnostics/codes.ts';

/** Why one row of a source cannot be used, or an output of it cannot be made. Plain data. */
export type RowProblem = {
	readonly code: Code;
	/** Name of the source in the spec: `recipients`. */
	readonly source: string;
	/** 1 is the first row after the header. */
	readonly row: number;
	/** The row's key, when it can be told. */
	readonly key: string | null;
	/** The column as the source names it, or the field; null when the row as a whole is meant. */
	readonly column: string | null;
	/** What is wrong, in one terse line, with no position. */
	readonly summary: string;
	readonly hint: string;
};
