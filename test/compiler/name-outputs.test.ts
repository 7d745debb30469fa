import { relative, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expand } from '../../src/compiler/expand.ts';
import { fillPattern, nameOutputs } from '../../src/compiler/name-outputs.ts';
import type { CampaignSpec } from '../../src/model/campaign-spec.gen.ts';
import { NAUGHTY_NAMES } from '../fixtures/naughty-names.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { checked } from '../support/specs.ts';

const Names = suite('compiler/name-outputs');

const CTAS = { 'shop-now': { text: 'Shop' }, 'sign-up': { text: 'Sign' } };
const VALUES = { campaign: 'launch', platform: 'tiktok', duration: '2.5', variant: 'pro', mood: 'bold', cta: 'shop-now' };

const name = (spec: Partial<CampaignSpec>) => {
	const source = checked(spec);
	const cells = expand(source, { draft: false });
	assert.ok(cells.ok, JSON.stringify(cells.diagnostics));
	return nameOutputs(source, cells.value);
};

const pathsOf = (spec: Partial<CampaignSpec>): readonly string[] => {
	const named = name(spec);
	assert.ok(named.ok, JSON.stringify(named.diagnostics));
	return [...named.value.values()];
};

Names('without a pattern every axis is in the path', () => {
	assert.equal(pathsOf({ durations: ['2.5s', 15], ctas: CTAS }), [
		'youtube/default/2.5s-shop-now.mp4',
		'youtube/default/2.5s-sign-up.mp4',
		'youtube/default/15s-shop-now.mp4',
		'youtube/default/15s-sign-up.mp4',
	]);
});

Names('without ctas the name has no place for one', () => assert.equal(pathsOf({}), ['youtube/default/10s.mp4']));

Names('a path is found by the id of its cell', () => {
	const named = name({ ctas: CTAS });
	assert.ok(named.ok);
	assert.is(named.value.get('youtube/10s/default/sign-up'), 'youtube/default/10s-sign-up.mp4');
});

Names('every placeholder has its value', () => {
	assert.is(
		fillPattern('{campaign}/{platform}-{mood}/{variant}_{duration}s {cta}.mp4', VALUES),
		'launch/tiktok-bold/pro_2.5s shop-now.mp4',
	);
});

for (const [title, pattern, values, path] of [
	['a value cannot make a folder', '{platform}/{cta}.mp4', { cta: '../../etc/passwd' }, 'tiktok/etc-passwd.mp4'],
	['a value of nothing has a stand-in', '{cta}.mp4', { cta: '..' }, 'untitled.mp4'],
	['a value that ends a folder name is trimmed with it', '{cta}-/x.mp4', { cta: 'a.' }, 'a/x.mp4'],
	['a device name is none any more', '{cta}.mp4', { cta: 'nul' }, 'nul_.mp4'],
	['two harmless values cannot make a device name', '{platform}{cta}.mp4', { platform: 'c', cta: 'on' }, 'con_.mp4'],
	['dots and empty folders of the pattern are dropped', './/a/./{cta}.mp4', {}, 'a/shop-now.mp4'],
	['a value cannot be a placeholder', '{cta}.mp4', { cta: '{platform}' }, '{platform}.mp4'],
] as const) {
	Names(title, () => assert.is(fillPattern(pattern, { ...VALUES, ...values }), path));
}

Names('no values whatever leave the output folder or make a part longer than a file system takes', () => {
	const random = seededNumbers(3);
	const pick = (): string => NAUGHTY_NAMES[Math.floor(random() * NAUGHTY_NAMES.length)] ?? '';
	for (let i = 0; i < 1500; i++) {
		const values = { campaign: pick(), platform: pick(), duration: pick(), variant: pick(), mood: pick(), cta: pick() };
		const path = fillPattern('{campaign}/{platform}{variant}/{mood}{duration}{cta}.mp4', values);
		const inside = relative('/out', resolve('/out', path));
		assert.is(inside, path);
		assert.is(path.split('/').length, 3, path);
		for (const part of path.split('/')) assert.ok(Buffer.byteLength(part) <= 204, part);
	}
});

Names('two outputs with one name are an error that names both and what would tell them apart', () => {
	const named = name({ durations: [15, 30], output: { naming: '{platform}.mp4' } });
	assert.not(named.ok);
	assert.equal(named.diagnostics, [
		{
			code: 'RF3007',
			severity: 'error',
			summary: 'youtube/15s/default and youtube/30s/default have one name: "youtube.mp4"',
			range: { file: 'output.naming', start: 0, end: 0 },
			hint: 'add {duration} to `output.naming`',
			cells: ['youtube/15s/default', 'youtube/30s/default'],
		},
	]);
});

Names('many outputs with one name are one error', () => {
	const named = name({ platforms: ['tiktok', 'youtube'], durations: [15, 30], ctas: CTAS, output: { naming: 'out.mp4' } });
	assert.not(named.ok);
	assert.is(named.diagnostics.length, 1);
	assert.match(named.diagnostics[0]?.summary ?? '', /\(and 6 more\) have one name: "out.mp4"$/);
	assert.is(named.diagnostics[0]?.hint, 'add {platform} and {duration} and {cta} to `output.naming`');
});

Names('the 72 outputs of a launch have 72 names', () => {
	const paths = pathsOf({
		platforms: ['tiktok', 'youtube', 'instagram-feed', 'instagram-story'],
		durations: [15, 30, 60],
		variants: { professional: { mood: 'sophisticated' }, playful: { mood: 'playful' } },
		ctas: { ...CTAS, 'learn-more': { text: 'Learn' } },
	});
	assert.is(new Set(paths).size, 72);
});

Names.run();
