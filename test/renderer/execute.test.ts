import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RenderEvent } from '../../src/model/events.ts';
import type { RenderFailure } from '../../src/model/failure.ts';
import { openFileStore } from '../../src/renderer/file-store.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { MAX_ATTEMPTS, MAX_LOSSES } from '../../src/renderer/retry.ts';
import { temporaryName } from '../../src/renderer/sweep.ts';
import { makeFailingFileSystem, makeFaultyFileSystem, makeStarvedFileSystem } from '../fakes/faulty-file-system.ts';
import { type Campaign, makeCampaign } from '../support/campaign.ts';
import { makeDirectory } from '../support/directory.ts';
import { decodingErrors, findFfmpeg } from '../support/ffmpeg.ts';
import { processorTime } from '../support/processor-time.ts';

const Execute = suite('renderer/execute');

const three = { one: 'a12 s7 b9', two: 'c5 s7 d8', three: 's7 a12' } as const;

const inCampaign = (
	title: string,
	test: (campaign: Campaign) => Promise<void>,
	outputs: Readonly<Record<string, string>> = three,
): void => {
	Execute(title, () => makeDirectory(async (directory) => test(await makeCampaign(directory, outputs))));
};

const of = <Type extends RenderEvent['type']>(
	events: readonly RenderEvent[],
	type: Type,
): readonly Extract<RenderEvent, { type: Type }>[] =>
	events.filter((event): event is Extract<RenderEvent, { type: Type }> => event.type === type);

const filesUnder = async (folder: string): Promise<readonly string[]> => {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
	return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
};
const blobOf = ({ directory, key }: Campaign, name: string): string =>
	join(directory, '.reelform/store/segments', key(name).slice(0, 2), `${key(name)}.mp4`);
const flipBit = async (file: string): Promise<void> => {
	const bytes = await readFile(file);
	bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
	await chmod(file, 0o644);
	await writeFile(file, bytes);
	await utimes(file, new Date(), new Date(Date.now() + 5_000));
};

inCampaign('three outputs that share segments: each segment is drawn once, and each file is what the plan says', async (campaign) => {
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.equal(summary.segments, { rendered: 5, reused: 0, failed: 0 });
	assert.equal([summary.frames.total, summary.frames.rendered, summary.frames.reused], [41, 41, 0]);
	assert.is(summary.frames.held, 9);
	assert.is(await campaign.picturesDrawn(), 41);
	assert.is(
		of(events, 'frames-rendered').reduce((sum, event) => sum + event.frames, 0),
		41,
	);
	assert.is(events[0]?.type, 'run-started');
	assert.is(of(events, 'bundle-ready').length, 1);
	const ffmpeg = await findFfmpeg();
	for (const output of campaign.plan.plan.outputs) {
		const file = join(campaign.directory, 'out', output.path);
		const facts = await readMediaFacts(nodeFileSystem, file);
		assert.equal([facts.frames, facts.fps, facts.seconds, facts.fastStart], [output.frames, 10, output.frames / 10, true]);
		assert.is(decodingErrors(ffmpeg, file), '');
	}
	const [report] = of(events, 'output-finished').filter((event) => event.output === 'one');
	for (const join of [0, 12, 19]) assert.ok(report?.report.facts.keyFrames.includes(join));
	assert.equal(
		(await filesUnder(campaign.directory)).filter((name) => name.startsWith('.reelform-')),
		[],
	);
});

inCampaign(
	'what a dead process left in the output folder, and beside files that are there, is gone after a run that draws nothing',
	async (campaign) => {
		await campaign.run();
		const before = await campaign.published();
		const dead = spawnSync(process.execPath, ['-e', '']).pid;
		for (const path of ['.', ...Object.keys(before).map(dirname)]) {
			const file = join(campaign.directory, 'out', path, temporaryName('journal'));
			await writeFile(file.replace(`-${process.pid}-`, `-${dead}-`), '');
		}
		await campaign.run();
		assert.equal(await campaign.published(), before);
	},
);

