import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../../src/model/keys.ts';
import type { AssetProvider, AssetQuery } from '../../../src/ports/asset-provider.ts';
import type { AssetRequest, ResolveEvent } from '../../../src/ports/asset-request.ts';
import { openAssetCache } from '../../../src/providers/assets/cache.ts';
import { readLock } from '../../../src/providers/assets/lock.ts';
import { resolveAssets } from '../../../src/providers/assets/resolve.ts';
import { openLockedAssets } from '../../../src/providers/assets/resolve-locked.ts';
import type { ResolveRun, ResolveTools } from '../../../src/providers/assets/resolve-types.ts';
import { makeDirectory } from '../../support/directory.ts';

const Resolve = suite('providers/assets/resolve');

const query: AssetQuery = {
	...{ kind: 'image', text: 'city', orientation: null, width: 960, height: 540, seconds: null, style: null },
	...{ seed: null, bpm: null, mood: null, genre: null, color: null },
};

const request = (name: string, overrides: Partial<AssetRequest> = {}): AssetRequest => ({
	...{
		name,
		asked: 'stockImage',
		provider: 'shop',
		fallsBack: false,
		pin: null,
		queryHash: sha256Hex(name),
		query,
		graded: false,
		isFile: true,
	},
	...overrides,
});

type Shop = { searches: number; fetches: number; content: (id: string) => string; refuses: string | null };

const provider = (shop: Shop, overrides: Partial<AssetProvider> = {}): AssetProvider => ({
	...{ id: 'shop', kinds: ['image', 'music'], needs: ['SHOP_KEY'], works: 'search', estimate: () => null },
	search: async () => {
		shop.searches++;
		const hit = { width: 960, height: 540, seconds: null, color: null, title: 't', attribution: 'By A', cost: null, license: 'Shop' };
		if (shop.refuses === 'key') return refusal('key');
		return { ok: true, value: ['1', '2'].map((id) => ({ ...hit, id, page: `https://u:p@shop.test/${id}?api_key=canary-secret&utm=x` })) };
	},
	fetch: async ({ id }, { directory }) => {
		shop.fetches++;
		if (shop.refuses === id) return refusal('passing');
		const file = join(directory, 'got');
		writeFileSync(file, shop.content(id));
		return { ok: true, value: { file, sha256: '', bytes: 0, extension: 'txt', cost: overrides.works === 'generate' ? 0.5 : null } };
	},
	...overrides,
});

const refusal = (kind: 'key' | 'passing') => ({
	ok: false as const,
	problem: { kind, code: 'RF4230' as const, summary: 'no', hint: 'set SHOP_KEY' },
});

const open = (directory: string, overrides: Partial<AssetProvider> = {}) => {
	const shop: Shop = { searches: 0, fetches: 0, content: (id) => `content ${id}`, refuses: null };
	const cache = openAssetCache({ directory: join(directory, 'cache'), maxBytes: 1e9, ttlMs: 1e9, now: () => 0 });
	const local = provider({ ...shop }, { id: 'local' });
	const tools: ResolveTools = {
		providers: new Map([
			['shop', provider(shop, overrides)],
			['local', local],
		]),
		...{ cache, now: () => 0 },
		choose: (hits) => (hits[0] === undefined ? null : { hit: hits[0], why: 'first' }),
		grade: async (file) => ({ ok: true, value: file }),
		check: async (file) =>
			readFileSync(file, 'utf8').startsWith('content')
				? { ok: true, value: { extension: 'txt', width: 960, height: 540 } }
				: { ok: false, problem: { code: 'RF4234', summary: 'no picture', hint: 'x' } },
	};
	const lockFile = join(directory, 'a.lock.yaml');
	const run = async (requests: readonly AssetRequest[], more: Partial<ResolveRun> = {}): Promise<readonly ResolveEvent[]> => {
		const taste = { aspects: [16 / 9], palette: [], licenses: null };
		const signal = new AbortController().signal;
		const all: ResolveRun = {
			requests,
			taste,
			lockFile,
			spec: 'a.yaml',
			maxCost: null,
			update: new Set(),
			pins: new Map(),
			signal,
			...more,
		};
		const events: ResolveEvent[] = [];
		for await (const event of resolveAssets(all, tools)) events.push(event);
		return events;
	};
	const locked = async (requests: readonly AssetRequest[], environment = {}) =>
		openLockedAssets({ requests, lock: await readLock(lockFile), cache, spec: 'a.yaml', environment });
	return { shop, run, locked, lockFile, cache };
};

