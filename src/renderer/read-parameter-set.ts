/**
 * Width to height of one pixel as a sequence parameter set of H.264 states it (ITU-T H.264, 7.3.2.1.1 and E.1.1); `1:1` when it says nothing.
 * Null when it is cut off.
 */
export const readPixelAspect = (unit: Uint8Array): string | null => {
	const bits = readBits(withoutEmulation(unit.subarray(1)));
	try {
		const profile = bits.take(8);
		bits.take(16);
		bits.number();
		if (HIGH_PROFILES.has(profile)) skipHighFields(bits);
		bits.number();
		skipOrderCount(bits);
		bits.number();
		bits.take(1);
		bits.number();
		bits.number();
		if (bits.take(1) === 0) bits.take(1);
		bits.take(1);
		if (bits.take(1) === 1) for (let side = 0; side < 4; side++) bits.number();
		const hasUsability = bits.take(1) === 1;
		if (!hasUsability || bits.take(1) === 0) return SQUARE;
		const code = bits.take(8);
		return code === EXTENDED ? `${bits.take(16)}:${bits.take(16)}` : (ASPECTS[code] ?? `code ${code}`);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
};

const SQUARE = '1:1';
const EXTENDED = 255;
const ASPECTS = [
	...[SQUARE, SQUARE, '12:11', '10:11', '16:11', '40:33', '24:11', '20:11', '32:11'],
	...['80:33', '18:11', '15:11', '64:33', '160:99', '4:3', '3:2', '2:1'],
];

/** Those that say how they keep colour. */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

const skipHighFields = (bits: Bits): void => {
	const chroma = bits.number();
	if (chroma === 3) bits.take(1);
	bits.number();
	bits.number();
	bits.take(1);
	if (bits.take(1) === 0) return;
	for (let list = 0; list < (chroma === 3 ? 12 : 8); list++) if (bits.take(1) === 1) skipScalingList(bits, list < 6 ? 16 : 64);
};

const skipScalingList = (bits: Bits, size: number): void => {
	let [last, next] = [8, 8];
	for (let i = 0; i < size; i++) {
		if (next !== 0) next = (last + bits.signed() + 256) % 256;
		last = next === 0 ? last : next;
	}
};

const skipOrderCount = (bits: Bits): void => {
	const type = bits.number();
	if (type === 0) bits.number();
	if (type !== 1) return;
	bits.take(1);
	bits.signed();
	bits.signed();
	for (let left = bits.number(); left > 0; left--) bits.signed();
};

/** A parameter set has a 3 after two zeros wherever a start code would be seen in it. */
const withoutEmulation = (bytes: Uint8Array): Uint8Array =>
	bytes.filter((byte, i) => byte !== 3 || bytes[i - 1] !== 0 || bytes[i - 2] !== 0);

type Bits = {
	/** The next bits as a number, at most 16 of them. */
	take(count: number): number;
	/** A number in Exp-Golomb code. */
	number(): number;
	signed(): number;
};

/** Every reader throws a RangeError at the end. */
const readBits = (bytes: Uint8Array): Bits => {
	let at = 0;
	const take = (count: number): number => {
		if (at + count > bytes.length * 8) throw new RangeError('the parameter set is cut off');
		let value = 0;
		for (let left = count; left > 0; left--, at++) value = value * 2 + ((bytes[at >> 3]! >> (7 - (at & 7))) & 1);
		return value;
	};
	const number = (): number => {
		let zeros = 0;
		while (take(1) === 0) zeros++;
		if (zeros > 31) throw new RangeError('a number of the parameter set is too long');
		return 2 ** zeros - 1 + (zeros > 16 ? take(16) * 2 ** (zeros - 16) + take(zeros - 16) : take(zeros));
	};
	return {
		take,
		number,
		signed() {
			const code = number();
			return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
		},
	};
};
