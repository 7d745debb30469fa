import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readTar } from '../../src/renderer/read-tar.ts';
import type { SystemProbes } from '../../src/renderer/system-probes.ts';
import { installedLibraryPath, unpackChromium } from '../../src/renderer/unpack-chromium.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Unpack = suite('renderer/unpack-chromium');

type Entry = { readonly name: string; readonly content: string; readonly type?: string };

const tar = (entries: readonly Entry[]): Uint8Array => {
	const blocks = entries.flatMap(({ name, content, type = '0' }) => {
		const header = Buffer.alloc(512);
		header.write(name, 0);
		header.write(content.length.toString(8).padStart(11, '0'), 124);
		header.write(type, 156);
		return [header, Buffer.alloc(Math.ceil(content.length / 512) * 512, 0).fill(content, 0, content.length)];
	});
	return Buffer.concat([...blocks, Buffer.alloc(1_024)]);
};

const libraries = tar([
	{ name: 'lib/', content: '', type: '5' },
	{ name: 'lib/libnss3.so', content: 'library'.repeat(200) },
	{ name: 'elsewhere/file', content: 'not a library' },
]);

const pack = async (directory: string) => {
	await mkdir(directory, { recursive: true });
	await writeFile(join(directory, 'chromium.br'), brotliCompressSync(Buffer.from('#!/bin/sh\necho browser\n')));
	await writeFile(join(directory, 'al2023.tar.br'), brotliCompressSync(libraries));
	return { version: '1.2.3', directory };
};

const lddThatSays = (text: string | Error): SystemProbes => ({
	isExecutable: async () => true,
	findOnPath: async (name) => `/usr/bin/${name}`,
	run: async () => (text instanceof Error ? Promise.reject(text) : { stdout: Buffer.from(text), stderr: '' }),
});

Unpack('the browser and its libraries are unpacked for this user only', async () => {
	const directory = temporaryDirectory();
	const cache = join(directory, 'cache');
	const executable = await unpackChromium(await pack(join(directory, 'bin')), cache);
	assert.is(executable, join(cache, 'chromium-1.2.3', 'headless_shell'));
	assert.is(await readFile(executable, 'utf8'), '#!/bin/sh\necho browser\n');
	assert.is((await stat(executable)).mode & 0o777, 0o700);
	assert.is((await stat(join(cache, 'chromium-1.2.3'))).mode & 0o777, 0o700);
	assert.equal(await readdir(join(cache, 'chromium-1.2.3', 'lib')), ['libnss3.so']);
	assert.is((await readFile(join(cache, 'chromium-1.2.3', 'lib', 'libnss3.so'))).length, 1_400);
});

Unpack('a second time nothing is unpacked', async () => {
	const directory = temporaryDirectory();
	const packed = await pack(join(directory, 'bin'));
	const first = await stat(await unpackChromium(packed, directory));
	assert.is((await stat(await unpackChromium({ ...packed, directory: '/gone' }, directory))).mtimeMs, first.mtimeMs);
});

Unpack('processes that race end up with one browser and leave nothing else', async () => {
	const directory = temporaryDirectory();
	const packed = await pack(join(directory, 'bin'));
	const cache = join(directory, 'cache');
	const paths = await Promise.all([1, 2, 3, 4].map(() => unpackChromium(packed, cache)));
	assert.is(new Set(paths).size, 1);
	assert.equal(await readdir(cache), ['chromium-1.2.3']);
});

Unpack('a damaged package leaves no browser behind, and what a killed process left is removed', async () => {
	const directory = temporaryDirectory();
	const packed = await pack(join(directory, 'bin'));
	await writeFile(join(packed.directory, 'chromium.br'), 'damaged');
	const cache = join(directory, 'cache');
	await mkdir(join(cache, 'unpacking-1.2.3-999999999-abcdef'), { recursive: true });
	const error = await unpackChromium(packed, cache).catch((e: Error) => e);
	assert.instance(error, Error);
	assert.equal(await readdir(cache), []);
});

for (const [title, said, given] of [
	['a system that has every library gets none of ours', 'libc.so.6 => /lib/libc.so.6 (0x7f)', false],
	['a system without libnss3 gets ours', 'libnss3.so => not found', true],
	['where it cannot be found out ours are given', new Error('not a dynamic executable'), true],
] as const)
	Unpack(title, async () => {
		const path = await installedLibraryPath('/cache/chromium-1/headless_shell', lddThatSays(said));
		assert.is(path, given ? '/cache/chromium-1/lib' : null);
	});

for (const [title, entries] of [
	['a name that climbs out of an archive is refused', [{ name: '../evil', content: 'x' }]],
	['an absolute name in an archive is refused', [{ name: '/etc/evil', content: 'x' }]],
	['a name too long for its header is refused, not cut', [{ name: 'longlink', content: 'x', type: 'L' }]],
] as const satisfies readonly (readonly [string, readonly Entry[]])[])
	Unpack(title, () => assert.throws(() => readTar(tar(entries))));

Unpack('an archive is read file by file, links and directories left out', () => {
	const files = readTar(
		tar([
			{ name: 'a', content: 'one' },
			{ name: 'l', content: '', type: '2' },
			{ name: 'd/b', content: 'x'.repeat(513) },
		]),
	);
	assert.equal(
		files.map(({ name, content }) => [name, content.length]),
		[
			['a', 3],
			['d/b', 513],
		],
	);
});

Unpack.run();
