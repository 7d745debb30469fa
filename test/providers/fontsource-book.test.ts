import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { create, type Font } from 'fontkit';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import { createFontsourceBook } from '../../src/providers/fontsource-book.ts';
import { findFontPackage } from '../../src/providers/fontsource-package.ts';
import { hasCodePoint } from '../../src/providers/unicode-ranges.ts';

const Book = suite('providers/fontsource-book');

const here = process.cwd();
const inter = { family: 'Inter', weight: 400, italic: false };
const FAMILIES = ['Anton', 'Archivo', 'Baloo 2', 'DM Sans', 'Fraunces', 'Inter', 'Nunito'];

const fontkitAdvance = (file: string, text: string): number => {
	const font = create(readFileSync(createRequire(import.meta.url).resolve(`@fontsource/${file}`))) as Font;
	return font.layout(text, { liga: false, clig: false, calt: false }).advanceWidth / font.unitsPerEm;
};

Book('every family that is a dependency is found by its name', async () => {
	const book = await createFontsourceBook([here]);
	for (const family of FAMILIES) assert.type(book.resolveWeight({ family, weight: 400, italic: false }), 'number', family);
});

Book('a family that is not installed has no weight, and measuring it is a bug of the caller', async () => {
	const book = await createFontsourceBook([here]);
	for (const family of ['Comic Neue', '', '../inter', 'Intér', 'In ter']) {
		assert.is(book.resolveWeight({ family, weight: 400, italic: false }), null, family);
	}
	assert.throws(() => book.measure({ family: 'Comic Neue', weight: 400, italic: false }, 'a'), /Comic Neue is not installed/);
});

for (const [family, wanted, nearest] of [
	['Inter', 640, 600],
	['Inter', 650, 700],
	['Inter', 950, 900],
	['Inter', 450, 400],
	['Anton', 700, 400],
	['Baloo 2', 100, 400],
] as const) {
	Book(`the nearest weight to ${family} ${wanted} is ${nearest}`, async () => {
		assert.is((await createFontsourceBook([here])).resolveWeight({ family, weight: wanted, italic: false }), nearest);
	});
}

for (const text of ['AVA Te. We', '  two  spaces ', 'T', '', 'Ship your launch films, Yours To Own', 'fi ffl ->']) {
	Book(`words measured alone add up to the line measured whole: "${text}"`, async () => {
		const book = await createFontsourceBook([here]);
		for (const [family, file] of [
			['Inter', 'inter/files/inter-latin-400-normal.woff'],
			['Fraunces', 'fraunces/files/fraunces-latin-400-normal.woff'],
			['DM Sans', 'dm-sans/files/dm-sans-latin-400-normal.woff'],
		] as const) {
			const { advance } = book.measure({ family, weight: 400, italic: false }, text);
			assert.ok(Math.abs(advance - fontkitAdvance(file, text)) < 1e-9, `${family}: ${advance}`);
		}
	});
}

Book('kerning counts: AV is narrower than A and V', async () => {
	const book = await createFontsourceBook([here]);
	const width = (text: string): number => book.measure(inter, text).advance;
	assert.ok(width('AV') < width('A') + width('V') - 0.01);
});

Book('tabular figures have one width, and proportional ones do not', async () => {
	const book = await createFontsourceBook([here]);
	const width = (text: string, tabular: boolean): number => book.measure({ ...inter, tabular }, text).advance;
	assert.is(width('111', true), width('888', true));
	assert.is.not(width('111', false), width('888', false));
});

Book('only the files that a text uses are named, with their content and script', async () => {
	const book = await createFontsourceBook([here]);
	const [latin, ...none] = book.measure(inter, 'Hello').files;
	assert.equal(none, []);
	const path = createRequire(import.meta.url).resolve('@fontsource/inter/files/inter-latin-400-normal.woff');
	assert.is(latin!.asset.sha256, sha256Hex(readFileSync(path)));
	assert.is(book.fileOf(latin!.asset.sha256), path);
	assert.equal([latin!.family, latin!.weight, latin!.italic, latin!.asset.extension], ['Inter', 400, false, 'woff']);
	assert.is(book.measure(inter, 'kůň').files.length, 2);
	assert.is(book.measure(inter, 'Привет').files.length, 1);
	assert.is(book.fileOf('0'.repeat(64)), null);
});

Book('characters without a glyph are named once, as a reader sees them', async () => {
	const book = await createFontsourceBook([here]);
	assert.equal(book.measure(inter, 'a 👩‍🚀 b 👩‍🚀 日').missing, ['👩‍🚀', '日']);
	assert.equal(book.measure(inter, 'e\u0301 caf\u00e9\u00ad\u200b').missing, []);
	assert.equal(book.measure({ ...inter, family: 'Anton' }, 'Привет!').missing, ['П', 'р', 'и', 'в', 'е', 'т']);
});

Book('tracking is counted by characters as a reader sees them', async () => {
	const book = await createFontsourceBook([here]);
	assert.is(book.measure(inter, 'cafe\u0301').glyphs, 4);
	assert.is(book.measure(inter, '').glyphs, 0);
});

Book('a family without italics answers with its upright file, under the face that was asked for', async () => {
	const book = await createFontsourceBook([here]);
	const [file] = book.measure({ family: 'Anton', weight: 400, italic: true }, 'A').files;
	assert.is(file!.italic, true);
	assert.is(file!.asset.sha256, book.measure({ family: 'Anton', weight: 400, italic: false }, 'A').files[0]!.asset.sha256);
});

Book('no character is in two files of a family', () => {
	for (const family of FAMILIES) {
		const { subsets } = findFontPackage(family, [here])!;
		for (let codePoint = 0; codePoint < 0x3000; codePoint++) {
			const holders = subsets.filter(({ ranges }) => hasCodePoint(ranges, codePoint)).map(({ name }) => name);
			assert.ok(holders.length < 2, `${family} U+${codePoint.toString(16)}: ${holders.join()}`);
		}
	}
});

Book('metrics are in em, measured down from the baseline for the descent', async () => {
	const { ascent, descent, capHeight, xHeight } = (await createFontsourceBook([here])).metrics(inter);
	assert.ok(ascent > 0.9 && ascent < 1.1, `${ascent}`);
	assert.ok(descent > 0.2 && descent < 0.3, `${descent}`);
	assert.ok(capHeight > 0.7 && capHeight < 0.75, `${capHeight}`);
	assert.ok(xHeight > 0.5 && xHeight < 0.6, `${xHeight}`);
});

Book('the same question has the same answer, and the folder of the book does not change it', async () => {
	const [one, two] = [await createFontsourceBook([here]), await createFontsourceBook(['/', dirname(here), here])];
	assert.equal(one.measure(inter, 'Ahoj světe'), two.measure(inter, 'Ahoj světe'));
	assert.is(one.measure(inter, 'again'), one.measure(inter, 'again'));
});

Book.run();
