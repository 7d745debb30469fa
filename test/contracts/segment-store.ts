import { readFile, stat, writeFile } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import type { SegmentRecord, SegmentStore } from '../../src/ports/segment-store.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

export type StoreUnderTest = {
	readonly store: SegmentStore;
	/** Changes the stored bytes of a segment without changing their number. */
	damage(record: SegmentRecord): Promise<void>;
};

const key = anyKey('a');
const known = { key, frames: 10, width: 64, height: 48, fps: 10, costMs: 12 };

const put = async (store: SegmentStore, content: string): Promise<SegmentRecord> => {
	const file = await store.temporaryFile('mp4');
	await writeFile(file, content);
	return store.publish(file, known);
};

/** Every SegmentStore runs this suite: the files on disk, and the fake. */
export const describeSegmentStore = (name: string, make: (directory: string) => StoreUnderTest): void => {
	const Contract = suite(`contract: segment store (${name})`);
	const inDirectory = (title: string, test: (made: StoreUnderTest) => Promise<void>): void => {
		Contract(title, () => makeDirectory((directory) => test(make(directory))));
	};

	inDirectory('a key that nobody published is not there', async ({ store }) => {
		assert.is(await store.lookup(key), null);
	});
	inDirectory('what was published is found with its size and sha256, and nothing else changed', async ({ store }) => {
		const record = await put(store, 'film');
		assert.equal(record, { ...known, sha256: sha256Hex('film'), bytes: 4 });
		assert.equal(await store.lookup(key), record);
	});
	inDirectory('publishing moves the file', async ({ store }) => {
		const file = await store.temporaryFile('mp4');
		await writeFile(file, 'film');
		await store.publish(file, known);
		assert.is(
			await stat(file).then(
				() => 'there',
				() => 'gone',
			),
			'gone',
		);
	});
	inDirectory('an opened segment has the bytes that were published', async ({ store }) => {
		const path = await store.open(await put(store, 'film'));
		assert.is(await readFile(path ?? '', 'utf8'), 'film');
	});
	inDirectory('changed bytes of the same size are found out when the segment is opened, and it is a miss from then on', async (made) => {
		const record = await put(made.store, 'film');
		await made.damage(record);
		assert.is(await made.store.open(record), null);
		assert.is(await made.store.lookup(key), null);
	});
	inDirectory('publishing again heals a damaged segment', async (made) => {
		await made.damage(await put(made.store, 'film'));
		const record = await put(made.store, 'film');
		assert.is(await readFile((await made.store.open(record)) ?? '', 'utf8'), 'film');
	});
	inDirectory('many writers of one key leave one whole segment', async ({ store }) => {
		await Promise.all(Array.from({ length: 8 }, () => put(store, 'the same film')));
		const record = await store.lookup(key);
		assert.is(record?.bytes, 13);
		assert.is(record && (await readFile((await store.open(record)) ?? '', 'utf8')), 'the same film');
	});
	inDirectory('temporary files have names of their own', async ({ store }) => {
		const names = await Promise.all(Array.from({ length: 20 }, () => store.temporaryFile('mp4')));
		assert.is(new Set(names).size, 20);
		assert.ok(names.every((file) => file.endsWith('.mp4')));
	});
	Contract.run();
};
