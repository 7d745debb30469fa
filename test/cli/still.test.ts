import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type StillFlags, still } from '../../src/cli/commands/still.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { EXIT, type ExitCode } from '../../src/cli/exit-codes.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { Compilation, StillRequest, Wiring } from '../../src/cli/wiring.ts';
import { fail, succeed } from '../../src/diagnostics/diagnostic.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import { capturedStreams } from '../support/captured-streams.ts';
import { samplePlan } from './sample-plan.ts';

const Still = suite('cli/still');

const TIKTOK = 'tiktok/15s/a/b';
const YOUTUBE = 'youtube/15s/a/b';
const plan = samplePlan({ outputs: { [TIKTOK]: ['aaaaaa', 'bbbbbb'], [YOUTUBE]: ['aaaaaa'] } });

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

type Outcome = {
	readonly code: ExitCode;
	readonly out: string;
	readonly err: string;
	readonly request: StillRequest | null;
	readonly folder: string;
};
type Machine = {
	readonly failAt?: number;
	readonly tools?: readonly ('browser' | 'encoder')[];
	readonly abort?: true;
	readonly compilation?: Compilation;
};

const chosen = { name: 'it', state: 'chosen', path: '/it', version: '1', why: 'it is there' } as const;
const absent = { name: 'it', state: 'absent', path: null, version: null, why: 'it is not there' } as never;

/** Runs the command against a wiring whose pictures are the numbers of their messages. */
const stillWith = async (flags: StillFlags, then: (outcome: Outcome) => void, machine: Machine = {}): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-still-'));
	const { written, stream } = capturedStreams();
	const abort = new AbortController();
	let request: StillRequest | null = null;
	const there = machine.tools ?? ['browser', 'encoder'];
	const wiring = {
		compile: async () => machine.compilation ?? compilation,
		plan: async () => plan,
		tools: async () => (['browser', 'encoder'] as const).map((tool) => ({ tool, links: [there.includes(tool) ? chosen : absent] })),
		async *drawStills(given: StillRequest) {
			request = given;
			for (const index of given.messages.keys()) {
				if (index === machine.failAt) throw new RenderFailure('PAGE', 'it broke');
				if (machine.abort) {
					abort.abort();
					throw abort.signal.reason;
				}
				yield { index, png: Buffer.from(`picture ${index}`) };
			}
		},
	} as unknown as Wiring;
	const context = {
		stdout: stream('out'),
		stderr: stream('err'),
		env: {},
		cwd: folder,
		interruption: () => abort.signal,
		now: () => 0,
		wiring: async () => wiring,
	} as CliContext;
	try {
		const code = await still(context, 'a.yaml', flags);
		then({ code, ...written, request, folder });
	} finally {
		rmSync(folder, { recursive: true });
	}
};

Still('the first output is drawn where it rests, beside where its video goes', () =>
	stillWith({}, ({ code, out, request, folder }) => {
		assert.is(code, EXIT.done);
		assert.is(out, 'out/launch-stills/tiktok/a/15s-b.png  160x90  0.967s (frame 29) of tiktok/15s/a/b\n');
		assert.is(readFileSync(join(folder, 'out/launch-stills/tiktok/a/15s-b.png'), 'utf8'), 'picture 0');
		assert.is(request?.messages.length, 1);
		assert.is(request?.messages[0]?.frames, 1);
		assert.is(request?.scale, 1);
	}),
);

Still('an output is found by its id and by its path, at a time, into a file', async () => {
	for (const output of [YOUTUBE, 'youtube/a/15s-b.mp4'])
		await stillWith({ output, at: '0.5s', out: 'look/one.png', scale: 0.5 }, ({ out, request, folder }) => {
			assert.is(out, 'look/one.png  80x45  0.5s (frame 15) of youtube/15s/a/b\n');
			assert.ok(existsSync(join(folder, 'look/one.png')));
			assert.is(request?.scale, 0.5);
		});
});

Still('a time that was printed leads back to its frame', async () => {
	for (let frame = 0; frame < 60; frame++)
		await stillWith({ at: `${Number((frame / 30).toFixed(3))}`, json: true }, ({ out }) => {
			assert.is(JSON.parse(out).stills[0].frame, frame);
		});
});

Still('--all draws each output into a folder', () =>
	stillWith({ all: true, at: '0', out: 'look' }, ({ code, out, folder }) => {
		assert.is(code, EXIT.done);
		assert.is(out.split('\n').length, 3);
		for (const name of ['tiktok', 'youtube']) assert.ok(existsSync(join(folder, `look/${name}/a/15s-b.png`)));
	}),
);

Still('--json prints one document', () =>
	stillWith({ all: true, at: '0', json: true }, ({ out, err }) => {
		const { formatVersion, stills } = JSON.parse(out);
		assert.is(formatVersion, 1);
		assert.equal(stills[1], {
			output: YOUTUBE,
			file: 'out/launch-stills/youtube/a/15s-b.png',
			frame: 0,
			seconds: 0,
			width: 160,
			height: 90,
		});
		assert.is(err, '');
	}),
);

const USAGE: readonly (readonly [flags: StillFlags, message: string | RegExp])[] = [
	[{ output: 'tiktok/15s/a/c' }, /no output is named "tiktok\/15s\/a\/c"/],
	[{ all: true, output: TIKTOK }, /exclude each other/],
	[{ out: 'one.jpg' }, /ends in \.png/],
	[{ at: 'noon' }, /--at cannot read "noon"/],
	[{ at: '2' }, /is 2 s long: it has no frame at 2 s/],
];

for (const [flags, message] of USAGE)
	Still(`a command line with ${JSON.stringify(flags)} is refused`, async () => {
		const error = await stillWith(flags, () => {}).then(
			() => null,
			(reason) => reason,
		);
		assert.instance(error, UsageError);
		assert.match(error.message, message);
	});

Still('a frame that fails is told, the pictures before it stay, and the exit code is that of failed outputs', () =>
	stillWith(
		{ all: true },
		({ code, out, err }) => {
			assert.is(code, EXIT.failedOutputs);
			assert.is(out.split('\n').length, 2);
			assert.match(err, 'error[RF6004] youtube/15s/a/b: it broke');
		},
		{ failAt: 1 },
	),
);

Still('an interruption has its exit code', () => stillWith({}, ({ code }) => assert.is(code, EXIT.interrupted), { abort: true }));

Still('a still needs a browser and no encoder', async () => {
	await stillWith({}, ({ code }) => assert.is(code, EXIT.done), { tools: ['browser'] });
	await stillWith(
		{},
		({ code, err }) => {
			assert.is(code, EXIT.machine);
			assert.match(err, 'RF5001');
			assert.not.match(err, 'RF5002');
		},
		{ tools: ['encoder'] },
	);
});

Still('a spec that is wrong is reported, and nothing is drawn', () =>
	stillWith(
		{},
		({ code, request }) => {
			assert.is(code, EXIT.invalid);
			assert.is(request, null);
		},
		{ compilation: { ...compilation, outcome: fail({ code: 'RF1010', severity: 'error', summary: 'the spec is empty' }) } },
	),
);

Still('a folder that cannot be written to is a problem of the machine', async () => {
	const file = join(tmpdir(), `reelform-file-${process.pid}`);
	writeFileSync(file, '');
	await stillWith({ all: true, out: file }, ({ code }) => assert.is(code, EXIT.machine)).finally(() => rmSync(file));
});

Still.run();
