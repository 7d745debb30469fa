import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FailureClass, RenderFailure } from '../../src/model/failure.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import type { FrameSource } from '../../src/ports/frame-source.ts';
import { browserFlags } from '../../src/renderer/browser-flags.ts';
import { createRemotionSource } from '../../src/renderer/remotion-source.ts';
import { createStageSource, type FrameSourceOptions, type TimeLimits } from '../../src/renderer/stage-source.ts';
import { eventually, processesWith } from '../support/processes.ts';
import { line, movingBox, sketchSegment } from '../support/reel-fixture.ts';
import { drawAll, sourceOptions, withSource } from '../support/stage.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Stage = suite('renderer/stage-source');

// Bundled once for all tests of this file.
const options = await sourceOptions();
const profiles = options.temporaryDirectory;

const moving = sketchSegment({ frames: 60, color: '#6366f1', layers: [movingBox(0, 59)] });
const commanded = (command: string, at = 2): SegmentMessage => sketchSegment({ frames: 6, color: '#222222', layers: [line(command, at)] });

const assertNothingLeft = async (): Promise<void> => {
	await eventually(() => processesWith(profiles).length === 0);
	assert.equal(readdirSync(profiles), []);
};

const failureOf = async (work: Promise<unknown>): Promise<RenderFailure> => {
	const error = await work.then(
		() => new Error('it succeeded'),
		(e: unknown) => e,
	);
	if (!(error instanceof RenderFailure)) throw new Error('not a RenderFailure', { cause: error });
	return error;
};

const limited = (timeLimits: Partial<TimeLimits>): FrameSourceOptions => ({
	...options,
	timeLimits: { ...options.timeLimits, ...timeLimits },
});

const sources = [
	['stage', createStageSource],
	['remotion', createRemotionSource],
] as const;

for (const [name, create] of sources) {
	for (const [command, failureClass, message] of [
		['throw', 'PAGE', /the component threw/],
		['cancel', 'PAGE', /the component gave up/],
		['stall', 'PAGE', /delayRender\(\) "waiting for nothing" was called but not cleared/],
	] as const satisfies readonly (readonly [string, FailureClass, RegExp])[])
		Stage(`${name}: a page that does "${command}" fails with the page's own message, and the next reel is drawn`, () =>
			withSource(create(limited({ frameMs: 7_500 })), async (source) => {
				const { failure } = await failureOf(drawAll(source, [commanded(command)]));
				assert.is(failure.class, failureClass);
				assert.match(failure.message, message);
				assert.is((await drawAll(source, [commanded('fine')])).length, 6);
			}),
		);

	Stage(`${name}: a page that never comes back is given up on, and leaves nothing`, async () => {
		const started = Date.now();
		await withSource(create(limited({ frameMs: 1_000 })), async (source) => {
			const { failure } = await failureOf(drawAll(source, [commanded('spin')]));
			assert.is(failure.class, 'FRAME_TIMEOUT');
			assert.match(failure.message, 'frame 2 of segment 0');
		});
		assert.ok(Date.now() - started < 15_000);
		await assertNothingLeft();
	});

	Stage(`${name}: a browser that is killed in the middle of a reel is a crash at once, and the next reel is drawn by another`, async () => {
		await withSource(create(options), async (source) => {
			const { failure } = await failureOf(killAt(source, 5));
			assert.is(failure.class, 'BROWSER_CRASH');
			assert.is((await drawAll(source, [commanded('fine')])).length, 6);
		});
		await assertNothingLeft();
	});

	Stage(`${name}: an abort ends the reel with its reason and the browser with it`, async () => {
		await withSource(create(options), async (source) => {
			const abort = new AbortController();
			const reason = new Error('enough');
			const drawn: number[] = [];
			const error = await (async () => {
				for await (const { frame } of source.draw({ segments: [moving] }, abort.signal)) {
					drawn.push(frame);
					if (frame === 4) abort.abort(reason);
				}
			})().catch((e: unknown) => e);
			assert.is(error, reason);
			assert.equal(drawn, [0, 1, 2, 3, 4]);
			await eventually(() => processesWith(profiles).length === 0);
		});
		await assertNothingLeft();
	});

	Stage(`${name}: the browser learns no secret, neither from the environment nor from its command line`, async () => {
		process.env['REELFORM_TEST_SECRET'] = 's3cr3t-value';
		try {
			// A browser writes over the memory in which the system shows its environment: this one tells it before it starts.
			const directory = temporaryDirectory();
			const path = join(directory, 'headless_shell');
			writeFileSync(path, `#!/bin/sh\nenv > ${directory}/environment\nexec '${options.browser.path}' "$@"\n`, { mode: 0o755 });
			await withSource(create({ ...options, browser: { ...options.browser, path } }), async (source) => {
				await drawAll(source, [commanded('fine')]);
				const told = readFileSync(join(directory, 'environment'), 'utf8');
				assert.match(told, `FONTCONFIG_FILE=${profiles}`);
				assert.not.match(told, 's3cr3t-value');
				const browsers = processesWith(profiles);
				assert.ok(browsers.some(({ pid }) => pid === source.processIds()[0]));
				for (const { command, environment } of browsers) {
					assert.not.match(environment, 's3cr3t-value');
					assert.not.match(command, 's3cr3t-value');
				}
			});
		} finally {
			delete process.env['REELFORM_TEST_SECRET'];
		}
	});

	Stage(`${name}: closing twice, and a draw after it, are answered`, async () => {
		const source = create(options);
		await drawAll(source, [commanded('fine')]);
		await source.close();
		await source.close();
		assert.equal(source.processIds(), []);
		const error = await drawAll(source, [commanded('fine')]).catch((e: unknown) => e);
		assert.match(String(error), 'closed');
		await assertNothingLeft();
	});
}

