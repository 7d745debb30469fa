import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/** Which folders of src each folder may import, besides itself. Neighbours that are not listed must not meet. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
	diagnostics: [],
	model: ['diagnostics'],
	ports: ['diagnostics', 'model'],
	compiler: ['diagnostics', 'model', 'ports', 'audio'],
	audio: ['diagnostics', 'model'],
	runtime: ['model'],
	variants: ['model', 'runtime'],
	assets: ['model', 'runtime'],
	data: ['model', 'runtime'],
	batch: ['diagnostics', 'model', 'compiler', 'variants', 'data'],
	providers: ['diagnostics', 'model', 'ports'],
	renderer: ['diagnostics', 'model', 'ports', 'audio'],
	analysis: ['diagnostics', 'model', 'ports'],
	delivery: ['diagnostics', 'model', 'ports'],
	cli: ['diagnostics', 'model', 'ports', 'compiler', 'providers', 'renderer', 'delivery', 'analysis'],
};

/** Adapters and stages meet in these alone. */
const isWiring = (file: string): boolean =>
	/^src\/cli\/wire(-[a-z]+)*\.ts$/.test(file) || ['src/index.ts', 'src/batch/open-project.ts', 'src/batch/render-video.ts'].includes(file);

const PURE = ['compiler', 'model', 'diagnostics', 'ports', 'audio'];
const EFFECTS =
	/from 'node:(?!crypto')|\bDate\.now\(|new Date\(\)|Math\.random\(|\bprocess\.|\bsetTimeout\(|\bfetch\(|\bperformance\.now\(/;

const sourceFiles = (readdirSync('src', { recursive: true }) as string[])
	.filter((file) => /\.tsx?$/.test(file))
	.map((file) => join('src', file));
const folderOf = (file: string): string => (file.split('/').length > 2 ? file.split('/')[1]! : '');

const importsOf = (file: string): readonly string[] =>
	ts
		.preProcessFile(readFileSync(file, 'utf8'))
		.importedFiles.filter((imported) => imported.fileName.startsWith('.'))
		.map((imported) => normalize(join(dirname(file), imported.fileName)))
		.filter((target) => target.startsWith('src/'));

const Layering = suite('layering');

Layering('every import follows the table, type-only imports included', () => {
	const wrong = sourceFiles
		.filter((file) => !isWiring(file))
		.flatMap((file) =>
			importsOf(file)
				.filter((target) => folderOf(target) !== folderOf(file) && !MAY_IMPORT[folderOf(file)]?.includes(folderOf(target)))
				.map((target) => `${file} -> ${target}`),
		);
	assert.equal(wrong, []);
});

Layering('every folder of src has a place in the table', () => {
	assert.equal(
		[...new Set(sourceFiles.map(folderOf))].filter((folder) => folder !== '' && MAY_IMPORT[folder] === undefined),
		[],
	);
});

Layering('only the files cli/wire*.ts join the renderer and the providers to the rest', () => {
	const outside = sourceFiles
		.filter((file) => !isWiring(file))
		.flatMap((file) =>
			importsOf(file)
				.filter((target) => ['renderer', 'providers'].includes(folderOf(target)) && folderOf(file) !== folderOf(target))
				.map((target) => `${file} -> ${target}`),
		);
	assert.equal(outside, []);
});

Layering('the pure folders touch no file, network, thread, clock, chance or environment', () => {
	const impure = sourceFiles.filter((file) => PURE.includes(folderOf(file)) && EFFECTS.test(readFileSync(file, 'utf8')));
	assert.equal(impure, []);
});

Layering('nothing below the command line prints', () => {
	assert.equal(
		sourceFiles.filter((file) => folderOf(file) !== 'cli' && /\bconsole\./.test(readFileSync(file, 'utf8'))),
		[],
	);
});

Layering('no source file is longer than 320 lines, and none is called utils, helpers or manager', () => {
	assert.equal(
		sourceFiles.filter((file) => !file.endsWith('.gen.ts') && readFileSync(file, 'utf8').split('\n').length > 320),
		[],
	);
	assert.equal(
		sourceFiles.filter((file) => /utils?|helpers?|manager/i.test(file)),
		[],
	);
});

Layering.run();
