import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { areSidecarsInPlace, sidecarsOf, writeSidecars } from '../../src/renderer/sidecars.ts';
import { makeDirectory } from '../support/directory.ts';

const Sidecars = suite('renderer/sidecars');

const wanted = sidecarsOf([{ start: 0, end: 1, words: [{ text: 'Hi', start: 0, end: 1 }] }]);
const faults: readonly (readonly [name: string, act: (directory: string) => Promise<void>])[] = [
	['one is gone', (directory) => rm(join(directory, 'one.srt'))],
	['one says something else', (directory) => writeFile(join(directory, 'one.vtt'), 'WEBVTT\n')],
];
for (const [name, act] of faults)
	Sidecars(`files of captions are in place when they are written, and not when ${name}`, () =>
		makeDirectory(async (directory) => {
			const video = join(directory, 'one.mp4');
			assert.not.ok(await areSidecarsInPlace(nodeFileSystem, video, wanted));
			await writeSidecars(nodeFileSystem, video, wanted);
			assert.ok(await areSidecarsInPlace(nodeFileSystem, video, wanted));
			await act(directory);
			assert.not.ok(await areSidecarsInPlace(nodeFileSystem, video, wanted));
		}),
	);

Sidecars('where nothing is wanted, nothing is missing', async () => {
	assert.ok(await areSidecarsInPlace(nodeFileSystem, 'nowhere/one.mp4', sidecarsOf(undefined)));
});

Sidecars.run();
