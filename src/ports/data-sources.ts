import type { Code } from '../diagnostics/codes.ts';
import type { FieldValue } from '../model/recipient.ts';

/** One record of a source as it was read, before its contract is checked. */
export type SourceRecord =
	/** `values` as the source has them, by column or key: texts in a table, any JSON value elsewhere. */
	| { readonly ok: true; readonly row: number; readonly values: Readonly<Record<string, unknown>> }
	/** A record that cannot be read: broken quotes, too many cells, bytes that are no text. */
	| {
			readonly ok: false;
			readonly row: number;
			readonly column: string | null;
			readonly code: Code;
			readonly summary: string;
			readonly hint: string;
			/** A service did not answer, or failed: nothing is wrong with the row. */
			readonly passing?: true;
	  };

export type SourceFault = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	/** The key of the source in the spec that is at fault, where it is known. */
	readonly key?: 'path' | 'at';
};

/**
 * What `live` sources show: what they say now (`look`), the same kept for replays of the run (`take`), or what a run has kept (`replay`, an
 * error without), which with `replay-if-kept` is asked for where there is nothing kept.
 */
export type LiveMoment = 'look' | 'take' | 'replay' | 'replay-if-kept';

/** A source as a whole cannot be read. What is thrown while its records are asked for. */
export class SourceFailure extends Error {
	readonly source: string;
	readonly code: Code;
	readonly hint: string;
	readonly key: NonNullable<SourceFault['key']> | null;
	constructor(source: string, problem: SourceFault) {
		super(problem.summary);
		this.name = 'SourceFailure';
		this.source = source;
		this.code = problem.code;
		this.hint = problem.hint;
		this.key = problem.key ?? null;
	}
}

/** The sources under `data:` of one spec. Sources are asked for by their names there. */
export type DataSources = {
	/**
	 * The records of a source in groups of many, from the first, anew with each call; a file is streamed, and what a service gave is asked for once.
	 * Iterating throws `SourceFailure`.
	 */
	records(source: string): AsyncIterable<readonly SourceRecord[]>;
	/** The record of an `api` source whose address or body names fields of the recipient. `row` of a failed one is that of the recipient. Never throws. */
	recordFor(
		source: string,
		recipient: { readonly row: number; readonly values: Readonly<Record<string, FieldValue>> },
	): Promise<SourceRecord>;
};
