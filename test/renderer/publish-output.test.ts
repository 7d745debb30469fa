import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import type { OutputReport } from '../../src/model/media.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { prepareFolder, publishOutput, setAside } from '../../src/renderer/publish-output.ts';
import { makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { makeDirectory } from '../support/directory.ts';

const Publish = suite('renderer/publish-output');

const refusal = (root: string, path: string): Promise<string> =>
	prepareFolder(nodeFileSystem, root, path).then(
		(folder) => `made ${folder}`,
		(error) => (error instanceof RenderFailure ? `${error.failure.class}: ${error.message}` : `not a RenderFailure: ${error}`),
	);

Publish('folders are made as deep as the path says', () =>
	makeDirectory(async (directory) => {
		const root = join(directory, 'new/out');
		assert.is(await prepareFolder(nodeFileSystem, root, 'tiktok/playful/15s.mp4'), join(root, 'tiktok/playful'));
		assert.is(await prepareFolder(nodeFileSystem, root, '15s.mp4'), root);
		assert.equal((await readdir(root, { recursive: true })).sort(), ['tiktok', 'tiktok/playful']);
	}),
);

for (const path of ['../out.mp4', 'a/../../out.mp4', '/tmp/out.mp4', '..', '', '.']) {
	Publish(`the path "${path}" does not leave the output folder`, () =>
		makeDirectory(async (directory) => {
			assert.match(await refusal(join(directory, 'out'), path), /DISK: the output path leaves the output folder/);
			assert.equal(await readdir(directory), []);
		}),
	);
}

Publish('a symbolic link that leads out of the output folder is refused, before anything is made behind it', () =>
	makeDirectory(async (directory) => {
		await mkdir(join(directory, 'elsewhere'));
		await mkdir(join(directory, 'out'));
		await symlink(join(directory, 'elsewhere'), join(directory, 'out/tiktok'));
		assert.match(await refusal(join(directory, 'out'), 'tiktok/deep/15s.mp4'), /leaves the output folder/);
		assert.equal(await readdir(join(directory, 'elsewhere')), []);
	}),
);

Publish('an output folder that is itself a link, and links inside it, are fine', () =>
	makeDirectory(async (directory) => {
		await mkdir(join(directory, 'real/a'), { recursive: true });
		await symlink(join(directory, 'real'), join(directory, 'out'));
		await symlink(join(directory, 'real/a'), join(directory, 'real/b'));
		assert.match(await refusal(join(directory, 'out'), 'b/c/15s.mp4'), /^made/);
		assert.equal(await readdir(join(directory, 'real/a')), ['c']);
	}),
);

Publish('a file in the place of a folder is a failure that names it', () =>
	makeDirectory(async (directory) => {
		await writeFile(join(directory, 'tiktok'), 'a file');
		assert.match(await refusal(directory, 'tiktok/15s.mp4'), /DISK: cannot write .*15s.mp4: .*tiktok is a file/);
		assert.match(await refusal(directory, 'tiktok/deep/15s.mp4'), /DISK: cannot write .*15s.mp4/);
	}),
);

Publish('a new file takes the place of the old one in one step', () =>
	makeDirectory(async (directory) => {
		await writeFile(join(directory, '15s.mp4'), 'old');
		await writeFile(join(directory, 'temporary'), 'new');
		await publishOutput(nodeFileSystem, join(directory, 'temporary'), join(directory, '15s.mp4'));
		assert.equal(await readdir(directory), ['15s.mp4']);
		assert.is(await readFile(join(directory, '15s.mp4'), 'utf8'), 'new');
	}),
);

Publish('when the name cannot be given, the old file stays and the new one is gone', () =>
	makeDirectory(async (directory) => {
		await writeFile(join(directory, '15s.mp4'), 'old');
		await writeFile(join(directory, 'temporary'), 'new');
		const broken = makeFaultyFileSystem([{ call: 'rename', path: '15s', code: 'EROFS' }]);
		let thrown: unknown;
		await publishOutput(broken, join(directory, 'temporary'), join(directory, '15s.mp4')).catch((error) => {
			thrown = error;
		});
		assert.instance(thrown, RenderFailure);
		assert.match((thrown as Error).message, /15s.mp4: the file system is read-only/);
		assert.is(await readFile(join(directory, '15s.mp4'), 'utf8'), 'old');
		assert.equal(await readdir(directory), ['15s.mp4']);
	}),
);

for (const [name, fileSystem] of [
	['on the same disk', nodeFileSystem],
	['on another disk', makeFaultyFileSystem([{ call: 'rename', path: 'rejected', code: 'EXDEV' }])],
] as const) {
	Publish(`a file that failed its check is kept with its report ${name}`, () =>
		makeDirectory(async (directory) => {
			await writeFile(join(directory, 'temporary'), 'bad');
			const report = { output: '15s.mp4', ok: false, problems: ['too short'] } as unknown as { output: string } & OutputReport;
			const folder = join(directory, 'work/rejected');
			const kept = await setAside(fileSystem, join(directory, 'temporary'), { folder, name: 'x', report });
			assert.is(await readFile(kept, 'utf8'), 'bad');
			assert.match(await readFile(join(folder, 'x.json'), 'utf8'), 'too short');
			assert.equal(await readdir(directory), ['work']);
		}),
	);
}

Publish.run();