inCampaign('segments whose files and records changed places are drawn again', async (campaign) => {
	await campaign.run();
	const before = await campaign.published();
	const places = [blobOf(campaign, 'a12'), blobOf(campaign, 'b9')] as const;
	const recordFile = (file: string): string => file.replace('.mp4', '.json');
	const read = async (file: string) => ({ bytes: await readFile(file), record: JSON.parse(await readFile(recordFile(file), 'utf8')) });
	const [one, other] = [await read(places[0]), await read(places[1])];
	for (const [file, { key }, { bytes, record }] of [
		[places[0], one.record, other],
		[places[1], other.record, one],
	] as const) {
		await rm(file);
		await writeFile(file, bytes);
		await rm(recordFile(file));
		await writeFile(recordFile(file), JSON.stringify({ ...record, key }));
	}
	await rm(join(campaign.directory, 'out'), { recursive: true });
	const { summary } = await campaign.run();
	assert.equal([summary.outputs.failed, summary.segments.rendered], [0, 2]);
	assert.equal(await campaign.published(), before);
});

inCampaign('a second run draws nothing, opens no browser and touches no file', async (campaign) => {
	await campaign.run();
	const before = await campaign.published();
	const { events, summary } = await campaign.run({
		prepareBundle: () => Promise.reject(new Error('nothing needs a bundle')),
		openPool: () => {
			throw new Error('nothing needs a browser');
		},
	});
	assert.equal(summary.outputs, { finished: 0, unchanged: 3, failed: 0 });
	assert.equal(summary.segments, { rendered: 0, reused: 5, failed: 0 });
	assert.equal(
		events.map(({ type }) => type),
		['run-started', 'output-unchanged', 'output-unchanged', 'output-unchanged', 'run-finished'],
	);
	assert.is(await campaign.picturesDrawn(), 41);
	assert.equal(await campaign.published(), before);
});

inCampaign('a deleted or edited output is put together again from the store, byte for byte, and nothing is drawn', async (campaign) => {
	await campaign.run();
	const before = await campaign.published();
	await rm(join(campaign.directory, 'out/one.mp4'));
	await flipBit(join(campaign.directory, 'out/two.mp4'));
	const { summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 2, unchanged: 1, failed: 0 });
	assert.is(summary.segments.rendered, 0);
	assert.equal(await campaign.published(), before);
});

inCampaign('an output that was only touched is recognised by its content', async (campaign) => {
	await campaign.run();
	await utimes(join(campaign.directory, 'out/one.mp4'), new Date(), new Date(0));
	assert.is((await campaign.run()).summary.outputs.unchanged, 3);
});

inCampaign('outputs that are in place need nothing from the store', async (campaign) => {
	await campaign.run();
	await rm(join(campaign.directory, '.reelform/store'), { recursive: true });
	assert.equal((await campaign.run()).summary.outputs, { finished: 0, unchanged: 3, failed: 0 });
	assert.is(await campaign.picturesDrawn(), 41);
});

