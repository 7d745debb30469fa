import { EXIT } from './exit-codes.ts';

/** How whatever is under way is asked to end in good order. */
export type Interruption = {
	/** From the first call on, signals abort this one; before, they end the program. */
	readonly signal: () => AbortSignal;
	/** Asks without a signal of the system. @returns whether somebody heard it: else there is nothing to end in good order */
	readonly ask: () => boolean;
};

/** SIGINT and SIGTERM ask for an end, and a second one does not ask. SIGHUP only asks: a terminal that is closed sends it twice, and Node makes it deadly under `nohup`. */
export const openInterruption = (tell: (text: string) => void): Interruption => {
	const controller = new AbortController();
	let isHeard = false;
	const onSignal = (): void => {
		if (controller.signal.aborted) process.exit(EXIT.interrupted);
		tell('\nStopping. Press Ctrl-C again to stop at once.\n');
		controller.abort();
	};
	return {
		signal: () => {
			if (!isHeard) {
				process.on('SIGINT', onSignal);
				process.on('SIGTERM', onSignal);
				process.on('SIGHUP', () => controller.abort());
			}
			isHeard = true;
			return controller.signal;
		},
		ask: () => {
			if (isHeard) controller.abort();
			return isHeard;
		},
	};
};
