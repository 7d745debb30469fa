import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import { projectFolders } from '../../src/providers/project-file.ts';
import { readFont, sniffFont } from '../../src/providers/read-font.ts';
import { unwrapWoff } from '../../src/providers/unwrap-woff.ts';
import { inFolder } from './project-folder.ts';

const ReadFont = suite('providers/read-font');

const files = 'node_modules/@fontsource';
const woff = readFileSync(`${files}/inter/files/inter-latin-700-normal.woff`);
const woff2 = readFileSync(`${files}/inter/files/inter-latin-400-italic.woff2`);
const ttf = unwrapWoff(woff);

const read = (name: string, content: Uint8Array | string) =>
	inFolder({ [name]: content, 'package.json': '{}' }, (folder) => readFont(name, projectFolders(join(folder, 'x.yaml'))));

for (const [name, content, extension, weight, italic] of [
	['fonts/a.woff', woff, 'woff', 700, false],
	['fonts/a.woff2', woff2, 'woff2', 400, true],
	['a.ttf', ttf, 'ttf', 700, false],
	// The name says one thing, the content another: the content counts.
	['liar.png', woff, 'woff', 700, false],
] as const) {
	ReadFont(`${name} is read by its content, named by its hash, and says its weight and style`, async () => {
		const result = await read(name, content);
		assert.ok(result.ok);
		const { value } = result;
		assert.equal([value.extension, value.weight, value.italic], [extension, weight, italic]);
		assert.is(value.sha256, sha256Hex(content));
		assert.ok(value.font.layout('Ag').advanceWidth > 0);
	});
}

const collection = Buffer.from(ttf);
collection.write('ttcf', 0, 'latin1');
const oversold = Buffer.from(woff);
oversold.writeUInt32BE(0x7fffffff, 16);

for (const [name, content, says] of [
	['picture.woff2', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'is not a font but a picture'],
	['page.woff2', '<!doctype html><p>404', 'is not a font but an HTML page'],
	['lfs.ttf', 'version https://git-lfs.github.com/spec/v1', 'is not a font but a Git LFS pointer'],
	['cut.woff', woff.subarray(0, 4000), 'is damaged or cut off'],
	['cut.woff2', woff2.subarray(0, 4000), 'is damaged or cut off'],
	['cut.ttf', ttf.subarray(0, 600), 'is damaged or cut off'],
	['noise.otf', Buffer.concat([Buffer.from('OTTO'), Buffer.alloc(900, 0xa5)]), 'is damaged or cut off'],
	['family.ttc', collection, 'is a collection of fonts'],
	['bomb.woff', oversold, 'MB, more than 80'],
] as const) {
	ReadFont(`${name} is refused with RF4030: it ${says}`, async () => {
		const result = await read(name, content);
		assert.not(result.ok);
		assert.is(!result.ok && result.problem.code, 'RF4030');
		assert.match(!result.ok ? result.problem.summary : '', says);
		assert.ok(!result.ok && result.problem.hint.length > 10);
	});
}

ReadFont('a font that is not there, or outside of the project, is refused as any file is', async () => {
	await inFolder({ 'package.json': '{}', 'fonts/Own.woff2': woff2 }, async (folder) => {
		const folders = projectFolders(join(folder, 'x.yaml'));
		const codes = await Promise.all(['fonts/Onw.woff2', '../Own.woff2'].map((name) => readFont(name, folders)));
		assert.equal(
			codes.map((result) => !result.ok && result.problem.code),
			['RF4001', 'RF4006'],
		);
		assert.match(!codes[0]!.ok ? codes[0]!.problem.hint : '', 'fonts/Own.woff2');
	});
});

ReadFont('an OpenType font is known by its first four bytes, and less than a header by nothing', () => {
	assert.is(sniffFont(Buffer.concat([Buffer.from('OTTO'), Buffer.alloc(60)])), 'otf');
	assert.is(sniffFont(Buffer.from('OTTO')), null);
});

ReadFont.run();
