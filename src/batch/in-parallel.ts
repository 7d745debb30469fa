/** Runs work on every item, so many at once, and returns the results in the order of the items. Work that can fail says so in its result. */
export const inParallel = async <Item, Result>(
	items: readonly Item[],
	parallel: number,
	work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
	const results = new Map<number, Result>();
	const waiting = [...items.entries()];
	const lane = async (): Promise<void> => {
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.set(next[0], await work(next[1]));
	};
	await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, lane));
	return items.map((_, index) => results.get(index)!);
};
