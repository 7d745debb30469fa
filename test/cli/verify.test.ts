import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { verify } from '../../src/cli/commands/verify.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { NO_COLORS, type OutputStream } from '../../src/cli/terminal.ts';
import type { VerifiedSegment, VerifyRequest, Wiring } from '../../src/cli/wiring.ts';
import { succeed } from '../../src/diagnostics/diagnostic.ts';
import { samplePlan } from './sample-plan.ts';

const Verify = suite('cli/verify');

const plan = samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa'] }, stored: ['aaaaaa'] });
const [segment] = plan.plan.segments.map(({ key }) => key) as [VerifiedSegment['segment']];

const compilation = {
	file: 'a.yaml',
	sources: new Map(),
	axes: null,
	outcome: succeed({ campaign: 'launch', outputs: [{ id: 'tiktok/15s/a/b', recipient: null }] }),
	assetFile: () => null,
	rows: null,
	components: [],
};

/** Runs the command on a machine that finds this. */
const verifyWith = async (found: VerifiedSegment) => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-verify-test-'));
	const written = { out: '', err: '' };
	const stream = (name: 'out' | 'err'): OutputStream => ({
		write: (text) => {
			written[name] += text;
		},
		drained: async () => {},
		isTerminal: false,
		columns: () => 80,
		colors: NO_COLORS,
	});
	const chosen = { name: 'it', state: 'chosen', path: '/it', version: '1', why: 'it is there' };
	const wiring = {
		compile: async () => compilation,
		plan: async () => plan,
		tools: async () => ['browser', 'encoder'].map((tool) => ({ tool, links: [chosen] })),
		async *verify({ keys }: VerifyRequest) {
			if (keys.length > 0) yield found;
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
		const code = await verify(context, 'a.yaml', {});
		return { code, ...written, pictures: existsSync(join(folder, '.reelform', 'verify', segment.slice(0, 16), 'fresh.jpg')) };
	} finally {
		rmSync(folder, { recursive: true });
	}
};

Verify('what is the same is exit 0', async () => {
	const { code, err } = await verifyWith({ type: 'segment-verified', segment, frames: 30 });
	assert.equal([code, err], [EXIT.done, '']);
});

const picture = Buffer.from('a picture');
for (const [title, found, expected] of [
	[
		'a segment that differs is RF7101, with both pictures to look at',
		{ type: 'segment-differs', segment, stored: 'a', fresh: 'b', difference: { frame: 7, stored: picture, fresh: picture } },
		/error\[RF7101\] segment \w{16} \(.*30 frames\) differs from its frame 7 on/,
	],
	['a segment that is damaged is RF7102', { type: 'segment-damaged', segment }, /error\[RF7102\] .* was set aside/],
	[
		'a segment that cannot be drawn again is RF7103',
		{ type: 'segment-unverified', segment, failure: { class: 'PAGE', message: 'it broke', hint: 'look' } as never },
		/error\[RF7103\] .* could not be drawn again: it broke/,
	],
] as const satisfies readonly (readonly [string, VerifiedSegment, RegExp])[]) {
	Verify(title, async () => {
		const { code, err, pictures } = await verifyWith(found);
		assert.is(code, EXIT.failedOutputs);
		assert.match(err, expected);
		assert.is(pictures, found.type === 'segment-differs');
	});
}

Verify.run();
