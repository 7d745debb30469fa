type Grid = readonly (readonly boolean[])[];

const MASKS: readonly ((row: number, column: number) => boolean)[] = [
	(row, column) => (row + column) % 2 === 0,
	(row) => row % 2 === 0,
	(_, column) => column % 3 === 0,
	(row, column) => (row + column) % 3 === 0,
	(row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
	(row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
	(row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
	(row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

/** Blocks of data at correction level M by version: how many, and how many bytes each; from the table of the standard. */
const BLOCKS: Readonly<Record<number, readonly (readonly [count: number, bytes: number])[]>> = {
	1: [[1, 16]],
	2: [[1, 28]],
	3: [[1, 44]],
	4: [[2, 32]],
	5: [[2, 43]],
	6: [[4, 27]],
	7: [[4, 31]],
	8: [
		[2, 38],
		[2, 39],
	],
};

const ALIGNMENT: Readonly<Record<number, readonly number[]>> = {
	1: [],
	2: [6, 18],
	3: [6, 22],
	4: [6, 26],
	5: [6, 30],
	6: [6, 34],
	7: [6, 22, 38],
	8: [6, 24, 42],
};

/** Reads a clean code of level M, version 1 to 8, as a scanner does after it has found it. Checks the fixed patterns and corrects nothing. */
export const readQr = (rows: Grid): string => {
	const size = rows.length;
	const version = (size - 17) / 4;
	checkFinders(rows);
	const format = Array.from({ length: 5 }, (_, bit) => Number(rows[8]![bit]!)).reduce((sum, bit) => sum * 2 + bit, 0) ^ 0b10101;
	if (format >> 3 !== 0) throw new Error('the correction level is not M');
	const mask = MASKS[format & 7]!;
	const bits: boolean[] = [];
	for (const [row, column] of path(size)) if (!isReserved(row, column, version)) bits.push(rows[row]![column]! !== mask(row, column));
	const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, index) => byteAt(bits, index * 8));
	return decode(deinterleave(words, BLOCKS[version]!), version);
};

const checkFinders = (rows: Grid): void => {
	const size = rows.length;
	for (const [top, left] of [
		[0, 0],
		[0, size - 7],
		[size - 7, 0],
	] as const)
		for (let y = 0; y < 7; y++)
			for (let x = 0; x < 7; x++) {
				const ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
				if (rows[top + y]![left + x] !== (ring !== 2)) throw new Error('no finder pattern');
			}
};

/** Two columns at a time from the right, up and down in turn, around the timing column. */
function* path(size: number): Generator<readonly [row: number, column: number]> {
	let up = true;
	for (let right = size - 1; right > 0; right -= 2) {
		if (right === 6) right = 5;
		for (let step = 0; step < size; step++) {
			const row = up ? size - 1 - step : step;
			yield [row, right];
			yield [row, right - 1];
		}
		up = !up;
	}
}

const isReserved = (row: number, column: number, version: number): boolean => {
	const size = version * 4 + 17;
	const inFinder = (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9);
	const inVersion = version >= 7 && ((row < 6 && column >= size - 11) || (column < 6 && row >= size - 11));
	return inFinder || row === 6 || column === 6 || inVersion || isAlignment(row, column, version);
};

const isAlignment = (row: number, column: number, version: number): boolean => {
	const centers = ALIGNMENT[version]!;
	const last = centers.at(-1);
	return centers.some((y) =>
		centers.some((x) => {
			const onFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
			return !onFinder && Math.abs(row - y) <= 2 && Math.abs(column - x) <= 2;
		}),
	);
};

const byteAt = (bits: readonly boolean[], start: number): number =>
	bits.slice(start, start + 8).reduce((sum, bit) => sum * 2 + Number(bit), 0);

const deinterleave = (words: readonly number[], groups: readonly (readonly [number, number])[]): readonly number[] => {
	const lengths = groups.flatMap(([count, bytes]) => Array.from({ length: count }, () => bytes));
	const blocks: number[][] = lengths.map(() => []);
	let at = 0;
	for (let index = 0; index < Math.max(...lengths); index++)
		for (const [block, length] of lengths.entries()) if (index < length) blocks[block]!.push(words[at++]!);
	return blocks.flat();
};

const decode = (bytes: readonly number[], version: number): string => {
	const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => ((byte >> (7 - bit)) & 1) === 1));
	const number = (start: number, length: number): number =>
		bits.slice(start, start + length).reduce((sum, bit) => sum * 2 + Number(bit), 0);
	if (number(0, 4) !== 4) throw new Error('not in byte mode');
	if (version > 9) throw new Error('lengths have two bytes from version 10 on');
	const length = number(4, 8);
	return new TextDecoder().decode(Uint8Array.from({ length }, (_, index) => number(12 + index * 8, 8)));
};
