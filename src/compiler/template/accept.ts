import { quote } from '../../diagnostics/visible.ts';
import { unreachable } from '../../model/unreachable.ts';
import { readDate } from './dates.ts';
import type { Scalar } from './template.ts';
import { kindTaken, type TransformName } from './transforms.ts';

/** What a transform can ask of a value. */
export type ArgumentKind =
	| 'text'
	| 'number'
	| 'length'
	| 'decimals'
	| 'locale'
	| 'currency'
	| 'zone'
	| 'date'
	| 'dateStyle'
	| 'digits'
	| 'monthStyle'
	| 'words';

export type Fault = { readonly summary: string; readonly hint: string };

const NUMBER = /^-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?$/;

/** A number as it is, or a text that is one in the plain notation; null for all else: what separators mean is not guessed. */
export const numberOf = (value: Scalar): number | null => {
	if (typeof value === 'boolean') return null;
	const number = typeof value === 'number' ? value : NUMBER.test(value.trim()) ? Number(value) : Number.NaN;
	return Number.isFinite(number) ? number : null;
};

const DATE_STYLES: readonly Scalar[] = ['short', 'medium', 'long', 'full'];
const DIGITS: readonly Scalar[] = ['numeric', '2-digit'];
const WORDS: readonly Scalar[] = ['long', 'short', 'narrow'];

/** Why a value is not of a kind, or null. */
export const faultOf = (kind: ArgumentKind, value: Scalar): Fault | null => {
	const shown = quote(String(value));
	switch (kind) {
		case 'text':
			return null;
		case 'number':
			return numberOf(value) === null
				? { summary: `${shown} is not a number`, hint: 'give the field `type: number`, or write 1234.5 in the data' }
				: null;
		case 'length':
			return wholeWithin(value, 1, 10_000);
		case 'decimals':
			return wholeWithin(value, 0, 6);
		case 'locale':
			return isLocale(value) ? null : { summary: `${shown} is not a language`, hint: 'write a tag such as en-US, de-DE or ja-JP' };
		case 'currency':
			return isCurrency(value) ? null : { summary: `${shown} is not a currency`, hint: 'write an ISO 4217 code such as USD, EUR or GBP' };
		case 'zone':
			return isZone(value) ? null : { summary: `${shown} is not a time zone`, hint: 'write a name such as UTC or Europe/Berlin' };
		case 'date':
			return readDate(value) === null
				? { summary: `${shown} is not a date`, hint: 'write 2026-03-01 or 2026-03-01T09:30:00Z in the data' }
				: null;
		case 'dateStyle':
			return oneOf(DATE_STYLES, value);
		case 'digits':
			return oneOf(DIGITS, value);
		case 'monthStyle':
			return oneOf([...DIGITS, ...WORDS], value);
		case 'words':
			return oneOf(WORDS, value);
		default:
			return unreachable(kind);
	}
};

/** Why a literal cannot be given to a transform, or null. */
export const faultOfLiteral = (name: TransformName, to: number | string, value: Scalar): Fault | null =>
	faultOf(kindTaken(name, to), value);

const wholeWithin = (value: Scalar, least: number, most: number): Fault | null => {
	const number = numberOf(value);
	if (number !== null && Number.isInteger(number) && number >= least && number <= most) return null;
	return {
		summary: `${quote(String(value))} is not a number from ${least} to ${most}`,
		hint: `write a whole number from ${least} to ${most}`,
	};
};

const oneOf = (allowed: readonly Scalar[], value: Scalar): Fault | null =>
	allowed.includes(value)
		? null
		: { summary: `${quote(String(value))} is not one of ${allowed.join(', ')}`, hint: `write one of: ${allowed.join(', ')}` };

const isLocale = (value: Scalar): boolean => {
	try {
		return typeof value === 'string' && value.length <= 40 && Intl.NumberFormat.supportedLocalesOf(value).length > 0;
	} catch {
		return false;
	}
};

const isCurrency = (value: Scalar): boolean => {
	if (typeof value !== 'string' || !/^[A-Za-z]{3}$/.test(value)) return false;
	return Intl.supportedValuesOf('currency').includes(value.toUpperCase());
};

const isZone = (value: Scalar): boolean => {
	try {
		return typeof value === 'string' && new Intl.DateTimeFormat('en-US', { timeZone: value }) !== undefined;
	} catch {
		return false;
	}
};
