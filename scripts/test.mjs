// Builds every test with esbuild, runs each file under uvu in a process of its own, and refuses the ways uvu 0.5 reports success without testing:
// a suite that is never run, a hook that throws, a file that dies, a total that is not all passed. Last line: `N passed, N failed`.
// node scripts/test.mjs [pattern]: only the files whose path contains the pattern.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { build } from 'esbuild';
import { buildDist } from './build-dist.mjs';
import { judgeTestRun } from './judge-test-run.mjs';

// The soak test strikes every disk call of a run, with a browser too.
const FILE_TIMEOUT_MS = (process.env.REELFORM_SOAK === '1' ? 120 : 8) * 60_000;
const pattern = process.argv[2] ?? '';
const files = readdirSync('test', { recursive: true })
	.map((file) => `test/${file}`)
	.filter((file) => /\.test\.tsx?$/.test(file) && file.includes(pattern))
	.sort();

const buildDirectory = `.test-build/${process.pid}`;
process.on('exit', () => rmSync(buildDirectory, { recursive: true, force: true }));
await buildDist(`${buildDirectory}/dist`);
await build({
	entryPoints: files,
	outdir: `${buildDirectory}/test`,
	outbase: 'test',
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

const run = (file) =>
	new Promise((resolve) => {
		const started = Date.now();
		const built = file.replace(/^test\//, `${buildDirectory}/test/`).replace(/\.tsx?$/, '.mjs');
		const child = spawn(process.execPath, ['--enable-source-maps', built], {
			env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', REELFORM_DIST: `${buildDirectory}/dist` },
		});
		let output = '';
		child.stdout.on('data', (chunk) => {
			output += chunk;
		});
		child.stderr.on('data', (chunk) => {
			output += chunk;
		});
		const timer = setTimeout(() => child.kill('SIGKILL'), FILE_TIMEOUT_MS);
		child.on('close', (status, signal) => {
			clearTimeout(timer);
			resolve({ file, output, status, signal, seconds: (Date.now() - started) / 1000 });
		});
	});

const queue = [...files];
const sum = { passed: 0, failed: 0 };
const lane = async () => {
	for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
		const result = await run(file);
		const verdict = judgeTestRun({ ...result, source: readFileSync(file, 'utf8') });
		sum.passed += verdict.passed;
		sum.failed += verdict.failed;
		console.log(`${verdict.failed > 0 ? 'FAIL' : 'ok  '} ${file} (${verdict.passed} passed, ${result.seconds.toFixed(1)} s)`);
		if (verdict.failed > 0) console.log(`${result.output}\n  ${verdict.problems.join('; ')}`);
	}
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));

if (sum.passed === 0) sum.failed = Math.max(1, sum.failed);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
