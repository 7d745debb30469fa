import { chmod, mkdir, readdir, readFile, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import type { SegmentRecord } from '../../src/ports/segment-store.ts';
import { type FileStore, openFileStore } from '../../src/renderer/file-store.ts';
import { type FileSystem, nodeFileSystem } from '../../src/renderer/file-system.ts';
import { describeSegmentStore } from '../contracts/segment-store.ts';
import { type Fault, makeFailingFileSystem, makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { makeMemoryStore } from '../fakes/memory-store.ts';
import { anyKey } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { processorTime } from '../support/processor-time.ts';

const Store = suite('renderer/file-store');

const key = anyKey('a');
const blobOf = (store: FileStore, named: SegmentKey = key): string => join(store.directory, 'segments', named.slice(0, 2), `${named}.mp4`);
const recordOf = (store: FileStore, named: SegmentKey = key): string => blobOf(store, named).replace(/mp4$/, 'json');

const flipBit = async (file: string): Promise<void> => {
	const bytes = await readFile(file);
	bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
	await chmod(file, 0o644);
	await writeFile(file, bytes);
};

describeSegmentStore('files', (directory) => {
	const store = openFileStore(directory);
	return { store, damage: (record) => flipBit(blobOf(store, record.key)) };
});
describeSegmentStore('memory', (directory) => ({
	store: makeMemoryStore(directory),
	damage: (record) => flipBit(join(directory, `${record.key}.mp4`)),
}));

const put = async (store: FileStore, named: SegmentKey = key): Promise<SegmentRecord> => {
	const file = await store.temporaryFile('mp4');
	await writeFile(file, 'a film of some length');
	return store.publish(file, { key: named, frames: 10, width: 64, height: 48, fps: 10, costMs: 12 });
};

const inStore = (title: string, test: (store: FileStore, directory: string) => Promise<void>): void => {
	Store(title, () => makeDirectory((directory) => test(openFileStore(directory), directory)));
};

const filesIn = async (directory: string): Promise<readonly string[]> => {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};

inStore('a published blob cannot be written by mistake', async (store) => {
	await put(store);
	assert.is((await stat(blobOf(store))).mode & 0o777, 0o444);
});

inStore('looking up leaves no trace in a directory that does not exist', async (_, directory) => {
	const store = openFileStore(join(directory, 'none'));
	assert.is(await store.lookup(key), null);
	assert.is((await store.lookupAll([key])).size, 0);
	assert.equal(await readdir(directory), []);
});

inStore('hundreds of keys are looked up at once, and only those that are there are found', async (store) => {
	const keys = Array.from({ length: 500 }, (_, i) => i.toString(16).padStart(64, '0') as SegmentKey);
	for (const named of keys.slice(0, 5)) await put(store, named);
	const spent = await processorTime(async () => {
		const found = await store.lookupAll([...keys, ...keys]);
		assert.equal([...found.keys()].sort(), keys.slice(0, 5));
	});
	assert.ok(spent < 1_000, `${spent} ms`);
});

const damages: readonly (readonly [string, (store: FileStore) => Promise<void>])[] = [
	['a truncated blob', (store) => chmod(blobOf(store), 0o644).then(() => truncate(blobOf(store), 3))],
	['an empty blob', (store) => chmod(blobOf(store), 0o644).then(() => truncate(blobOf(store), 0))],
	['a missing blob', (store) => unlink(blobOf(store))],
	['a folder in the place of the blob', (store) => unlink(blobOf(store)).then(() => mkdir(blobOf(store)))],
	['a record of random bytes', (store) => writeFile(recordOf(store), Buffer.from([0, 255, 3, 7]))],
	['an empty record', (store) => writeFile(recordOf(store), '')],
	['a record that is a list', (store) => writeFile(recordOf(store), '[]')],
	['a record without a size', (store) => edit(store, { bytes: undefined })],
	['a record with a negative size', (store) => edit(store, { bytes: -1 })],
	['a record of a later format', (store) => edit(store, { formatVersion: 2 })],
	['a record with a path for a key', (store) => edit(store, { key: '../../../etc/passwd' })],
	['a record of another key', (store) => edit(store, { key: anyKey('b') })],
	['a record with a path for a hash', (store) => edit(store, { sha256: '../x' })],
];

const edit = async (store: FileStore, change: Record<string, unknown>): Promise<void> => {
	await writeFile(recordOf(store), JSON.stringify({ ...JSON.parse(await readFile(recordOf(store), 'utf8')), ...change }));
};

for (const [name, damage] of damages) {
	inStore(`${name} is a miss, is set aside, and can be published again`, async (store) => {
		await put(store);
		await damage(store);
		assert.is(await store.lookup(key), null);
		assert.ok((await readdir(join(store.directory, 'quarantine'))).length > 0);
		assert.equal(await readdir(dirname(blobOf(store))), []);
		assert.equal(await store.lookup(key), null);
		const record = await put(store);
		assert.equal(await store.lookup(key), record);
	});
}

inStore('a flipped bit is found when the segment is opened, also after a good opening', async (store) => {
	const record = await put(store);
	assert.ok(await store.open(record));
	await flipBit(blobOf(store));
	await utimes(blobOf(store), new Date(), new Date(Date.now() + 5_000));
	assert.is(await store.open(record), null);
	assert.is((await readdir(join(store.directory, 'quarantine'))).length, 2);
});

Store('a segment is hashed once in a run, however often it is opened', () =>
	makeDirectory(async (directory) => {
		let opened = 0;
		const open: FileSystem['open'] = (...args) => {
			opened++;
			return nodeFileSystem.open(...args);
		};
		const store = openFileStore(directory, { ...nodeFileSystem, open });
		const record = await put(store);
		opened = 0;
		for (let i = 0; i < 72; i++) assert.ok(await store.open(record));
		assert.is(opened, 1);
	}),
);

for (const code of ['EMFILE', 'ENFILE', 'ENOMEM'])
	inStore(`a machine that has none of what ${code} names left says nothing about a segment: it stays`, async (store, directory) => {
		const record = await put(store);
		const starved = (call: Fault['call']): FileStore => openFileStore(directory, makeFaultyFileSystem([{ call, path: key, code }]));
		assert.is(await starved('readFile').lookup(key), null);
		assert.is(await starved('lstat').lookup(key), null);
		const error = await starved('open')
			.open(record)
			.then(
				() => null,
				(thrown: unknown) => thrown,
			);
		assert.ok(error instanceof RenderFailure);
		assert.is(error.failure.class, 'DISK');
		assert.equal(await store.lookup(key), record);
		assert.is(await store.open(record), blobOf(store));
	});

inStore('text that is no key is never a path', async (store) => {
	const trick = '../../../../etc/passwd' as SegmentKey;
	assert.is(await store.lookup(trick), null);
	let thrown: unknown;
	await put(store, trick).catch((error) => {
		thrown = error;
	});
	assert.instance(thrown, TypeError);
});

inStore('temporary files of dead processes are swept, those of living ones stay', async (store) => {
	const mine = await store.temporaryFile('mp4');
	const theirs = mine.replace(`-${process.pid}-`, '-2147483000-');
	await writeFile(mine, 'x');
	await writeFile(theirs, 'x');
	await store.sweep();
	assert.equal(await filesIn(store.directory), [mine.split('/').at(-1)]);
});

const faults: readonly (readonly [string, Fault])[] = [
	['the disk is full when the blob is synced', { call: 'sync', path: 'tmp', code: 'ENOSPC' }],
	['the blob cannot be renamed', { call: 'rename', path: '.mp4', code: 'EIO' }],
	['the folder cannot be made', { call: 'mkdir', path: 'segments', code: 'ENOSPC' }],
	['the record cannot be written', { call: 'write', path: '.json', code: 'ENOSPC' }],
	['the record cannot be renamed', { call: 'rename', path: '.json', code: 'EROFS' }],
	['the folder cannot be synced', { call: 'sync', path: 'segments', code: 'EIO' }],
];
for (const [name, fault] of faults) {
	Store(`when ${name}, publishing says so with the path, and nothing half-done is found or left`, () =>
		makeDirectory(async (directory) => {
			const store = openFileStore(directory, makeFaultyFileSystem([fault]));
			let thrown: unknown;
			await put(store).catch((error) => {
				thrown = error;
			});
			assert.instance(thrown, RenderFailure);
			const { failure } = thrown as RenderFailure;
			assert.is(failure.class, 'DISK');
			assert.match(failure.message, directory);
			assert.equal(await readdir(join(directory, 'tmp')), []);
			assert.is(await openFileStore(directory).lookup(key), null);
			assert.equal(await openFileStore(directory).lookup(key), null);
			assert.ok(await put(openFileStore(directory)));
		}),
	);
}

Store('whichever call fails while publishing, the segment is there whole or not at all, and publishing again works', () =>
	makeDirectory(async (directory) => {
		let steps = 0;
		for (let fired = true; fired; ) {
			const folder = join(directory, String(++steps));
			const fs = makeFailingFileSystem(steps, 'EIO');
			const published = await put(openFileStore(folder, fs)).catch(() => null);
			fired = fs.fired();
			const store = openFileStore(folder);
			const record = await store.lookup(key);
			if (published !== null) assert.equal(record, published);
			if (record !== null) assert.ok(await store.open(record), `step ${steps}`);
			assert.ok(await store.open(await put(store)), `step ${steps}`);
			assert.equal(await readdir(join(folder, 'tmp')), [], `step ${steps}`);
		}
		assert.ok(steps > 10, String(steps));
	}),
);

inStore('two stores on one directory see each other', async (store, directory) => {
	const other = openFileStore(directory);
	const record = await put(store);
	assert.equal(await other.lookup(key), record);
	assert.ok(await other.open(record));
});

Store.run();