const codesOf = (events: readonly ResolveEvent[]) => events.map((event) => (event.type === 'failed' ? event.problem.code : event.type));

Resolve('what is resolved is locked and cached, asked for once, and has no secret in it', () =>
	makeDirectory(async (directory) => {
		const { shop, run, locked, lockFile } = open(directory);
		assert.equal(codesOf(await run([request('city')])), ['resolved']);
		assert.equal(await run([request('city')]), []);
		assert.is(shop.fetches, 1);
		const found = await (await locked([request('city')])).find('city');
		assert.is(found?.ok && readFileSync(found.value.path, 'utf8'), 'content 1');
		const text = readFileSync(lockFile, 'utf8');
		assert.not.match(text, /canary|u:p@/);
		assert.match(text, /url: https:\/\/shop\.test\/1\?utm=x/);
	}),
);

Resolve('an asset that cannot be resolved for want of a key says so at once, and names every variable that is not set', () =>
	makeDirectory(async (directory) => {
		const { locked } = open(directory);
		const told = async (one: Partial<AssetRequest>, environment: Readonly<Record<string, string>>) => {
			const found = await (await locked([request('city', one)], environment)).find('city');
			return found === null || found.ok ? null : [found.problem.code, found.problem.summary.match(/[A-Z_]{8,}/g) ?? []];
		};
		const NOUN = { provider: 'noun-project' };
		for (const [one, environment, expected] of [
			[{ provider: 'pexels' }, {}, ['RF4230', ['PEXELS_API_KEY']]],
			[{ provider: 'pexels' }, { PEXELS_KEY: 'k' }, ['RF4240', []]],
			[{ provider: 'pexels' }, { PEXELS_API_KEY: ' ' }, ['RF4230', ['PEXELS_API_KEY']]],
			[{ provider: 'pexels', fallsBack: true }, {}, ['RF4240', []]],
			[NOUN, {}, ['RF4230', ['NOUN_PROJECT_KEY', 'NOUN_PROJECT_SECRET']]],
			[NOUN, { NOUN_PROJECT_KEY: 'k' }, ['RF4230', ['NOUN_PROJECT_SECRET']]],
			[{ provider: 'local' }, {}, ['RF4240', []]],
		] as const)
			assert.equal(await told(one, environment), expected, JSON.stringify([one, environment]));
	}),
);

Resolve('not locked, asked otherwise, not in the cache and damaged are told apart, with the command', () =>
	makeDirectory(async (directory) => {
		const { run, locked, cache } = open(directory);
		const code = async (one: AssetRequest) => {
			const found = await (await locked([one])).find('city');
			return found === null || found.ok ? null : [found.problem.code, found.problem.hint.includes('reelform assets resolve a.yaml')];
		};
		assert.equal(await code(request('city')), ['RF4240', true]);
		await run([request('city')]);
		assert.equal(await code(request('city', { queryHash: sha256Hex('other') })), ['RF4241', true]);
		const found = await (await locked([request('city')])).find('city');
		if (!found?.ok) throw new Error('not found');
		writeFileSync(found.value.path, 'content X');
		assert.equal(await code(request('city')), ['RF4244', true]);
		rmSync(cache.directory, { recursive: true });
		assert.equal(await code(request('city')), ['RF4243', true]);
	}),
);

Resolve('a file that is gone is fetched again only if it is the same one', () =>
	makeDirectory(async (directory) => {
		const { shop, run, cache } = open(directory);
		await run([request('city')]);
		rmSync(cache.directory, { recursive: true });
		assert.equal(codesOf(await run([request('city')])), ['fetched']);
		rmSync(cache.directory, { recursive: true });
		shop.content = () => 'content, another';
		assert.equal(codesOf(await run([request('city')])), ['RF4244']);
	}),
);

