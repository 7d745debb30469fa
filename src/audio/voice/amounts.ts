import { UNITS } from './abbreviations.ts';
import { cardinal, decimal, digitWords, ordinal, year } from './number-words.ts';
import { dateWords, telephone } from './say-as.ts';

type Around = { readonly before: string; readonly after: string };
type Currency = { readonly one: string; readonly many: string; readonly cent: string; readonly cents: string };

const CURRENCIES: Readonly<Record<string, Currency>> = {
	$: { one: 'dollar', many: 'dollars', cent: 'cent', cents: 'cents' },
	'€': { one: 'euro', many: 'euros', cent: 'cent', cents: 'cents' },
	'£': { one: 'pound', many: 'pounds', cent: 'penny', cents: 'pence' },
	'¥': { one: 'yen', many: 'yen', cent: '', cents: '' },
};
const SCALES: Readonly<Record<string, string>> = { k: 'thousand', m: 'million', mn: 'million', b: 'billion', bn: 'billion', t: 'trillion' };
const SCALE_WORD = /^(thousand|million|billion|trillion)$/i;
const NUMBER = String.raw`(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?`;

/** No amount is longer; what is, is no amount, and is not worth the search for one. */
const LONGEST = 40;

/** Whether a word is a number: `5`, `1,200`, `3.5`. */
export const isNumber = (word: string): boolean => new RegExp(`^[-+−]?${NUMBER}$`).test(word);

/** Whether a word is a sum of money that a scale may follow: `$3.5`. */
export const startsAmount = (word: string): boolean => new RegExp(`^[$€£¥]${NUMBER}$`).test(word);

/** What is said for a word that is an amount of any kind, or null. The words around it tell a year from a count. */
export const amountWords = (core: string, around: Around): string | null => {
	if (!/\d/.test(core) || core.length > LONGEST) return null;
	if (/^v\d/i.test(core)) {
		const version = amountWords(core.slice(1), around);
		return version === null ? null : `version ${version}`;
	}
	const signed = /^([-+−])(?=[\d$€£¥.])(.+)$/u.exec(core);
	if (signed !== null) {
		const rest = amountWords(signed[2] ?? '', around);
		return rest === null ? null : `${signed[1] === '+' ? 'plus' : 'minus'} ${rest}`;
	}
	return money(core, around) ?? calendar(core, around) ?? clock(core) ?? phoneNumber(core) ?? pair(core, around) ?? plainNumber(core);
};

const money = (core: string, { after }: Around): string | null => {
	const match = new RegExp(`^([$€£¥])${NUMBER}(k|mn?|bn?|t)?$`, 'i').exec(core);
	const currency = CURRENCIES[match?.[1] ?? ''];
	if (match === null || currency === undefined) return null;
	const [whole, fraction, scale] = [(match[2] ?? '').replaceAll(',', ''), match[3] ?? '', SCALES[(match[4] ?? '').toLowerCase()]];
	if (scale !== undefined) return `${decimal(whole + fraction)} ${scale} ${currency.many}`;
	// The scale takes the currency with it: "$3.5 million" is "three point five", "million dollars".
	if (SCALE_WORD.test(after)) return decimal(whole + fraction);
	const name = Number(whole) === 1 ? currency.one : currency.many;
	const cents = fraction.slice(1).padEnd(2, '0');
	if (fraction.length > 3 || (fraction !== '' && currency.cents === '')) return `${decimal(whole + fraction)} ${currency.many}`;
	if (Number(cents) === 0) return `${cardinal(whole)} ${name}`;
	const small = `${cardinal(cents)} ${Number(cents) === 1 ? currency.cent : currency.cents}`;
	return Number(whole) === 0 ? small : `${cardinal(whole)} ${name} ${Number(cents) === 1 ? small : `and ${small}`}`;
};

const YEAR_CONTEXT = /^(in|since|from|by|until|till|before|after|of|year|circa|to)$/i;

