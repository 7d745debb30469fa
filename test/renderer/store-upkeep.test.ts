import { chmod, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AudioKey } from '../../src/model/audio.ts';
import { openAudioStore } from '../../src/renderer/audio-store.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { checkStore, recordFile, touchRecords } from '../../src/renderer/store-upkeep.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { mixFacts } from '../support/mixes.ts';

const Upkeep = suite('renderer/store-upkeep');

const KEYS = ['a', 'b', 'c'].map(anyKey);

/** Stores of three segments and three mixes of 1,000 bytes, last used long ago. */
const STORES = {
	segments: async (directory: string) => {
		const store = openFileStore(directory);
		for (const key of KEYS) {
			const file = await store.temporaryFile('mp4');
			await writeFile(file, Buffer.alloc(1_000, key));
			await store.publish(file, { key, frames: 1, width: 16, height: 16, fps: 30, costMs: 1 });
		}
		return { check: () => checkStore(store), extension: 'mp4' };
	},
	mixes: async (directory: string) => {
		const store = openAudioStore(directory);
		for (const key of KEYS) {
			const file = await store.temporaryFile('m4a');
			await writeFile(file, Buffer.alloc(1_000, key));
			await store.publish(file, { key: key as string as AudioKey, ...mixFacts });
		}
		return { check: () => checkStore(store), extension: 'm4a' };
	},
} as const;

for (const [folder, make] of Object.entries(STORES)) {
	Upkeep(`${folder} whose files are not what their records say are found and set aside`, () =>
		makeDirectory(async (directory) => {
			const { check, extension } = await make(directory);
			assert.equal(await check(), { checked: 3, bytes: 3_000, damaged: [] });
			const file = join(directory, folder, 'bb', `${anyKey('b')}.${extension}`);
			await chmod(file, 0o644);
			await writeFile(file, Buffer.alloc(1_000, 'x'));
			// A store remembers what it has checked by the date of the file.
			await utimes(file, new Date(0), new Date(0));
			assert.equal(await check(), { checked: 3, bytes: 2_000, damaged: [anyKey('b')] });
			assert.equal(await check(), { checked: 2, bytes: 2_000, damaged: [] });
		}),
	);
}

Upkeep('a use is noted down, and what is not there is no error', () =>
	makeDirectory(async (directory) => {
		await STORES.segments(directory);
		const folder = join(directory, 'segments');
		const [used, unused] = [recordFile(folder, anyKey('a')), recordFile(folder, anyKey('b'))];
		for (const file of [used, unused]) await utimes(file, new Date(1e12), new Date(1e12));
		await touchRecords(folder, [anyKey('a'), anyKey('d')]);
		assert.ok((await stat(used)).mtimeMs > 1e12);
		assert.is((await stat(unused)).mtimeMs, 1e12);
	}),
);

Upkeep.run();
