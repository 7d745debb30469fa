import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { makeOwnDirectory } from '../../src/renderer/own-directory.ts';
import { makeDirectory } from '../support/directory.ts';

const Own = suite('renderer/own-directory');

Own('a directory is its owner’s alone, in a parent that is made, and those of dead processes go', () =>
	makeDirectory(async (root) => {
		const parent = join(root, 'not', 'there');
		const dead = spawnSync(process.execPath, ['-e', '']).pid;
		await mkdir(join(parent, `work-${dead}-abCD12`, 'store'), { recursive: true });
		const directory = await makeOwnDirectory(parent, 'work-');
		assert.equal(await readdir(parent), [basename(directory)]);
		assert.is((await stat(directory)).mode & 0o777, 0o700);
	}),
);

Own('a parent in which nothing can be made is a failure of the disk that names it', () =>
	makeDirectory(async (root) => {
		const parent = join(root, 'file', 'tmp');
		await writeFile(join(root, 'file'), '');
		const error = await makeOwnDirectory(parent, 'work-').catch((e: unknown) => e);
		assert.instance(error, RenderFailure);
		const { failure } = error as RenderFailure;
		assert.is(failure.class, 'DISK');
		assert.is(failure.message, `cannot write ${parent}: a part of the path is a file`);
	}),
);

Own.run();
