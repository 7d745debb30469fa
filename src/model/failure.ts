import type { Code } from '../diagnostics/codes.ts';

/** Why a piece of work failed, as far as a retry or a reader needs to know. */
export type FailureClass =
	| 'BROWSER_LAUNCH'
	| 'BROWSER_CRASH'
	| 'FRAME_TIMEOUT'
	| 'OOM'
	| 'PAGE'
	| 'ENCODE'
	| 'MIX'
	| 'DISK'
	| 'WORKER'
	| 'OUTPUT'
	| 'BUNDLE'
	/** A file is not what it was when the plan was made. */
	| 'INPUT_CHANGED'
	/** A file that the plan needs is not at hand. */
	| 'ASSET'
	/** The spec is wrong. */
	| 'USER'
	/** A row does not keep its contract, or nothing can be made of it. */
	| 'DATA'
	/** A service did not answer, or answered with an error. */
	| 'NETWORK'
	/** Another run held it, lived, and did not finish it. */
	| 'LOCK'
	| 'ABORTED'
	| 'INTERNAL';

/** A failure as data: crosses threads and goes into reports. */
export type Failure = {
	readonly class: FailureClass;
	readonly message: string;
	readonly detail?: string;
	/** Where a diagnostic says it more exactly than its class. */
	readonly code?: Code;
	/** Something outside of the render ended it, a kill for example: it is no attempt of the segments that were in it. */
	readonly blameless?: true;
};

/** Thrown below the executor, where a failure is an event and not the user's mistake. */
export class RenderFailure extends Error {
	readonly failure: Failure;
	constructor(failureClass: FailureClass, message: string, detail?: string, marks: Pick<Failure, 'blameless'> = {}) {
		super(message);
		this.name = 'RenderFailure';
		this.failure = { class: failureClass, message, ...(detail === undefined || detail === '' ? {} : { detail }), ...marks };
	}
}

/** The diagnostic code that reports a class. */
export const CODE_OF_FAILURE: Readonly<Record<FailureClass, Code>> = {
	BROWSER_LAUNCH: 'RF6001',
	BROWSER_CRASH: 'RF6002',
	FRAME_TIMEOUT: 'RF6003',
	PAGE: 'RF6004',
	ENCODE: 'RF6005',
	MIX: 'RF6110',
	DISK: 'RF6006',
	WORKER: 'RF6007',
	ABORTED: 'RF6008',
	INTERNAL: 'RF6009',
	BUNDLE: 'RF6010',
	OOM: 'RF6011',
	INPUT_CHANGED: 'RF6012',
	ASSET: 'RF4243',
	USER: 'RF6013',
	DATA: 'RF6014',
	NETWORK: 'RF6015',
	LOCK: 'RF6016',
	OUTPUT: 'RF7001',
};

/** The diagnostic code that reports a failure. */
export const codeOf = ({ class: failureClass, code }: Failure): Code => code ?? CODE_OF_FAILURE[failureClass];

/** Whether a second attempt, in a fresh browser or thread, may succeed. */
export const isRetryable = (failure: Failure): boolean => {
	switch (failure.class) {
		case 'BROWSER_LAUNCH':
		case 'BROWSER_CRASH':
		case 'FRAME_TIMEOUT':
		case 'OOM':
		case 'WORKER':
		case 'ENCODE':
		case 'MIX':
		case 'NETWORK':
		case 'LOCK':
			return true;
		case 'USER':
		case 'DATA':
		case 'PAGE':
		case 'DISK':
		case 'OUTPUT':
		case 'BUNDLE':
		case 'INPUT_CHANGED':
		case 'ASSET':
		case 'ABORTED':
		case 'INTERNAL':
			return false;
	}
};
