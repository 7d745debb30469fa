import type { RowValues } from '../../model/recipient.ts';

type Row = { readonly row: number; readonly values: RowValues };

/**
 * Up to `count` rows, taken in turn from each narrative in the order in which they appear, earliest rows first; in the order of their source.
 * Reads everything, and keeps no more than `count` rows of each of the first `count` narratives.
 */
export const spreadSample = async <R extends Row>(
	groups: AsyncIterable<readonly R[]>,
	count: number,
	narrativeOf: (values: RowValues) => string,
): Promise<readonly R[]> => {
	const narratives = new Map<string, R[]>();
	for await (const group of groups) {
		for (const row of group) {
			const narrative = narrativeOf(row.values);
			const known = narratives.get(narrative);
			if (known !== undefined && known.length < count) known.push(row);
			else if (known === undefined && narratives.size < count) narratives.set(narrative, [row]);
		}
	}
	return taken([...narratives.values()], count).sort((one, other) => one.row - other.row);
};

const taken = <R>(lists: readonly (readonly R[])[], count: number): R[] => {
	const longest = Math.max(0, ...lists.map(({ length }) => length));
	const rows: R[] = [];
	for (let turn = 0; turn < longest && rows.length < count; turn++) {
		for (const list of lists) {
			const row = list[turn];
			if (row !== undefined && rows.length < count) rows.push(row);
		}
	}
	return rows;
};
