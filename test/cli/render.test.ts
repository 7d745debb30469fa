import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type RenderFlags, render } from '../../src/cli/commands/render.ts';
import type { CliContext } from '../../src/cli/context.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { Compilation, ExecuteRequest, UnmadeOutput, Wiring } from '../../src/cli/wiring.ts';
import { errorAt, fail, succeed } from '../../src/diagnostics/diagnostic.ts';
import type { RenderEvent, RunSummary } from '../../src/model/events.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import { capturedStreams } from '../support/captured-streams.ts';
import { samplePlan } from './sample-plan.ts';

const Render = suite('cli/render');

const TIKTOK = 'tiktok/15s/a/b';
const YOUTUBE = 'youtube/15s/a/b';
const plan = samplePlan({ outputs: { [TIKTOK]: ['aaaaaa', 'bbbbbb'], [YOUTUBE]: ['aaaaaa'] } });
const tool = { name: 'it', state: 'chosen', path: '/it', version: '1', why: 'it is there' } as const;

const summary = (over: Partial<RunSummary>): RunSummary => ({
	outputs: { finished: 2, unchanged: 0, failed: 0 },
	segments: { rendered: 2, reused: 0, failed: 0 },
	frames: { total: 60, rendered: 60, held: 0, reused: 0 },
	durationMs: 1000,
	interrupted: false,
	...over,
});
const started: RenderEvent = { type: 'run-started', outputs: 2, segments: 2, framesToRender: 60, framesReused: 0 };
const finished = (output: string): RenderEvent => ({ type: 'output-unchanged', output, path: `${output}.mp4`, sha256: 'a'.repeat(64) });
const failed: RenderEvent = {
	type: 'output-failed',
	output: YOUTUBE,
	path: 'youtube/a/15s-b.mp4',
	failure: { class: 'BROWSER_CRASH', message: 'the browser ended: signal SIGSEGV' },
};
const ended = (over: Partial<RunSummary> = {}): RenderEvent => ({ type: 'run-finished', summary: summary(over) });

type Outcome = {
	readonly code: ExitCode;
	readonly out: string;
	readonly err: string;
	readonly request: ExecuteRequest | null;
	readonly folder: string;
};

const compilation: Compilation = {
	file: 'a.yaml',
	sources: new Map(),
	namedFiles: [],
	axes: null,
	outcome: succeed({
		campaign: 'launch',
		file: 'a.yaml',
		outputs: plan.plan.outputs.map(({ id }) => ({ id, recipient: null })),
		rejected: [],
	} as never),
	assetFile: () => null,
	rows: null,
	components: [],
};

type Situation = { readonly batches?: readonly Compilation[]; readonly before?: (folder: string) => void };

/** Runs the command against a wiring that answers with these events. `onEvents` may throw in their middle. */
const renderWith = async (
	events: readonly (RenderEvent | Error)[],
	flags: RenderFlags,
	then: (outcome: Outcome) => void,
	{ batches = [compilation], before = () => {} }: Situation = {},
): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-render-'));
	before(folder);
	const { written, stream } = capturedStreams();
	const abort = new AbortController();
	let request: ExecuteRequest | null = null;
	const wiring: Wiring = {
		compile: async () => compilation,
		compileBatches: async () => ({
			...{ campaign: 'launch', outputs: plan.plan.outputs.length, rows: null, axes: null, sources: new Map(), diagnostics: [] },
			batches: (async function* () {
				yield* batches;
			})(),
		}),
		assets: async () => ({ sources: new Map(), outcome: fail() }),
		exportAssets: async () => ({ sources: new Map(), outcome: fail() }),
		async *verify() {},
		cache: { stats: async () => [] } as never,
		campaignName: async () => 'launch',
		hasRecipients: async () => false,
		followLive: async () => {},
		streamPlan: () => Promise.reject(new Error('not asked for')),
		remember: async () => {},
		plan: async () => plan,
		areCaptionsInPlace: async () => true,
		types: () => Promise.reject(new Error('not asked for')),
		emit: () => [{ path: 'entry.tsx', text: '' }],
		async *drawStills() {},
		async placeFrames() {},
		openRender: () => ({
			async *execute(given) {
				request = given;
				for (const event of events) {
					if (event instanceof RenderFailure) throw event;
					if (event instanceof Error) {
						abort.abort();
						throw event;
					}
					yield event;
				}
			},
			close: async () => {},
		}),
		openJournal: async () => ({ path: join(folder, '.reelform/runs/1.ndjson'), write() {}, close: async () => {} }),
		tools: async () => [
			{ tool: 'browser', links: [tool] },
			{ tool: 'encoder', links: [tool] },
		],
		machine: () => Promise.reject(new Error('not asked for')),
		temporaryName: (extension) => `made.${extension}`,
		defaultConcurrency: 2,
	};
	const context: CliContext = {
		stdout: stream('out'),
		stderr: stream('err'),
		env: {},
		cwd: folder,
		interruption: () => abort.signal,
		ask: null,
		now: () => 0,
		wiring: async () => wiring,
	};
	try {
		const code = await render(context, 'a.yaml', flags);
		then({ code, ...written, request, folder });
	} finally {
		rmSync(folder, { recursive: true });
	}
};

