import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NO_COLORS } from '../../../src/cli/terminal.ts';
import { planJson, planLines } from '../../../src/cli/views/json.ts';
import { isClean, planText, soundLines, sumLine, workLine } from '../../../src/cli/views/plan.ts';
import type { AudioKey } from '../../../src/model/audio.ts';
import { samplePlan, seventyTwo } from '../sample-plan.ts';

const Plan = suite('cli/views/plan');

const small = samplePlan({
	outputs: { 'tiktok/15s/playful/shop-now': ['aaaaaa', 'bbbbbb'], 'youtube/15s/playful/shop-now': ['aaaaaa', 'cccccc'] },
	stored: ['aaaaaa'],
	changes: { 'tiktok/15s/playful/shop-now': 'changed', 'x/15s/playful/shop-now': 'orphaned' },
}).plan;

Plan('a few outputs are listed one by one, each with its sign', () => {
	assert.snapshot(
		planText(small, NO_COLORS),
		`launch
  ~ tiktok/playful/15s-shop-now.mp4   160x90  30 fps  15 s  changed
  + youtube/playful/15s-shop-now.mp4  160x90  30 fps  15 s  new
  - x/15s/playful/shop-now.mp4                              orphaned

To render: 2 of 3 segments
  scene   canvas  segments  frames  played  why
  bbbbbb  160x90         1      30      1x  new
  cccccc  160x90         1      30      1x  new

Plan: 2 outputs, 60 of 120 frames to render (50 % reused or shared), about 3s
`,
	);
});

Plan('what is said and mixed is summed up, and said of a campaign with sound only', () => {
	const tally = { total: 1_000, unique: 1_000, reused: 996, toRender: 4 };
	const sentences = { total: 5_000, distinct: 1_004, toSynthesize: 4 };
	const sounding = { ...small, summary: { ...small.summary, mixes: tally, sentences } };
	assert.match(
		planText(sounding, NO_COLORS),
		'Voice: 5,000 sentences, 1,004 different, 4 to say\nSound: 1,000 mixes, 4 to make\nPlan: 2 outputs',
	);
	const one = { total: 2, unique: 1, reused: 0, toRender: 1 };
	assert.equal(soundLines({ mixes: one }), ['Sound: 1 mix, 1 to make']);
	assert.equal(soundLines({}), []);
});

Plan('why mixes are made is said once for each reason, the first three of them', () => {
	const mixes = { total: 6, unique: 6, reused: 1, toRender: 5 };
	const planned = (reasons: readonly string[]) =>
		['in the store', ...reasons].map((reason, index) => ({
			...{ key: String(index).repeat(64) as AudioKey, seconds: 6, uses: 1, reason },
			action: index === 0 ? ('reuse' as const) : ('render' as const),
		}));
	const line = (...reasons: readonly string[]): string | undefined => soundLines({ mixes }, planned(reasons))[0];
	assert.is(line('changed: music seed', 'changed: music seed'), 'Sound: 6 mixes, 5 to make (changed: music seed)');
	assert.is(line('a', 'b', 'c', 'd', 'e'), 'Sound: 6 mixes, 5 to make (a; b; c; and 2 more)');
	assert.is(line(), 'Sound: 6 mixes, 5 to make');
});

Plan('72 outputs are grouped by platform and variant', () => {
	const outputs = seventyTwo(({ platform, variant, cta }) => [`${platform}-${variant}`, cta]);
	const plan = samplePlan({
		outputs,
		stored: ['learn-more', 'shop-now'],
		changes: Object.fromEntries(
			Object.keys(outputs).map((id) => [id, id.startsWith('tiktok') ? 'new' : id.endsWith('sign-up') ? 'changed' : 'unchanged']),
		),
		reason: 'changed: scenes[0].layers[0].runs[0].text',
	}).plan;
	const text = planText(plan, NO_COLORS);
	assert.ok(text.split('\n').length < 30, 'the view fits a terminal');
	assert.match(text, '  + tiktok/professional          160x90  30 fps  15, 30, 60 s  9 outputs  new\n');
	assert.match(text, '  ~ youtube/playful              160x90  30 fps  15, 30, 60 s  9 outputs  3 changed, 6 unchanged\n');
	assert.match(text, 'To render: 9 of 11 segments\n');
	assert.match(text, /sign-up +160x90 +1 +30 +24x {2}changed: scenes\[0\]\.layers\[0\]\.runs\[0\]\.text\n/);
	assert.match(text, 'Plan: 72 outputs, 270 of 4,320 frames to render (93.7 % reused or shared), about 14s\n');
});

Plan('what is rendered is summed up by scene and reason, and cut after twenty rows', () => {
	const names = Array.from({ length: 25 }, (_, index) => `scene${index}`);
	const text = planText(samplePlan({ outputs: { 'x/15s/a/b': names } }).plan, NO_COLORS);
	assert.match(text, '  and 5 more rows with 150 frames: see --json\n');
});

Plan('a plan that would do nothing says so in one line', () => {
	const clean = samplePlan({ outputs: { 'x/15s/a/b': ['aaaaaa'] }, stored: ['aaaaaa'], changes: { 'x/15s/a/b': 'unchanged' } }).plan;
	assert.ok(isClean(clean));
	assert.is(planText(clean, NO_COLORS), 'Nothing to do: 1 output is up to date\n');
	assert.is(workLine(clean.summary), 'Plan: 1 output, 0 of 30 frames to render (100 % reused or shared)', 'for a render to another folder');
	assert.not(isClean(small));
});

Plan('an output that only has to be assembled is not nothing, and costs no time', () => {
	const assembled = samplePlan({ outputs: { 'x/15s/a/b': ['aaaaaa'] }, stored: ['aaaaaa'] }).plan;
	assert.not(isClean(assembled));
	assert.is(sumLine(assembled), 'Plan: 1 output, 0 of 30 frames to render (100 % reused or shared)');
});

Plan('an estimate without measurements is called rough', () => {
	assert.match(sumLine(samplePlan({ outputs: { 'x/15s/a/b': ['aaaaaa'] }, basis: 'default' }).plan), ', roughly 1.5s');
});

Plan('the JSON is the plan with its format version, and the lines hold the same', () => {
	assert.equal(JSON.parse(planJson(small)), JSON.parse(JSON.stringify(small)));
	const lines = [...planLines(small)].map((line) => JSON.parse(line));
	assert.equal(lines[0], { formatVersion: 1, type: 'plan', campaign: 'launch', summary: small.summary });
	assert.equal(
		lines.slice(1).map((line) => line.type),
		['output', 'output', 'segment', 'segment', 'segment', 'change', 'change', 'change'],
	);
});

Plan('what is heard has lines behind what is seen', () => {
	const key = 'a'.repeat(64) as AudioKey;
	const mix = { key, seconds: 6, uses: 2, action: 'render', reason: 'new' } as const;
	const lines = [...planLines({ ...small, mixes: [mix] })].map((line) => JSON.parse(line));
	assert.equal(
		lines.filter(({ type }) => type === 'mix'),
		[{ type: 'mix', ...mix }],
	);
});

Plan.run();
