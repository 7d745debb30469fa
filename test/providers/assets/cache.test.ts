import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type AssetCache, cacheDirectoryOf, openAssetCache } from '../../../src/providers/assets/cache.ts';
import { makeDirectory } from '../../support/directory.ts';

const Cache = suite('providers/assets/cache');

const open = (directory: string, maxBytes = 1e9, now = () => Date.now()): AssetCache =>
	openAssetCache({ directory, maxBytes, ttlMs: 1000, now });

const put = async (cache: AssetCache, text: string, ageHours = 0) => {
	const kept = await cache.inWorkFolder(async (folder) => {
		const file = join(folder, 'x');
		writeFileSync(file, text);
		return cache.put(file, 'txt');
	});
	const used = new Date(Date.now() - ageHours * 3_600_000);
	utimesSync(kept.file, used, used);
	return kept;
};

Cache('a file is found by its content, and nothing is left in the making', () =>
	makeDirectory(async (directory) => {
		const cache = open(directory);
		const kept = await put(cache, 'hello');
		const found = await cache.find(kept);
		assert.is(found.ok && readFileSync(found.file, 'utf8'), 'hello');
		assert.equal(readdirSync(join(directory, 'work')), []);
	}),
);

Cache('another size, another content and no file are not used', () =>
	makeDirectory(async (directory) => {
		const cache = open(directory);
		const kept = await put(cache, 'hello');
		assert.equal(await cache.find({ ...kept, bytes: 4 }), { ok: false, why: 'damaged' });
		writeFileSync(kept.file, 'hellO');
		assert.equal(await cache.find(kept), { ok: false, why: 'damaged' });
		assert.equal(await cache.find({ ...kept, sha256: 'a'.repeat(64) }), { ok: false, why: 'missing' });
	}),
);

Cache('eviction takes the longest unused, and never what a lock names, a process claims or was just put there', () =>
	makeDirectory(async (directory) => {
		const cache = open(directory, 12);
		const [locked, claimed, old, older, young] = [
			await put(cache, 'locked', 90),
			await put(cache, 'claimed', 80),
			await put(cache, 'old-old', 20),
			await put(cache, 'older', 40),
			await put(cache, 'young'),
		];
		const claim = await cache.claim([claimed.sha256]);
		const gone = await cache.evict(new Set([locked.sha256]));
		assert.equal(gone, { removed: 2, bytes: old.bytes + older.bytes });
		for (const kept of [locked, claimed, young]) assert.ok((await cache.find(kept)).ok);
		await claim.release();
		utimesSync(claimed.file, new Date(0), new Date(0));
		assert.is((await cache.evict(new Set([locked.sha256]))).removed, 1);
		assert.ok((await cache.find(locked)).ok);
	}),
);

Cache('below its limit, nothing goes; of several, only the oldest that are needed', () =>
	makeDirectory(async (directory) => {
		const cache = open(directory, 10);
		const first = await put(cache, 'aaaaa', 3);
		const second = await put(cache, 'bbbbb', 2);
		assert.is((await cache.evict(new Set())).removed, 0);
		await put(cache, 'c', 1);
		assert.is((await cache.evict(new Set())).removed, 1);
		assert.not.ok((await cache.find(first)).ok);
		assert.ok((await cache.find(second)).ok);
	}),
);

Cache('claims and work of processes that are dead count for nothing', () =>
	makeDirectory(async (directory) => {
		const cache = open(directory, 1);
		const kept = await put(cache, 'hello', 5);
		mkdirSync(join(directory, 'claims'), { recursive: true });
		writeFileSync(join(directory, 'claims', '99999999-a.json'), JSON.stringify([kept.sha256]));
		mkdirSync(join(directory, 'work', '99999999-b'), { recursive: true });
		assert.is((await cache.evict(new Set())).removed, 1);
		await cache.inWorkFolder(async () => {});
		assert.equal(readdirSync(join(directory, 'work')), []);
	}),
);

Cache('answers to searches are good for their time', () =>
	makeDirectory(async (directory) => {
		let now = 1_000_000;
		const cache = open(directory, 1e9, () => now);
		await cache.keepAnswer('q', [{ id: '1' }]);
		assert.equal(await cache.findAnswer('q'), [{ id: '1' }]);
		assert.is(await cache.findAnswer('other'), undefined);
		now += 1000;
		assert.is(await cache.findAnswer('q'), undefined);
	}),
);

Cache('it is in the project, where the spec says, or with the user where the project cannot be written', () =>
	makeDirectory(async (root) => {
		const environment = { XDG_CACHE_HOME: '/x' };
		assert.is(await cacheDirectoryOf({ root, written: null, environment }), join(root, '.asset-cache'));
		assert.is(await cacheDirectoryOf({ root, written: 'deep/cache', environment }), join(root, 'deep/cache'));
		assert.is(await cacheDirectoryOf({ root: join(root, 'gone'), written: null, environment }), '/x/reelform/assets');
	}),
);

Cache.run();