inCampaign('a segment that was tampered with is drawn again, and its outputs come out the same', async (campaign) => {
	await campaign.run();
	const before = await campaign.published();
	await rm(join(campaign.directory, 'out'), { recursive: true });
	await flipBit(blobOf(campaign, 's7'));
	await flipBit(blobOf(campaign, 'a12'));
	const { summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.equal(summary.segments, { rendered: 2, reused: 3, failed: 0 });
	assert.equal(await campaign.published(), before);
	assert.is((await readdir(join(campaign.directory, '.reelform/store/quarantine'))).length, 4);
});

inCampaign('a worker that dies is replaced, and nothing is lost', async (campaign) => {
	const { published } = await reference(three);
	await campaign.setFaults({ a12: { action: 'exit', frame: 4, times: 1 }, d8: { action: 'exit', frame: 0, times: 2 } });
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.ok(of(events, 'segment-failed').every((event) => event.willRetry && event.failure.class === 'WORKER'));
	assert.equal(await campaign.published(), published);
});

inCampaign('a segment that kills every worker fails alone: the outputs without it are finished', async (campaign) => {
	await campaign.setFaults({ b9: { action: 'exit', frame: 3 } });
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
	assert.equal(summary.segments, { rendered: 4, reused: 0, failed: 1 });
	const [failed] = of(events, 'output-failed');
	assert.equal([failed?.output, failed?.failure.class], ['one', 'WORKER']);
	assert.equal(
		of(events, 'segment-failed').flatMap(({ segment, willRetry }) => (segment === campaign.key('b9') ? [willRetry] : [])),
		[true, true, false],
	);
	assert.equal(Object.keys(await campaign.published()), ['three.mp4', 'two.mp4']);
	await campaign.setFaults({});
	const drawn = await campaign.picturesDrawn();
	const next = await campaign.run();
	assert.equal(next.summary.outputs, { finished: 1, unchanged: 2, failed: 0 });
	assert.is((await campaign.picturesDrawn()) - drawn, 9);
});

for (const [failureClass, attempts] of [
	['PAGE', 1],
	['BROWSER_CRASH', 3],
	['FRAME_TIMEOUT', 3],
] as const) {
	inCampaign(
		`a segment that always fails with ${failureClass} is tried ${attempts} time(s), and the rest is finished`,
		async (campaign) => {
			await campaign.setFaults({ c5: { action: failureClass, frame: 2 } });
			const { events, summary } = await campaign.run();
			assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
			assert.is(of(events, 'segment-failed').length, attempts);
			assert.is(of(events, 'output-failed')[0]?.failure.class, failureClass);
		},
	);
}

inCampaign('a browser that never starts fails what needs it after three attempts, and not what does not', async (campaign) => {
	await campaign.run();
	await rm(join(campaign.directory, 'out'), { recursive: true });
	await rm(blobOf(campaign, 'b9'));
	await rm(blobOf(campaign, 'd8'));
	await campaign.setFaults({ b9: { action: 'BROWSER_LAUNCH', frame: 0 }, d8: { action: 'BROWSER_LAUNCH', frame: 0 } });
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 1, unchanged: 0, failed: 2 });
	assert.ok(of(events, 'reel-started').length <= 6);
	assert.ok(of(events, 'output-failed').every((event) => event.failure.class === 'BROWSER_LAUNCH'));
});

inCampaign('a bundle that cannot be made fails what has to be drawn', async (campaign) => {
	const { summary } = await campaign.run({
		prepareBundle: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOSPC', path: '/tmp/b' })),
	});
	assert.equal(summary.outputs, { finished: 0, unchanged: 0, failed: 3 });
});

inCampaign(
	'an interrupted run leaves no partial file and no process, and the next one does only the rest',
	async (campaign) => {
		const { published } = await reference(long);
		const abort = new AbortController();
		const events: RenderEvent[] = [];
		let abortedAt = 0;
		for await (const event of await campaign.start({}, abort.signal)) {
			events.push(event);
			if (event.type === 'segment-rendered' && abortedAt === 0) {
				abortedAt = performance.now();
				abort.abort();
			}
		}
		assert.ok(performance.now() - abortedAt < 10_000);
		const last = events.at(-1);
		assert.ok(last?.type === 'run-finished' && last.summary.interrupted && last.summary.outputs.failed === 0);
		for (const [path, sha256] of Object.entries(await campaign.published())) assert.is(sha256, published[path]);
		assert.equal(
			(await filesUnder(campaign.directory)).filter((name) => name.startsWith('.reelform-')),
			[],
		);
		assert.equal(await sleepers(), []);
		const { summary } = await campaign.run();
		assert.ok(summary.segments.reused > 0 && summary.segments.rendered > 0);
		assert.equal(await campaign.published(), published);
	},
	{ one: 'a40 s30 b40', two: 'c40 s30 d40' },
);
const long = { one: 'a40 s30 b40', two: 'c40 s30 d40' } as const;

inCampaign('a worker that does not answer is ended with its browser when the run is interrupted', async (campaign) => {
	await campaign.setFaults({ a12: { action: 'freeze', frame: 3 } });
	const abort = new AbortController();
	setTimeout(() => abort.abort(), 1_500);
	const startedAt = performance.now();
	const { summary } = await campaign.run({}, abort.signal);
	assert.ok(summary.interrupted);
	assert.ok(performance.now() - startedAt < 11_000);
	assert.equal(await sleepers(), []);
});

