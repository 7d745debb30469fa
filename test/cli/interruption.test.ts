import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDirectory } from '../support/directory.ts';
import { cliFile } from '../support/dist.ts';
import { eventually, processesWith } from '../support/processes.ts';

const Interruption = suite('cli/interruption');

/** Long enough that nothing is finished before the signal. */
const SPEC = `
reelform: 1
campaign: long
platforms: [{name: small, width: 160, height: 90, fps: 25}]
durations: [60]
variants: {calm: {mood: calm}}
brand: {name: Acme, colors: {primary: '#6366f1', accent: '#ec4899'}}
scenes:
  - id: only
    background: {type: gradient-mesh, colors: [brand.primary, brand.accent], seed: 1, animated: true}
    layers: [{text: Hello, role: headline}]
`;

const LIMIT_MS = 120_000;

type Render = {
	readonly child: ChildProcess;
	readonly written: { out: string; err: string };
	readonly end: Promise<number | null>;
};

/** `reelform render --json` in a process of its own, which has its temporary files in the folder. */
const startRender = async (directory: string): Promise<Render> => {
	await writeFile(join(directory, 'long.campaign.yaml'), SPEC);
	const child = spawn(process.execPath, [cliFile, 'render', 'long.campaign.yaml', '--json', '--concurrency', '1'], {
		cwd: directory,
		env: { ...process.env, TMPDIR: directory },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const written = { out: '', err: '' };
	child.stdout.on('data', (chunk) => {
		written.out += chunk;
	});
	child.stderr.on('data', (chunk) => {
		written.err += chunk;
	});
	const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
	const end = new Promise<number | null>((done) =>
		child.once('close', (code) => {
			clearTimeout(timer);
			done(code);
		}),
	);
	return { child, written, end };
};

const draws = ({ written }: Render): Promise<void> => eventually(() => written.out.includes('"frames-rendered"'), LIMIT_MS);

const browsersOf = (directory: string): readonly number[] => processesWith(`${directory}/reelform-profile-`).map(({ pid }) => pid);

const temporaryFiles = async (directory: string): Promise<readonly string[]> =>
	(await readdir(directory, { recursive: true })).filter((path) => /(^|\/)(\.reelform-\d|reelform-profile-)/.test(path));

const nothingRuns = (directory: string): Promise<void> => eventually(() => processesWith(directory).length === 0, 10_000);

for (const [signal, told] of [
	['SIGINT', /Stopping/],
	['SIGTERM', /Stopping/],
	['SIGHUP', /^/],
] as const)
	Interruption(`${signal} ends a render in good order: exit 130, a summary, nothing that runs on or is left`, () =>
		makeDirectory(async (directory) => {
			const render = await startRender(directory);
			await draws(render);
			render.child.kill(signal);
			assert.is(await render.end, 130);
			assert.match(render.written.err, told);
			assert.match(render.written.out, '"run-finished"');
			await nothingRuns(directory);
			assert.equal(await temporaryFiles(directory), []);
		}),
	);

Interruption('a render whose events nobody reads any more ends in good order and is not taken for done: exit 130, nothing left', () =>
	makeDirectory(async (directory) => {
		const render = await startRender(directory);
		await draws(render);
		render.child.stdout?.destroy();
		assert.is(await render.end, 130);
		assert.is(render.written.err, '');
		await nothingRuns(directory);
		assert.equal(await temporaryFiles(directory), []);
	}),
);

Interruption('a terminal that is closed sends SIGHUP twice, and the render still ends in good order', () =>
	makeDirectory(async (directory) => {
		const render = await startRender(directory);
		await draws(render);
		render.child.kill('SIGHUP');
		render.child.kill('SIGHUP');
		assert.is(await render.end, 130);
		assert.match(render.written.out, '"run-finished"');
	}),
);

Interruption('the second signal ends a render at once, without waiting for browsers that do not answer, and no browser is left', () =>
	makeDirectory(async (directory) => {
		const render = await startRender(directory);
		await draws(render);
		const browsers = browsersOf(directory);
		assert.ok(browsers.length > 0);
		// A browser that is stopped is waited for, as long as the program is not told twice.
		for (const pid of browsers) process.kill(pid, 'SIGSTOP');
		render.child.kill('SIGINT');
		await eventually(() => render.written.err.includes('Stopping'), LIMIT_MS);
		render.child.kill('SIGINT');
		assert.is(await render.end, 130);
		assert.not.match(render.written.out, '"run-finished"');
		await nothingRuns(directory);
	}),
);

Interruption.run();
