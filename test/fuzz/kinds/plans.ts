import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mergeApplied, narrowTo, readApplied, recordRun } from '../../../src/cli/applied.ts';
import { driftFrom, readPlanFile, writePlanFile } from '../../../src/cli/plan-file.ts';
import { diffPlans, planCampaign } from '../../../src/compiler/pipeline.ts';
import { resolvePlatform } from '../../../src/compiler/platforms.ts';
import type { Cell } from '../../../src/model/cell.ts';
import { segmentKey } from '../../../src/model/keys.ts';
import type { ExecutablePlan } from '../../../src/model/render-plan.ts';
import { toSeconds } from '../../../src/model/units.ts';
import { samplePlan } from '../../cli/sample-plan.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { mutateJson } from '../mutate-json.ts';

const OUTPUTS = { 'tiktok/15s/a/b': ['aaaaaa', 'bbbbbb'], 'youtube/15s/a/b': ['aaaaaa'] };
const plan = samplePlan({ outputs: OUTPUTS, stored: ['aaaaaa'] });
const other = samplePlan({ outputs: { ...OUTPUTS, 'x/30s/a/c': ['cccccc', 'aaaaaa'] } });

/** Every segment that is played has its message, and every message is the one that its key names. */
const checkKeys = ({ plan: { outputs, segments }, messages, toolchain }: ExecutablePlan): void => {
	for (const { key } of segments) {
		const message = messages[key];
		expectThat(message !== undefined && segmentKey(message, toolchain) === key, `the message of ${key} is another one`);
	}
	const known = new Set(segments.map(({ key }) => key));
	expectThat(
		outputs.every((output) => output.segments.every((key) => known.has(key))),
		'an output plays a segment that the plan does not have',
	);
};

/** A plan as `plan --out` saves it. */
export const planFile: FuzzKind = {
	name: 'saved plan',
	share: 3,
	prepare: async (folder) => {
		const file = join(folder, 'plan.json');
		const seeds: Buffer[] = [];
		for (const saved of [plan, other]) {
			await writePlanFile(file, { spec: 'specs/x.yaml', options: { draft: false, select: null, limit: null }, plan: saved });
			seeds.push(readFileSync(file));
		}
		return {
			seeds,
			mutate: mutateJson,
			judge: async (input) => {
				writeFileSync(file, input);
				const read = await readPlanFile(folder, 'plan.json');
				if (!read.ok) {
					expectThat(
						read.diagnostics.every(({ code }) => code === 'RF7002'),
						'another code than RF7002',
					);
					return 'refused';
				}
				const { spec, options, plan: saved } = read.value;
				expectThat(typeof spec === 'string' && typeof options.draft === 'boolean', 'no spec, or no options');
				checkKeys(saved);
				// What is executed is the plan of today: a saved one only passes when it shows the same.
				for (const now of [plan, other])
					if (driftFrom(saved, now) === null)
						expectThat(
							JSON.stringify(saved.plan.outputs.map(shownOf)) === JSON.stringify(now.plan.outputs.map(shownOf)),
							'passes for a plan that shows something else',
						);
				return 'accepted';
			},
		};
	},
};

const shownOf = ({ id, path, segments }: ExecutablePlan['plan']['outputs'][number]) => [id, path, ...segments];

/** What earlier renders have left. */
export const applied: FuzzKind = {
	name: 'applied plan',
	share: 3,
	prepare: async (folder) => {
		const which = { campaign: 'launch', draft: false };
		const run = (of: ExecutablePlan) => ({
			...{ plan: of, draft: false, partial: false, directory: 'out' },
			finished: new Set(of.plan.outputs.map(({ id }) => id)),
		});
		const seeds: Buffer[] = [];
		let file = '';
		for (const made of [plan, other]) {
			for (const { path } of made.plan.outputs) {
				mkdirSync(dirname(join(folder, 'out', path)), { recursive: true });
				writeFileSync(join(folder, 'out', path), 'film');
			}
			await recordRun(folder, run(made));
			file = join(folder, '.reelform', 'applied', readdirSync(join(folder, '.reelform', 'applied'))[0]!);
			seeds.push(readFileSync(file));
		}
		return {
			seeds,
			mutate: mutateJson,
			judge: async (input) => {
				writeFileSync(file, input);
				const read = await readApplied(folder, which);
				if (read !== null) {
					for (const { path } of read.plan.plan.outputs) expectThat(path.endsWith('.mp4'), `an output at ${path}`);
					for (const now of [plan, other]) {
						mergeApplied(read, run(now));
						diffPlans(read.plan.plan, now.plan);
						planAgainst(read.plan);
						narrowTo(new Set(['youtube/15s/a/b']), read.plan);
					}
				}
				await recordRun(folder, run(plan));
				expectThat((await readApplied(folder, which)) !== null, 'what is written over it cannot be read');
				return read === null ? 'refused' : 'accepted';
			},
		};
	},
};

/** What `plan` says of the campaign against what earlier renders have left. */
const planAgainst = (previous: ExecutablePlan): void => {
	const segments = plan.plan.segments.map(({ key, label, uses }) => [key, { key, label, uses, message: plan.messages[key]! }] as const);
	const outputs = plan.plan.outputs.map(({ id, path, frames, segments: keys }) => ({
		output: {
			id,
			path,
			frames,
			recipient: null,
			segments: keys.map((key) => ({ label: 'scene', message: plan.messages[key]! })),
			cell: cellOf(id),
		},
		keys,
		audio: null,
	}));
	const now = planCampaign(
		{
			...{ campaign: 'launch', toolchain: plan.toolchain, segments: new Map(segments), outputs },
			audioToolchain: { code: '', encoder: null },
			mixes: new Map(),
		},
		{ previous, stored: new Map(), concurrency: 1 },
	);
	for (const { reason } of now.plan.segments) expectThat(typeof reason === 'string', 'a reason that is no text');
};

const cellOf = (id: string): Cell => ({
	id,
	platform: resolvePlatform('youtube', { draft: false }),
	seconds: toSeconds(15),
	variant: 'a',
	mood: 'calm',
	cta: null,
});
