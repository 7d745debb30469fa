// Builds and runs test/support/stills.ts: stills of a spec, for people to look at. Arguments are described there.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { build } from 'esbuild';
import { buildRuntime } from './build-dist.mjs';

const directory = '.test-build/stills';
mkdirSync(directory, { recursive: true });
await buildRuntime(`${directory}/runtime`);
await build({
	entryPoints: ['test/support/stills.ts'],
	outfile: `${directory}/stills.mjs`,
	bundle: true,
	packages: 'external',
	platform: 'node',
	format: 'esm',
	jsx: 'automatic',
	logLevel: 'warning',
});
const env = { ...process.env, STILLS_RUNTIME: `${directory}/runtime/index.js` };
const run = spawnSync(process.execPath, ['--enable-source-maps', `${directory}/stills.mjs`, ...process.argv.slice(2)], {
	stdio: 'inherit',
	env,
});
process.exitCode = run.status ?? 1;
