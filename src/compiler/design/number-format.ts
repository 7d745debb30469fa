import type { NumberStep } from '../../model/drawing.ts';

/** How a layer writes its numbers; what is left out is `en-US`, plain, with as many decimals as the number needs. */
export type NumberStyle = {
	readonly format?: 'plain' | 'currency' | 'percent' | 'compact' | 'unit';
	readonly currency?: string;
	readonly unit?: string;
	readonly locale?: string;
	readonly decimals?: number;
};

const DEFAULT_LOCALE = 'en-US';
const DEFAULT_CURRENCY = 'USD';
/** Decimals that a number gets by itself, at most. */
const MOST_DECIMALS = 2;

/**
 * Writes numbers in one style, all of them with as many decimals as `settled` needs: a count then changes its figures and nothing else.
 * The locale is always named, so that the machine's own changes nothing. @throws RangeError for a locale or a currency that is malformed.
 */
export const numberWriter = (style: NumberStyle, settled: readonly number[]): ((value: number) => string) => {
	const digits = style.decimals ?? Math.max(0, ...settled.map((value) => decimalsOf(style, value)));
	const format = new Intl.NumberFormat(style.locale ?? DEFAULT_LOCALE, optionsOf(style, { least: digits, most: digits }));
	const [only] = settled;
	if (style.format === 'compact' && only !== undefined && settled.length === 1 && only !== 0) return inUnitOf(style, only, digits);
	return (value) => written(format.format(value + 0), style);
};

/** What counts up to 1.3M counts in millions all the way: 0.2M, and not 199.8K. */
const inUnitOf = (style: NumberStyle, settled: number, digits: number): ((value: number) => string) => {
	const locale = style.locale ?? DEFAULT_LOCALE;
	const precise = { notation: 'compact', numberingSystem: 'latn', maximumFractionDigits: 15, useGrouping: false } as const;
	const exact = new Intl.NumberFormat(locale, precise).formatToParts(Math.abs(settled));
	const amount = exact.filter(({ type }) => type === 'integer' || type === 'fraction').map(({ value }) => value);
	const unit = 10 ** Math.round(Math.log10(Math.abs(settled) / Number(amount.join('.'))));
	const shown = new Intl.NumberFormat(locale, optionsOf(style, { least: digits, most: digits })).formatToParts(Math.abs(settled));
	const isFigure = ({ type }: Intl.NumberFormatPart): boolean =>
		type === 'integer' || type === 'fraction' || type === 'decimal' || type === 'group';
	const before = shown.slice(0, shown.findIndex(isFigure));
	const after = shown.slice(shown.findLastIndex(isFigure) + 1);
	const textOf = (parts: readonly Intl.NumberFormatPart[]): string => parts.map(({ value }) => value).join('');
	const plain = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
	return (value) => written(`${textOf(before)}${plain.format(value / unit + 0)}${textOf(after)}`, style);
};

/** Signs of measure that stand close to their number in every language. */
const CLOSE_UNIT = /^[%‰°′″×x]/;

/** No font but a few has the narrow space that some languages group with; a minus in front of nothing is none. */
const written = (text: string, { format, unit }: NumberStyle): string => {
	const plain = text.replaceAll('\u202f', '\u00a0');
	const value = /[1-9]/.test(plain) ? plain : plain.replace(/^-/, '');
	if (format !== 'unit' || unit === undefined) return value;
	return CLOSE_UNIT.test(unit) ? `${value}${unit}` : `${value}\u00a0${unit}`;
};

const decimalsOf = (style: NumberStyle, value: number): number => {
	const most = style.format === 'compact' || style.format === 'percent' ? 1 : MOST_DECIMALS;
	const format = new Intl.NumberFormat(style.locale ?? DEFAULT_LOCALE, optionsOf(style, { least: 0, most }));
	const fraction = format.formatToParts(value).find(({ type }) => type === 'fraction')?.value.length ?? 0;
	// Half a cent is no price: money has two decimals or none.
	return style.format === 'currency' && fraction > 0 ? 2 : fraction;
};

type Digits = { readonly least: number; readonly most: number };

const optionsOf = ({ format = 'plain', currency }: NumberStyle, { least, most }: Digits): Intl.NumberFormatOptions => {
	const digits = { minimumFractionDigits: least, maximumFractionDigits: most };
	switch (format) {
		case 'currency':
			return { style: 'currency', currency: currency ?? DEFAULT_CURRENCY, currencyDisplay: 'narrowSymbol', ...digits };
		case 'percent':
			return { style: 'percent', ...digits };
		case 'compact':
			return { notation: 'compact', ...digits };
		case 'unit':
		case 'plain':
			return digits;
	}
};

export type Count = {
	readonly from: number;
	readonly to: number;
	/** Frame in which it starts. */
	readonly start: number;
	/** At `start + frames` and after it the count is at `to`. */
	readonly frames: number;
};

/** What a count reads, one step for each change; slower towards its end, which it reaches exactly. */
export const countSteps = ({ from, to, start, frames }: Count, write: (value: number) => string): readonly NumberStep[] => {
	const steps: NumberStep[] = [];
	for (let frame = 0; frame <= frames; frame++) {
		const left = (1 - frame / frames) ** 4;
		const text = write(frame === frames ? to : to + (from - to) * left);
		if (steps.at(-1)?.text !== text) steps.push({ start: start + frame, text });
	}
	return steps;
};
