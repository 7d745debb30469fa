import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS } from '../../../src/cli/terminal.ts';
import { watchJson, watchWords } from '../../../src/cli/views/watch.ts';
import { type Attempt, type WatchEvent, watchCampaign } from '../../../src/cli/watch/watch-campaign.ts';
import { diffPlans } from '../../../src/compiler/diff-plan.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import type { RowProblem } from '../../../src/model/row-problem.ts';
import { samplePlan } from '../sample-plan.ts';

const Watch = suite('cli/watch/watch-campaign');

const fault: Diagnostic = { code: 'RF1001', severity: 'error', summary: 'this is not YAML' };
const good = (close: string, namedFiles: readonly string[] = []): Attempt => ({
	plan: samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa', close], 'youtube/15s/a/b': ['aaaaaa'] } }).plan,
	diagnostics: [],
	sources: new Map(),
	rows: null,
	namedFiles,
});
const broken: Attempt = { plan: null, diagnostics: [fault], sources: new Map(), rows: null, namedFiles: null };

/** One attempt before the first batch, one for each batch. */
const watchThrough = async (
	attempts: readonly Attempt[],
	change = '/p/a.yaml',
): Promise<{ events: readonly WatchEvent[]; followed: readonly (readonly string[])[] }> => {
	const followed: (readonly string[])[] = [];
	const waiting = [...attempts];
	const batches = async function* () {
		for (let batch = 1; batch < attempts.length; batch++) yield new Set([change]);
	};
	const events: WatchEvent[] = [];
	const request = {
		specFile: '/p/a.yaml',
		batches: batches(),
		isLive: (name: string) => name === 'data.stock',
		attempt: async () => waiting.shift()!,
		follow: async (files: readonly string[]) => {
			followed.push(files);
		},
		diff: diffPlans,
	};
	for await (const event of watchCampaign(request)) events.push(event);
	return { events, followed };
};

Watch('a fault keeps the last good plan, and the cure is told against it', async () => {
	const { events } = await watchThrough([good('bbbbbb'), broken, broken, good('cccccc')]);
	assert.equal(
		events.map((event) => event.type),
		['watching', 'planned', 'failed', 'failed', 'replanned'],
	);
	const failed = events[3];
	assert.ok(failed?.type === 'failed' && failed.kept?.summary.outputs === 2);
	const cured = events[4];
	assert.ok(cured?.type === 'replanned');
	assert.equal(cured.difference.outputs.changed, ['tiktok/15s/a/b']);
	assert.is(cured.difference.framesToRender, 30);
});

Watch('a spec that is wrong from the start has no plan to keep, and its first good one is no difference', async () => {
	const { events } = await watchThrough([broken, good('bbbbbb')]);
	assert.equal(
		events.map((event) => event.type),
		['watching', 'failed', 'planned'],
	);
	assert.ok(events[1]?.type === 'failed' && events[1].kept === null);
});

Watch('the files that the spec names are followed, and those of the last readable spec stay followed through a fault', async () => {
	const { followed } = await watchThrough([good('bbbbbb', ['/p/a.png']), broken, good('bbbbbb', ['/p/a.png']), good('bbbbbb', [])]);
	assert.equal(followed, [['/p/a.yaml'], ['/p/a.yaml', '/p/a.png'], ['/p/a.yaml']]);
});

const badRow: RowProblem = {
	...{ code: 'RF4203', source: 'recipients', row: 2, key: 'b', column: 'name' },
	...{ summary: 'has no value', hint: 'give one' },
};
const badRows = { good: 1, bad: 1, problems: [badRow], skipped: [], replaced: [], outputs: 2 };

Watch('a live source that changes nothing that is shown is passed over, and a save is always answered', async () => {
	const attempts = [
		good('bbbbbb'),
		good('bbbbbb'),
		{ ...good('bbbbbb'), rows: badRows },
		{ ...good('bbbbbb'), rows: badRows },
		broken,
		broken,
		good('bbbbbb'),
		good('cccccc'),
		good('cccccc'),
	];
	for (const [change, told] of [
		['data.stock', ['planned', 'replanned', 'failed', 'replanned', 'replanned']],
		['/p/a.yaml', ['planned', 'replanned', 'replanned', 'replanned', 'failed', 'failed', 'replanned', 'replanned', 'replanned']],
	] as const) {
		const { events } = await watchThrough(attempts, change);
		assert.equal(
			events.map((event) => event.type),
			['watching', ...told],
			change,
		);
	}
});

Watch('a person reads plans on stdout, and files and faults on stderr', async () => {
	const { events } = await watchThrough([good('bbbbbb', ['/p/a.png']), broken, good('cccccc', ['/p/a.png']), good('cccccc', ['/p/a.png'])]);
	const words = events.map((event) => watchWords(event, '/p', NO_COLORS));
	assert.snapshot(
		words.map(({ out }) => out).join(''),
		`Plan: 2 outputs, 60 of 90 frames to render (33.3 % reused or shared), about 3s
~ 1 changed  = 1 unchanged: 1 new segment in cccccc, 30 frames to render
No change: 2 outputs as before
`,
	);
	assert.snapshot(
		words.map(({ err }) => err).join(''),
		`Watching a.yaml
Watching a.yaml and 1 file that it names
error[RF1001] this is not YAML

1 error
The last good plan is kept: 2 outputs
`,
	);
});

Watch('a program reads one line for each event, the first with the format version', async () => {
	const { events } = await watchThrough([good('bbbbbb'), broken, good('cccccc')]);
	const lines = events.map((event, index) => JSON.parse(watchJson(event, 'a.yaml', index === 0)));
	assert.equal(
		lines.map(({ formatVersion, type }) => [formatVersion, type]),
		[
			[1, 'watching'],
			[undefined, 'planned'],
			[undefined, 'failed'],
			[undefined, 'replanned'],
		],
	);
	assert.is(lines[2].diagnostics[0].code, 'RF1001');
	assert.is(lines[2].kept.outputs, 2);
	assert.equal(lines[3].difference.outputs.changed, ['tiktok/15s/a/b']);
});

Watch.run();