inCampaign('a listener that leaves ends the run', async (campaign) => {
	for await (const event of await campaign.start()) if (event.type === 'reel-started') break;
	assert.equal(await sleepers(), []);
	assert.equal(Object.keys(await campaign.published()), []);
});

for (const [name, call] of [
	['written', 'write'],
	['synced', 'sync'],
	['given its name', 'rename'],
] as const) {
	inCampaign(`a disk that is full when an output is ${name} is reported with the path, and no partial file is left`, async (campaign) => {
		const fileSystem = makeFaultyFileSystem([{ call, path: '/out/', code: 'ENOSPC' }]);
		const { events, summary } = await campaign.run({ fileSystem });
		assert.equal(summary.outputs, { finished: 0, unchanged: 0, failed: 3 });
		for (const { failure } of of(events, 'output-failed')) {
			assert.is(failure.class, 'DISK');
			assert.match(failure.message, /\/out\/.*the disk is full/);
		}
		assert.equal(await filesUnder(join(campaign.directory, 'out')), []);
		const { summary: next } = await campaign.run();
		assert.is(next.outputs.finished, 3);
		assert.is(next.segments.rendered, 0);
	});
}

for (const code of ['ENOSPC', 'EIO']) {
	inCampaign(`whichever call fails with ${code}, the next run ends with the same files, and nothing is left over`, async (campaign) => {
		await campaign.run();
		const expected = await campaign.published();
		let steps = 0;
		for (let fired = true; fired; ) {
			await rm(join(campaign.directory, 'out'), { recursive: true });
			const fileSystem = makeFailingFileSystem(++steps, code);
			const { summary } = await campaign.run({ fileSystem });
			fired = fileSystem.fired();
			assert.is(summary.outputs.finished + summary.outputs.failed, 3);
			assert.ok(summary.outputs.failed <= 1, `step ${steps}`);
			for (const [path, sha256] of Object.entries(await campaign.published())) assert.is(sha256, expected[path], `step ${steps}`);
			await campaign.run();
			assert.equal(await campaign.published(), expected, `step ${steps}`);
		}
		assert.ok(steps > 30, String(steps));
		assert.equal(
			(await filesUnder(campaign.directory)).filter((name) => name.startsWith('.reelform-')),
			[],
		);
		assert.is(await campaign.picturesDrawn(), 41);
	});
}

for (const [title, span] of [
	['one call', 1],
	['a while', 7],
	['the rest of the run', Number.POSITIVE_INFINITY],
] as const)
	inCampaign(
		`no file descriptors left for ${title}: what is not made says so, and nothing in the store is taken for damaged`,
		async (campaign) => {
			await campaign.run();
			const expected = await campaign.published();
			const directory = join(campaign.directory, '.reelform/store');
			for (let [n, fired] = [1, true]; fired; n += 3) {
				await rm(join(campaign.directory, 'out'), { recursive: true, force: true });
				const fileSystem = makeStarvedFileSystem(n, span);
				const { events, summary } = await campaign.run({ fileSystem, store: openFileStore(directory, fileSystem) });
				fired = fileSystem.fired();
				assert.is(summary.outputs.finished + summary.outputs.failed, 3, `call ${n}`);
				for (const { failure } of of(events, 'output-failed')) {
					assert.is(failure.class, 'DISK', `call ${n}: ${failure.message}`);
					assert.match(`${failure.message} ${failure.detail}`, /too many open files|EMFILE/, `call ${n}`);
				}
				for (const [path, sha256] of Object.entries(await campaign.published())) assert.is(sha256, expected[path], `call ${n}`);
				assert.equal(await readdir(join(directory, 'quarantine')).catch(() => []), [], `call ${n}`);
				assert.is((await campaign.run()).summary.outputs.failed, 0);
				assert.equal(await campaign.published(), expected, `call ${n}`);
			}
			assert.equal(
				(await filesUnder(campaign.directory)).filter((name) => name.startsWith('.reelform-')),
				[],
			);
		},
	);

