import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cacheUpkeep, type KeptPlace, stateKinds, whileInUse } from '../../src/cli/wire-store.ts';
import type { AudioKey } from '../../src/model/audio.ts';
import type { RenderEvent } from '../../src/model/events.ts';
import { sentenceKey } from '../../src/model/sentence-key.ts';
import { EMPTY_LOCK, lockText } from '../../src/providers/assets/lock.ts';
import { openVoiceCache } from '../../src/providers/voice/voice-cache.ts';
import { openAudioStore } from '../../src/renderer/audio-store.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { makeAudioMessage, makeCue, mixFacts, speech } from '../support/mixes.ts';
import { samplePlan } from './sample-plan.ts';

const Store = suite('cli/wire-store');

const placeIn = (cwd: string): KeptPlace => {
	const stateDirectory = join(cwd, '.reelform');
	const store = join(stateDirectory, 'store');
	return { cwd, stateDirectory, store: openFileStore(store), audioStore: openAudioStore(store) };
};

const put = async (file: string, content: string | Uint8Array = 'x'.repeat(100)): Promise<void> => {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, content);
};

const inProject = (title: string, test: (place: KeptPlace) => Promise<void>): void => {
	Store(title, () =>
		makeDirectory(async (directory) => {
			await put(join(directory, 'package.json'), '{}');
			await test(placeIn(directory));
		}),
	);
};

/** A lock's entry of a picture that cost so much. */
const locked = (sha256: string, cost: number | null) => ({
	...{ query: 'a'.repeat(64), provider: 'openai', id: '1', url: null, sha256, extension: 'png', bytes: 100 },
	...{ license: 'CC0-1.0', attribution: null, cost, resolvedAt: '2026-01-01T00:00:00Z' },
});

const say = async ({ cwd }: KeptPlace, key: string, cost: number | null): Promise<void> => {
	const pcm = { sampleRate: 8_000, channels: [new Float32Array(10)] };
	await openVoiceCache(join(cwd, '.asset-cache')).write(key, { pcm, words: [] }, { cost, madeAt: '2026-01-01T00:00:00Z' });
};

inProject('what was paid for and what renders are known by stays, whatever is asked for; the rest goes', async (place) => {
	const { cwd, stateDirectory } = place;
	const [paid, unclear, free, named] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64)) as [string, string, string, string];
	for (const [key, cost] of [
		[paid, 0.1],
		[unclear, null],
		[free, 0],
		[named, 0],
	] as const)
		await say(place, key, cost);
	for (const digit of ['5', '6', '7']) await put(join(cwd, '.asset-cache/files', digit.repeat(2), `${digit.repeat(64)}.png`));
	const assets = { made: locked('5'.repeat(64), 0.04), found: locked('6'.repeat(64), 0) };
	const sentence = {
		sha256: 'b'.repeat(64),
		extension: 'wav',
		bytes: 1,
		cost: 0.1,
		resolvedAt: '2026-01-01T00:00:00Z',
		seconds: 1,
		words: [],
	};
	await put(join(cwd, 'a.lock.yaml'), lockText({ ...EMPTY_LOCK, assets, sentences: { [named]: sentence } }));
	for (const file of ['applied/a.json', 'outputs/b.json', 'runs/c.ndjson', 'cache/chrome', 'recipes/r.txt', 'data/d.data', 'assets/e.png'])
		await put(join(stateDirectory, file));

	const pruned = await cacheUpkeep(place).prune(0);
	assert.equal(
		pruned.map(({ kind, removed, things, kept }) => [kind, removed, things, kept]),
		[
			['pictures of rows', 1, 0, {}],
			['answers of services', 1, 0, {}],
			['notes', 1, 0, {}],
			['records of renders', 0, 2, { record: 2 }],
			['journals', 0, 1, { record: 1 }],
			['browser', 0, 1, { program: 1 }],
			['spoken sentences', 1, 3, { paid: 3 }],
			['assets', 0, 3, { paid: 1, asset: 2 }],
		],
	);
	const voices = await readdir(join(cwd, '.asset-cache/voices'), { recursive: true });
	assert.equal(
		[paid, unclear, free, named].map((key) => voices.some((name) => name.endsWith(`${key}.wav`))),
		[true, true, false, true],
	);
});

