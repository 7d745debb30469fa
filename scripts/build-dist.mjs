import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Builds the CLI and library for Node, the runtime for the browser bundle, and the code hashes of the runtime and of the sound, into `directory`. */
export const buildDist = async (directory) => {
	rmSync(directory, { recursive: true, force: true });
	mkdirSync(directory, { recursive: true });
	await build({
		entryPoints: {
			'cli/main': 'src/cli/main.ts',
			index: 'src/index.ts',
			'renderer/worker': 'src/renderer/worker.ts',
			'renderer/mix-worker': 'src/renderer/mix-worker.ts',
			'providers/voice/flite-worker': 'src/providers/voice/flite-worker.ts',
			'batch/render-variant-matrix': 'src/batch/render-variant-matrix.ts',
			'batch/render-personalized': 'src/batch/render-personalized.ts',
		},
		outdir: directory,
		bundle: true,
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		packages: 'external',
		platform: 'node',
		target: 'node20.19',
		format: 'esm',
		sourcemap: 'linked',
		logLevel: 'warning',
	});
	chmodSync(`${directory}/cli/main.js`, 0o755);
	for (const name of ['worker', 'mix-worker']) writeFileSync(`${directory}/renderer/${name}.cjs`, threadEntry(`./${name}.js`));
	await buildRuntime(`${directory}/runtime`);
	await hashAudio(`${directory}/audio`);
	await buildVocabulary(directory);
};

/**
 * What a pool starts. Piscina tries `require` before `import`, and a thread that is ended while it requires an ES module aborts the whole process
 * (node::loader::ModuleWrap::CreateRequiredModuleFacade, seen in Node 20.20); one that imports it just ends.
 */
const threadEntry = (module) => `'use strict';
const loaded = import('${module}');
loaded.catch(() => {});
module.exports = async (task) => (await loaded).default(task);
`;

/** What people's own compositions import. */
const buildVocabulary = (directory) =>
	build({
		entryPoints: { 'variants/index': 'src/variants/index.ts', 'assets/index': 'src/assets/index.ts', 'data/index': 'src/data/index.ts' },
		outdir: directory,
		bundle: true,
		packages: 'external',
		platform: 'browser',
		target: 'es2022',
		format: 'esm',
		jsx: 'automatic',
		sourcemap: 'linked',
		logLevel: 'warning',
	});

/** No source map and no path in it: the hash of this file is part of every segment key. */
export const buildRuntime = async (directory) => {
	await build({
		entryPoints: { index: 'src/runtime/index.ts' },
		outdir: directory,
		bundle: true,
		// Everything but the framework is inside, so that the hash tells its version.
		external: ['react', 'react/*', 'react-dom', 'react-dom/*', 'remotion', 'remotion/*'],
		platform: 'browser',
		target: 'es2022',
		format: 'esm',
		jsx: 'automatic',
		legalComments: 'none',
		logLevel: 'warning',
	});
	writeHash(directory, readFileSync(`${directory}/index.js`));
};

/** All code that decides what a mix sounds like, from arranging to encoding: its hash is part of every audio key. */
const hashAudio = async (directory) => {
	const { outputFiles } = await build({
		entryPoints: ['src/renderer/mix.ts'],
		bundle: true,
		write: false,
		packages: 'external',
		platform: 'node',
		target: 'node20.19',
		format: 'esm',
		legalComments: 'none',
		minify: true,
		logLevel: 'warning',
	});
	mkdirSync(directory, { recursive: true });
	writeHash(directory, outputFiles[0].contents);
};

const writeHash = (directory, code) => {
	const sha256 = createHash('sha256').update(code).digest('hex');
	writeFileSync(`${directory}/code-hash.json`, `${JSON.stringify({ sha256 })}\n`);
};
