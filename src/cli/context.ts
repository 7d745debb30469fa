import type { OutputStream } from './terminal.ts';
import type { Wiring } from './wiring.ts';

/** The world as a command sees it. */
export type CliContext = {
	readonly stdout: OutputStream;
	readonly stderr: OutputStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The project root: `.reelform/` and `out/` are here. */
	readonly cwd: string;
	/** From the first call on, SIGINT, SIGTERM, SIGHUP and readers that go away abort this signal, and a second SIGINT or SIGTERM ends the program at once. */
	readonly interruption: () => AbortSignal;
	/** Asks the person at the terminal; null when there is none. */
	readonly ask: ((question: string) => Promise<string>) | null;
	/** Milliseconds of a clock that only goes forward. */
	readonly now: () => number;
	/** Loads the compiler and, when they are used, the adapters. */
	readonly wiring: () => Promise<Wiring>;
};
