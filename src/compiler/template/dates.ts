import type { Formats } from './figures.ts';
import type { Scalar } from './template.ts';

/** A point in time, or a date or a time of day that hangs on no zone. */
export type ReadDate = { readonly time: number; readonly hasZone: boolean };

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** An ISO date or date-time; null for what is none, days that no calendar has included. */
export const readDate = (value: Scalar): ReadDate | null => {
	const found = typeof value === 'string' ? ISO.exec(value.trim()) : null;
	if (!found) return null;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0));
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null;
	const local = date.setUTCHours(hour, minute, second);
	const offset = offsetOf(found[7]);
	return offset === null ? null : { time: local - offset, hasZone: found[7] !== undefined };
};

const offsetOf = (zone: string | undefined): number | null => {
	if (zone === undefined || /^z$/i.test(zone)) return 0;
	const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
	return hours > 14 || minutes > 59 ? null : (hours * 60 + minutes) * 60_000 * (zone.startsWith('-') ? -1 : 1);
};

const PARTS = ['weekday', 'year', 'month', 'day', 'hour', 'minute'] as const;

/**
 * A date in words: in the style `format` (`medium` when nothing is asked for), or made of the parts that are named. What has a zone is shown in
 * `zone`, UTC when left out; what has none is shown as it is written.
 */
export const dateText = (formats: Formats, written: string, style: Readonly<Record<string, Scalar>>): string => {
	const date = readDate(written)!;
	const parts = PARTS.flatMap((part) => (style[part] === undefined ? [] : [[part, String(style[part])] as const]));
	const timeZone = date.hasZone ? String(style['zone'] ?? 'UTC') : 'UTC';
	const locale = String(style['locale'] ?? 'en-US');
	const options: Intl.DateTimeFormatOptions = {
		timeZone,
		...(parts.length > 0 ? Object.fromEntries(parts) : { dateStyle: String(style['format'] ?? 'medium') as 'medium' }),
	};
	const format = formats.get(`date ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options));
	// No font but a few has the narrow space.
	return format.format(date.time).replaceAll('\u202f', '\u00a0');
};
