import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { memoryOf, openMemoryWatch, systemMemory } from '../../src/renderer/memory-watch.ts';
import { makeDirectory } from '../support/directory.ts';
import { makeMemoryGroup } from '../support/memory-group.ts';

const Memory = suite('renderer/memory-watch');

Memory('a process that the system ended since the last look is a want of memory, once', () => {
	let kills: number | null = 7;
	const watch = openMemoryWatch({ kills: () => kills, available: () => 2 ** 33 });
	assert.is(watch.wasShort(), false);
	kills = 8;
	assert.is(watch.wasShort(), true);
	assert.is(watch.wasShort(), false);
	kills = null;
	assert.is(watch.wasShort(), false);
});

Memory('next to nothing left is a want of memory, where the system counts nothing', () => {
	let available = 2 ** 30;
	const watch = openMemoryWatch({ kills: () => null, available: () => available });
	assert.is(watch.wasShort(), false);
	available = 2 ** 24;
	assert.is(watch.wasShort(), true);
});

Memory('this machine tells how much there is', () => assert.ok(systemMemory.available() > 0));

Memory('a group counts with all its processes, whatever their names, without what they share', () =>
	makeDirectory(async (proc) => {
		const add = async (id: number, group: number, statm: string): Promise<void> => {
			await mkdir(join(proc, String(id)));
			await writeFile(join(proc, String(id), 'stat'), `${id} (chrome (a) b) S 1 ${group} 1 0`);
			await writeFile(join(proc, String(id), 'statm'), statm);
		};
		await add(10, 10, '9000 300 100 1 0 1 0');
		await add(11, 10, '9000 600 100 1 0 1 0');
		await add(12, 12, '9000 900 100 1 0 1 0');
		assert.is(memoryOf([10], proc), 700 * 4_096);
		assert.is(memoryOf([10, 12], proc), 1_500 * 4_096);
		assert.is(memoryOf([], proc), 0);
		assert.is(memoryOf([10], join(proc, 'nowhere')), 0);
	}),
);

Memory('a process that runs here has memory', async () => {
	const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'], { detached: true, stdio: 'ignore' });
	try {
		await new Promise((resolve) => setTimeout(resolve, 300));
		if (process.platform === 'linux') assert.ok(memoryOf([child.pid ?? 0]) > 2 ** 20);
	} finally {
		child.kill('SIGKILL');
	}
});

/** A folder of the memory controller in which these tests may make groups: only who runs them can say so, since groups belong to whoever made them. */
const lent = process.env['REELFORM_TEST_CGROUP'];

/** Takes memory when it is told to, far more than its group may have, and ends well if it gets it. */
const HOARDER = `process.stdin.once('data', () => {
	const hoard = [];
	for (let i = 0; i < 64; i++) hoard.push(Buffer.alloc(8 * 2 ** 20, 1));
	process.exit(0);
});`;

if (lent === undefined)
	process.stdout.write(
		'A real kill for memory is not tried: REELFORM_TEST_CGROUP names no folder of the memory controller to make a group in.\n',
	);
else
	Memory('a process that the kernel really kills for memory is a want of memory', async () => {
		const watch = openMemoryWatch({ kills: systemMemory.kills, available: () => Number.POSITIVE_INFINITY });
		const group = makeMemoryGroup(lent, 128 * 2 ** 20);
		const child = spawn(process.execPath, ['-e', HOARDER], { stdio: ['pipe', 'ignore', 'ignore'] });
		try {
			const ended = new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
			group.add(child.pid ?? 0);
			child.stdin.write('now');
			assert.is(await ended, 'SIGKILL');
			assert.is(watch.wasShort(), true);
			assert.is(watch.wasShort(), false);
		} finally {
			child.kill('SIGKILL');
			group.remove();
		}
	});

Memory.run();
