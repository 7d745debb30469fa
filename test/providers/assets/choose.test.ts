import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetHit, AssetQuery } from '../../../src/ports/asset-provider.ts';
import { type Choosing, chooseHit } from '../../../src/providers/assets/choose.ts';

const Choose = suite('providers/assets/choose');

const query: AssetQuery = {
	kind: 'video',
	text: 'city',
	orientation: null,
	width: 1080,
	height: 1080,
	seconds: 5,
	style: null,
	seed: null,
	bpm: null,
	mood: null,
	genre: null,
	color: null,
};
const choosing: Choosing = { query, aspects: [16 / 9, 1], palette: ['#1040a0'], licenses: null };
const hit = (id: string, more: Partial<AssetHit> = {}): AssetHit => ({
	id,
	page: null,
	width: 1920,
	height: 1080,
	seconds: 10,
	color: '#1040a0',
	title: id,
	license: 'CC0-1.0',
	attribution: null,
	cost: 0,
	...more,
});
const chosen = (hits: readonly AssetHit[], more: Partial<Choosing> = {}): string | null =>
	chooseHit(hits, { ...choosing, ...more })?.hit.id ?? null;

const cases: readonly (readonly [title: string, hits: readonly AssetHit[], expected: string | null, more?: Partial<Choosing>])[] = [
	['nothing to choose from is null', [], null],
	['of equal ones the first of the search', [hit('b'), hit('a')], 'b'],
	['the shape that loses least to cropping', [hit('wide'), hit('tall', { width: 1080, height: 1920 })], 'tall', { aspects: [9 / 16] }],
	[
		'the worst platform counts, not the mean alone',
		[hit('wide', { width: 3840, height: 1080 }), hit('middle', { width: 2160, height: 1440 })],
		'middle',
	],
	['too small is out while there is another', [hit('small', { width: 640, height: 360 }), hit('large', { color: '#ff0000' })], 'large'],
	['of the too small ones the largest', [hit('tiny', { width: 320, height: 180 }), hit('small', { width: 1280, height: 720 })], 'small'],
	['too short is out while there is another', [hit('short', { seconds: 2 }), hit('long', { color: '#ff0000' })], 'long'],
	['the colour of the palette', [hit('red', { color: '#d02010' }), hit('blue', { color: '#1545a8' })], 'blue'],
	['without a palette colour counts nothing', [hit('red', { color: '#d02010' }), hit('blue')], 'red', { palette: [] }],
	['an acceptable licence, in any case', [hit('a'), hit('b', { license: 'pexels license' })], 'b', { licenses: ['Pexels License'] }],
	['no acceptable licence is null', [hit('a')], null, { licenses: ['CC-BY-4.0'] }],
	['an empty list accepts none', [hit('a')], null, { licenses: [] }],
	['what is not known is middling', [hit('unknown', { width: null, height: null, seconds: null, color: null }), hit('known')], 'known'],
];
for (const [title, hits, expected, more] of cases) Choose(title, () => assert.is(chosen(hits, more), expected));

Choose('the order that hits come in decides weakly, never their identity', () => {
	const hits = Array.from({ length: 30 }, (_, index) =>
		hit(String(index).padStart(2, '0'), { color: index === 3 ? '#1040a0' : '#808080' }),
	);
	assert.is(chosen(hits), '03');
	const far = Array.from({ length: 80 }, (_, index) => hit(String(index), { color: index === 79 ? '#1040a0' : '#2050a0' }));
	assert.is(chosen(far), '0');
});

Choose('the score is from 0 to 1, and the reason says what was looked at', () => {
	const choice = chooseHit([hit('a', { width: 640, height: 360, seconds: 1 })], choosing)!;
	assert.ok(choice.score >= 0 && choice.score <= 1);
	assert.match(choice.why, /too small.*too short/);
});

Choose.run();