inProject('with a lock that cannot be read every sentence may have been paid for', async (place) => {
	await say(place, '1'.repeat(64), 0);
	await put(join(place.cwd, 'a.lock.yaml'), ': [');
	const [sentences] = await cacheUpkeep(place).prune(0);
	assert.equal([sentences?.removed, sentences?.kept], [0, { paid: 1 }]);
});

inProject('a render holds its segments, its mixes and its sentences until its last event was read', async (place) => {
	const { cwd, store, audioStore } = place;
	const source = speech('Hello there');
	const sounds = { [anyKey('b')]: makeAudioMessage(1, [makeCue('voice', source)]) };
	const base = samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa'] } });
	const [segment] = base.plan.segments.map(({ key }) => key);
	const sentence = source.type === 'speech' && source.parts[0]?.kind === 'sentence' ? sentenceKey(source.voice, source.parts[0]) : '';
	const film = await store.temporaryFile('mp4');
	await put(film);
	await store.publish(film, { key: segment!, frames: 1, width: 16, height: 16, fps: 30, costMs: 1 });
	for (const digit of ['b', 'c']) {
		const mix = await audioStore.temporaryFile('m4a');
		await put(mix);
		await audioStore.publish(mix, { key: digit.repeat(64) as AudioKey, ...mixFacts });
	}
	await say(place, sentence, 0);
	await say(place, 'd'.repeat(64), 0);
	const bundle = join(place.stateDirectory, 'bundles/e/index.html');
	await put(bundle);
	const countsOf = async () => Object.fromEntries((await cacheUpkeep(place).stats()).map(({ kind, things }) => [kind, things]));
	async function* events(): AsyncGenerator<RenderEvent> {
		await cacheUpkeep(place).prune(0);
		yield { type: 'bundle-started' };
	}
	const used = { plan: { ...base, sounds }, assetDirectory: join(cwd, '.asset-cache') };
	for await (const _ of whileInUse(place, used, events())) {
		const { segments, bundles, 'mixes of sound': mixes, 'spoken sentences': sentences } = await countsOf();
		assert.equal([segments, mixes, sentences, bundles], [1, 1, 1, 1]);
		assert.is((await audioStore.lookupAll([anyKey('b') as string as AudioKey])).size, 1, 'the mix that is played');
	}
	await cacheUpkeep(place).prune(0);
	assert.equal(await countsOf(), {});
});

inProject('every file below .reelform is in exactly one kind', async ({ stateDirectory }) => {
	const key = anyKey('a');
	for (const file of [
		...[`store/segments/aa/${key}.mp4`, `store/segments/aa/${key}.json`, `store/mixes/aa/${key}.m4a`, `store/mixes/aa/${key}.json`],
		...[`store/quarantine/${key}-1.mp4`, 'store/tmp/x.mp4', 'store/leases/x', 'store/in-use/x.keys', `bundles/${key}/index.html`],
		...['build/a/plan.json', 'frames/v/f.jpeg', 'assets/a.png', 'data/a.data', 'recipes/a.txt', 'pictures.log', 'rejected/a.mp4'],
		...['verify/a/message.json', 'applied/a.json', 'outputs/a.json', 'runs/a.ndjson', 'cache/chromium/chrome'],
	])
		await put(join(stateDirectory, file));
	let [bytes, things] = [0, 0];
	for (const kind of stateKinds(stateDirectory))
		for await (const entry of kind.list()) {
			bytes += entry.bytes;
			things++;
			for (const path of entry.paths) await stat(path);
		}
	assert.equal([bytes, things], [21 * 100, 19]);
});

Store.run();
