import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as assets from '../../src/assets/index.ts';
import * as data from '../../src/data/index.ts';
import * as variants from '../../src/variants/index.ts';

const Docs = suite('docs/react');

const page = readFileSync('docs/react.md', 'utf8');
const examples = [...page.matchAll(/```(tsx?)\n([\s\S]*?)```/g)].map(([, extension = '', code = '']) => ({ extension, code }));

Docs('every example of docs/react.md is a program that the compiler accepts', () => {
	assert.ok(examples.length >= 3);
	// Below this folder, so that React and Remotion are found.
	const folder = resolve(`.test-build/react-docs-${process.pid}`);
	mkdirSync(folder, { recursive: true });
	try {
		const files = examples.map(({ extension, code }, index) => {
			const file = join(folder, `example-${index}.${extension}`);
			writeFileSync(file, `export {};\n${code}`);
			return file;
		});
		const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
		const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
		const found = ts.getPreEmitDiagnostics(ts.createProgram(files, options)).filter(({ file }) => file?.fileName.startsWith(folder));
		assert.equal(
			found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
			[],
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

Docs('everything that is exported is in docs/react.md', () => {
	const names = [variants, assets, data].flatMap((exported) => Object.keys(exported));
	for (const name of [...names, 'renderVariantMatrix', 'renderPersonalized']) assert.match(page, `\`${name}`, name);
});

Docs('the exports of the package lead to what the page imports', () => {
	const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, unknown> };
	const imported = new Set([...page.matchAll(/from 'reelform(\/[\w/]+)'/g)].map(([, path]) => `.${path}`));
	assert.equal(
		[...imported].filter((path) => exports[path] === undefined),
		[],
	);
	assert.is(imported.size, 5);
});

Docs.run();