inCampaign('a store that cannot be written to fails the run soon and says where', async (campaign) => {
	await mkdir(join(campaign.directory, '.reelform/store'), { recursive: true });
	await writeFile(join(campaign.directory, '.reelform/store/segments'), 'a file');
	const { events, summary } = await campaign.run();
	assert.is(summary.outputs.failed, 3);
	for (const { failure } of of(events, 'output-failed')) assert.match(failure.message, /cannot write .*segments/);
});

inCampaign('a plan whose message is not the one that the key names draws nothing under that key', async (campaign) => {
	const forged = { ...campaign.plan.messages };
	forged[campaign.key('s7')] = { ...forged[campaign.key('s7')], frames: 8 } as never;
	(campaign.plan as { messages: typeof forged }).messages = forged;
	const { events, summary } = await campaign.run();
	assert.is(summary.outputs.failed, 3);
	assert.match(of(events, 'segment-failed')[0]?.failure.message ?? '', /does not say what segment/);
	assert.is(await openFileStore(join(campaign.directory, '.reelform/store')).lookup(campaign.key('s7')), null);
});

inCampaign('a file that is not what the plan says is kept aside and never published', async (campaign) => {
	const [one] = campaign.plan.plan.outputs;
	(one as { frames: number }).frames = 99;
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
	assert.match(of(events, 'output-failed')[0]?.failure.message ?? '', /number of frames is 28, expected 99/);
	assert.equal(Object.keys(await campaign.published()), ['three.mp4', 'two.mp4']);
	assert.is((await filesUnder(join(campaign.directory, '.reelform/rejected'))).length, 2);
});

Execute('72 outputs that are in place are recognised in well under two seconds', () =>
	makeDirectory(async (directory) => {
		const outputs = Object.fromEntries(
			Array.from({ length: 72 }, (_, i) => [`output-${i}`, `a${3 + (i % 6)} b${3 + (i % 4)} c${3 + (i % 3)} d4 e5`]),
		);
		const campaign = await makeCampaign(directory, outputs);
		assert.is((await campaign.run()).summary.outputs.finished, 72);
		const spent = await processorTime(async () => assert.is((await campaign.run()).summary.outputs.unchanged, 72));
		assert.ok(spent < 1_000, `${spent} ms`);
		await rm(join(directory, 'out'), { recursive: true });
		assert.is((await campaign.run()).summary.outputs.finished, 72);
	}),
);

/** What a campaign gives when nothing goes wrong. */
const reference = (outputs: Readonly<Record<string, string>>): Promise<{ readonly published: Readonly<Record<string, string>> }> =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, outputs, 1);
		await campaign.run();
		return { published: await campaign.published() };
	});

/** Processes of fake browsers that this process left behind. One that was ended may take a moment to be gone. */
const sleepers = async (): Promise<readonly string[]> => {
	const until = Date.now() + 3_000;
	for (let found = await childrenNamed('sleep'); ; found = await childrenNamed('sleep')) {
		if (found.length === 0 || Date.now() > until) return found;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
};

const childrenNamed = async (wanted: string): Promise<readonly string[]> => {
	const found: string[] = [];
	for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
		const status = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
		const [, name, state, parent] = /^\d+ \((.*)\) (\S) (\d+)/.exec(status) ?? [];
		if (name === wanted && state !== 'Z' && parent === String(process.pid)) found.push(id);
	}
	return found;
};

Execute('published files are ordinary files that their owner can read', () =>
	makeDirectory(async (directory) => {
		const campaign = await makeCampaign(directory, { one: 'a4' }, 1);
		await campaign.run();
		assert.is((await stat(join(directory, 'out/one.mp4'))).mode & 0o400, 0o400);
	}),
);

