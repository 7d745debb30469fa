import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createFontsourceBook } from '../../src/providers/fontsource-book.ts';
import { resolveInputs } from '../../src/providers/resolve-inputs.ts';
import { inFolder } from './project-folder.ts';

const Fallback = suite('providers/font-fallback');

const here = [process.cwd()];
const anton = { family: 'Anton', weight: 400, italic: false };
const files = 'node_modules/@fontsource/inter/files';
const font = (name: string) => readFileSync(`${files}/${name}`);

Fallback('what the family lacks is measured with the first fallback that has it, piece by piece', async () => {
	const book = await createFontsourceBook(here, { fallback: ['Anton', 'Playfair Display', 'Inter'] });
	const { runs, missing, files, advance } = book.measure(anton, 'Go Привет Ω!');
	assert.equal(missing, []);
	assert.equal(
		runs.map(({ family, text }) => `${family}:${text}`),
		['Anton:Go ', 'Playfair Display:Привет', 'Anton: ', 'Inter:Ω', 'Anton:!'],
	);
	assert.equal([...new Set(files.map((file) => file.family))], ['Anton', 'Playfair Display', 'Inter']);
	const alone = runs.map(({ family, text, weight }) => book.measure({ family, weight, italic: false }, text).advance);
	assert.ok(Math.abs(advance - alone.reduce((sum, one) => sum + one, 0)) < 1e-9);
});

Fallback('a text that its own family draws names no fallback, and no file of one', async () => {
	const plain = await createFontsourceBook(here);
	const book = await createFontsourceBook(here, { fallback: ['Inter'] });
	assert.equal(book.measure(anton, 'Go now'), plain.measure(anton, 'Go now'));
	assert.equal(
		book.measure(anton, 'Go now').files.map((file) => file.family),
		['Anton'],
	);
});

Fallback('a character that no declared family has is missing, and a fallback that is not installed changes nothing', async () => {
	const book = await createFontsourceBook(here, { fallback: ['Wingdings', 'Inter'] });
	assert.equal(book.measure(anton, 'П漢👍🏽').missing, ['漢', '👍🏽']);
});

Fallback('a fallback is drawn in the weight that is nearest to the text’s', async () => {
	const book = await createFontsourceBook(here, { fallback: ['Inter'] });
	assert.is(book.measure({ family: 'Baloo 2', weight: 800, italic: false }, 'П').runs[0]!.weight, 800);
});

Fallback('files of the project are a family: hashed, weighed, and before a package of the same name', async () => {
	const project = {
		'package.json': '{}',
		'fonts/a.woff2': font('inter-latin-400-normal.woff2'),
		'fonts/b.woff2': font('inter-latin-800-normal.woff2'),
	};
	await inFolder(project, async (folder) => {
		const entry = { family: 'Anton', italic: null };
		const needs = {
			images: [],
			fontFamilies: ['Anton'],
			icons: [],
			fontFiles: [
				{ ...entry, file: 'fonts/a.woff2', weight: null },
				{ ...entry, file: 'fonts/b.woff2', weight: 650 },
			],
		};
		const { inputs, problems, fileOf } = await resolveInputs(needs, { specFile: join(folder, 'x.yaml') });
		assert.equal(problems, []);
		assert.equal(
			[400, 600, 900].map((weight) => inputs.fonts.resolveWeight({ ...anton, weight })),
			[400, 650, 650],
		);
		const [file] = inputs.fonts.measure({ ...anton, weight: 900 }, 'A').files;
		assert.equal([file!.family, file!.weight, file!.asset.extension], ['Anton', 650, 'woff2']);
		assert.match(fileOf(file!.asset.sha256)!, /fonts\/b\.woff2$/);
		const inter = (await createFontsourceBook(here)).measure({ family: 'Inter', weight: 800, italic: false }, 'Wave');
		assert.ok(Math.abs(inputs.fonts.measure({ ...anton, weight: 650 }, 'Wave').advance - inter.advance) < 1e-6);
	});
});

Fallback('a font file with a problem is named, and its family is not reported a second time', async () => {
	await inFolder({ 'package.json': '{}', 'own.woff2': 'no font' }, async (folder) => {
		const fontFiles = [{ file: 'own.woff2', family: 'Own', weight: null, italic: null }];
		const needs = { images: [], fontFamilies: ['Own', 'Noto Sans Absent'], icons: [], fontFiles };
		const { problems } = await resolveInputs(needs, { specFile: join(folder, 'x.yaml') });
		assert.equal(
			problems.map(({ code, need }) => `${code} ${need.kind} ${need.name}`),
			['RF4030 fontFile own.woff2', 'RF4005 fontFamily Noto Sans Absent'],
		);
	});
});

Fallback.run();
