import { type NumberStyle, numberWriter } from '../design/number-format.ts';
import type { Scalar } from './template.ts';

/** Formatters of one template, by what they are made of: making one takes longer than all else that a row asks for. */
export type Formats = { readonly get: <T extends object>(key: string, make: () => T) => T };

/** Ways to write that one template can use before old ones are forgotten; only data that names languages row by row has so many. */
const MOST_FORMATS = 200;

export const makeFormats = (): Formats => {
	const known = new Map<string, object>();
	return {
		get: <T extends object>(key: string, make: () => T): T => {
			const format = known.get(key) ?? make();
			if (known.size >= MOST_FORMATS) known.clear();
			known.set(key, format);
			return format as T;
		},
	};
};

type Style = Readonly<Record<string, Scalar>>;

export const numberText = (formats: Formats, value: number, style: Style): string =>
	write(formats, value, { ...styleOf(style), format: 'plain' });

export const percentText = (formats: Formats, value: number, style: Style): string =>
	write(formats, value, { ...styleOf(style), format: 'percent' });

export const currencyText = (formats: Formats, value: number, style: Style): string =>
	write(formats, value, { ...styleOf(style), format: 'currency', currency: String(style['currency']) });

const styleOf = ({ decimals, locale }: Style): NumberStyle => ({
	...(decimals === undefined ? {} : { decimals: Number(decimals) }),
	...(locale === undefined ? {} : { locale: String(locale) }),
});

/** As number layers write: with as many decimals as the number needs. */
const write = (formats: Formats, value: number, style: NumberStyle): string => {
	const decimals = style.decimals ?? decimalsOf(formats, value, style);
	const key = `number ${style.format} ${style.currency ?? ''} ${style.locale ?? ''} ${decimals}`;
	return formats.get(key, () => numberWriter({ ...style, decimals }, []))(value);
};

const decimalsOf = (formats: Formats, value: number, { format, currency }: NumberStyle): number => {
	const most = format === 'percent' ? 1 : format === 'currency' ? currencyDigits(formats, currency ?? 'USD') : 2;
	const options = { maximumFractionDigits: most, useGrouping: false, ...(format === 'percent' ? { style: 'percent' as const } : {}) };
	const plain = formats.get(`digits ${format === 'percent'} ${most}`, () => new Intl.NumberFormat('en-US', options)).format(value);
	const digits = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0;
	return format === 'currency' && digits > 0 ? most : digits;
};

/** Yen have none, dinars three. */
const currencyDigits = (formats: Formats, currency: string): number =>
	formats.get(`currency ${currency}`, () => new Intl.NumberFormat('en-US', { style: 'currency', currency })).resolvedOptions()
		.maximumFractionDigits ?? 2;

type Counted = { readonly count: number; readonly one: string; readonly other: string; readonly locale: string };

export const pluralWord = (formats: Formats, { count, one, other, locale }: Counted): string =>
	formats.get(`plural ${locale}`, () => new Intl.PluralRules(locale)).select(count) === 'one' ? one : other;