const appliedIds = (folder: string, name = 'launch.json'): readonly string[] =>
	JSON.parse(readFileSync(join(folder, '.reelform', 'applied', name), 'utf8')).plan.plan.outputs.map(({ id }: { id: string }) => id);

Render('the sum line comes first on stderr, and the result last on stdout', () =>
	renderWith([started, finished(TIKTOK), finished(YOUTUBE), ended()], {}, ({ code, out, err, request, folder }) => {
		assert.is(code, 0);
		assert.is(err, 'Plan: 2 outputs, 60 of 90 frames to render (33.3 % reused or shared), about 3s\n');
		assert.is(out, '2 videos in out/launch/  60 frames rendered, 30 shared, 1s\n');
		assert.is(request?.outputDirectory, join(folder, 'out', 'launch'));
		assert.equal([request?.concurrency, request?.frameSource], [2, null]);
		assert.equal(appliedIds(folder), [TIKTOK, YOUTUBE]);
	}),
);

Render('flags reach the run; drafts go to a folder and a record of their own', () =>
	renderWith([started, finished(TIKTOK), ended()], { draft: true, concurrency: 3, frameSource: 'remotion' }, ({ request, folder, out }) => {
		assert.equal([request?.concurrency, request?.frameSource], [3, 'remotion']);
		assert.match(out, 'in out/launch-draft/');
		assert.equal(appliedIds(folder, 'launch.draft.json'), [TIKTOK]);
	}),
);

Render('a failed output is told with its reason, the others count, and the exit code is 3', () =>
	renderWith(
		[started, finished(TIKTOK), failed, ended({ outputs: { finished: 1, unchanged: 0, failed: 1 } })],
		{ out: 'o' },
		({ code, out, err, folder }) => {
			assert.is(code, 3);
			assert.match(err, 'error[RF6002] youtube/a/15s-b.mp4: the browser ended: signal SIGSEGV\n');
			assert.is(out, '1 video in o/  1 failed  60 frames rendered, 0 shared, 1s\n');
			assert.equal(appliedIds(folder), [TIKTOK]);
		},
	),
);

for (const [title, last] of [
	['a run that was interrupted', ended({ interrupted: true, segments: { rendered: 1, reused: 0, failed: 0 } })],
	['a run that could not sum up before it was interrupted', new Error('aborted')],
] as const)
	Render(`${title} exits with 130 and says how to go on`, () =>
		renderWith([started, finished(TIKTOK), last], {}, ({ code, out, err, folder }) => {
			assert.is(code, 130);
			assert.is(out, '');
			assert.match(err, 'run the same command again');
			assert.equal(appliedIds(folder), [TIKTOK], 'what was finished is recorded');
		}),
	);

Render('--json prints every event as a line, the format version on the first, and nothing for people', () =>
	renderWith([started, failed, ended({ outputs: { finished: 1, unchanged: 0, failed: 1 } })], { json: true }, ({ code, out, err }) => {
		assert.is(code, 3);
		assert.is(err, '');
		const lines = out
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		assert.equal(
			lines.map(({ formatVersion, type }) => [formatVersion, type]),
			[
				[1, 'run-started'],
				[undefined, 'output-failed'],
				[undefined, 'run-finished'],
			],
		);
	}),
);

Render('a folder that cannot be written is told before anything is drawn: exit 4', () =>
	renderWith([], { out: '/dev/null/out' }, ({ code, err, request }) => {
		assert.is(code, 4);
		assert.match(
			err,
			/error\[RF5004\] "\/dev\/null\/out" cannot be written: a part of the path is a file\n {2}hint: choose a folder with --out/,
		);
		assert.is(request, null);
	}),
);

const refused = (...unmade: readonly string[]): Compilation => ({
	...compilation,
	outcome: fail(
		errorAt({ file: 'a.yaml', start: 0, end: 1 }, 'RF4227', 'a sentence of a paid voice is not at hand', 'run `reelform assets resolve`'),
	),
	unmade: unmade.map(
		(key): UnmadeOutput => ({
			...{ id: `c/${key}`, path: `${key}.mp4`, recipient: { key, row: 7, values: {} } },
			cell: { id: 'c', platform: { name: 'tiktok' }, seconds: 15, variant: 'a', mood: 'calm', cta: null } as never,
		}),
	),
});
const linesIn = (file: string): readonly { readonly output: string; readonly status: string }[] =>
	readFileSync(file, 'utf8')
		.trimEnd()
		.split('\n')
		.slice(1)
		.map((line) => JSON.parse(line));

