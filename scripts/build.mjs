// node scripts/build.mjs [--types]: dist/, with declarations for publishing when asked.
import { spawnSync } from 'node:child_process';
import { buildDist } from './build-dist.mjs';

await buildDist('dist');

if (process.argv.includes('--types')) {
	const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
	process.exitCode = tsc.status ?? 1;
}
