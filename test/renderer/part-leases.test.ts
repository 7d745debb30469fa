import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openPartLeases } from '../../src/renderer/part-leases.ts';
import { makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { keyOf, makeMessage } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';

const Leases = suite('renderer/part-leases');

const [a, b, c] = ['#111111', '#222222', '#333333'].map((color) => keyOf(makeMessage(color, 4))) as [never, never, never];
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const open = (directory: string, beatMs = 20, expiryMs = 200) => openPartLeases({ fs: nodeFileSystem, directory, beatMs, expiryMs });
const left = (directory: string): Promise<readonly string[]> => readdir(join(directory, 'leases')).catch(() => []);

Leases('what one run holds, another learns with its holder, and takes when it is given back', () =>
	makeDirectory(async (directory) => {
		const [one, two] = [await open(directory), await open(directory)];
		assert.is((await one.take([a, b])).size, 0);
		const held = await two.take([a, c]);
		assert.equal([...held.keys()], [a]);
		assert.is(held.get(a)?.pid, process.pid);
		assert.is((await one.take([a])).size, 0, 'its own is no obstacle');
		assert.equal([...(await one.heldByOthers([a, b, c])).keys()], [c]);
		await one.release([a]);
		assert.is((await two.take([a])).size, 0);
		await one.close();
		await two.close();
		assert.equal(await left(directory), []);
	}),
);

Leases('of many that reach for a segment at once, one has it', () =>
	makeDirectory(async (directory) => {
		const runs = await Promise.all(Array.from({ length: 12 }, () => open(directory, 1_000, 5_000)));
		const held = await Promise.all(runs.map((run) => run.take([a])));
		assert.is(held.filter((each) => each.size === 0).length, 1);
		await Promise.all(runs.map((run) => run.close()));
	}),
);

/** The lease of a run of which only this is left. */
const leave = async (directory: string, changes: Readonly<Record<string, unknown>>): Promise<void> => {
	const run = await open(directory);
	await run.take([a]);
	const file = join(directory, 'leases', a);
	const text = await readFile(file, 'utf8');
	await run.close();
	const token = '.reelform-1-0123abcd-00000000-0000-4000-8000-000000000000.beat';
	await writeFile(file, JSON.stringify({ ...JSON.parse(text), token, ...changes }));
};

Leases('the lease of a process that has ended is taken over at once, though its number is in use again', () =>
	makeDirectory(async (directory) => {
		const child = spawn('true');
		await once(child, 'exit');
		for (const changes of [{ pid: child.pid }, { startedAt: '1' }]) {
			await leave(directory, changes);
			const run = await open(directory, 20, 60_000);
			assert.is((await run.take([a])).size, 0, JSON.stringify(changes));
			await run.close();
			assert.equal(await left(directory), []);
		}
	}),
);

Leases('a run of another machine keeps its lease while it gives signs of life, and loses it when it gives none', () =>
	makeDirectory(async (directory) => {
		await leave(directory, { realm: 'elsewhere', host: 'other' });
		const run = await open(directory, 20, 150);
		assert.is((await run.take([a])).get(a)?.host, 'other');
		const beat = join(directory, 'leases', '.reelform-1-0123abcd-00000000-0000-4000-8000-000000000000.beat');
		for (let i = 0; i < 6; i++) {
			await writeFile(beat, String(i));
			await sleep(50);
			assert.is((await run.take([a])).size, 1, `after sign ${i}`);
		}
		await sleep(200);
		assert.is((await run.take([a])).size, 0);
		await run.close();
	}),
);

Leases('a run that slept too long does not take its lease back from the one that has it now', () =>
	makeDirectory(async (directory) => {
		// Without signs of life, as when its process is stopped.
		const [sleeper, other] = [await open(directory, 3_600_000, 100), await open(directory, 20, 100)];
		await sleeper.take([a]);
		await other.take([a]);
		await sleep(150);
		assert.is((await other.take([a])).size, 0);
		await sleeper.release([a]);
		assert.equal([...(await sleeper.heldByOthers([a])).keys()], [a]);
		await sleeper.close();
		await other.close();
	}),
);

Leases('a damaged lease is nobody’s, and one cannot lead out of its folder', () =>
	makeDirectory(async (directory) => {
		for (const text of ['', '{', '[]', '{"pid":"x"}', '{"pid":1,"realm":"x","host":"h","since":"s","token":"../../../etc/passwd"}']) {
			const first = await open(directory);
			await first.take([b]);
			await writeFile(join(directory, 'leases', a), text);
			assert.is((await first.take([a])).size, 0, text);
			await first.close();
		}
	}),
);

for (const call of ['mkdir', 'link', 'write', 'open'] as const)
	Leases(`where ${call} fails there are no leases: everybody draws`, () =>
		makeDirectory(async (directory) => {
			const fs = makeFaultyFileSystem([{ call, path: 'leases', code: 'EIO' }]);
			const run = await openPartLeases({ fs, directory });
			assert.is((await run.take([a, b])).size, 0);
			await run.close();
		}),
	);

Leases.run();
