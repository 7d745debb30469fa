import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assetManifest } from '../../../src/compiler/assets/asset-manifest.ts';
import { sceneScripts } from '../../../src/compiler/assets/scene-scripts.ts';
import type { AssetLock, LockedAsset } from '../../../src/model/asset-lock.ts';
import type { ManifestEntry } from '../../../src/model/asset-manifest.ts';
import { assetQueryHash } from '../../../src/model/asset-query.ts';
import { type AssetQuestion, questionOf } from '../../../src/model/asset-question.ts';

const Manifest = suite('compiler/assets/asset-manifest');

const city: AssetQuestion = { kind: 'stockVideo', provider: 'pexels', settings: { query: 'city at night' } };
const locked = (query: AssetQuestion, rest: Partial<LockedAsset> = {}): LockedAsset => ({
	query: assetQueryHash(query),
	provider: 'pexels',
	id: '7',
	url: null,
	sha256: 'a'.repeat(64),
	extension: 'mp4',
	bytes: 10,
	license: 'Pexels',
	attribution: null,
	cost: null,
	resolvedAt: '2026-01-01T00:00:00Z',
	...rest,
});
const lock = (assets: AssetLock['assets']): AssetLock => ({ formatVersion: 1, assets, sentences: {} });

Manifest('what is locked is named by its hash, with what is known of it', () => {
	const asked = [{ name: 'city', question: city }];
	const { manifest, files, unresolved } = assetManifest({
		asked,
		lock: lock({ city: locked(city, { seconds: 6, width: 1920, height: 1080, attribution: 'Video by Ann' }) }),
		baseUrl: 'files/',
		made: [],
	});
	const name = `${'a'.repeat(64)}.mp4`;
	assert.equal(manifest.entries, [
		{
			name: 'city',
			asks: city,
			src: `files/${name}`,
			width: 1920,
			height: 1080,
			seconds: 6,
			license: 'Pexels',
			attribution: 'Video by Ann',
		},
	]);
	assert.equal([files, unresolved], [[{ sha256: 'a'.repeat(64), name }], []]);
});

Manifest('what is not locked, or locked for another question, is not there and is said', () => {
	const other = { ...city, settings: { query: 'city by day' } };
	const asked = ['city', 'gone', 'toString'].map((name) => ({ name, question: city }));
	const { manifest, unresolved } = assetManifest({ asked, lock: lock({ city: locked(other) }), baseUrl: '', made: [] });
	assert.equal([manifest.entries, unresolved], [[], ['city', 'gone', 'toString']]);
});

Manifest('what was made here needs no lock, and the order of entries depends on nothing', () => {
	const bed = (seconds: number): ManifestEntry => ({
		name: 'bed',
		asks: { kind: 'stockMusic', provider: 'local', settings: { mood: 'calm' } },
		src: `bed-${seconds}.wav`,
		seconds,
	});
	const asked = [{ name: 'bed', question: { kind: 'stockMusic', provider: 'local', settings: { mood: 'calm' } } as const }];
	const order = (made: readonly ManifestEntry[]) => assetManifest({ asked, lock: lock({}), baseUrl: '', made }).manifest.entries;
	assert.equal(order([bed(30), bed(6)]), [bed(6), bed(30)]);
	assert.equal(order([bed(6), bed(30)]), [bed(6), bed(30)]);
});

for (const [what, a, b, same] of [
	['white space', { query: ' city  at\nnight ' }, { query: 'city at night' }, true],
	['a value that it has anyway', { query: 'x', colorGrade: 'none' }, { query: 'x' }, true],
	['another value', { query: 'x', colorGrade: 'match' }, { query: 'x' }, false],
	['another word', { query: 'x' }, { query: 'y' }, false],
] as const) {
	Manifest(`${what} ${same ? 'does not make' : 'makes'} another question`, () => {
		assert.is(assetQueryHash({ ...city, settings: a }) === assetQueryHash({ ...city, settings: b }), same);
	});
}

Manifest('a question hangs on its provider and pin, not on its alias, its fallback or how it is shown', () => {
	const image = (provider: 'openai' | 'dalle' | 'stability') => assetQueryHash(questionOf({ generatedImage: { prompt: 'x' }, provider }));
	assert.is(image('openai'), image('dalle'));
	assert.is.not(image('openai'), image('stability'));
	const video = (rest: object) => assetQueryHash(questionOf({ stockVideo: { query: 'x' }, provider: 'pexels', ...rest }));
	assert.is(video({}), video({ fallback: 'local' }));
	assert.is.not(video({}), video({ pin: '7' }));
	const icon = (rest: object) => assetQueryHash(questionOf({ stockIcon: { concept: 'x', ...rest } }));
	assert.is(icon({}), icon({ color: 'blue', style: 'line' }));
});

Manifest('scenes that say the same to everybody are scripts with the voice that says them', () => {
	const scripts = sceneScripts({
		assets: { voice: { voice: 'robot', rate: 1.2 }, other: { voice: 'rachel', provider: 'elevenlabs' } },
		scenes: [
			{ id: 'a', voiceover: 'Hi.' },
			{ id: 'b', voiceover: { ssml: '<speak>Hi</speak>', voice: 'other' } },
			{ id: 'c', voiceover: 'Hi {{recipient.name}}.' },
			{ id: 'd' },
		],
	} as unknown as Parameters<typeof sceneScripts>[0]);
	assert.equal(
		scripts.map(({ name, question, voice }) => [name, question.provider, question.settings, voice.rate]),
		[
			['a', 'local', { voice: 'robot', rate: 1.2, pitch: 1, script: 'Hi.' }, 1.2],
			['b', 'elevenlabs', { voice: 'rachel', rate: 1, pitch: 1, ssml: '<speak>Hi</speak>' }, 1],
		],
	);
});

Manifest.run();
