/** A case for a process to run. `keep`: its input comes back with the report. */
export type CaseRequest = { readonly seed: number; readonly number: number; readonly keep: boolean };

export type CaseReport = {
	readonly number: number;
	readonly verdict: 'accepted' | 'refused' | 'wrong' | 'crashed';
	/** What was thrown; empty when nothing was. */
	readonly detail: string;
	/** Of processor time. */
	readonly milliseconds: number;
	/** How far the memory of the process has risen above what it was before the case, if higher than ever. */
	readonly grownBytes: number;
	/** Of the input. */
	readonly bytes: number;
	/** In base64. */
	readonly input?: string;
};

/** Said before a case is run: preparing its kind counts for nothing. */
export type CaseStarted = { readonly started: number };

export const isStarted = (message: CaseReport | CaseStarted): message is CaseStarted => 'started' in message;
