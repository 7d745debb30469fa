import type { Field } from '../../model/campaign-spec.gen.ts';
import { parseColor } from '../design/color.ts';

export type TextFormat = NonNullable<Field['format']>;

/** A text is of the format when `holds`; `article` and `example` are for people. */
export type FormatRule = { readonly holds: (text: string) => boolean; readonly article: string; readonly hint: string };

/** Each test takes time that grows with the length of the text and no faster: the texts are hostile. */
export const formatRule = (format: TextFormat): FormatRule => RULES[format];

const MAX_ADDRESS = 2_000;
const MAX_EMAIL = 254;
const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@([^\s@<>()[\]\\,;:"]+)$/;
const HOST_LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/i;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

const isEmail = (text: string): boolean => {
	if (text.length > MAX_EMAIL) return false;
	const host = EMAIL.exec(text)?.[1];
	if (host === undefined) return false;
	const labels = host.split('.');
	return labels.length >= 2 && labels.every((label) => HOST_LABEL.test(label));
};

const isWebAddress = (text: string): boolean =>
	text.length <= MAX_ADDRESS && /^https?:\/\/[^\s/]/i.test(text) && !/\s/.test(text) && URL.canParse(text);

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const isDate = (text: string): boolean => {
	const [, years, months, days] = DATE.exec(text) ?? [];
	const year = Number(years);
	const month = Number(months);
	const leaps = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const last = month === 2 && leaps ? 29 : (DAYS[month - 1] ?? 0);
	return year > 0 && Number(days) >= 1 && Number(days) <= last;
};

const isDateTime = (text: string): boolean => /[Tt ]/.test(text.charAt(10)) && isDate(text.slice(0, 10)) && TIME.test(text.slice(11));

/** An address, or a path inside the project. Whether a picture is there is found out later. */
const isImage = (text: string): boolean => {
	if (SCHEME.test(text)) return isWebAddress(text);
	return text.length <= MAX_ADDRESS && !/^[/~]|[\\\n]/.test(text) && !text.split('/').includes('..');
};

const RULES: Readonly<Record<TextFormat, FormatRule>> = {
	email: { holds: isEmail, article: 'an email address', hint: 'write name@example.com' },
	uri: { holds: isWebAddress, article: 'a web address', hint: 'write it whole, with https:// in front and without spaces' },
	date: { holds: isDate, article: 'a date', hint: 'write a day that exists as 2026-03-31' },
	'date-time': { holds: isDateTime, article: 'a date with a time', hint: 'write a moment that exists as 2026-03-31T09:30:00Z' },
	color: {
		holds: (text) => parseColor(text) !== null,
		article: 'a colour that can be drawn with',
		hint: 'write #rgb, #rrggbb or a CSS colour name',
	},
	image: {
		holds: isImage,
		article: 'the place of a picture',
		hint: 'write a path inside the project, or an address with https:// in front',
	},
};
