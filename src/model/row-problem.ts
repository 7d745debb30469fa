import type { Code } from '../diagnostics/codes.ts';
import type { Failure } from './failure.ts';
import { RECIPIENTS } from './recipient.ts';

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
	/** `source` was asked for one recipient: `row` and `key` are that recipient's. */
	readonly asked?: true;
	/** Nothing is wrong with the row: a service did not answer, or failed. Later the same row may be good. */
	readonly passing?: true;
};

/** Whether a row of the recipients is meant, and not one of a table that is joined to them. */
export const isOfRecipient = ({ source, asked }: RowProblem): boolean => source === RECIPIENTS || asked === true;

/** The problem as a failure of the outputs that it costs. */
export const rowFailure = ({ code, column, summary, passing }: RowProblem): Failure => ({
	class: passing ? 'NETWORK' : 'DATA',
	message: column === null ? summary : `${column}: ${summary}`,
	code,
});
