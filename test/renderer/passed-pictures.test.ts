import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openPassedPictures } from '../../src/renderer/passed-pictures.ts';
import { makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { makeDirectory } from '../support/directory.ts';

const Passed = suite('renderer/passed-pictures');

const [a, b, c] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;

Passed('what passed is known to the next run', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'deep/pictures.log');
		const first = openPassedPictures(nodeFileSystem, file);
		assert.is(await first.has(a), false);
		await Promise.all([first.add(a), first.add(b)]);
		const next = openPassedPictures(nodeFileSystem, file);
		assert.equal([await next.has(a), await next.has(b), await next.has(c)], [true, true, false]);
	}),
);

Passed('a line that was cut off, or says something else, counts for nothing, and the next one is whole', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'pictures.log');
		writeFileSync(file, `pictures-1 ${a}\nnonsense\n${b}\npictures-3 ${c.slice(0, 40)}`);
		const passed = openPassedPictures(nodeFileSystem, file);
		assert.equal([await passed.has(a), await passed.has(b), await passed.has(c)], [false, false, false]);
		await passed.add(c);
		assert.is(await openPassedPictures(nodeFileSystem, file).has(c), true);
	}),
);

Passed('a disk that takes nothing costs another look and no more', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'pictures.log');
		const passed = openPassedPictures(makeFaultyFileSystem([{ call: 'open', path: 'pictures', code: 'ENOSPC' }]), file);
		await passed.add(a);
		assert.is(await passed.has(a), true);
		assert.is(await openPassedPictures(nodeFileSystem, file).has(a), false);
	}),
);

Passed('a file that has grown too large is begun again', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'pictures.log');
		writeFileSync(file, `pictures-3 ${a}\n`);
		appendFileSync(file, Buffer.alloc(33 << 20, 10));
		const passed = openPassedPictures(nodeFileSystem, file);
		assert.is(await passed.has(a), false);
		await passed.add(b);
		assert.ok(readFileSync(file).length < 200);
	}),
);

Passed.run();
