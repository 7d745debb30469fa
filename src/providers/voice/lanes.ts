/** Tasks that run side by side, no more than `limit` at once; the others wait in the order they came. */
export type Lanes = {
	run<T>(task: () => Promise<T>): Promise<T>;
	/** At least 1. Tasks that run already are not stopped. */
	setLimit(limit: number): void;
	readonly limit: number;
	readonly running: number;
};

export const openLanes = (most: number): Lanes => {
	let limit = most;
	let running = 0;
	const waiting: (() => void)[] = [];
	const admit = (): void => {
		while (running < limit) {
			const next = waiting.shift();
			if (next === undefined) return;
			running++;
			next();
		}
	};
	return {
		get limit() {
			return limit;
		},
		get running() {
			return running;
		},
		setLimit(wanted) {
			limit = Math.max(1, Math.floor(wanted));
			admit();
		},
		async run(task) {
			const turn = new Promise<void>((resolve) => waiting.push(resolve));
			admit();
			await turn;
			try {
				return await task();
			} finally {
				running--;
				admit();
			}
		},
	};
};
