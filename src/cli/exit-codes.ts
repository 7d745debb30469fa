/** What the program's end means to a script. */
export const EXIT = {
	done: 0,
	/** The spec or its data is wrong; nothing was rendered. */
	invalid: 1,
	/** `plan --detailed-exitcode` found something to do. */
	changes: 2,
	/** Some outputs failed; the good ones are there. */
	failedOutputs: 3,
	/** The machine lacks something. */
	machine: 4,
	usage: 64,
	/** A bug of ours. */
	internal: 70,
	interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
