import { quote } from '../diagnostics/visible.ts';
import type { Cell } from '../model/cell.ts';
import { RECIPIENTS } from '../model/recipient.ts';
import type { RowProblem } from '../model/row-problem.ts';
import { makeFingerprintTable } from './fingerprint-set.ts';
import { KEY_PLACEHOLDER } from './name-pattern.ts';
import { collisionKey } from './safe-name.ts';

export type CollisionCheck = {
	/**
	 * Null for a name that is free, and is taken now; else who has it, or one that some file system takes for it. `row` counts from 1, `cell` is an id.
	 * 20 to 25 bytes a name.
	 * @throws RangeError past 2^32 rows times cells, or for more cells than the check was made for
	 */
	add(path: string, row: number, cell: string): { readonly firstRow: number; readonly firstCell: string } | null;
};

const HOLDERS = 2 ** 32;

/** Finds names that are given twice, among any number of them. `cells` is how many there are at most. */
export const makeCollisionCheck = (cells = 1024): CollisionCheck => {
	const names = makeFingerprintTable();
	const ids: string[] = [];
	const numbers = new Map<string, number>();
	const numberOf = (cell: string): number => {
		const known = numbers.get(cell);
		if (known !== undefined) return known;
		numbers.set(cell, ids.length);
		return ids.push(cell) - 1;
	};
	return {
		add(path, row, cell) {
			const number = numberOf(cell);
			const holder = row * cells + number;
			if (number >= cells || holder >= HOLDERS) throw new RangeError(`row ${row}, cell ${number} of ${cells} is out of range`);
			const first = names.put(collisionKey(path), holder);
			return first === undefined ? null : { firstRow: Math.floor(first / cells), firstCell: ids[first % cells]! };
		},
	};
};

/** One of two outputs with one name. `key` is null where it is not at hand. */
export type NamedOutput = { readonly row: number; readonly key: string | null; readonly cell: Cell };

/** Two outputs with one name, as a problem of the second one's row. */
export const nameCollision = (pattern: string, path: string, [first, second]: readonly [NamedOutput, NamedOutput]): RowProblem => {
	const pair = first.row === second.row ? `${first.cell.id} and ${second.cell.id} of this row` : `${rowText(first)} and ${rowText(second)}`;
	return {
		code: 'RF3007',
		source: RECIPIENTS,
		row: second.row,
		key: second.key,
		column: null,
		summary: `${pair} have one name: ${quote(path, 120)}`,
		hint: collisionCure(pattern, first.row === second.row),
	};
};

const rowText = ({ row, key }: NamedOutput): string => (key === null ? `row ${row}` : `row ${row} (key ${quote(key)})`);

/** What to do about two outputs with one name, of one recipient or of two. */
export const collisionCure = (pattern: string, isOneRow: boolean): string => {
	if (isOneRow) return 'put a sign that no value has, such as `_`, between the placeholders of `output.naming`';
	return pattern.includes(`{${KEY_PLACEHOLDER}}`)
		? 'give the rows keys that differ in more than case and signs, or `{key}` a folder of its own in `output.naming`'
		: `add {${KEY_PLACEHOLDER}} to \`output.naming\``;
};
