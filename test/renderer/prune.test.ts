import { spawnSync } from 'node:child_process';
import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blobKind, type CacheKind, fileKind, folderKind } from '../../src/renderer/cache-kinds.ts';
import { type Claims, claimNames, watchClaims } from '../../src/renderer/claims.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { measureKinds, pruneKinds } from '../../src/renderer/prune.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

const Prune = suite('renderer/prune');

const put = async (file: string, bytes: number, day: number): Promise<void> => {
	await mkdir(dirname(file), { recursive: true });
	await writeFile(file, Buffer.alloc(bytes));
	const time = new Date(Date.UTC(2026, 0, day));
	await utimes(file, time, time);
};

/** Two segments, two mixes, a bundle, notes, and a record of renders; 1,000 bytes each and used one day after the other. */
const withKinds = (test: (kinds: readonly CacheKind[], directory: string) => Promise<void>): Promise<void> =>
	makeDirectory(async (directory) => {
		const at = (path: string): string => join(directory, path);
		for (const [day, [folder, digit, extension]] of [
			['segments', 'a', 'mp4'],
			['mixes', 'b', 'm4a'],
			['segments', 'c', 'mp4'],
			['mixes', 'd', 'm4a'],
		].entries()) {
			const place = at(`${folder}/${digit}${digit}/${anyKey(digit ?? '')}`);
			await put(`${place}.${extension}`, 900, 1 + day);
			await put(`${place}.json`, 100, 1 + day);
		}
		await put(at('bundles/e/public/assets/font'), 600, 1);
		await put(at('bundles/e/index.html'), 400, 1);
		await utimes(at('bundles/e'), new Date(Date.UTC(2026, 0, 5)), new Date(Date.UTC(2026, 0, 5)));
		await put(at('notes/f.txt'), 1_000, 6);
		await put(at('records/g.json'), 1_000, 1);
		const kinds = [
			blobKind(at('segments'), { name: 'segments' }),
			blobKind(at('mixes'), { name: 'mixes' }),
			folderKind(at('bundles'), { name: 'bundles', first: 'index.html' }),
			fileKind([at('notes'), at('nowhere')], { name: 'notes' }),
			fileKind([at('records')], { name: 'records', keeping: 'record' }),
		];
		await test(kinds, directory);
	});

const nobody = async (): Promise<Claims> => ({ names: new Set(), anyone: false });

/** What is left, by its first letter. */
const left = async (directory: string): Promise<string> => {
	const names = (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
	const bundle = names.some(({ name }) => name === 'index.html') ? ['e'] : [];
	return [...new Set([...names.filter(({ name }) => !/index|font/.test(name)).map(({ name }) => name[0]), ...bundle])].sort().join('');
};

Prune('everything is counted by kind, with what stays and why', () =>
	withKinds(async (kinds) => {
		const one = (kind: string, kept = {}) => ({ kind, things: 1, bytes: 1_000, kept });
		assert.equal(await measureKinds(kinds, nobody), [
			{ kind: 'segments', things: 2, bytes: 2_000, kept: {} },
			{ kind: 'mixes', things: 2, bytes: 2_000, kept: {} },
			one('bundles'),
			one('notes'),
			one('records', { record: 1 }),
		]);
	}),
);

for (const [maxBytes, expected] of [
	[7_000, 'abcdefg'],
	[6_999, 'bcdefg'],
	[5_500, 'cdefg'],
	[3_000, 'efg'],
	[2_000, 'fg'],
	[0, 'g'],
] as const) {
	Prune(`${maxBytes} bytes leave ${expected}: of all kinds what was not used for longest goes first, and never a record`, () =>
		withKinds(async (kinds, directory) => {
			const pruned = await pruneKinds(kinds, { maxBytes, claims: nobody });
			assert.is(await left(directory), expected);
			assert.is(
				pruned.reduce((sum, { removed }) => sum + removed, 0),
				7 - expected.length,
			);
			assert.is(
				pruned.reduce((sum, { bytes }) => sum + bytes, 0),
				1_000 * expected.length,
			);
		}),
	);
}

Prune('what a run has claimed stays: segments and mixes by name, and all of what every run uses', () =>
	withKinds(async (kinds, directory) => {
		const store = join(directory, 'store');
		const claim = await claimNames(store, [anyKey('a'), anyKey('b')]);
		const pruned = await pruneKinds(kinds, { maxBytes: 0, claims: watchClaims(store) });
		assert.match(await left(directory), /^\.?abefg$/);
		assert.equal(
			pruned.map(({ kept }) => kept['in use'] ?? 0),
			[1, 1, 1, 1, 0],
		);
		await claim.release();
		await pruneKinds(kinds, { maxBytes: 0, claims: watchClaims(store) });
		assert.is(await left(directory), 'g');
	}),
);

Prune('a claim that is made while room is made counts', () =>
	withKinds(async (kinds, directory) => {
		const store = join(directory, 'store');
		let removals = 0;
		const fs = {
			...nodeFileSystem,
			rm: async (...given: Parameters<typeof nodeFileSystem.rm>) => {
				if (removals++ === 0) await claimNames(store, [anyKey('b'), anyKey('c'), anyKey('d')]);
				return nodeFileSystem.rm(...given);
			},
		};
		await pruneKinds(kinds, { maxBytes: 0, claims: watchClaims(store), fs });
		assert.match(await left(directory), /^\.?bcdefg$/);
	}),
);

Prune('the claim of a dead process holds nothing', () =>
	withKinds(async (kinds, directory) => {
		const store = join(directory, 'store');
		await claimNames(store, [anyKey('a')]);
		const [file = ''] = await readdir(join(store, 'in-use'));
		const { pid } = spawnSync(process.execPath, ['--version']);
		await nodeFileSystem.rename(join(store, 'in-use', file), join(store, 'in-use', file.replace(`-${process.pid}-`, `-${pid}-`)));
		await pruneKinds(kinds, { maxBytes: 0, claims: watchClaims(store) });
		assert.is(await left(directory), 'g');
	}),
);

Prune('what cannot be removed counts as being there', () =>
	withKinds(async (kinds, directory) => {
		const fs = { ...nodeFileSystem, rm: () => Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' })) };
		const pruned = await pruneKinds(kinds, { maxBytes: 0, claims: nobody, fs });
		assert.is(
			pruned.reduce((sum, { removed }) => sum + removed, 0),
			0,
		);
		await access(join(directory, 'notes/f.txt'));
	}),
);

Prune.run();
