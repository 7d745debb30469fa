import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/** Builds the CLI and library for Node, the runtime for the browser bundle, and the code hash of the runtime, into `directory`. */
export const buildDist = async (directory) => {
	rmSync(directory, { recursive: true, force: true });
	mkdirSync(directory, { recursive: true });
	await build({
		entryPoints: {
			'cli/main': 'src/cli/main.ts',
			index: 'src/index.ts',
			'renderer/worker': 'src/renderer/worker.ts',
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
	await buildRuntime(`${directory}/runtime`);
	await buildVocabulary(directory);
};

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
	const sha256 = createHash('sha256')
		.update(readFileSync(`${directory}/index.js`))
		.digest('hex');
	writeFileSync(`${directory}/code-hash.json`, `${JSON.stringify({ sha256 })}\n`);
};
