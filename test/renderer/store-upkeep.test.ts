import { chmod, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { whileInUse } from '../../src/cli/wire-store.ts';
import type { RenderEvent } from '../../src/model/events.ts';
import { type FileStore, openFileStore } from '../../src/renderer/file-store.ts';
import { checkStore, claimSegments, pruneStore, touchSegments } from '../../src/renderer/store-upkeep.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

const Upkeep = suite('renderer/store-upkeep');

/** A store of three segments of 1,000 bytes, used one day after the other. */
const withStore = (act: (store: FileStore) => Promise<void>): Promise<void> =>
	makeDirectory(async (directory) => {
		const store = openFileStore(directory);
		for (const [day, digit] of ['a', 'b', 'c'].entries()) {
			const file = await store.temporaryFile('mp4');
			await writeFile(file, Buffer.alloc(1_000, digit));
			const key = anyKey(digit);
			await store.publish(file, { key, frames: 1, width: 16, height: 16, fps: 30, costMs: 1 });
			const time = new Date(Date.UTC(2026, 0, 1 + day));
			await utimes(join(directory, 'segments', key.slice(0, 2), `${key}.json`), time, time);
		}
		await act(store);
	});

const left = async (store: FileStore): Promise<string> => {
	const found = await store.lookupAll(['a', 'b', 'c'].map(anyKey));
	return [...found.keys()]
		.map((key) => key[0])
		.sort()
		.join('');
};

Upkeep('what was not used for longest goes first, and no more than has to', () =>
	withStore(async (store) => {
		const pruned = await pruneStore(store, 3_000);
		assert.is(pruned.removed, 1);
		assert.is(await left(store), 'bc');
		await touchSegments(store, [anyKey('b')]);
		await pruneStore(store, 1_700);
		assert.is(await left(store), 'b');
	}),
);

Upkeep('what a running plan needs stays, however old and however small the store shall be', () =>
	withStore(async (store) => {
		const claim = await claimSegments(store, [anyKey('a')]);
		assert.equal([(await pruneStore(store, 0)).inUse, await left(store)], [1, 'a']);
		await claim.release();
		await pruneStore(store, 0);
		assert.is(await left(store), '');
	}),
);

Upkeep('a render holds its segments until its last event was read, and they count as used then', () =>
	withStore(async (store) => {
		async function* events(): AsyncGenerator<RenderEvent> {
			await pruneStore(store, 0);
			yield { type: 'bundle-started' };
		}
		for await (const _ of whileInUse(store, [anyKey('a')], events())) assert.is(await left(store), 'a');
		assert.is((await pruneStore(store, 0)).inUse, 0);
	}),
);

Upkeep('a file that is not what its record says is found and set aside', () =>
	withStore(async (store) => {
		const key = anyKey('b');
		const file = join(store.directory, 'segments', key.slice(0, 2), `${key}.mp4`);
		await chmod(file, 0o644);
		await writeFile(file, Buffer.alloc(1_000, 'x'));
		assert.equal((await checkStore(store)).damaged, [key]);
		assert.is(await left(store), 'ac');
	}),
);

Upkeep.run();
