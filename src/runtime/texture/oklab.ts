/** A colour in OKLab: lightness, green to red, blue to yellow. */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** `#rrggbb` to OKLab. */
export const oklabOf = (hex: string): Oklab => {
	const [red, green, blue] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [number, number, number];
	const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
	const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
	const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
	return [
		0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
		1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
		0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
	];
};

/**
 * Writes an OKLab colour into RGBA pixels as an opaque one. What sRGB cannot show is clipped. Rounding to bytes is dithered, the same way in every
 * frame: where a slow gradient is enlarged, plain rounding shows as stripes.
 */
export const writeOklab = (pixels: Uint8ClampedArray, offset: number, lightness: number, a: number, b: number): void => {
	const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
	const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
	const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
	const dither = ditherAt(offset);
	pixels[offset] = dither + encoded(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short);
	pixels[offset + 1] = dither + encoded(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short);
	pixels[offset + 2] = dither + encoded(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short);
	pixels[offset + 3] = 255;
};

/** -0.5 to 0.5, spread evenly and without a pattern. */
const ditherAt = (offset: number): number => {
	let mixed = Math.imul(offset ^ (offset >>> 15), 0x2c1b3c6d);
	mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
	return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32 - 0.5;
};

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

const STEPS = 4096;

/** sRGB bytes of linear light, as a table: the power is the most expensive part of a pixel. */
const ENCODED: Readonly<Float32Array> = Float32Array.from({ length: STEPS + 1 }, (_, step) => {
	const value = step / STEPS;
	return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
});

const encoded = (value: number): number => ENCODED[Math.round(Math.min(1, Math.max(0, value)) * STEPS)]!;
