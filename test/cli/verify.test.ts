import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type VerifyFlags, verify } from '../../src/cli/commands/verify.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { VerifyEvent, VerifyRequest, Wiring } from '../../src/cli/wiring.ts';
import { type Diagnostic, fail, succeed } from '../../src/diagnostics/diagnostic.ts';
import { type FailureClass, RenderFailure } from '../../src/model/failure.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import type { ExecutablePlan } from '../../src/model/render-plan.ts';
import { capturedStreams } from '../support/captured-streams.ts';
import { samplePlan } from './sample-plan.ts';

const Verify = suite('cli/verify');

/** A spec's segments, all in the store, by their colours. */
const planOf = (...colors: readonly string[]): ExecutablePlan => samplePlan({ outputs: { 'tiktok/15s/a/b': colors }, stored: colors });
const plan = planOf('aaaaaa');
const [segment] = plan.plan.segments.map(({ key }) => key) as [SegmentKey];

type Project = {
	/** By the name of the spec; null for one that is wrong. */
	readonly specs: Readonly<Record<string, ExecutablePlan | null>>;
	/** What is found of a segment; it is the same when left out. */
	readonly found?: (segment: SegmentKey) => VerifyEvent;
	readonly spec?: string;
	readonly flags?: VerifyFlags;
	/** Specs that are too large to be held, by their groups. */
	readonly groups?: Readonly<Record<string, readonly ExecutablePlan[]>>;
};

const same = (key: SegmentKey): VerifyEvent => ({ type: 'segment-verified', segment: key, frames: 30 });
const wrong: Diagnostic = { code: 'RF1001', severity: 'error', summary: 'it is no YAML' };

const compilationOf = (file: string, planned: ExecutablePlan | null | undefined) => ({
	...{ file, sources: new Map(), namedFiles: [], axes: null, assetFile: () => null, rows: null, components: [] },
	outcome: planned ? succeed({ campaign: file, outputs: planned.plan.outputs }) : fail(wrong),
});

/** Runs the command on a machine that finds this. */
const run = async ({ specs, found = same, spec, flags = {}, groups = {} }: Project) => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-verify-test-'));
	for (const name of Object.keys(specs)) writeFileSync(join(folder, name), '');
	const { written, stream } = capturedStreams();
	const asked: SegmentKey[][] = [];
	const chosen = { name: 'it', state: 'chosen', path: '/it', version: '1', why: 'it is there' };
	const wiring = {
		compile: async (file: string) => ({
			...compilationOf(file, specs[file]),
			...(groups[file] === undefined ? {} : { tooMany: 10_000, outcome: fail(wrong) }),
		}),
		compileBatches: async (file: string) => ({ batches: groups[file]?.map((group) => compilationOf(file, group)) ?? [] }),
		plan: async ({ outputs }: { readonly outputs: unknown }) =>
			[...Object.values(specs), ...Object.values(groups).flat()].find((planned) => planned?.plan.outputs === outputs),
		tools: async () => ['browser', 'encoder'].map((tool) => ({ tool, links: [chosen] })),
		async *verify({ keys }: VerifyRequest) {
			asked.push([...keys]);
			yield* keys.map(found);
		},
		defaultConcurrency: 1,
	} as unknown as Wiring;
	const context = {
		...{ stdout: stream('out'), stderr: stream('err'), env: {}, cwd: folder },
		interruption: () => new AbortController().signal,
		now: () => 0,
		wiring: async () => wiring,
	} as unknown as CliContext;
	try {
		const code = await verify(context, spec, flags);
		const kept = join(folder, '.reelform', 'verify', segment.slice(0, 16));
		return { code, ...written, asked, pictures: existsSync(kept) ? readdirSync(kept).sort() : [] };
	} finally {
		rmSync(folder, { recursive: true });
	}
};

Verify('what is the same is exit 0', async () => {
	const { code, out, err } = await run({ specs: { 'a.campaign.yaml': plan }, spec: 'a.campaign.yaml' });
	assert.equal([code, err], [EXIT.done, '']);
	assert.is(out, '1 segment of 1 in the store drawn again with the same bytes\n');
});

const picture = Buffer.from('a picture');
const difference = { frame: 7, stored: picture, fresh: picture };
const failure = { class: 'PAGE', message: 'it broke' } as const;
for (const [title, found, pictures, ...expected] of [
	[
		'a segment that differs is RF7101, with both pictures, the fields of its message and the files that were made from it',
		{ type: 'segment-differs', segment, difference, outputs: ['/p/a.mp4', '/p/b.mp4'] },
		['fresh.jpg', 'message.json', 'stored.jpg'],
		/error\[RF7101\] segment \w{16} \(.*30 frames\) differs from its frame 7 on; it is set aside, and the next render draws it again/,
		/canvas: 160 x 90, 30 frames at 30 a second\n {2}scenes\[0\]\.background: solid/,
		/see stored\.jpg and fresh\.jpg, and message\.json, in \.reelform\/verify\/\w{16}\n/,
		/made from it, and made again by the next render: .*p\/a\.mp4, .*p\/b\.mp4\n/,
		/drawn again with the same bytes; 1 wrong\n/,
	],
	[
		'a segment whose file alone differs names what it was encoded with',
		{ type: 'segment-differs', segment, difference: null, outputs: [] },
		['message.json'],
		/looks the same and reads differently/,
		/encoder: h264 ultrafast, crf 30/,
	],
	[
		'a scene that is not pure is RF7104, with two pictures of now',
		{ type: 'segment-impure', segment, difference },
		['again.jpg', 'first.jpg', 'message.json'],
		/error\[RF7104\] .* was drawn more than once now, with different bytes, from its frame 7 on: the scene is not pure/,
		/the stored one stays/,
		/drawn again with the same bytes; 1 not pure\n/,
	],
	['a segment that is damaged is RF7102', { type: 'segment-damaged', segment }, [], /error\[RF7102\] .* was set aside/],
	[
		'a segment that cannot be drawn again is RF7103',
		{ type: 'segment-unverified', segment, failure },
		[],
		/error\[RF7103\] .* could not be drawn again: it broke/,
	],
] as const satisfies readonly (readonly [string, VerifyEvent, readonly string[], ...RegExp[]])[]) {
	Verify(title, async () => {
		const {
			code,
			out,
			err,
			pictures: kept,
		} = await run({ specs: { 'a.campaign.yaml': plan }, spec: 'a.campaign.yaml', found: () => found });
		assert.is(code, EXIT.failedOutputs);
		for (const pattern of expected) assert.match(err + out, pattern);
		assert.equal(kept, pictures);
	});
}

