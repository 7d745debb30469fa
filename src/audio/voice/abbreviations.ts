/** What is said for a written abbreviation, by its lower-case letters without the last full stop. */
export const ABBREVIATIONS: Readonly<Record<string, string>> = {
	dr: 'doctor',
	mr: 'mister',
	mrs: 'missis',
	ms: 'miz',
	prof: 'professor',
	st: 'saint',
	jr: 'junior',
	sr: 'senior',
	inc: 'incorporated',
	ltd: 'limited',
	corp: 'corporation',
	co: 'company',
	dept: 'department',
	vs: 'versus',
	etc: 'et cetera',
	approx: 'approximately',
	'e.g': 'for example',
	'i.e': 'that is',
	jan: 'january',
	feb: 'february',
	mar: 'march',
	apr: 'april',
	jun: 'june',
	jul: 'july',
	aug: 'august',
	sep: 'september',
	sept: 'september',
	oct: 'october',
	nov: 'november',
	dec: 'december',
};

/** Abbreviations that something always follows: a sentence does not end with one. */
export const NEVER_LAST: ReadonlySet<string> = new Set(['dr', 'mr', 'mrs', 'ms', 'prof', 'st', 'vs', 'approx', 'e.g', 'i.e', 'dept']);

/** Said letter by letter although they could be read as words. Those without a vowel always are. */
export const INITIALISMS: ReadonlySet<string> = new Set(
	'AI API APIS AR B2B B2C CEO CIO CMO COO CTA CTO EU FAQ HQ IO IT IP IOT IPO ROI SEO UI UK UN US USA USB URL UX AWS'.split(' '),
);

/** Words that a voice would say wrong as they are written, by their lower case. */
export const SAID_AS: Readonly<Record<string, string>> = {
	saas: 'sass',
	ok: 'okay',
	wifi: 'why fie',
	'wi-fi': 'why fie',
};

/** Units behind a number, as they are written: one, and many. */
export const UNITS: Readonly<Record<string, readonly [string, string]>> = {
	km: ['kilometer', 'kilometers'],
	cm: ['centimeter', 'centimeters'],
	mm: ['millimeter', 'millimeters'],
	m: ['meter', 'meters'],
	mi: ['mile', 'miles'],
	ft: ['foot', 'feet'],
	kg: ['kilogram', 'kilograms'],
	g: ['gram', 'grams'],
	mg: ['milligram', 'milligrams'],
	lb: ['pound', 'pounds'],
	lbs: ['pound', 'pounds'],
	oz: ['ounce', 'ounces'],
	l: ['liter', 'liters'],
	ml: ['milliliter', 'milliliters'],
	ms: ['millisecond', 'milliseconds'],
	s: ['second', 'seconds'],
	sec: ['second', 'seconds'],
	min: ['minute', 'minutes'],
	h: ['hour', 'hours'],
	hr: ['hour', 'hours'],
	hrs: ['hour', 'hours'],
	kb: ['kilobyte', 'kilobytes'],
	mb: ['megabyte', 'megabytes'],
	gb: ['gigabyte', 'gigabytes'],
	tb: ['terabyte', 'terabytes'],
	mph: ['mile per hour', 'miles per hour'],
	kwh: ['kilowatt hour', 'kilowatt hours'],
	kw: ['kilowatt', 'kilowatts'],
	hz: ['hertz', 'hertz'],
	khz: ['kilohertz', 'kilohertz'],
	mhz: ['megahertz', 'megahertz'],
	ghz: ['gigahertz', 'gigahertz'],
	px: ['pixel', 'pixels'],
	fps: ['frame per second', 'frames per second'],
	'°c': ['degree celsius', 'degrees celsius'],
	'°f': ['degree fahrenheit', 'degrees fahrenheit'],
	'°': ['degree', 'degrees'],
	am: ['ay m', 'ay m'],
	pm: ['p m', 'p m'],
};
