import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveInputs } from '../../src/providers/resolve-inputs.ts';
import { inFolder } from './project-folder.ts';

const Resolve = suite('providers/resolve-inputs');

const png = (): Promise<Buffer> =>
	sharp({ create: { width: 8, height: 4, channels: 3, background: '#123456' } })
		.png()
		.toBuffer();

Resolve('what is found is keyed as the spec writes it, and its files by content', async () => {
	await inFolder({ 'assets/logo.png': await png() }, async (folder) => {
		const needs = { images: ['assets/logo.png', './assets/logo.png'], fontFamilies: ['Inter'], icons: ['arrow-right'] };
		const { inputs, problems, assetFiles, fileOf } = await resolveInputs(needs, { specFile: join(folder, 'campaign.yaml') });
		assert.equal(problems, []);
		const logo = inputs.images.get('assets/logo.png')!;
		assert.equal(inputs.images.get('./assets/logo.png'), logo);
		assert.equal([logo.width, logo.height], [8, 4]);
		assert.match(assetFiles.get(logo.asset.sha256)!, /assets\/logo\.png$/);
		assert.is(fileOf(logo.asset.sha256), assetFiles.get(logo.asset.sha256));
		assert.is(inputs.icons.get('arrow-right')!.size, 24);
		const [font] = inputs.fonts.measure({ family: 'Inter', weight: 400, italic: false }, 'a').files;
		assert.match(fileOf(font!.asset.sha256)!, /inter-latin-400-normal\.woff$/);
	});
});

Resolve('every problem is reported at once, in the order of the needs', async () => {
	await inFolder({ 'void.png': '' }, async (folder) => {
		const needs = {
			images: ['gone.png', 'void.png', '../x.png', 'gone.png'],
			fontFamilies: ['Intre', 'Inter', 'Wingdings'],
			icons: ['arow-right', 'constructor'],
		};
		const { problems, inputs } = await resolveInputs(needs, { specFile: join(folder, 'campaign.yaml') });
		assert.equal(
			problems.map(({ code, need }) => `${code} ${need.kind} ${need.name}`),
			[
				'RF4001 image gone.png',
				'RF4002 image void.png',
				'RF4006 image ../x.png',
				'RF4005 fontFamily Intre',
				'RF4005 fontFamily Wingdings',
				'RF3013 icon arow-right',
				'RF3013 icon constructor',
			],
		);
		assert.match(problems[3]!.hint, 'did you mean "Inter"?');
		assert.match(problems[4]!.hint, 'npm install @fontsource/wingdings');
		assert.match(problems[5]!.hint, '"arrow-right"');
		assert.is(inputs.images.size, 0);
	});
});

for (const [written, hint] of [
	['gone.png', 'paths are relative to the spec file'],
	['https://example.com/a.png', 'a spec names files of the project: download it, and name the file'],
	['assets\\a.png', 'write the path with /: assets/a.png'],
] as const)
	Resolve(`what to do about a picture that is not there: ${written}`, () =>
		inFolder({}, async (folder) => {
			const { problems } = await resolveInputs(
				{ images: [written], fontFamilies: [], icons: [] },
				{ specFile: join(folder, 'campaign.yaml') },
			);
			assert.equal(
				problems.map((problem) => [problem.code, problem.hint]),
				[['RF4001', hint]],
			);
		}),
	);

Resolve('a file of music that is none is RF4043', async () => {
	await inFolder({ 'bed.mp3': 'no sound at all' }, async (folder) => {
		const { problems } = await resolveInputs(
			{ images: [], fontFamilies: [], icons: [], sounds: ['bed.mp3'] },
			{ specFile: join(folder, 'a.yaml') },
		);
		assert.equal(
			problems.map(({ need, code }) => [need.kind, need.name, code]),
			[['sound', 'bed.mp3', 'RF4043']],
		);
	});
});

Resolve('a family that is installed beside the spec can be named', async () => {
	await inFolder({ 'package.json': '{}' }, async (folder) => {
		const own = join(folder, 'node_modules/@fontsource/house-sans');
		mkdirSync(join(own, 'files'), { recursive: true });
		const metadata = { id: 'house-sans', family: 'House Sans', weights: [300], styles: ['normal'], defSubset: 'latin' };
		writeFileSync(join(own, 'metadata.json'), JSON.stringify(metadata));
		writeFileSync(join(own, 'unicode.json'), JSON.stringify({ latin: 'U+0-FF' }));
		copyFileSync('node_modules/@fontsource/anton/files/anton-latin-400-normal.woff', join(own, 'files/house-sans-latin-300-normal.woff'));
		const needs = { images: [], fontFamilies: ['House Sans'], icons: [] };
		const { inputs, problems } = await resolveInputs(needs, { specFile: join(folder, 'campaign.yaml') });
		assert.equal(problems, []);
		assert.is(inputs.fonts.resolveWeight({ family: 'House Sans', weight: 700, italic: false }), 300);
		const [file] = inputs.fonts.measure({ family: 'House Sans', weight: 700, italic: true }, 'A').files;
		assert.equal([file!.family, file!.weight, file!.italic], ['House Sans', 300, true]);
	});
});

Resolve('a package without the files of its main script is not installed', async () => {
	await inFolder({ 'package.json': '{}' }, async (folder) => {
		const own = join(folder, 'node_modules/@fontsource/hollow');
		mkdirSync(join(own, 'files'), { recursive: true });
		writeFileSync(join(own, 'metadata.json'), JSON.stringify({ id: 'hollow', family: 'Hollow', weights: [400], defSubset: 'latin' }));
		writeFileSync(join(own, 'unicode.json'), JSON.stringify({ latin: 'U+0-FF' }));
		const needs = { images: [], fontFamilies: ['Hollow'], icons: [] };
		assert.is((await resolveInputs(needs, { specFile: join(folder, 'campaign.yaml') })).problems[0]?.code, 'RF4005');
	});
});

Resolve.run();
