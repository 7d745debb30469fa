import { toFrames } from '../model/units.ts';

/** Where videos are shown: pixels, and frames per second (30 when left out). */
export type PlatformSize = { readonly name: string; readonly width: number; readonly height: number; readonly fps?: number };

export type VariantName = { readonly name: string; readonly mood?: string };

/** What a matrix is spanned by. An axis that is left out has one value: the variant `default`, and no call to action. */
export type MatrixAxes<Platform = PlatformSize> = {
	readonly platforms: readonly Platform[];
	/** Seconds. */
	readonly durations: readonly number[];
	readonly variants?: readonly (string | VariantName)[];
	/** Names, or texts: `Shop Now` is the call to action `shop-now`. */
	readonly ctas?: readonly string[];
};

/** One combination of the axes. `duration` in seconds; `mood` and `cta` are null when the matrix has none. */
export type VariantCell = {
	readonly platform: { readonly name: string; readonly width: number; readonly height: number; readonly fps: number };
	readonly duration: number;
	readonly frames: number;
	readonly variant: { readonly name: string; readonly mood: string | null };
	readonly cta: string | null;
};

export const DEFAULT_VARIANT = 'default';

/** Every combination, platforms outermost. @throws RangeError for an empty axis, two values of one name, or a size or length that no video has */
export const cellsOf = (axes: MatrixAxes): readonly VariantCell[] => {
	const platforms = axes.platforms.map(checkPlatform);
	const variants = (axes.variants ?? [DEFAULT_VARIANT]).map(variantOf);
	const ctas = axes.ctas === undefined ? [null] : axes.ctas.map(ctaName);
	distinct(
		'platform',
		platforms.map(({ name }) => name),
	);
	distinct('duration', axes.durations.map(String));
	distinct(
		'variant',
		variants.map(({ name }) => name),
	);
	distinct('cta', ctas.map(String));
	return platforms.flatMap((platform) =>
		axes.durations.flatMap((duration) => {
			const frames = framesOf(duration, platform.fps);
			return variants.flatMap((variant) => ctas.map((cta) => ({ platform, duration, frames, variant, cta })));
		}),
	);
};

/** `Shop Now!` to `shop-now`. */
export const ctaName = (text: string): string =>
	text
		.normalize('NFC')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
		.replaceAll(/^-|-$/g, '');

/** For messages and ids: `tiktok/15s/playful/shop-now`. */
export const cellName = ({ platform, duration, variant, cta }: VariantCell): string =>
	[platform.name, `${duration}s`, variant.name, ...(cta === null ? [] : [cta])].join('/');

export const variantOf = (variant: string | VariantName): VariantCell['variant'] =>
	typeof variant === 'string' ? { name: variant, mood: null } : { name: variant.name, mood: variant.mood ?? null };

const checkPlatform = ({ name, width, height, fps = 30 }: PlatformSize): VariantCell['platform'] => {
	const even = (side: number): boolean => Number.isInteger(side) && side >= 2 && side % 2 === 0;
	if (!even(width) || !even(height)) throw new RangeError(`platform ${name}: width and height are even numbers, got ${width} x ${height}`);
	if (!(fps >= 1 && fps <= 240)) throw new RangeError(`platform ${name}: fps is between 1 and 240, got ${fps}`);
	return { name, width, height, fps };
};

const framesOf = (duration: number, fps: number): number => {
	const frames = duration > 0 && Number.isFinite(duration) ? toFrames(duration, fps) : 0;
	if (frames < 1) throw new RangeError(`a duration is at least one frame, got ${duration} s`);
	return frames;
};

const distinct = (axis: string, names: readonly string[]): void => {
	if (names.length === 0) throw new RangeError(`the matrix has no ${axis}`);
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) throw new RangeError(`the matrix has the ${axis} ${twice} twice`);
};
