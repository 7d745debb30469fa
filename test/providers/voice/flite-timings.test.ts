import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sentenceFor } from '../../../src/providers/voice/flite-speech.ts';
import { groupPhones, readPhones, timeWords } from '../../../src/providers/voice/flite-timings.ts';

const Timings = suite('providers/voice/flite-timings');

const word = (text: string, spoken = text): { text: string; spoken: string } => ({ text, spoken });

Timings('phones start where the one before ends', () => {
	assert.equal(readPhones('pau:0.164 hh:0.233\nax:0.282 '), [
		{ name: 'pau', start: 0, end: 0.164 },
		{ name: 'hh', start: 0.164, end: 0.233 },
		{ name: 'ax', start: 0.233, end: 0.282 },
	]);
});

Timings('pauses part the words of a text said word by word', () => {
	assert.equal(groupPhones('pau w iy pau pau aa l pau '), [
		['w', 'iy'],
		['aa', 'l'],
	]);
});

for (const [title, groups, expected] of [
	[
		'counted phones give each word its time',
		[
			['dh', 'ax'],
			['k', 'ae', 't'],
		],
		[0, 0.2, 0.2, 0.5],
	],
	[
		'a vowel that sounds otherwise in its sentence is still its word',
		[
			['dh', 'iy'],
			['k', 'ae', 't'],
		],
		[0, 0.2, 0.2, 0.5],
	],
	[
		'a phone that is swallowed in the sentence is missing from its own word alone',
		[
			['dh', 'ax', 'r'],
			['k', 'ae', 't'],
		],
		[0, 0.2, 0.2, 0.5],
	],
	[
		'a phone more in the sentence belongs to the word it stands in',
		[
			['dh', 'ax'],
			['k', 't'],
		],
		[0, 0.2, 0.2, 0.5],
	],
] as const) {
	Timings(title, () => {
		const phones = readPhones('dh:0.1 ax:0.2 k:0.3 ae:0.4 t:0.5');
		const [the, cat] = timeWords([word('The'), word('cat.', 'cat')], phones, groups);
		assert.equal([the?.start, the?.end, cat?.start, cat?.end], [...expected]);
		assert.is(cat?.text, 'cat.');
	});
}

Timings('a word that is not said gets the moment where the word before it ends', () => {
	const phones = readPhones('pau:0.1 ay:0.2 pau:0.5 y:0.6 uw:0.7');
	assert.equal(timeWords([word('I'), word('—', ''), word('you')], phones, [['ay'], ['y', 'uw']]), [
		{ text: 'I', start: 0.1, end: 0.2 },
		{ text: '—', start: 0.2, end: 0.2 },
		{ text: 'you', start: 0.5, end: 0.7 },
	]);
});

for (const [words, said] of [
	[[word('Dr.', 'doctor'), word('Lee,', 'Lee'), word('hi.', 'hi')], 'doctor Lee, hi.'],
	[[word('Really?', 'Really')], 'Really?'],
	[[word('“Why?”', 'Why'), word('he'), word('said', 'said')], 'Why, he said.'],
	[[word('One'), word('—', ''), word('two,', 'two')], 'One, two.'],
	[[word('—', ''), word('go', 'go')], 'go.'],
] as const) {
	Timings(`"${words.map(({ text }) => text).join(' ')}" is given to the program as "${said}"`, () => assert.is(sentenceFor(words), said));
}

Timings.run();
