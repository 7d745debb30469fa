import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { driftFrom, readPlanFile, writePlanFile } from '../../src/cli/plan-file.ts';
import { samplePlan, toolchain } from './sample-plan.ts';

const PlanFile = suite('cli/plan-file');

const outputs = { 'tiktok/15s/a/b': ['aaaaaa', 'bbbbbb'], 'youtube/15s/a/b': ['aaaaaa'] };
const plan = samplePlan({ outputs, stored: ['aaaaaa'] });
const saved = { spec: 'specs/x.yaml', options: { draft: false, select: null, limit: null }, plan };

const inFolder = async (act: (file: string) => Promise<void>): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'reelform-plan-'));
	try {
		await act(join(folder, 'plan.json'));
	} finally {
		rmSync(folder, { recursive: true });
	}
};

PlanFile('a plan is read back as it was saved', () =>
	inFolder(async (file) => {
		await writePlanFile(file, saved);
		const read = await readPlanFile('', file);
		assert.ok(read.ok);
		assert.equal(read.value, saved);
	}),
);

for (const [title, edit] of [
	['a message that was edited', (text: string) => text.replace('#bbbbbb', '#cccccc')],
	['a number that is none', (text: string) => text.replace(/("messages":\{"[^"]+":\{.*?:)\d+/, '$11e999')],
	['a file that is cut off', (text: string) => text.slice(0, 400)],
	['another format version', (text: string) => text.replace('"formatVersion":1', '"formatVersion":2')],
	['some other JSON', () => '{"a": 1}'],
	['null', () => 'null'],
] as const)
	PlanFile(`${title} is refused with RF7002`, () =>
		inFolder(async (file) => {
			await writePlanFile(file, saved);
			const text = readFileSync(file, 'utf8');
			assert.not.equal(edit(text), text);
			writeFileSync(file, edit(text));
			const read = await readPlanFile('', file);
			assert.not(read.ok);
			assert.equal(
				read.diagnostics.map(({ code }) => code),
				['RF7002'],
			);
		}),
	);

PlanFile('a file that is not there is refused', () =>
	inFolder(async (file) => {
		const read = await readPlanFile('', file);
		assert.not(read.ok);
		assert.match(read.diagnostics[0]?.summary ?? '', /plan\.json does not exist$/);
	}),
);

/** The plan with one thing said otherwise. */
const withPlan = (edit: Partial<typeof plan.plan>): typeof plan => ({ ...plan, plan: { ...plan.plan, ...edit } });
const louder = plan.plan.outputs.map((output) => ({ ...output, audio: 'ff' as NonNullable<typeof output.audio> }));

for (const [title, now, told] of [
	['another sound is drift', withPlan({ outputs: louder }), /tiktok\/a\/15s-b\.mp4 is not the same/],
	['another name of the campaign is drift', withPlan({ campaign: 'autumn' }), /the campaign is named "autumn" now, and was "launch"/],
	['the same plan has not drifted', plan, null],
	['segments that were rendered since are welcome', samplePlan({ outputs, stored: ['aaaaaa', 'bbbbbb'] }), null],
	['a segment that left the store is drift', samplePlan({ outputs }), /lost 1 of the segments/],
	[
		'another browser is drift',
		samplePlan({ outputs, toolchain: { ...toolchain, browser: 'Chromium 156' } }),
		/another browser \(Chromium 147, and here Chromium 156\)/,
	],
	[
		'a changed segment is drift',
		samplePlan({ outputs: { ...outputs, 'youtube/15s/a/b': ['cccccc'] }, stored: ['aaaaaa'] }),
		/youtube\/a\/15s-b\.mp4/,
	],
	['an output that is gone is drift', samplePlan({ outputs: { 'tiktok/15s/a/b': ['aaaaaa', 'bbbbbb'] } }), /youtube\/a\/15s-b\.mp4/],
	[
		'an output that has come is drift',
		samplePlan({ outputs: { ...outputs, 'x/15s/a/b': ['aaaaaa'] }, stored: ['aaaaaa'] }),
		/does not show/,
	],
] as const)
	PlanFile(title, () => {
		const drift = driftFrom(plan, now);
		if (told === null) assert.is(drift, null);
		else assert.match(drift?.summary ?? '', told);
	});

PlanFile.run();