Resolve('what was resolved stays when a later one fails, and nothing wrong is kept', () =>
	makeDirectory(async (directory) => {
		const { shop, run, lockFile } = open(directory);
		await run([request('a')]);
		shop.content = () => '<html>';
		assert.equal(codesOf(await run([request('a'), request('b')])), ['RF4234']);
		const lock = await readLock(lockFile);
		assert.equal(lock.ok && Object.keys(lock.value.assets), ['a']);
	}),
);

Resolve('without a key `local` stands in only where the spec says so', () =>
	makeDirectory(async (directory) => {
		const { shop, run, lockFile } = open(directory);
		shop.refuses = 'key';
		assert.equal(codesOf(await run([request('a')])), ['RF4230']);
		assert.equal(codesOf(await run([request('b', { fallsBack: true })])), ['fallback', 'resolved']);
		const track = request('c', { fallsBack: true, query: { ...query, kind: 'music' } });
		assert.equal(codesOf(await run([track])), ['fallback', 'resolved']);
		assert.equal(await run([track]), []);
		const lock = await readLock(lockFile);
		assert.equal(lock.ok && Object.values(lock.value.assets).map(({ provider: id, bytes }) => [id, bytes > 0]), [
			['local', true],
			['local', false],
		]);
	}),
);

Resolve('a paid thing is not asked for above the limit, and never made twice', () =>
	makeDirectory(async (directory) => {
		const { shop, run, cache } = open(directory, { works: 'generate', estimate: () => 0.5 });
		assert.equal(codesOf(await run([request('a'), request('b'), request('c')], { maxCost: 1 })), ['resolved', 'resolved', 'RF4245']);
		assert.is(shop.fetches, 2);
		rmSync(cache.directory, { recursive: true });
		assert.equal(codesOf(await run([request('a')])), ['RF4243']);
		assert.is(shop.fetches, 2);
	}),
);

Resolve('two resolves at once pay once', () =>
	makeDirectory(async (directory) => {
		const { shop, run, lockFile } = open(directory, { works: 'generate', estimate: () => 0.5 });
		const names = ['a', 'b', 'c', 'd'].map((name) => request(name));
		await Promise.all([run(names), run(names), run([...names].reverse())]);
		assert.is(shop.fetches, 4);
		const lock = await readLock(lockFile);
		assert.equal(lock.ok && Object.keys(lock.value.assets), ['a', 'b', 'c', 'd']);
	}),
);

for (const [title, keeps, searches] of [
	['is kept', {}, 1],
	['is asked for again where its provider forbids to keep it', { keepsNoAnswers: true }, 2],
] as const)
	Resolve(`the answer to a search ${title}`, () =>
		makeDirectory(async (directory) => {
			const { shop, run, cache } = open(directory, keeps);
			await run([request('a'), request('b')]);
			assert.is(shop.searches, searches);
			assert.is(existsSync(join(cache.directory, 'answers')), searches === 1);
		}),
	);

Resolve('what others spent of a budget counts, and what is spent here is told', () =>
	makeDirectory(async (directory) => {
		const { run } = open(directory, { works: 'generate', estimate: () => 0.5 });
		const budget = { spent: 0.4 };
		assert.equal(codesOf(await run([request('a'), request('b')], { maxCost: 1, budget })), ['resolved', 'RF4245']);
		assert.is(budget.spent, 0.9);
	}),
);

Resolve('a pin takes its id, and an update leaves it alone', () =>
	makeDirectory(async (directory) => {
		const { run, lockFile } = open(directory);
		await run([request('a')], { pins: new Map([['a', '2']]) });
		await run([request('a')], { update: new Set(['a']) });
		const lock = await readLock(lockFile);
		assert.equal(lock.ok && [lock.value.assets['a']?.id, lock.value.assets['a']?.pinned], ['2', true]);
		assert.equal(codesOf(await run([request('b')], { pins: new Map([['b', '9']]) })), ['RF4231']);
	}),
);

Resolve.run();