/** Draws until a frame, then kills the browser the hard way. */
const killAt = async (source: FrameSource, at: number): Promise<never> => {
	let killedAt = 0;
	try {
		for await (const { frame } of source.draw({ segments: [moving] }, new AbortController().signal)) {
			if (frame !== at) continue;
			killedAt = Date.now();
			process.kill(source.processIds()[0]!, 'SIGKILL');
		}
	} catch (error) {
		assert.ok(Date.now() - killedAt < 5_000, 'the crash was noticed soon');
		throw error;
	}
	throw new Error('the reel was drawn by a dead browser');
};

for (const [helper, title] of [
	['renderer', 'a page whose own process dies is a crash'],
	['gpu-process', 'when the process that paints dies no segment is made of what comes after, though a new one takes its place'],
] as const)
	Stage(title, () =>
		withSource(createStageSource(options), async (source) => {
			const work = (async () => {
				for await (const { frame } of source.draw({ segments: [moving] }, new AbortController().signal)) {
					const helpers = frame === 5 ? processesWith(`--type=${helper}`).filter(({ pid }) => isBelow(pid, source)) : [];
					for (const { pid } of helpers) process.kill(pid, 'SIGKILL');
				}
			})();
			const { failure } = await failureOf(work);
			assert.is(failure.class, 'BROWSER_CRASH');
		}),
	);

/** The helpers of a browser are in its process group. */
const isBelow = (pid: number, source: FrameSource): boolean => {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
	return source.processIds().includes(Number(fields[2]));
};

Stage('a program that is no browser is a failed launch with its last words, after two tries', async () => {
	const directory = temporaryDirectory();
	const path = join(directory, 'headless_shell');
	writeFileSync(path, `#!/bin/sh\necho try >> ${directory}/tries\necho "libnss3.so: cannot open shared object file" >&2\nexit 127\n`, {
		mode: 0o755,
	});
	const source = createStageSource({ ...options, browser: { ...options.browser, path } });
	await withSource(source, async () => {
		const { failure } = await failureOf(drawAll(source, [moving]));
		assert.is(failure.class, 'BROWSER_LAUNCH');
		assert.match(failure.message, 'exit code 127');
		assert.match(failure.detail ?? '', 'libnss3.so');
	});
	assert.is(readFileSync(join(directory, 'tries'), 'utf8'), 'try\ntry\n');
	await assertNothingLeft();
});

Stage('a browser that hangs at its start is given up on', async () => {
	const path = join(temporaryDirectory(), 'headless_shell');
	writeFileSync(path, '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 });
	const source = createStageSource({ ...limited({ launchMs: 300 }), browser: { ...options.browser, path } });
	await withSource(source, async () => assert.is((await failureOf(drawAll(source, [moving]))).failure.class, 'BROWSER_LAUNCH'));
	await assertNothingLeft();
});

Stage('where the system refuses the sandbox the browser runs without it, and says so', async () => {
	const path = join(temporaryDirectory(), 'headless_shell');
	const refuse = `case "$*" in *--no-sandbox*) exec '${options.browser.path}' "$@";; *) echo 'No usable sandbox!' >&2; exit 1;; esac`;
	writeFileSync(path, `#!/bin/sh\n${refuse}\n`, { mode: 0o755 });
	const notices: string[] = [];
	const source = createStageSource({
		...options,
		sandbox: true,
		browser: { ...options.browser, path },
		notice: (text) => notices.push(text),
	});
	await withSource(source, async () => assert.is((await drawAll(source, [commanded('fine')])).length, 6));
	assert.is(notices.length, 1);
	assert.match(notices[0]!, 'sandbox');
});

Stage('the page reaches nothing but its own origin', async () => {
	let hits = 0;
	const canary = createServer((_, response) => {
		hits++;
		response.end();
	});
	await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
	const { port } = canary.address() as AddressInfo;
	try {
		for (const [, create] of sources)
			await withSource(create(options), async (source) => {
				const { failure } = await failureOf(drawAll(source, [commanded(`fetch http://127.0.0.1:${port}/`, 1)]));
				assert.is(failure.class, 'PAGE', JSON.stringify(failure));
				assert.match(failure.message, 'Failed to fetch');
			});
		assert.is(hits, 0);
	} finally {
		canary.close();
	}
});

Stage('the browser ends when the process that drives it is killed', async () => {
	const script = `
		const [executable] = process.argv.slice(1);
		const { spawn } = await import('node:child_process');
		const flags = ${JSON.stringify(browserFlags({ profileDirectory: `${profiles}/orphan`, sandbox: false, origin: 'http://127.0.0.1:1' }))};
		const child = spawn(executable, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
		child.stdio[4].once('data', () => process.stdout.write('up'));
		child.stdio[3].write('{"id":1,"method":"Browser.getVersion"}\\0');
	`;
	const driver = spawn(process.execPath, ['--input-type=module', '-e', script, options.browser.path]);
	await new Promise((resolve) => driver.stdout.once('data', resolve));
	assert.ok(processesWith(`${profiles}/orphan`).length > 1);
	driver.kill('SIGKILL');
	await eventually(() => processesWith(`${profiles}/orphan`).length === 0, 5_000);
	rmSync(`${profiles}/orphan`, { recursive: true, force: true });
});

Stage.run();
