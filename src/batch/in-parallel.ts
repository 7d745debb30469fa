/** Runs work on every item, so many at once, and returns the results in the order of the items. Work that can fail says so in its result; it is told its lane, from 0. */
export const inParallel = async <Item, Result>(
	items: readonly Item[],
	parallel: number,
	work: (item: Item, lane: number) => Promise<Result>,
): Promise<readonly Result[]> => {
	const results = new Map<number, Result>();
	const waiting = items.entries();
	const runLane = async (lane: number): Promise<void> => {
		for (let next = waiting.next(); !next.done; next = waiting.next()) results.set(next.value[0], await work(next.value[1], lane));
	};
	await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, (_, lane) => runLane(lane)));
	return items.map((_, index) => results.get(index)!);
};

/** @throws RangeError for anything but a whole number from 1 up */
export const checkParallel = (parallel: number): number => {
	if (!Number.isInteger(parallel) || parallel < 1) throw new RangeError(`parallel is a whole number from 1 up, got ${parallel}`);
	return parallel;
};
