/** The processes that threads have running, by thread: what must be ended when a thread no longer can. */
export type ProcessLedger = {
	set(thread: number, ids: readonly number[]): void;
	/** Threads with processes. */
	threads(): readonly number[];
	/** Ends the processes of one thread, with the groups that they lead. */
	end(thread: number): void;
	endAll(): void;
	/** Stops watching for the end of this process. */
	close(): void;
};

/** A ledger that also ends everything in it when this process exits, in whatever way leaves it a last word. */
export const createProcessLedger = (): ProcessLedger => {
	const running = new Map<number, readonly number[]>();
	const end = (thread: number): void => {
		for (const id of running.get(thread) ?? []) endProcess(id);
		running.delete(thread);
	};
	const endAll = (): void => [...running.keys()].forEach(end);
	process.on('exit', endAll);
	return {
		set(thread, ids) {
			if (ids.length === 0) running.delete(thread);
			else running.set(thread, ids);
		},
		threads: () => [...running.keys()],
		end,
		endAll,
		close() {
			process.off('exit', endAll);
		},
	};
};

/** A browser leads a group with its helpers in it; an encoder is alone in ours. Either may be gone already. */
const endProcess = (id: number): void => {
	for (const target of process.platform === 'win32' ? [id] : [-id, id]) {
		try {
			process.kill(target, 'SIGKILL');
		} catch {
			// Gone, or not the leader of a group.
		}
	}
};
