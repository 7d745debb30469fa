import { setTimeout as sleep } from 'node:timers/promises';

/** Changes of files on their way from the watcher to the compiler. */
export type ChangeQueue = {
	readonly push: (file: string) => void;
	/** Ends `batches` after what is under way. Safe to call twice. */
	readonly close: () => void;
	/**
	 * Sets of changed files. A batch is handed out when no change has come for `quietMs`, and at the latest after ten times that:
	 * an editor saves in several steps, and a file that never rests must not hold back the rest. For one reader.
	 */
	readonly batches: (quietMs: number) => AsyncIterable<ReadonlySet<string>>;
};

export const openChangeQueue = (): ChangeQueue => {
	let pending = new Set<string>();
	let pushes = 0;
	let isClosed = false;
	let wake = (): void => {};

	const batches = async function* (quietMs: number): AsyncIterable<ReadonlySet<string>> {
		while (!isClosed) {
			if (pending.size === 0) {
				await new Promise<void>((resolve) => {
					wake = resolve;
				});
				continue;
			}
			for (let round = 0, seen = -1; seen !== pushes && round < 10 && !isClosed; round++) {
				seen = pushes;
				await sleep(quietMs);
			}
			if (isClosed) return;
			const batch = pending;
			pending = new Set();
			yield batch;
		}
	};

	return {
		push: (file) => {
			pending.add(file);
			pushes++;
			wake();
		},
		close: () => {
			isClosed = true;
			wake();
		},
		batches,
	};
};
