import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { firstSpec } from '../../src/cli/first-spec.ts';
import { readSpec } from '../../src/compiler/read-spec.ts';
import { cliFile } from '../support/dist.ts';

const Docs = suite('cli/docs');

const pages = [
	'README.md',
	...(readdirSync('docs', { recursive: true }) as string[]).filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
];
const textOf = (page: string): string => readFileSync(page, 'utf8');
const cli = (...args: readonly string[]) =>
	spawnSync(process.execPath, [cliFile, ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });

/** An example of a part of a spec stands in a whole one. */
const wholeSpec = (example: string): string =>
	/^reelform:/m.test(example) ? example : stringify({ ...parse(firstSpec('example', null)), ...parse(example) });

Docs('the first two commands of the README are the demo and the tests', () => {
	const [, commands = ''] = /```sh\n([\s\S]*?)```/.exec(textOf('README.md')) ?? [];
	assert.equal(commands.trim().split('\n'), ['npm ci && npm run demo', 'npm ci && npm test']);
});

const examplesOf = (page: string): readonly string[] =>
	[...textOf(page).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, example = '']) => example);

const hasData = (example: string): boolean => /^data:/m.test(example);

Docs('every YAML example with data is right as far as it can be without its tables and services', () => {
	const naming = { output: { naming: '{platform}/{duration}s-{cta}-{key}.mp4' } };
	const examples = pages.filter((page) => page !== FAULTY).flatMap((page) => examplesOf(page).filter(hasData));
	assert.ok(examples.length > 3);
	for (const example of examples) {
		const text = /^output:/m.test(example) ? wholeSpec(example) : stringify({ ...parse(wholeSpec(example)), ...naming });
		const { diagnostics } = readSpec({ file: 'example.yaml', text });
		assert.equal(
			diagnostics.map(({ code, summary }) => `${code} ${summary}`),
			[],
			text,
		);
	}
});

/** Assets of other people are there once they are resolved. */
const hasAssets = (example: string): boolean => /^assets:/m.test(example);

Docs('every YAML example with assets is right as far as it can be without its lockfile', () => {
	const examples = pages
		.filter((page) => page !== FAULTY)
		.flatMap((page) => examplesOf(page).filter((example) => hasAssets(example) && !hasData(example)));
	assert.ok(examples.length > 1);
	for (const example of examples)
		assert.equal(
			readSpec({ file: 'example.yaml', text: wholeSpec(example) }).diagnostics.map(({ code, summary }) => `${code} ${summary}`),
			[],
			example,
		);
});

/** Its examples are wrong, each in its own way. */
const FAULTY = 'docs/errors.md';

Docs('every YAML example in the README and the docs is valid', () => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-docs-'));
	try {
		const files = pages
			.filter((page) => page !== FAULTY)
			.flatMap((page) =>
				examplesOf(page)
					.filter((example) => !hasData(example) && !hasAssets(example))
					.map((example, index) => {
						const file = join(folder, `${page.replaceAll('/', '-')}-${index}.yaml`);
						writeFileSync(file, wholeSpec(example));
						return file;
					}),
			);
		assert.ok(files.length > 0);
		const { status, stderr } = cli('validate', ...files);
		assert.is(status, 0, stderr);
		assert.is(stderr, '');
	} finally {
		rmSync(folder, { recursive: true });
	}
});

Docs('every command and flag is in docs/cli.md, and every command in the README', () => {
	const manual = textOf('docs/cli.md');
	const commands = [...cli('--help').stdout.matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)]
		.map(([, name]) => name!)
		.filter((name) => name !== 'help');
	assert.ok(commands.length >= 8);
	for (const command of commands) {
		assert.match(manual, `\n## ${command}\n`);
		assert.match(textOf('README.md'), `reelform ${command}`);
		const flags = [...cli(command, '--help').stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
		for (const flag of flags.filter((name) => name !== '--help')) assert.match(manual, flag, `${command} ${flag}`);
	}
});

Docs('every exit code is in docs/cli.md', () => {
	for (const code of Object.values(EXIT)) assert.match(textOf('docs/cli.md'), new RegExp(`\\n\\| ${code} +\\| \\S`));
});

Docs('links between the pages lead somewhere', () => {
	for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/cli.md']) {
		const folder = page.includes('/') ? 'docs/' : '';
		for (const [, link = ''] of textOf(page).matchAll(/\]\((?!https?:)([^)#]+)\)/g))
			if (link.endsWith('/')) assert.ok(readdirSync(`${folder}${link}`).length > 0, link);
			else assert.ok(textOf(`${folder}${link}`).length > 0, link);
	}
});

Docs.run();
