import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openChangeQueue } from '../../../src/cli/watch/change-queue.ts';
import { openFileWatcher } from '../../../src/cli/watch/file-watcher.ts';

const Watcher = suite('cli/watch/file-watcher');

type Scene = {
	readonly folder: string;
	readonly spec: string;
	readonly follow: (...names: string[]) => Promise<void>;
	readonly changed: (act: () => void) => Promise<readonly string[]>;
};

/** `changed` answers which files, relative to the folder, the watcher reports in the half second after an act; at once when there is one. */
const inFolder = async (act: (scene: Scene) => Promise<void>): Promise<void> => {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'reelform-watch-')));
	const seen = new Set<string>();
	const watcher = openFileWatcher((file) => seen.add(file.slice(folder.length + 1)));
	const spec = join(folder, 'a.yaml');
	writeFileSync(spec, 'one');
	try {
		await act({
			folder,
			spec,
			follow: (...names) => watcher.follow(names.map((name) => join(folder, name))),
			changed: async (edit) => {
				await sleep(120);
				seen.clear();
				edit();
				for (let waited = 0; waited < 1500 && seen.size === 0; waited += 20) await sleep(20);
				return [...seen];
			},
		});
	} finally {
		await watcher.close();
		rmSync(folder, { recursive: true });
	}
};

Watcher('sees a file that is written, replaced by renaming, deleted and created again, and written after each', () =>
	inFolder(async ({ spec, folder, follow, changed }) => {
		await follow('a.yaml');
		assert.equal(await changed(() => writeFileSync(spec, 'two two')), ['a.yaml']);
		const replace = () => {
			writeFileSync(join(folder, 'next'), 'three three');
			renameSync(join(folder, 'next'), spec);
		};
		assert.equal(await changed(replace), ['a.yaml']);
		assert.equal(await changed(() => writeFileSync(spec, 'four')), ['a.yaml']);
		assert.equal(await changed(() => rmSync(spec)), ['a.yaml']);
		assert.equal(await changed(() => writeFileSync(spec, 'five')), ['a.yaml']);
		assert.equal(await changed(() => writeFileSync(spec, 'six six')), ['a.yaml']);
	}),
);

Watcher('sees a file come into folders that were not there, and come back with them', () =>
	inFolder(async ({ folder, follow, changed }) => {
		await follow('a.yaml', 'assets/deep/hero.png');
		const deep = join(folder, 'assets', 'deep');
		const create = () => {
			mkdirSync(deep, { recursive: true });
			writeFileSync(join(deep, 'hero.png'), '1');
		};
		assert.equal(await changed(create), ['assets/deep/hero.png']);
		assert.equal(await changed(() => rmSync(join(folder, 'assets'), { recursive: true })), ['assets/deep/hero.png']);
		assert.equal(await changed(create), ['assets/deep/hero.png']);
	}),
);

Watcher('says nothing of files that are not followed, or no longer', () =>
	inFolder(async ({ folder, spec, follow, changed }) => {
		await follow('a.yaml', 'b.yaml');
		await follow('b.yaml');
		assert.equal(await changed(() => writeFileSync(join(folder, 'c.yaml'), 'x')), []);
		assert.equal(await changed(() => writeFileSync(spec, 'other')), []);
		assert.equal(await changed(() => writeFileSync(join(folder, 'b.yaml'), 'x')), ['b.yaml']);
	}),
);

const Queue = suite('cli/watch/change-queue');

const take = async (batches: AsyncIterable<ReadonlySet<string>>, count: number): Promise<readonly (readonly string[])[]> => {
	const taken: (readonly string[])[] = [];
	for await (const batch of batches) {
		taken.push([...batch]);
		if (taken.length === count) break;
	}
	return taken;
};

Queue('the steps of one save are one batch', async () => {
	const queue = openChangeQueue();
	const batches = take(queue.batches(30), 1);
	for (let step = 0; step < 5; step++) {
		queue.push('a');
		await sleep(10);
	}
	queue.push('b');
	assert.equal(await batches, [['a', 'b']]);
});

Queue('what changes while a batch is worked on is the next batch', async () => {
	const queue = openChangeQueue();
	queue.push('a');
	const taken: (readonly string[])[] = [];
	for await (const batch of queue.batches(5)) {
		taken.push([...batch]);
		if (taken.length === 2) break;
		queue.push('b');
		queue.push('c');
		await sleep(20);
	}
	assert.equal(taken, [['a'], ['b', 'c']]);
});

Queue('a file that never rests does not hold back the batch for ever', async () => {
	const queue = openChangeQueue();
	const restless = setInterval(() => queue.push('log'), 3);
	queue.push('a');
	const started = Date.now();
	const [batch] = await take(queue.batches(20), 1);
	clearInterval(restless);
	assert.equal(batch, ['a', 'log']);
	assert.ok(Date.now() - started < 10_000);
});

Queue('closing ends the batches, whether they wait or gather', async () => {
	for (const push of [false, true]) {
		const queue = openChangeQueue();
		const batches = take(queue.batches(20), 9);
		await sleep(5);
		if (push) queue.push('a');
		queue.close();
		assert.equal(await batches, []);
	}
});

Watcher('a file that is still being written is reported once it rests', () =>
	inFolder(async ({ spec, follow, changed }) => {
		await follow('a.yaml');
		let writing = true;
		let early = false;
		const seen = await changed(() => {
			writeFileSync(spec, '');
			for (let step = 1; step <= 5; step++) setTimeout(() => appendFileSync(spec, 'more\n'), step * 30);
			setTimeout(() => {
				writing = false;
			}, 150);
		});
		early = writing;
		assert.equal(seen, ['a.yaml']);
		assert.not(early, 'it was reported while it was written');
	}),
);

Watcher.run();
Queue.run();
