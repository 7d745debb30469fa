import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AssetLock, LockedAsset } from '../../../src/model/asset-lock.ts';
import { EMPTY_LOCK, lockFileOf, lockText, parseLock, readLock, updateLock } from '../../../src/providers/assets/lock.ts';
import { openAssetProviders } from '../../../src/providers/assets/open-providers.ts';
import { PROVIDER_NAMES } from '../../../src/providers/assets/provider-names.ts';
import { servicesWithoutApi } from '../../../src/providers/assets/without-api.ts';
import type { Fetcher } from '../../../src/providers/http/contract.ts';
import { makeDirectory } from '../../support/directory.ts';

const Lock = suite('providers/assets/lock');

const asset = (overrides: Partial<LockedAsset> = {}): LockedAsset => ({
	query: 'a'.repeat(64),
	provider: 'pexels',
	id: '17',
	url: 'https://www.pexels.com/video/17/',
	sha256: 'b'.repeat(64),
	extension: 'mp4',
	bytes: 12,
	width: 1920,
	height: 1080,
	seconds: 5.25,
	license: 'Pexels',
	attribution: 'Video by "Ä" & Co: #1',
	cost: null,
	resolvedAt: '2026-11-20T10:00:00.000Z',
	...overrides,
});

const sentence = {
	sha256: 'c'.repeat(64),
	extension: 'wav',
	bytes: 3,
	seconds: 1.5,
	words: [['Yes,', 0.05, 0.4]] as const,
	cost: 0.01,
	resolvedAt: '2026-11-20T10:00:00.000Z',
};

Lock('a lock reads back as it was written, in one order whatever the order of its names', () => {
	const lock: AssetLock = {
		...EMPTY_LOCK,
		assets: { sky: asset(), bed: asset({ pinned: true }) },
		sentences: { ['d'.repeat(64)]: sentence },
	};
	const turned: AssetLock = { ...lock, assets: { bed: lock.assets['bed']!, sky: lock.assets['sky']! } };
	const read = parseLock(lockText(lock));
	assert.ok(read.ok);
	assert.equal(read.ok && read.lock, lock);
	assert.is(lockText(turned), lockText(lock));
	assert.match(lockText(lock), /^# What .*\n# Commit it/);
	assert.match(lockText(lock), /do not edit by hand/);
});

const broken: readonly (readonly [name: string, text: string, why: RegExp])[] = [
	['a merge that was not finished', `<<<<<<< HEAD\nformatVersion: 1\n`, /merge/],
	['text that is no YAML', 'assets: [', /YAML/],
	['what is wrong in text that is no YAML', '{{{:', /YAML: .*[^:]$/],
	['a list', '- a', /mapping/],
	['another format', 'formatVersion: 9\n', /format is 9/],
	['an alias', 'formatVersion: &a 1\nassets: *a\n', /aliases|mapping/],
	['a hash that is a path', lockText({ ...EMPTY_LOCK, assets: { sky: asset({ sha256: `../${'b'.repeat(61)}` }) } }), /"sky"/],
	['an ending that is a path', lockText({ ...EMPTY_LOCK, assets: { sky: asset({ extension: '/../x' }) } }), /"sky"/],
	['bytes below nothing', lockText({ ...EMPTY_LOCK, assets: { sky: asset({ bytes: -1 }) } }), /"sky"/],
	['a sentence without words', lockText(EMPTY_LOCK).replace('sentences: {}', `sentences:\n  ${'d'.repeat(64)}: {}`), /sentence/],
];
for (const [name, text, why] of broken)
	Lock(`${name} is refused with its reason`, () => {
		const read = parseLock(text);
		assert.not.ok(read.ok);
		assert.match(read.ok ? '' : read.why, why);
	});

Lock('an entry that names no provider is refused with its line, and with the name that is meant', () => {
	const text = lockText({ ...EMPTY_LOCK, assets: { bed: asset(), sky: asset({ provider: 'pexles' }) } });
	const line = text.split('\n').findIndex((one) => one.includes('pexles')) + 1;
	const read = parseLock(text, PROVIDER_NAMES);
	assert.is(read.ok ? '' : read.why, `the entry of "sky" names "pexles" (line ${line}), which is no provider; "pexels" is one`);
	const strange = parseLock(text.replace('pexles', 'nobody at all'), PROVIDER_NAMES);
	assert.match(strange.ok ? '' : strange.why, /names "nobody at all" \(line \d+\), which is no provider$/);
	assert.ok(parseLock(lockText({ ...EMPTY_LOCK, assets: { bed: asset() } }), PROVIDER_NAMES).ok);
});

Lock('damaged entries are told with their lines', () => {
	const damaged = parseLock(lockText({ ...EMPTY_LOCK, assets: { sky: asset({ bytes: -1 }) } }));
	assert.match(damaged.ok ? '' : damaged.why, /^the entry of "sky" \(line 6\) is damaged$/);
});

Lock('keys that are not known are let be, and `__proto__` is a name like any other', () => {
	const text = lockText({ ...EMPTY_LOCK, assets: { sky: asset() } })
		.replace('sky:', 'sky:\n    later: {a: 1}')
		.replace('assets:', 'later: 1\nassets:');
	const read = parseLock(text, PROVIDER_NAMES);
	assert.ok(read.ok && read.lock.assets['sky']?.provider === 'pexels');
	const proto = parseLock(text.replace('  sky:', '  __proto__: {provider: pexels}\n  sky:'));
	assert.match(proto.ok ? '' : proto.why, /^the entry of "__proto__" \(line \d+\) is damaged$/);
});

Lock('the providers that may be named are those that can give something', () => {
	const opened = openAssetProviders({ environment: {}, fetcher: {} as Fetcher, folder: 'media' });
	const without = servicesWithoutApi().map(({ id }) => id);
	assert.equal([...PROVIDER_NAMES].sort(), [...opened.keys()].filter((id) => !without.includes(id)).sort());
});

Lock('no file is an empty lock, and a broken one is RF4242', () =>
	makeDirectory(async (directory) => {
		const file = lockFileOf(join(directory, 'q3.campaign.yaml'));
		assert.is(file, join(directory, 'q3.campaign.lock.yaml'));
		assert.equal(await readLock(file), { ok: true, value: EMPTY_LOCK });
		writeFileSync(file, 'assets: [');
		const read = await readLock(file);
		assert.is(read.ok ? null : read.problem.code, 'RF4242');
		const updated = await updateLock(file, (lock) => ({ ...lock, assets: { sky: asset() } }));
		assert.not.ok(updated.ok);
		assert.is(readFileSync(file, 'utf8'), 'assets: [');
	}),
);

Lock('forty changes at once are all there, and nothing else is left in the folder', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'a.lock.yaml');
		const names = Array.from({ length: 40 }, (_, index) => `asset-${index}`);
		await Promise.all(names.map((name) => updateLock(file, (lock) => ({ ...lock, assets: { ...lock.assets, [name]: asset() } }))));
		const read = await readLock(file);
		assert.equal(read.ok && Object.keys(read.value.assets).sort(), [...names].sort());
		assert.equal(readdirSync(directory), ['a.lock.yaml']);
	}),
);

Lock('a turn of a process that is dead is taken over', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'a.lock.yaml');
		writeFileSync(join(directory, '.a.lock.yaml.busy'), '99999999');
		const updated = await updateLock(file, (lock) => ({ ...lock, assets: { sky: asset() } }));
		assert.ok(updated.ok);
	}),
);

Lock.run();
