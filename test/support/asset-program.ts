import { performance } from 'node:perf_hooks';
import { run } from '../../src/cli/run.ts';
import { outputStream } from '../../src/cli/terminal.ts';
import { wire } from '../../src/cli/wire.ts';
import { openFetcher } from '../../src/providers/http/fetcher.ts';
import type { TestServices } from './asset-vendor-project.ts';

/** The program as it is, but that it asks services of a test on this machine. */
const { hosts, assets, voices } = JSON.parse(process.env['TEST_SERVICES'] ?? 'null') as TestServices;
const services = { openFetcher: () => openFetcher({ allowPrivate: hosts }), assets, voices };
const wiring = wire({ cwd: process.cwd(), env: process.env, services });
process.exitCode = await run(process.argv.slice(2), {
	stdout: outputStream(process.stdout, process.env),
	stderr: outputStream(process.stderr, process.env),
	env: process.env,
	cwd: process.cwd(),
	interruption: () => new AbortController().signal,
	ask: null,
	now: () => performance.now(),
	wiring: () => Promise.resolve(wiring),
});
// As the program itself does: what is still open is not waited for.
setTimeout(() => process.exit(), 1_000).unref();
