import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readWords } from '../../../src/audio/voice/normalize.ts';
import { cardinal, ordinal, year } from '../../../src/audio/voice/number-words.ts';

const Normalize = suite('audio/voice/normalize');

for (const [text, spoken] of [
	['You owe $42,500.', 'You|owe|forty two thousand five hundred dollars'],
	['$1.50 $0.99 $1 €20 £1.01', 'one dollar and fifty cents|ninety nine cents|one dollar|twenty euros|one pound one penny'],
	['$3.5M $3.5 million', 'three point five million dollars|three point five|million dollars'],
	['45% +3.5% -5', 'forty five percent|plus three point five percent|minus five'],
	['in 1850 1850 users', 'in|eighteen fifty|one thousand eight hundred fifty|users'],
	['1999 2007 1900 2026', 'nineteen ninety nine|two thousand seven|nineteen hundred|twenty twenty six'],
	['the 1990s', 'the|nineteen nineties'],
	['Dr. Who vs. St. Anna on Main St. today', 'doctor|Who|versus|saint|Anna|on|Main|street|today'],
	['5 kg 1 km 16GB 20°C 4K 10k', 'five|kilograms|one|kilometer|sixteen gigabytes|twenty degrees celsius|four k|ten thousand'],
	['9:30am 10:00 9:05 24/7', "nine thirty ay m|ten o'clock|nine oh five|twenty four seven"],
	['10-20 1/2 3/4 $5-$10', 'ten to twenty|one half|three quarters|five dollars to ten dollars'],
	['acme.com/pricing anna@acme.com #launch', 'acme dot com slash pricing|anna at acme dot com|hashtag launch'],
	['YouTube SaaS R&D Q3 v2.0 API NASA U.S.', 'You Tube|sass|R and D|Q three|version two point zero|ay p i|nasa|u s'],
	['café Łódź it’s “Quoted,” well-known', "cafe|Lodz|it's|Quoted|well known"],
	['🎉 — Hi ™', '||Hi|'],
	['東京', '東京'],
	['1st 21st 2026-11-20 11/20/2026', 'first|twenty first|november twentieth twenty twenty six|november twentieth twenty twenty six'],
	['555-0100 +1-555-123-4567', 'five five five zero one zero zero|plus one five five five one two three four five six seven'],
	['No. 5 No.', 'number|five|No'],
] as const) {
	Normalize(`"${text}" is said as "${spoken.replaceAll('|', ' ')}"`, () =>
		assert.is(
			readWords(text)
				.map((word) => word.spoken)
				.join('|'),
			spoken,
		),
	);
}

Normalize('words are what the source writes, whatever is said for them', () => {
	assert.equal(
		readWords('  Save  $42,500,\nnow! ').map(({ text }) => text),
		['Save', '$42,500,', 'now!'],
	);
});

Normalize('numbers have their names up to trillions, and their digits beyond', () => {
	assert.is(cardinal('0'), 'zero');
	assert.is(cardinal('1000000'), 'one million');
	assert.is(cardinal('999999999999999').split(' ').at(-1), 'nine');
	assert.is(cardinal('1000000000000000'), `one${' zero'.repeat(15)}`);
	assert.equal(['12', '20', '101', '1000'].map(ordinal), ['twelfth', 'twentieth', 'one hundred first', 'one thousandth']);
	assert.equal(['1066', '1805', '2000', '2010'].map(year), ['ten sixty six', 'eighteen oh five', 'two thousand', 'twenty ten']);
});

Normalize('what is said has letters, apostrophes and spaces alone, for anything in English', () => {
	const odd = [
		'a_b',
		'<b>',
		'{{x}}',
		'3.1.4',
		'1,00',
		'$',
		'%',
		'--',
		'::',
		'12abc',
		"rock'n'roll",
		'@',
		'#',
		'x=y',
		'½',
		'²',
		'ﬁne',
		'①',
		'\0',
		'1e9',
		'0x1F',
		'::1',
		'/',
		'..',
		"'",
		'5″',
	];
	for (const { text, spoken } of readWords(odd.join(' '))) assert.match(spoken, /^[A-Za-z' ]*$/, text);
});

Normalize.run();