inCampaign('with fail-fast the first failed output ends the run, and nothing is called interrupted', async (campaign) => {
	await campaign.setFaults({ b9: { action: 'PAGE', frame: 0 } });
	const { events, summary } = await campaign.run({ failFast: true, workers: 1 });
	assert.equal([summary.outputs.failed, summary.interrupted, summary.stoppedEarly], [1, false, true]);
	assert.ok(summary.outputs.finished < 2);
	assert.is(of(events, 'output-failed')[0]?.output, 'one');
	await campaign.setFaults({});
	const again = await campaign.run();
	assert.equal(again.summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.is(again.summary.stoppedEarly, undefined);
});

inCampaign('too little room is told before anything is drawn, with the path and both amounts', async (campaign) => {
	const failure = await campaign.run({ roomOf: async () => ({ device: 1, free: 1_000_000 }) }).then(
		() => null,
		(error: RenderFailure) => error.failure,
	);
	assert.is(failure?.class, 'DISK');
	assert.match(failure?.message ?? '', /out has too little room: about \d+ MB are needed, 1 MB are free$/);
	assert.is(await campaign.picturesDrawn(), 0);
});

inCampaign('a browser that the system ended for memory: half as many draw from then on, and all is made', async (campaign) => {
	await campaign.setFaults({ s7: { action: 'BROWSER_CRASH', frame: 2, times: 1 } });
	const { events, summary } = await campaign.run({ memory: { wasShort: () => true } });
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	assert.equal(
		of(events, 'workers-reduced').map(({ workers, failure }) => [workers, failure.class]),
		[[1, 'OOM']],
	);
	assert.ok(of(events, 'segment-failed').every(({ failure, willRetry }) => failure.class === 'OOM' && willRetry));
});

inCampaign('a segment whose browser is killed more often than it has attempts is made all the same', async (campaign) => {
	const { published } = await reference(three);
	await campaign.setFaults({ s7: { action: 'killed', frame: 2, times: 6 }, d8: { action: 'killed', frame: 0, times: 2 } });
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 3, unchanged: 0, failed: 0 });
	const tries = of(events, 'segment-failed').filter(({ segment }) => segment === campaign.key('s7'));
	assert.ok(tries.length >= 6);
	assert.ok(tries.every(({ failure, willRetry }) => failure.blameless && willRetry));
	assert.ok(of(events, 'reel-started').every(({ attempt }) => attempt === 1));
	assert.equal(await campaign.published(), published);
});

inCampaign('a segment whose browser is always killed fails in the end, and the rest is finished', async (campaign) => {
	await campaign.setFaults({ b9: { action: 'killed', frame: 3 } });
	const { events, summary } = await campaign.run();
	assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
	const tries = of(events, 'segment-failed').filter(({ segment }) => segment === campaign.key('b9'));
	assert.ok(tries.length <= MAX_LOSSES + MAX_ATTEMPTS);
	assert.ok(tries.length > MAX_ATTEMPTS);
});

inCampaign('a browser that the kernel killed for memory is no free loss: three attempts, then it fails', async (campaign) => {
	await campaign.setFaults({ b9: { action: 'killed', frame: 3 } });
	const { events, summary } = await campaign.run({ memory: { wasShort: () => true } });
	assert.equal(summary.outputs, { finished: 2, unchanged: 0, failed: 1 });
	const tries = of(events, 'segment-failed').filter(({ segment }) => segment === campaign.key('b9'));
	assert.equal(
		tries.map(({ failure, willRetry }) => [failure.class, failure.blameless, willRetry]),
		[
			['OOM', undefined, true],
			['OOM', undefined, true],
			['OOM', undefined, false],
		],
	);
});

const MANY = process.env['REELFORM_SOAK'] === '1' ? 300 : 80;

inCampaign(
	'many outputs in one process: what stays in memory does not grow with them',
	async (campaign) => {
		setFlagsFromString('--expose_gc');
		const collect: () => void = runInNewContext('gc');
		const heaps: number[] = [];
		for await (const event of await campaign.start()) {
			if (event.type !== 'output-finished') continue;
			if (heaps.length % 20 === 0 || heaps.length === MANY - 1) collect();
			heaps.push(process.memoryUsage().heapUsed);
		}
		assert.is(heaps.length, MANY);
		const growth = (heaps[MANY - 1] ?? 0) - (heaps[20] ?? 0);
		assert.ok(growth < 12 * 2 ** 20, `${Math.round(growth / 1e6)} MB more`);
	},
	Object.fromEntries(
		Array.from({ length: MANY }, (_, i) => [`n${i}`, `${'abcdefgh'[i % 8]}4 ${'ijklmnop'[(i >> 3) % 8]}5 ${'qrstuvwx'[i >> 6]}4`]),
	),
);

Execute.run();
