/** Pixels on a side of the grain tile. Not a divisor of common canvas sizes, and too large for the eye to find the repeat. */
export const NOISE_TILE = 256;

/** Mulberry32: 32 bits of state, the same sequence in every engine. */
export const randomFrom = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
};

/**
 * RGBA of a square of `NOISE_TILE` pixels: black or white at an alpha with triangular spread, at most `amount`.
 * Triangular noise of at least one 8-bit step is what turns bands of a gradient into an even dither.
 */
export const noiseTile = (seed: number, amount: number): Uint8ClampedArray<ArrayBuffer> => {
	const random = randomFrom(seed);
	const pixels = new Uint8ClampedArray(NOISE_TILE * NOISE_TILE * 4);
	for (let offset = 0; offset < pixels.length; offset += 4) {
		const deviation = random() + random() - 1;
		pixels.fill(deviation < 0 ? 0 : 255, offset, offset + 3);
		pixels[offset + 3] = Math.round(Math.abs(deviation) * amount * 255);
	}
	return pixels;
};
