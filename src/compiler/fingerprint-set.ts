/** Remembers a number for each of many millions of texts, and none of the texts. */
export type FingerprintTable = {
	/** The number that was put with this text before, which stays; undefined the first time. `value` is a whole number from 0 up to 2^32 - 1. */
	put(text: string, value: number): number | undefined;
	/** The number that was put with this text, if any. */
	get(text: string): number | undefined;
	/** How many different texts there are. */
	readonly size: number;
	/** What the tables take. */
	readonly bytes: number;
};

/** Slots of 16 bytes: three words of fingerprint, of which the first is never 0, and the value. An empty slot is all 0. */
type Shard = { slots: Uint32Array; capacity: number; used: number };

const SHARDS = 64;
const WORDS = 4;
const FIRST_CAPACITY = 16;
const FULLEST = 0.8;
/** Slow growth keeps a table between two thirds and four fifths full: 20 to 25 bytes a text. */
const GROWTH = 1.25;
const TWO_32 = 2 ** 32;

/**
 * An empty table. Two texts are taken for one when 96 bits of their fingerprints agree: among 10 million texts that happens once in 10^15 tables.
 * The fingerprint is no cipher: who writes the texts can make two that agree, as they can write one text twice.
 */
export const makeFingerprintTable = (): FingerprintTable => {
	const shards = Array.from({ length: SHARDS }, (): Shard => emptyShard(FIRST_CAPACITY));
	const print = new Uint32Array(WORDS);
	let size = 0;
	const shardOf = (text: string): Shard => {
		fingerprint(text, print);
		return shards[print[1]! % SHARDS]!;
	};
	return {
		put(text, value) {
			const shard = shardOf(text);
			const at = findSlot(shard, print);
			if (shard.slots[at] !== 0) return shard.slots[at + 3]!;
			print[3] = value;
			copySlot(print, shard.slots, at);
			shard.used++;
			size++;
			if (shard.used > shard.capacity * FULLEST) grow(shard);
			return undefined;
		},
		get(text) {
			const shard = shardOf(text);
			const at = findSlot(shard, print);
			return shard.slots[at] === 0 ? undefined : shard.slots[at + 3]!;
		},
		get size() {
			return size;
		},
		get bytes() {
			return shards.reduce((sum, { slots }) => sum + slots.byteLength, 0);
		},
	};
};

const emptyShard = (capacity: number): Shard => ({ slots: new Uint32Array(capacity * WORDS), capacity, used: 0 });

/** Where the fingerprint is, or the empty slot where it would be. Slots are in the order of the first word, so that growing reads and writes in one direction. */
const findSlot = ({ slots, capacity }: Shard, print: Uint32Array): number => {
	const first = print[0]!;
	const second = print[1]!;
	const third = print[2]!;
	let slot = ((first / TWO_32) * capacity) >>> 0;
	for (;;) {
		const at = slot * WORDS;
		const found = slots[at]!;
		if (found === 0 || (found === first && slots[at + 1] === second && slots[at + 2] === third)) return at;
		slot = slot + 1 === capacity ? 0 : slot + 1;
	}
};

const grow = (shard: Shard): void => {
	const { slots: old } = shard;
	const entry = new Uint32Array(WORDS);
	shard.capacity = Math.ceil(shard.capacity * GROWTH);
	shard.slots = new Uint32Array(shard.capacity * WORDS);
	for (let at = 0; at < old.length; at += WORDS) {
		if (old[at] === 0) continue;
		for (let word = 0; word < WORDS; word++) entry[word] = old[at + word]!;
		copySlot(entry, shard.slots, findSlot(shard, entry));
	}
};

const copySlot = (entry: Uint32Array, slots: Uint32Array, at: number): void => {
	for (let word = 0; word < WORDS; word++) slots[at + word] = entry[word]!;
};

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** MurmurHash3 (x86, 128 bits) over the UTF-16 units, two to a word, the last block filled up with 0 and the length mixed in at the end. */
const fingerprint = (text: string, into: Uint32Array): void => {
	let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x13198a2e];
	const { length } = text;
	for (let i = 0; i < length; i += 8) {
		a ^= Math.imul(rotate(Math.imul(wordAt(text, i), 0x239b961b), 15), 0xab0e9789);
		a = (Math.imul((rotate(a, 19) + b) | 0, 5) + 0x561ccd1b) | 0;
		b ^= Math.imul(rotate(Math.imul(wordAt(text, i + 2), 0xab0e9789), 16), 0x38b34ae5);
		b = (Math.imul((rotate(b, 17) + c) | 0, 5) + 0x0bcaa747) | 0;
		c ^= Math.imul(rotate(Math.imul(wordAt(text, i + 4), 0x38b34ae5), 17), 0xa1e38b93);
		c = (Math.imul((rotate(c, 15) + d) | 0, 5) + 0x96cd1c35) | 0;
		d ^= Math.imul(rotate(Math.imul(wordAt(text, i + 6), 0xa1e38b93), 18), 0x239b961b);
		d = (Math.imul((rotate(d, 13) + a) | 0, 5) + 0x32ac3b17) | 0;
	}
	[a, b, c, d] = [a ^ length, b ^ length, c ^ length, d ^ length];
	a = (a + b + c + d) | 0;
	[b, c, d] = [avalanche((b + a) | 0), avalanche((c + a) | 0), avalanche((d + a) | 0)];
	a = (avalanche(a) + b + c + d) | 0;
	into[0] = a === 0 ? 1 : a;
	into[1] = b + a;
	into[2] = c + a;
};

/** The units at `i` and `i + 1` as one word; 0 past the end. */
const wordAt = (text: string, i: number): number =>
	i + 1 < text.length ? text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16) : i < text.length ? text.charCodeAt(i) : 0;

const avalanche = (word: number): number => {
	let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
};
