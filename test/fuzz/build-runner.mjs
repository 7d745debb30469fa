import { build } from 'esbuild';

/** Builds what `run.mjs` and the test need into a directory: `case-runner.mjs` and `run-cases.mjs`. */
export const buildRunner = (directory) =>
	build({
		entryPoints: ['test/fuzz/case-runner.ts', 'test/fuzz/run-cases.ts'],
		outdir: directory,
		bundle: true,
		splitting: true,
		packages: 'external',
		platform: 'node',
		target: 'node20.19',
		format: 'esm',
		jsx: 'automatic',
		outExtension: { '.js': '.mjs' },
		sourcemap: 'inline',
		logLevel: 'warning',
	});
