const ONES =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
		' ',
	);
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion'];
const IRREGULAR: Readonly<Record<string, string>> = {
	one: 'first',
	two: 'second',
	three: 'third',
	five: 'fifth',
	eight: 'eighth',
	nine: 'ninth',
	twelve: 'twelfth',
};
const MAX_DIGITS = SCALES.length * 3;

const belowHundred = (n: number): string =>
	n < 20 ? (ONES[n] ?? '') : `${TENS[Math.floor(n / 10)]}${n % 10 === 0 ? '' : ` ${ONES[n % 10]}`}`;

const belowThousand = (n: number): string => {
	const rest = n % 100 === 0 ? '' : belowHundred(n % 100);
	return n < 100 ? rest : `${ONES[Math.floor(n / 100)]} hundred ${rest}`.trim();
};

/** `42500` is "forty two thousand five hundred". `digits` are digits and nothing else; a number too long to have a name is said digit by digit. */
export const cardinal = (digits: string): string => {
	const plain = digits.replace(/^0+(?=\d)/, '');
	if (plain.length > MAX_DIGITS) return digitWords(digits);
	if (plain === '0') return 'zero';
	const groups = plain.padStart(MAX_DIGITS, '0').match(/\d{3}/g) ?? [];
	return groups
		.map((group, index) => ({ value: Number(group), scale: SCALES[groups.length - 1 - index] ?? '' }))
		.filter(({ value }) => value > 0)
		.map(({ value, scale }) => `${belowThousand(value)} ${scale}`.trim())
		.join(' ');
};

/** `21` is "twenty first". */
export const ordinal = (digits: string): string => {
	const words = cardinal(digits).split(' ');
	const last = words.at(-1) ?? '';
	const ending = IRREGULAR[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
	return [...words.slice(0, -1), ending].join(' ');
};

/** `3.50` is "three point five zero"; no fraction, no point. */
export const decimal = (digits: string): string => {
	const [whole = '0', fraction = ''] = digits.split('.');
	return fraction === '' ? cardinal(whole) : `${cardinal(whole === '' ? '0' : whole)} point ${digitWords(fraction)}`;
};

/** `1984` is "nineteen eighty four", `2007` "two thousand seven", `1900` "nineteen hundred". Four digits. */
export const year = (digits: string): string => {
	const [century, rest] = [Number(digits.slice(0, 2)), Number(digits.slice(2))];
	if (century % 10 === 0 && rest < 10) return cardinal(digits);
	if (rest === 0) return `${belowHundred(century)} hundred`;
	return `${belowHundred(century)} ${rest < 10 ? `oh ${ONES[rest]}` : belowHundred(rest)}`;
};

/** `2026` is "two zero two six". */
export const digitWords = (digits: string): string => [...digits].map((digit) => ONES[Number(digit)] ?? '').join(' ');
