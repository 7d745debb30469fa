export type NumberFormat = 'number' | 'currency' | 'percent' | 'compact';

export type NumberLook = {
	readonly format: NumberFormat;
	/** BCP 47: `de-DE`. */
	readonly locale: string;
	/** ISO 4217: `EUR`. */
	readonly currency: string;
	/** Digits after the point. As the format has it when left out. */
	readonly decimals: number | undefined;
};

/**
 * How every number on the way to `end` is written: with as many decimals as `end` has, so that the text does not jump.
 * @throws RangeError for a locale, a currency or decimals that there are not
 */
export const numberWriter = (end: number, look: NumberLook): ((value: number) => string) => {
	const style = styleOf(look);
	const decimals = look.decimals ?? decimalsOf(end, look.locale, { ...style, ...usualDecimals(end, look.format) });
	const format = new Intl.NumberFormat(look.locale, { ...style, minimumFractionDigits: decimals, maximumFractionDigits: decimals });
	return (value) => format.format(value);
};

const styleOf = ({ format, currency }: NumberLook): Intl.NumberFormatOptions => {
	// A count from below zero passes it as 0 and not as -0.
	const sign = { signDisplay: 'negative' } as const;
	switch (format) {
		case 'number':
			return sign;
		case 'currency':
			return { ...sign, style: 'currency', currency };
		case 'percent':
			return { ...sign, style: 'percent' };
		case 'compact':
			return { ...sign, notation: 'compact' };
	}
};

const usualDecimals = (end: number, format: NumberFormat): Intl.NumberFormatOptions => {
	if (format === 'currency') return Number.isInteger(end) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {};
	return { minimumFractionDigits: 0, maximumFractionDigits: format === 'number' ? 2 : 1 };
};

const decimalsOf = (value: number, locale: string, options: Intl.NumberFormatOptions): number =>
	new Intl.NumberFormat(locale, options).formatToParts(value).find(({ type }) => type === 'fraction')?.value.length ?? 0;

export type Count = { readonly from: number; readonly to: number /** Frames. */; readonly duration: number };

/** Where a count stands: `from` at frame 0, slower and slower, exactly `to` from `duration` on. @throws RangeError for a duration of nothing */
export const countAt = (frame: number, { from, to, duration }: Count): number => {
	if (!(duration > 0)) throw new RangeError(`duration is a number of frames above 0, got ${duration}`);
	if (frame >= duration) return to;
	return frame <= 0 ? from : to - (to - from) * (1 - frame / duration) ** 3;
};
