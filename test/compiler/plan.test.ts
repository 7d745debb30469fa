import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CompiledOutput } from '../../src/compiler/compile-campaign.ts';
import { diffPlans } from '../../src/compiler/diff-plan.ts';
import { type PlanContext, planCampaign } from '../../src/compiler/plan.ts';
import { makeSegmenter } from '../../src/compiler/segment.ts';
import { type Sharing, share } from '../../src/compiler/share.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import type { EncoderProfile } from '../../src/model/segment-message.ts';
import type { Seconds } from '../../src/model/units.ts';
import type { SegmentRecord } from '../../src/ports/segment-store.ts';
import { noFonts, rectangle, track } from '../support/timelines.ts';

const Plan = suite('compiler/plan');

const profile: EncoderProfile = { codec: 'h264', preset: 'ultrafast', crf: 26, threads: 1, jpegQuality: 80 };
const segment = makeSegmenter(profile, noFonts);
const canvas = { width: 160, height: 90, fps: 30 };
const toolchain = { runtime: 'r', remotion: '4', react: '19', browser: 'b', encoder: 'e' };
const fresh: PlanContext = { stored: new Map(), previous: null, concurrency: 2 };

/** One second of a common opening, then a second that shows `closing`. */
const output = (cta: string, closing: string): CompiledOutput => {
	const scene = (id: string, start: number, color: string) => ({
		id,
		start,
		frames: 60,
		background: { type: 'solid', color: '#101010' } as const,
		layers: [{ drawing: rectangle(color, [track('x', 9, 0, 0, 30)]), from: 0, until: 60 }],
		transition: null,
	});
	const timeline = { canvas, frames: 120, scenes: [scene('open', 0, '#00ff00'), scene('close', 60, closing)] };
	const platform = {
		name: 'youtube',
		canvas,
		safeArea: { top: 0, right: 0, bottom: 0, left: 0 },
		limits: { minSeconds: 0, maxSeconds: 99 },
	};
	const cell = {
		id: `youtube/4s/default/${cta}`,
		platform,
		seconds: 4 as Seconds,
		variant: 'default',
		mood: 'calm',
		cta: { name: cta, spec: { text: cta } },
	} as const;
	return { id: cell.id, cell, recipient: null, path: `${cta}.mp4`, frames: 120, segments: segment(timeline) };
};

const campaign = (...outputs: readonly CompiledOutput[]): Sharing =>
	share({ campaign: 'test', file: 'test.campaign.yaml', outputs, rejected: [] }, toolchain);

const record = (key: SegmentKey, frames: number): SegmentRecord => ({
	key,
	sha256: '',
	bytes: 1,
	frames,
	width: 160,
	height: 90,
	fps: 30,
	costMs: 100,
});

Plan('what two outputs have in common is planned once', () => {
	const { plan } = planCampaign(campaign(output('a', '#ff0000'), output('b', '#0000ff')), fresh);
	assert.equal(plan.summary.frames, { total: 240, unique: 180, reused: 0, toRender: 180 });
	assert.equal(plan.summary.segments, { total: 8, unique: 6, reused: 0, toRender: 6 });
	assert.equal(
		plan.segments.map((s) => [s.label, s.uses, s.action, s.reason]),
		[
			['open', 2, 'render', 'new'],
			['open', 2, 'render', 'new'],
			['close', 1, 'render', 'new'],
			['close', 1, 'render', 'new'],
			['close', 1, 'render', 'new'],
			['close', 1, 'render', 'new'],
		],
	);
});

Plan('what the store holds is reused, and the estimate uses what it cost', () => {
	const first = planCampaign(campaign(output('a', '#ff0000')), fresh);
	const stored = new Map(first.plan.segments.slice(0, 2).map((s) => [s.key, record(s.key, s.frames)] as const));
	const { plan } = planCampaign(campaign(output('a', '#ff0000')), { ...fresh, stored });
	assert.equal(plan.summary.frames, { total: 120, unique: 120, reused: 60, toRender: 60 });
	assert.is(plan.summary.estimate.basis, 'measured');
	assert.is(plan.segments[0]?.reason, 'in the store');
});

Plan('an edit says what it changed, and touches only the segments that show it', () => {
	const before = planCampaign(campaign(output('a', '#ff0000')), fresh);
	const stored = new Map(before.plan.segments.map((s) => [s.key, record(s.key, s.frames)] as const));
	const { plan } = planCampaign(campaign(output('a', '#ee0000')), { ...fresh, stored, previous: before });
	assert.equal(
		plan.segments.map((s) => s.reason),
		['in the store', 'in the store', 'changed: colour #ff0000 is #ee0000', 'changed: colour #ff0000 is #ee0000'],
	);
	assert.equal(plan.changes, [{ id: 'youtube/4s/default/a', path: 'a.mp4', change: 'changed' }]);
});

Plan('another browser renders everything again, and says so', () => {
	const before = planCampaign(campaign(output('a', '#ff0000')), fresh);
	const other = share(
		{ campaign: 'test', file: 'test.campaign.yaml', outputs: [output('a', '#ff0000')], rejected: [] },
		{ ...toolchain, browser: 'c' },
	);
	const { plan } = planCampaign(other, { ...fresh, previous: before });
	assert.equal([...new Set(plan.segments.map((s) => s.reason))], ['changed: toolchain, another browser']);
});

Plan('a segment that was rendered once and is gone from the store says that', () => {
	const before = planCampaign(campaign(output('a', '#ff0000')), fresh);
	const { plan } = planCampaign(campaign(output('a', '#ff0000')), { ...fresh, previous: before });
	assert.equal([...new Set(plan.segments.map((s) => s.reason))], ['missing from the store']);
	assert.is(plan.changes[0]?.change, 'unchanged');
});

Plan('outputs that the spec no longer has are orphaned', () => {
	const before = planCampaign(campaign(output('a', '#ff0000'), output('b', '#0000ff')), fresh);
	const { plan } = planCampaign(campaign(output('b', '#0000ff'), output('c', '#00ffff')), { ...fresh, previous: before });
	assert.equal(
		plan.changes.map(({ id, change }) => [id.split('/').at(-1), change]),
		[
			['b', 'unchanged'],
			['c', 'new'],
			['a', 'orphaned'],
		],
	);
});

Plan('a file that an output of another name made before is changed, not new, and nothing of it is orphaned', () => {
	const before = planCampaign(campaign(output('a', '#ff0000')), fresh);
	const renamed = { ...output('b', '#ee0000'), path: 'a.mp4' };
	const { plan } = planCampaign(campaign(renamed), { ...fresh, previous: before });
	assert.equal(plan.changes, [{ id: 'youtube/4s/default/b', path: 'a.mp4', change: 'changed' }]);
	assert.ok(plan.segments.some(({ reason }) => reason === 'changed: colour #ff0000 is #ee0000'));
});

Plan('two plans differ in the outputs and segments that an edit touched', () => {
	const before = planCampaign(campaign(output('a', '#ff0000'), output('b', '#0000ff')), fresh).plan;
	const after = planCampaign(campaign(output('a', '#ff0000'), output('b', '#0000ee')), fresh).plan;
	const difference = diffPlans(before, after);
	assert.equal(difference.outputs, { added: [], changed: ['youtube/4s/default/b'], removed: [], unchanged: 1 });
	assert.is(difference.framesToRender, 60);
});

Plan('the same campaign plans to the same bytes', () => {
	const plan = () => JSON.stringify(planCampaign(campaign(output('a', '#ff0000'), output('b', '#0000ff')), fresh));
	assert.is(plan(), plan());
});

Plan.run();
