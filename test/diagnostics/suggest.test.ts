import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { didYouMean, hintForName, listNames } from '../../src/diagnostics/suggest.ts';

const Suggest = suite('diagnostics/suggest');

const PLATFORMS = ['tiktok', 'youtube', 'youtube-shorts', 'instagram-feed', 'x'];

for (const [title, given, expected] of [
	['a missing letter', 'youtbe', 'youtube'],
	['two neighbours swapped', 'tikotk', 'tiktok'],
	['another case', 'TikTok', 'tiktok'],
	['spaces for hyphens', 'YouTube Shorts', 'youtube-shorts'],
	['underscores for hyphens', 'instagram_feed', 'instagram-feed'],
	['three edits are too many', 'tok', undefined],
	['one letter is not taken for another', 'y', undefined],
	['nothing is not taken for one letter', '', undefined],
	['a text of any length is no name', 'x'.repeat(100_000), undefined],
] as const) {
	Suggest(`${title}: ${given.slice(0, 20)} is ${expected ?? 'nothing known'}`, () => assert.is(didYouMean(given, PLATFORMS), expected));
}

Suggest('the first of equally close names wins', () => assert.is(didYouMean('bat', ['cat', 'hat']), 'cat'));

Suggest('a hint names the closest, or all of them, or the first twelve', () => {
	assert.is(hintForName('tiktk', PLATFORMS), 'did you mean "tiktok"?');
	assert.is(hintForName('vimeo', ['tiktok', 'x']), 'one of: tiktok, x');
	const many = Array.from({ length: 15 }, (_, i) => `n${i}`);
	assert.is(listNames(many), 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11 and 3 more');
});

Suggest.run();
