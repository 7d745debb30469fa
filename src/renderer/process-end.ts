/** How a process that was started here has ended. */
export type ProcessEnd = {
	/** `exit code 1`, `signal SIGSEGV`, or why it did not start. */
	readonly how: string;
	/** By one of the signals with which a person or the system ends a process; a fault of its own ends it by another, or with a code. */
	readonly killed: boolean;
};

const KILLS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** A program that catches such a signal to tidy up ends with 128 more than its number by custom, and Chromium keeps to it. */
const KILLED_CODES: ReadonlySet<number> = new Set(Object.values(KILLS).map((number) => 128 + number));

export const processEnd = (code: number | null, signal: NodeJS.Signals | null): ProcessEnd =>
	signal === null
		? { how: `exit code ${code}`, killed: code !== null && KILLED_CODES.has(code) }
		: { how: `signal ${signal}`, killed: signal in KILLS };

/** It never ran. */
export const neverStarted = (error: Error): ProcessEnd => ({ how: error.message, killed: false });