Render('a fault of the spec that only a later group shows costs the outputs of that group: the others are made, exit 3', () =>
	renderWith(
		[started, finished(TIKTOK), finished(YOUTUBE), ended()],
		{},
		({ code, err, out, folder }) => {
			assert.is(code, 3);
			assert.match(err, /error\[RF4227\]/);
			assert.is(err.split('run `reelform assets resolve`').length, 2, 'its diagnostics are told once');
			assert.match(err, '2 videos could not be made:\nRF4227 USER  2 videos\n');
			assert.match(err, '  which: x.mp4, y.mp4\n');
			assert.match(out, '4 videos in out/launch/  2 failed');
			assert.equal(
				linesIn(join(folder, 'out/launch/manifest.ndjson')).map(({ output, status }) => `${output} ${status}`),
				[`${TIKTOK} unchanged`, `${YOUTUBE} unchanged`, 'c/x failed', 'c/y failed'],
			);
		},
		{ batches: [compilation, refused('x'), refused('y'), compilation] },
	),
);

Render('a fault of the spec that the first group shows ends the run before any work: exit 1', () =>
	renderWith(
		[],
		{},
		({ code, err, folder, request }) => {
			assert.is(code, 1);
			assert.is(request, null);
			assert.match(err, 'RF4227');
			assert.not(existsSync(join(folder, 'out/launch/manifest.ndjson')));
		},
		{ batches: [refused('x'), compilation] },
	),
);

const noRoom = new RenderFailure('DISK', 'the render needs about 4 GB in out, and 1 GB are free');

Render('too little room for the first plan: exit 4, what is needed is told, and nothing is written', () =>
	renderWith([noRoom], {}, ({ code, err, out, folder }) => {
		assert.is(code, 4);
		assert.match(err, 'error[RF6006] the render needs about 4 GB in out, and 1 GB are free\n');
		assert.match(err, 'hint: make room');
		assert.is(out, '');
		assert.equal(readdirSync(join(folder, 'out/launch')), []);
	}),
);

for (const [what, error, code] of [
	['too little room', noRoom, 4],
	['a bug of ours', new RenderFailure('INTERNAL', 'a bug'), null],
] as const)
	Render(`what was made before ${what} ended the run stays in the manifest`, async () => {
		let last: Outcome | null = null;
		const thrown = await renderWith([started, finished(TIKTOK), error], {}, (outcome) => {
			last = outcome;
			assert.equal(
				linesIn(join(outcome.folder, 'out/launch/manifest.ndjson')).map(({ output, status }) => `${output} ${status}`),
				[`${TIKTOK} unchanged`],
			);
		}).catch((thrown: unknown) => thrown);
		if (code === null) assert.is(thrown, error);
		else assert.is((last as Outcome | null)?.code, code);
	});

Render('a manifest that cannot be written is told, and costs neither the report nor the record of what was made: exit 4', () =>
	renderWith(
		[started, finished(TIKTOK), finished(YOUTUBE), ended()],
		{ out: 'videos' },
		({ code, err, out, folder }) => {
			assert.is(code, 4);
			assert.match(err, 'The manifest in videos could not be written: a folder is in the place of the file.');
			assert.match(out, '2 videos in videos/');
			assert.equal(appliedIds(folder), [TIKTOK, YOUTUBE]);
		},
		{ before: (folder) => mkdirSync(join(folder, 'videos/manifest.csv/x'), { recursive: true }) },
	),
);

Render('where outputs failed as well, that is what the exit code tells: exit 3, with its page', () =>
	renderWith(
		[started, failed, ended({ outputs: { finished: 1, unchanged: 0, failed: 1 } })],
		{ out: 'videos' },
		({ code, err }) => {
			assert.is(code, 3);
			assert.match(err, 'The manifest in videos could not be written');
			assert.match(err, '1 video could not be made');
		},
		{ before: (folder) => mkdirSync(join(folder, 'videos/manifest.ndjson/x'), { recursive: true }) },
	),
);

Render('limits reach the run', () =>
	renderWith([started, ended()], { maxMemory: '3GB', nice: true, failFast: true, concurrency: 2 }, ({ request }) => {
		assert.equal(request?.limits, { chosenConcurrency: true, memoryBytes: 3e9, nice: true, failFast: true });
	}),
);

Render.run();
