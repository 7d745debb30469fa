import { SourceFailure, type SourceFault, type SourceRecord } from '../../ports/data-sources.ts';
import type { HttpHeaders } from '../http/contract.ts';

export type Problem = SourceFault & {
	/** A service did not answer, or failed. */
	readonly passing?: true;
	/** Of the answer that was refused, as `headers`. */
	readonly status?: number | null;
	readonly headers?: HttpHeaders;
};

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

export const badRecord = (row: number, problem: Problem, column: string | null = null): SourceRecord => ({
	ok: false,
	row,
	column,
	code: problem.code,
	summary: problem.summary,
	hint: problem.hint,
	...(problem.passing ? { passing: true } : {}),
});

/** A failure before it is known to which source it belongs. */
export class SourceProblem extends Error {
	readonly problem: Problem;
	constructor(problem: Problem) {
		super(problem.summary);
		this.name = 'SourceProblem';
		this.problem = problem;
	}
}

/** Whatever was thrown while a source was read, under the name of the source. Errors of ours come back as they are. */
export const asSourceFailure = (source: string, error: unknown): unknown => {
	if (error instanceof SourceFailure) return error;
	const problem = problemOf(error);
	return problem === null ? error : new SourceFailure(source, problem);
};

/** The problem inside of a failure of the network, the disk or a reader; null for anything else. */
export const problemOf = (error: unknown): Problem | null => {
	if (error instanceof SourceProblem) return error.problem;
	if (!(error instanceof Error)) return null;
	if ('problem' in error && isProblem(error.problem)) return error.problem;
	if ('syscall' in error && 'code' in error) {
		return { code: 'RF4200', summary: `the file cannot be read: ${error.code}`, hint: 'check that it is there and may be read' };
	}
	return null;
};

const isProblem = (value: unknown): value is Problem =>
	typeof value === 'object' && value !== null && 'code' in value && 'summary' in value && 'hint' in value;