const three = { 'a.campaign.yaml': planOf('aaaaaa', 'bbbbbb'), 'b.campaign.yaml': planOf('bbbbbb', 'cccccc', 'dddddd') };

Verify('without a spec every spec of the project is verified, and what two of them share once', async () => {
	const { code, out, asked } = await run({ specs: three, flags: { all: true } });
	assert.is(code, EXIT.done);
	assert.equal(
		asked.map(({ length }) => length),
		[2, 2],
	);
	assert.is(out, '4 segments of 4 in the store drawn again with the same bytes\n');
});

for (const sample of [1, 3, 9]) {
	Verify(`--sample ${sample} is counted over all specs`, async () => {
		const { asked } = await run({ specs: three, flags: { sample } });
		assert.is(asked.flat().length, Math.min(sample, 4));
	});
}

Verify('a spec that is wrong is told, the others are verified, and the end is exit 1', async () => {
	const { code, out, err, asked } = await run({ specs: { ...three, 'aa.campaign.yaml': null }, flags: { all: true } });
	assert.is(code, EXIT.invalid);
	assert.match(err, /error\[RF1001\] it is no YAML/);
	assert.is(asked.flat().length, 4);
	assert.match(out, /4 segments of 4/);
});

for (const [flags, expected] of [
	[{ all: true }, 3],
	[{ sample: 2 }, 2],
] as const) {
	Verify(`a campaign that is too large to be held is verified group by group: ${JSON.stringify(flags)}`, async () => {
		const large = [planOf('aaaaaa', 'bbbbbb'), planOf('bbbbbb', 'cccccc')];
		const { code, out, asked } = await run({ specs: { 'a.campaign.yaml': null }, groups: { 'a.campaign.yaml': large }, flags });
		assert.equal([code, asked.flat().length], [EXIT.done, expected]);
		assert.match(out, new RegExp(`${expected} segments of 3 in the store`));
	});
}

for (const [flags, said] of [
	[{}, 'Nothing of this campaign is in the store (drafts: verify --draft)\n'],
	[{ draft: true }, 'No draft of this campaign is in the store\n'],
] as const) {
	Verify(`a store without it is told for what was looked at: ${JSON.stringify(flags)}`, async () => {
		const empty = samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa'] }, stored: [] });
		const { code, out } = await run({ specs: { 'a.campaign.yaml': empty }, flags });
		assert.equal([code, out], [EXIT.done, said]);
	});
}

Verify('where every spec is wrong nothing is drawn', async () => {
	const { code, asked } = await run({ specs: { 'a.campaign.yaml': null } });
	assert.equal([code, asked], [EXIT.invalid, []]);
});

for (const [title, project, hint] of [
	['no spec anywhere', { specs: {} }, 'name a spec: reelform verify <spec>'],
	['--all together with --sample', { specs: three, flags: { all: true, sample: 3 } }, 'leave one of them out'],
] as const) {
	Verify(`${title} is an error of usage with a hint`, async () => {
		const error = await run(project).catch((error: unknown) => error);
		assert.instance(error, UsageError);
		assert.is((error as UsageError).hint, hint);
	});
}

for (const [failureClass, expected, told] of [
	['DISK', EXIT.machine, /error\[RF6006\] it does not work\n {2}hint: make room there or mend its permissions; for temporary files TMPDIR/],
	['BUNDLE', EXIT.failedOutputs, /error\[RF6010\] it does not work\n {2}hint: the last words/],
] as const satisfies readonly (readonly [FailureClass, number, RegExp])[])
	Verify(`${failureClass} before anything can be drawn is told, and is no bug`, async () => {
		const { code, out, err } = await run({
			specs: { 'a.campaign.yaml': plan },
			found: () => {
				throw new RenderFailure(failureClass, 'it does not work', 'the last words');
			},
		});
		assert.equal([code, out], [expected, '']);
		assert.match(err, told);
	});

Verify('--json has a line for each segment, without pictures', async () => {
	const { out } = await run({
		specs: { 'a.campaign.yaml': plan },
		found: () => ({ type: 'segment-differs', segment, difference, outputs: ['/p/a.mp4'] }),
		flags: { json: true },
	});
	assert.equal(JSON.parse(out), {
		...{ formatVersion: 1, type: 'segment-differs', segment, outputs: ['/p/a.mp4'], frame: 7, spec: 'a.campaign.yaml' },
		folder: join('.reelform', 'verify', segment.slice(0, 16)),
	});
});

Verify.run();
