import type { Chance } from './chance.ts';

/** Makes a damaged input out of a valid one. `other` is another valid input of the same kind. */
export type Mutator = (input: Buffer, other: Buffer, chance: Chance) => Buffer;

const EXTREMES = [
	0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0xffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
] as const;

const copyOf = (input: Buffer): Buffer => Buffer.from(input);

const flipBit: Mutator = (input, _, chance) => {
	const bytes = copyOf(input);
	const at = chance.below(bytes.length);
	bytes[at]! ^= 1 << chance.below(8);
	return bytes;
};

const setByte: Mutator = (input, _, chance) => {
	const bytes = copyOf(input);
	bytes[chance.below(bytes.length)] = chance.below(256);
	return bytes;
};

const truncate: Mutator = (input, _, chance) => input.subarray(0, chance.below(input.length));

const pieceOf = (input: Buffer, chance: Chance): { readonly start: number; readonly end: number } => {
	const start = chance.below(input.length);
	const longest = chance.once(4) ? input.length : 64;
	return { start, end: Math.min(input.length, start + 1 + chance.below(longest)) };
};

const cutOut: Mutator = (input, _, chance) => {
	const { start, end } = pieceOf(input, chance);
	return Buffer.concat([input.subarray(0, start), input.subarray(end)]);
};

const double: Mutator = (input, _, chance) => {
	const { start, end } = pieceOf(input, chance);
	const piece = input.subarray(start, end);
	const times = chance.once(8) ? Math.min(2000, Math.ceil(200_000 / piece.length)) : 1;
	return Buffer.concat([input.subarray(0, end), ...Array.from({ length: times }, () => piece), input.subarray(end)]);
};

const splice: Mutator = (input, other, chance) =>
	Buffer.concat([input.subarray(0, chance.below(input.length)), other.subarray(chance.below(other.length))]);

const insert: Mutator = (input, _, chance) => {
	const at = chance.below(input.length + 1);
	const noise = Buffer.from(Array.from({ length: 1 + chance.below(40) }, () => chance.below(256)));
	return Buffer.concat([input.subarray(0, at), noise, input.subarray(at)]);
};

const blank: Mutator = (input, _, chance) => {
	const bytes = copyOf(input);
	const { start, end } = pieceOf(input, chance);
	return bytes.fill(chance.pick([0, 0xff]), start, end);
};

/** Writes an extreme number of two or four bytes at a place. */
export const writeExtreme = (input: Buffer, at: number, chance: Chance): Buffer => {
	if (at < 0 || at + 4 > input.length) return input;
	const bytes = copyOf(input);
	const value = chance.pick(EXTREMES);
	const width = chance.below(4);
	if (width === 0) bytes.writeUInt16BE(value & 0xffff, at);
	else if (width === 1) bytes.writeUInt32LE(value, at);
	else bytes.writeUInt32BE(value, at);
	return bytes;
};

const extremeNumber: Mutator = (input, _, chance) => writeExtreme(input, chance.below(input.length), chance);

const MUTATORS: readonly Mutator[] = [
	flipBit,
	flipBit,
	setByte,
	truncate,
	cutOut,
	double,
	splice,
	insert,
	blank,
	extremeNumber,
	extremeNumber,
];

/** One to four changes. */
export const mutateBytes: Mutator = (input, other, chance) => {
	let bytes = input;
	for (let edits = 1 + chance.below(4); edits > 0 && bytes.length > 0; edits--) bytes = chance.pick(MUTATORS)(bytes, other, chance);
	return bytes;
};

/** Numbers near the places where a mark stands: what follows the name of a box or a table is what a reader believes. */
export const mutateNear =
	(marks: readonly string[], reach: number): Mutator =>
	(input, other, chance) => {
		if (chance.once(3)) return mutateBytes(input, other, chance);
		const places = marks.flatMap((mark) => {
			const at = input.indexOf(mark, 0, 'latin1');
			return at < 0 ? [] : [at];
		});
		if (places.length === 0) return mutateBytes(input, other, chance);
		let bytes = input;
		for (let edits = 1 + chance.below(3); edits > 0; edits--) {
			const at = chance.pick(places) - 4 + chance.below(reach);
			bytes = chance.once(4) ? flipNear(bytes, at, chance) : writeExtreme(bytes, at, chance);
		}
		return bytes;
	};

const flipNear = (input: Buffer, at: number, chance: Chance): Buffer => {
	if (at < 0 || at >= input.length) return input;
	const bytes = copyOf(input);
	bytes[at]! ^= 1 << chance.below(8);
	return bytes;
};
