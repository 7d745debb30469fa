import { parseSrt } from '@remotion/captions';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { captionsOf, pagesOf, srtOf, vttOf } from '../../src/audio/captions.ts';
import type { WordTiming } from '../../src/model/sound.ts';

const Captions = suite('audio/captions');

/** Words of 0.3 s one after the other; `_` is a pause of a second. */
const spoken = (text: string): readonly WordTiming[] => {
	let at = 0;
	return text.split(' ').flatMap((word) => {
		const start = at;
		at += word === '_' ? 1 : 0.3;
		return word === '_' ? [] : [{ text: word, start, end: at }];
	});
};
const limits = { maxCharacters: 20, maxSeconds: 3, maxWords: 4 };
const texts = (text: string, changes: Partial<typeof limits> = {}): readonly string[] =>
	pagesOf(spoken(text), { ...limits, ...changes }).map((page) => page.text);

for (const [title, text, pages] of [
	['a page ends with its sentence', 'Meet Acme today. It is here now.', ['Meet Acme today.', 'It is here now.']],
	['a long pause ends a page', 'Hello _ my dear friend', ['Hello', 'my dear friend']],
	['no word is left over: five words are three and two', 'we all go there soon', ['we all go', 'there soon']],
	[
		'pages of one sentence are about as long as each other',
		'extraordinary things happen on a Monday',
		['extraordinary things', 'happen on a Monday'],
	],
	['a sentence of one word joins the one before', 'We did it. Yes.', ['We did it. Yes.']],
	['a sentence of one word stays alone behind a pause', 'We did it. _ Yes.', ['We did it.', 'Yes.']],
	[
		'a word longer than a page has one of its own',
		'so incomprehensibilities-everywhere it is',
		['so', 'incomprehensibilities-everywhere', 'it is'],
	],
] as const) {
	Captions(title, () => assert.equal(texts(text), [...pages]));
}

Captions('no page has more seconds or words than allowed, and every word is on exactly one', () => {
	const words = spoken('one two three four five six seven eight nine ten eleven twelve thirteen. Ok then, fourteen and fifteen');
	for (const changes of [{ maxWords: 1 }, { maxSeconds: 0.7 }, { maxWords: 3, maxCharacters: 9 }]) {
		const bounds = { ...limits, ...changes };
		const pages = pagesOf(words, bounds);
		assert.equal(
			pages.flatMap((page) => page.words),
			words,
		);
		for (const page of pages) {
			assert.ok(page.words.length <= bounds.maxWords);
			assert.ok(page.words.length === 1 || page.text.length <= bounds.maxCharacters);
			assert.ok(page.words.length === 1 || (page.words.at(-1)?.end ?? 9) - page.start <= bounds.maxSeconds + 1e-9);
		}
	}
});

Captions('a page stays until the next, but not through a long pause', () => {
	const pages = pagesOf(spoken('a b c d e f _ g'), { ...limits, maxWords: 3 });
	assert.equal(
		pages.map(({ start, end }) => [start, end].map((seconds) => Math.round(seconds * 100) / 100)),
		[
			[0, 0.9],
			[0.9, 2.05],
			[2.8, 3.35],
		],
	);
});

Captions('nobody speaks: no pages, and subtitle files with nothing in them', () => {
	assert.equal(pagesOf([], limits), []);
	assert.is(srtOf([]), '');
	assert.is(vttOf([]), 'WEBVTT\n');
});

Captions('captions have spaces between the words of a page and a break behind the last', () => {
	assert.equal(captionsOf(pagesOf(spoken('Hi there. _ Bye'), limits)), [
		{ text: 'Hi', startMs: 0, endMs: 300, timestampMs: 150, confidence: null },
		{ text: ' there.', startMs: 300, endMs: 600, timestampMs: 450, confidence: null, pageBreakAfter: true },
		{ text: 'Bye', startMs: 1600, endMs: 1900, timestampMs: 1750, confidence: null, pageBreakAfter: true },
	]);
});

Captions('SRT reads back as the pages', () => {
	const pages = pagesOf(spoken('Hi there. _ Bye now'), limits);
	const srt = srtOf(pages);
	assert.is(srt, '1\n00:00:00,000 --> 00:00:00,850\nHi there.\n\n2\n00:00:01,600 --> 00:00:02,450\nBye now\n');
	assert.equal(
		parseSrt({ input: srt }).captions.map(({ text, startMs }) => [text.trim(), startMs]),
		[
			['Hi there.', 0],
			['Bye now', 1600],
		],
	);
});

Captions('VTT has its header, its times with a point, and no tags from the text', () => {
	const pages = pagesOf([{ text: '<b>&', start: 3599.9996, end: 3661.5 }], limits);
	assert.is(vttOf(pages), 'WEBVTT\n\n01:00:00.000 --> 01:01:01.750\n&lt;b&gt;&amp;\n');
});

Captions.run();
