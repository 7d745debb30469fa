import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expand } from '../../src/compiler/expand.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import { checked } from '../support/specs.ts';

const Expand = suite('compiler/expand');

const launch: Partial<CampaignSpec> = {
	platforms: ['tiktok', 'youtube', 'instagram-feed', 'instagram-story'],
	durations: [15, '30s', 60],
	variants: { professional: { mood: 'sophisticated' }, playful: { mood: 'playful' } },
	ctas: { 'learn-more': { text: 'Learn More' }, 'shop-now': { text: 'Shop Now' }, 'sign-up': { text: 'Sign Up Free' } },
};

const ids = (spec: Partial<CampaignSpec>): readonly string[] => {
	const cells = expand(checked(spec), { draft: false });
	return cells.ok ? cells.value.map((cell) => cell.id) : cells.diagnostics.map((d) => `${d.code} ${d.summary}`);
};

Expand('the matrix of the mission text is 4 x 3 x 2 x 3 = 72 cells with distinct ids', () => {
	assert.is(ids(launch).length, 72);
	assert.is(new Set(ids(launch)).size, 72);
});

Expand('cells come with the platform slowest and the call to action fastest', () => {
	assert.equal(ids(launch).slice(0, 4), [
		'tiktok/15s/professional/learn-more',
		'tiktok/15s/professional/shop-now',
		'tiktok/15s/professional/sign-up',
		'tiktok/15s/playful/learn-more',
	]);
});

const cases: readonly (readonly [string, Partial<CampaignSpec>, readonly string[]])[] = [
	['without variants and calls to action there is one of each', {}, ['youtube/10s/default']],
	['exclude takes cells out', { durations: [10, 20], matrix: { exclude: [{ duration: '10s' }] } }, ['youtube/20s/default']],
	['include keeps only its own', { platforms: ['x', 'linkedin'], matrix: { include: [{ platform: 'x' }] } }, ['x/10s/default']],
	[
		'an entry with two axes means both, and a list means any',
		{ platforms: ['x', 'linkedin', 'youtube'], durations: [10, 20], matrix: { exclude: [{ platform: ['x', 'linkedin'], duration: 10 }] } },
		['x/20s/default', 'linkedin/20s/default', 'youtube/10s/default', 'youtube/20s/default'],
	],
	['a matrix with nothing left is an error', { matrix: { exclude: [{ platform: 'youtube' }] } }, ['RF3006 the matrix leaves no output']],
	[
		'a length that the platform refuses is an error',
		{ platforms: ['x'], durations: [300] },
		['RF3010 x takes videos of 0.5 to 140 s, not of 300 s'],
	],
];

for (const [title, spec, expected] of cases) Expand(title, () => assert.equal(ids(spec), expected));

Expand('a draft has half the size, kept even', () => {
	const spec = { platforms: ['tiktok', 'facebook-feed', { name: 'odd', width: 70, height: 66 }] satisfies CampaignSpec['platforms'] };
	const cells = expand(checked(spec), { draft: true });
	assert.ok(cells.ok);
	assert.equal(
		cells.value.map(({ platform: { canvas } }) => [canvas.width, canvas.height]),
		[
			[540, 960],
			[540, 674],
			[34, 32],
		],
	);
});

Expand.run();
