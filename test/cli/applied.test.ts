import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Applied, mergeApplied, narrowTo, type Run, readApplied, recordRun } from '../../src/cli/applied.ts';
import type { AudioKey } from '../../src/model/audio.ts';
import type { ExecutablePlan } from '../../src/model/render-plan.ts';
import { makeAudioMessage } from '../support/mixes.ts';
import { samplePlan } from './sample-plan.ts';

const AppliedPlans = suite('cli/applied');

const TIKTOK = 'tiktok/15s/a/b';
const YOUTUBE = 'youtube/15s/a/b';
const both = samplePlan({ outputs: { [TIKTOK]: ['aaaaaa', 'bbbbbb'], [YOUTUBE]: ['aaaaaa'] } });
const onlyTiktok = samplePlan({ outputs: { [TIKTOK]: ['aaaaaa', 'cccccc'] } });

const run = (over: Partial<Run>): Run => ({
	plan: both,
	draft: false,
	partial: false,
	directory: 'out',
	finished: new Set([TIKTOK, YOUTUBE]),
	...over,
});
const idsOf = (applied: Applied | null): readonly string[] => (applied?.plan.plan.outputs ?? []).map((output) => output.id);
const labelsOf = (applied: Applied): readonly string[] => applied.plan.plan.segments.map((segment) => segment.label).sort();

const before: Applied = mergeApplied(null, run({}));

AppliedPlans('a first run leaves its finished outputs, with their segments and messages', () => {
	const applied = mergeApplied(null, run({ finished: new Set([YOUTUBE]) }));
	assert.equal(idsOf(applied), [YOUTUBE]);
	assert.equal(labelsOf(applied), ['aaaaaa']);
	assert.is(Object.keys(applied.plan.messages).length, 1);
});

AppliedPlans('a run of a selection keeps the other outputs of earlier runs', () => {
	const applied = mergeApplied(before, run({ plan: onlyTiktok, partial: true, finished: new Set([TIKTOK]) }));
	assert.equal(idsOf(applied), [YOUTUBE, TIKTOK]);
	assert.equal(labelsOf(applied), ['aaaaaa', 'cccccc']);
});

AppliedPlans('a run of the whole campaign forgets outputs that the campaign no longer has', () => {
	assert.equal(idsOf(mergeApplied(before, run({ plan: onlyTiktok, finished: new Set([TIKTOK]) }))), [TIKTOK]);
});

AppliedPlans('an output that failed stays as it was before', () => {
	const applied = mergeApplied(before, run({ plan: onlyTiktok, finished: new Set() }));
	assert.equal(labelsOf(applied), ['aaaaaa', 'bbbbbb']);
});

AppliedPlans('of a large run the outputs are remembered when not every message is', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-applied-'));
	try {
		const [[key, message]] = Object.entries(both.messages) as [[string, ExecutablePlan['messages'][string]]];
		const few: ExecutablePlan = { ...both, messages: { [key]: message } };
		for (const path of both.plan.outputs.map((output) => output.path)) {
			mkdirSync(dirname(join(folder, 'out', path)), { recursive: true });
			writeFileSync(join(folder, 'out', path), '');
		}
		await recordRun(folder, run({ plan: few }));
		assert.equal(idsOf(await readApplied(folder, { campaign: both.plan.campaign, draft: false })), [TIKTOK, YOUTUBE]);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

AppliedPlans('the sounds that outputs play are kept for the reasons of the next plan, and no others', () => {
	const playing = (sound: string): ExecutablePlan => {
		const { plan } = both;
		const outputs = plan.outputs.map((output) => ({ ...output, audio: sound as AudioKey }));
		return { ...both, plan: { ...plan, outputs }, sounds: { [sound]: makeAudioMessage(1, []), other: makeAudioMessage(2, []) } };
	};
	const first = mergeApplied(null, run({ plan: playing('one') }));
	assert.equal(Object.keys(first.plan.sounds ?? {}), ['one']);
	const second = mergeApplied(first, run({ plan: playing('two'), finished: new Set([TIKTOK]) }));
	assert.equal(Object.keys(second.plan.sounds ?? {}), ['one', 'two']);
	assert.not('sounds' in before.plan);
});

AppliedPlans('another output folder starts anew', () => {
	assert.equal(idsOf(mergeApplied(before, run({ plan: onlyTiktok, partial: true, finished: new Set([TIKTOK]), directory: 'else' }))), [
		TIKTOK,
	]);
});

AppliedPlans('a plan of a selection is told against the selected outputs only', () => {
	assert.equal(
		narrowTo(new Set([TIKTOK]), both).plan.outputs.map((output) => output.id),
		[TIKTOK],
	);
});

AppliedPlans('what was recorded is read back, without the outputs whose files are gone; drafts are kept apart', async () => {
	const cwd = mkdtempSync(join(tmpdir(), 'reelform-applied-'));
	try {
		for (const output of both.plan.outputs) {
			const file = join(cwd, 'out', output.path);
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(file, '');
		}
		await recordRun(cwd, run({ directory: join(cwd, 'out') }));
		const which = { campaign: 'launch', draft: false };
		assert.equal(idsOf(await readApplied(cwd, which)), [TIKTOK, YOUTUBE]);
		rmSync(join(cwd, 'out', 'tiktok'), { recursive: true });
		assert.equal(idsOf(await readApplied(cwd, which)), [YOUTUBE]);
		assert.is(await readApplied(cwd, { ...which, draft: true }), null);
		writeFileSync(join(cwd, '.reelform', 'applied', 'launch.json'), '{"formatVersion":1');
		assert.is(await readApplied(cwd, which), null);
	} finally {
		rmSync(cwd, { recursive: true });
	}
});

AppliedPlans.run();
