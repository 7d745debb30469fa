import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hidingNewFolders } from '../../src/cli/hide-from-git.ts';
import { refuseWithoutState } from '../../src/cli/output-folder.ts';
import { keptFolders } from '../../src/cli/wire-kept-folders.ts';
import { capturedStreams } from '../support/captured-streams.ts';
import { makeDirectory } from '../support/directory.ts';

const Hide = suite('cli/hide-from-git');

const ignored = (...folder: readonly string[]): Promise<string | null> => readFile(join(...folder, '.gitignore'), 'utf8').catch(() => null);

Hide('folders that a command makes hide themselves, the cache of assets at the root of the project', () =>
	makeDirectory(async (root) => {
		await writeFile(join(root, 'package.json'), '{}');
		const cwd = join(root, 'campaigns');
		await mkdir(cwd);
		const made = await hidingNewFolders(keptFolders(cwd), async () => {
			await mkdir(join(cwd, '.reelform', 'data'), { recursive: true });
			await mkdir(join(root, '.asset-cache', 'files'), { recursive: true });
			return 'done';
		});
		assert.is(made, 'done');
		assert.is(await ignored(cwd, '.reelform'), '*\n');
		assert.is(await ignored(root, '.asset-cache'), '*\n');
	}),
);

Hide('they do so when the command fails', () =>
	makeDirectory(async (cwd) => {
		const failure = new Error('the map is torn');
		const error = await hidingNewFolders(keptFolders(cwd), async () => {
			await mkdir(join(cwd, '.reelform'));
			throw failure;
		}).catch((e: unknown) => e);
		assert.is(error, failure);
		assert.is(await ignored(cwd, '.reelform'), '*\n');
	}),
);

Hide('a command that keeps nothing makes nothing', () =>
	makeDirectory(async (cwd) => {
		await hidingNewFolders(keptFolders(cwd), async () => {});
		for (const name of ['.reelform', '.asset-cache'])
			assert.instance(await access(join(cwd, name)).catch((error: unknown) => error), Error);
	}),
);

Hide('a folder that is there is left as it is, with its file or without', () =>
	makeDirectory(async (cwd) => {
		await mkdir(join(cwd, '.reelform'));
		await mkdir(join(cwd, '.asset-cache'));
		await writeFile(join(cwd, '.asset-cache', '.gitignore'), 'answers/\n');
		await hidingNewFolders(keptFolders(cwd), async () => {});
		assert.is(await ignored(cwd, '.reelform'), null);
		assert.is(await ignored(cwd, '.asset-cache'), 'answers/\n');
	}),
);

Hide('the folder that a render makes before it begins hides itself at once, and only then', () =>
	makeDirectory(async (cwd) => {
		const { stream } = capturedStreams();
		const context = {
			...{ stdout: stream('out'), stderr: stream('err'), env: {}, cwd, ask: null, now: () => 0 },
			interruption: () => new AbortController().signal,
			wiring: () => Promise.reject(new Error('not needed')),
		};
		assert.is(refuseWithoutState(context, false), null);
		assert.is(await ignored(cwd, '.reelform'), '*\n');
		await rm(join(cwd, '.reelform', '.gitignore'));
		assert.is(refuseWithoutState(context, false), null);
		assert.is(await ignored(cwd, '.reelform'), null);
	}),
);

Hide('a working folder that is gone is the command’s to tell', async () => {
	assert.is(await hidingNewFolders(keptFolders('/nowhere/at/all'), async () => 'told'), 'told');
});

Hide.run();
