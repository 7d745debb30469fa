import { type ChildProcess, spawn } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RunSummary } from '../../src/model/events.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { checkStore } from '../../src/renderer/store-upkeep.ts';
import { makeDirectory } from '../support/directory.ts';

const Runs = suite('renderer/two-runs');

const built = resolve(`.test-build/two-runs-${process.pid}`);
const program = join(built, 'run-shared-campaign.mjs');
const SEGMENTS = 24;
const FRAMES = 8 * (8 + 9 + 10);

Runs.before(async () => {
	await build({
		...{ entryPoints: ['test/support/run-shared-campaign.ts'], outfile: program, bundle: true, packages: 'external' },
		...{ platform: 'node', target: 'node20.19', format: 'esm', jsx: 'automatic', logLevel: 'warning' },
	});
});

Runs.after(() => rm(built, { recursive: true, force: true }));

type End = {
	readonly code: number | null;
	readonly summary: RunSummary | null;
	readonly awaited: readonly number[];
	readonly errors: string;
};
type Started = { readonly child: ChildProcess; readonly end: Promise<End> };

const LIMIT_MS = 40_000;

const start = (directory: string): Started => {
	const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stdout.on('data', (chunk: Buffer) => {
		output += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		errors += chunk.toString();
	});
	const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
	const end = new Promise<End>((done) =>
		child.once('close', (code) => {
			clearTimeout(timer);
			done({ code, errors, summary: null, awaited: [], ...(code === 0 ? JSON.parse(output) : {}) });
		}),
	);
	return { child, end };
};

const pictures = async (directory: string): Promise<number> =>
	(await readFile(join(directory, 'bundle', 'drawn.log'), 'utf8').catch(() => '')).split('\n').length - 1;

const drawnAtLeast = async (directory: string, count: number): Promise<void> => {
	for (let i = 0; i < 1_000 && (await pictures(directory)) < count; i++) await new Promise((next) => setTimeout(next, 20));
	assert.ok((await pictures(directory)) >= count);
};

const videos = async (directory: string): Promise<Readonly<Record<string, string>>> => {
	const names = (await readdir(join(directory, 'out'))).sort();
	return Object.fromEntries(await Promise.all(names.map(async (name) => [name, sha256Hex(await readFile(join(directory, 'out', name)))])));
};

/** What two runs leave behind: the videos of a quiet one, a whole store, and nothing of the runs themselves. */
const looksQuiet = async (directory: string): Promise<void> => {
	await makeDirectory(async (quiet) => {
		const { code, errors } = await start(quiet).end;
		assert.is(code, 0, errors);
		assert.equal(await videos(directory), await videos(quiet));
	});
	const { checked, damaged } = await checkStore(openFileStore(join(directory, '.reelform', 'store')));
	assert.equal([checked, damaged], [SEGMENTS, []]);
	assert.equal(await readdir(join(directory, '.reelform', 'store', 'leases')), []);
	assert.equal(await readdir(join(directory, '.reelform', 'store', 'quarantine')).catch(() => []), []);
};

Runs('two runs of one store at once share the work: every segment is drawn once in total', () =>
	makeDirectory(async (directory) => {
		const ends = await Promise.all([start(directory).end, start(directory).end]);
		for (const { code, errors } of ends) assert.is(code, 0, errors);
		assert.is(
			ends.reduce((sum, { summary }) => sum + (summary?.segments.rendered ?? 0), 0),
			SEGMENTS,
		);
		assert.is(await pictures(directory), FRAMES);
		assert.ok(ends.some(({ awaited }) => awaited.length > 0));
		await looksQuiet(directory);
	}),
);

Runs('when one of two is killed in the middle, the other finishes what it had begun', () =>
	makeDirectory(async (directory) => {
		const [one, two] = [start(directory), start(directory)];
		await drawnAtLeast(directory, 40);
		one.child.kill('SIGKILL');
		const { code, summary, errors } = await two.end;
		assert.is(code, 0, errors);
		assert.is((summary?.outputs.finished ?? 0) + (summary?.outputs.unchanged ?? 0), 8);
		await looksQuiet(directory);
	}),
);

Runs('when one of two sleeps for longer than its leases, the other goes on, and no file is torn when it wakes', () =>
	makeDirectory(async (directory) => {
		const [one, two] = [start(directory), start(directory)];
		await drawnAtLeast(directory, 40);
		one.child.kill('SIGSTOP');
		const { code, errors } = await two.end;
		assert.is(code, 0, errors);
		const before = await videos(directory);
		one.child.kill('SIGCONT');
		const woken = await one.end;
		assert.is(woken.code, 0, woken.errors);
		assert.equal(await videos(directory), before);
		await looksQuiet(directory);
	}),
);

Runs.run();