const calendar = (core: string, { before }: Around): string | null => {
	const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(core);
	if (iso !== null) return dateWords({ year: iso[1], month: iso[2] ?? '', day: iso[3] ?? '' });
	const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(core);
	if (american !== null) return dateWords({ year: american[3], month: american[1] ?? '', day: american[2] ?? '' });
	const decade = /^(\d{2})(\d)0'?s$/.exec(core);
	if (decade !== null && decade[2] !== '0') return year(`${decade[1]}${decade[2]}0`).replace(/y$/, 'ies');
	if (/^(19|20)\d\d$/.test(core) || (/^1[1-8]\d\d$/.test(core) && YEAR_CONTEXT.test(before))) return year(core);
	return null;
};

const clock = (core: string): string | null => {
	const match = /^(\d{1,2}):([0-5]\d)(am|pm)?$/i.exec(core);
	if (match === null || Number(match[1]) > 23) return null;
	const [hour = '', minute = '', half] = match.slice(1);
	const minutes =
		minute === '00' ? (half === undefined ? "o'clock" : '') : minute.startsWith('0') ? `oh ${cardinal(minute)}` : cardinal(minute);
	return [cardinal(hour), minutes, half === undefined ? '' : (UNITS[half.toLowerCase()]?.[0] ?? '')]
		.filter((word) => word !== '')
		.join(' ');
};

const phoneNumber = (core: string): string | null =>
	/^(\+?\d{1,3}[-. ])?\(?\d{3}\)?[-.]\d{3}[-.]\d{4}$/.test(core) || /^\d{3}-\d{4}$/.test(core) || /^\+\d{7,15}$/.test(core)
		? telephone(core)
		: null;

const HALVES: Readonly<Record<string, string>> = { '2': 'half', '4': 'quarter' };

/** Ranges, fractions and "24/7". */
const pair = (core: string, around: Around): string | null => {
	const fraction = /^(\d)[/⁄](\d{1,2})$/u.exec(core);
	if (fraction !== null && Number(fraction[1]) < Number(fraction[2])) {
		const name = HALVES[fraction[2] ?? ''] ?? ordinal(fraction[2] ?? '');
		return `${cardinal(fraction[1] ?? '')} ${name}${fraction[1] === '1' ? '' : 's'}`;
	}
	if (core === '24/7') return 'twenty four seven';
	const range = /^(\S*\d[^\s\-–—]*)[-–—]([$€£¥]?\d\S*)$/u.exec(core);
	if (range === null) return null;
	const [from, to] = [amountWords(range[1] ?? '', around), amountWords(range[2] ?? '', { ...around, before: 'to' })];
	return from === null || to === null ? null : `${from} to ${to}`;
};

const plainNumber = (core: string): string | null => {
	const nth = /^(\d[\d,]*)(st|nd|rd|th)$/i.exec(core);
	if (nth !== null) return ordinal((nth[1] ?? '').replaceAll(',', ''));
	const match = new RegExp(`^(?:${NUMBER}|(\\.\\d+))(\\D*)$`).exec(core);
	if (match === null) return /^\d+(\.\d+){2,}$/.test(core) ? core.split('.').map(cardinal).join(' point ') : null;
	const digits = match[3] === undefined ? `${(match[1] ?? '').replaceAll(',', '')}${match[2] ?? ''}` : `0${match[3]}`;
	const said = /^0\d/.test(digits) ? digitWords(digits.replace('.', '')) : decimal(digits);
	const suffix = suffixWords(match[4] ?? '', digits);
	return suffix === null ? null : `${said} ${suffix}`.trim();
};

/** What stands right behind a number. `4K` is a picture size, `10k` a count; `1080p` and `10x` are said by letter. */
const suffixWords = (suffix: string, digits: string): string | null => {
	const small = suffix.toLowerCase();
	if (small === '' || small === '+') return small === '' ? '' : 'plus';
	if (small === '%') return 'percent';
	if (small === 'k') return suffix === 'K' && Number(digits) < 10 ? 'k' : 'thousand';
	if (suffix === 'M' || small === 'bn' || small === 'mn' || suffix === 'B') return SCALES[small] ?? null;
	if (Object.hasOwn(UNITS, small)) return UNITS[small]?.[digits === '1' ? 0 : 1] ?? null;
	return /^[pxd]$/.test(small) ? small : null;
};
