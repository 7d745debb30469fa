import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeCompiler } from '../../../src/compiler/compile-campaign.ts';
import { planCampaign, share, speechNeeds } from '../../../src/compiler/pipeline.ts';
import { makeStreamPlanner, type StreamedLine } from '../../../src/compiler/stream-plan.ts';
import type { CampaignSpec } from '../../../src/model/campaign-spec.gen.ts';
import type { SpeechFacts } from '../../../src/model/inputs.ts';
import type { Recipient } from '../../../src/model/recipient.ts';
import { realFonts } from '../../support/scene-requests.ts';
import { checked } from '../../support/specs.ts';

const Mixes = suite('compiler/sound/stream-mixes');

const toolchain = { runtime: 't', remotion: 't', react: 't', browser: 't', encoder: 't' };
const audioToolchain = { code: 'c', encoder: 'e' };
const NAMES = ['Ada', 'Bo', 'Ada', 'Cy', 'Di', 'Bo', 'Eve'];
const recipients = NAMES.map((name, row): Recipient => ({ key: `k${row}`, row: row + 1, values: { recipient: { name } } }));

/** Two platforms of one frame rate and one of another: the first two share their mixes. */
const specWith = (hook: string, more: Partial<CampaignSpec> = {}): Partial<CampaignSpec> => ({
	platforms: ['youtube', 'tiktok', { name: 'slow', width: 640, height: 360, fps: 24 }],
	durations: [8],
	data: { recipients: { type: 'csv', path: 'people.csv', key: 'id', fields: { name: { type: 'string' } } } },
	music: { mood: 'energetic', seed: 3 },
	scenes: [
		{ id: 'hook', duration: 4, voiceover: hook, layers: [{ text: 'Cold brew takes all night.', role: 'headline' }] },
		{ id: 'close', voiceover: 'Brew at breakfast.', layers: [{ text: 'For {{recipient.name}}', role: 'headline' }] },
	],
	...more,
});

const SHARED = specWith('Cold brew takes all night. Ours takes ten minutes.', { captions: true });
const PERSONAL = specWith('Hello {{recipient.name}}. Cold brew takes all night.');

/** `kept` sentences are said by a service, and their sound is a file. */
const open = async (spec: Partial<CampaignSpec>, kept: readonly string[] = []) => {
	const campaign = checked(spec);
	const needs = speechNeeds(campaign, { recipients, values: null });
	const keyOf = (text: string): string => needs.find((need) => need.text === text)!.key;
	const speech = new Map(
		needs.map(({ key, text, words }): [string, SpeechFacts] => [
			key,
			{
				seconds: words.length * 0.2 + 0.1,
				words: words.map((word, index) => ({ text: word.text, start: index * 0.2, end: (index + 1) * 0.2 })),
				asset: kept.includes(text) ? { sha256: key, extension: 'wav' } : null,
			},
		]),
	);
	const inputs = { fonts: await realFonts(), images: new Map(), icons: new Map(), speech };
	const compiler = makeCompiler(campaign, inputs, { draft: false, select: null, limit: null });
	if (!compiler.ok) throw new Error(JSON.stringify(compiler.diagnostics));
	return { campaign, compiler: compiler.value, keyOf };
};

type Opened = Awaited<ReturnType<typeof open>>;
type Made = { readonly mixed?: ReadonlySet<string>; readonly said?: ReadonlySet<string> };

const exact = ({ compiler }: Opened, { mixed = new Set(), said = new Set() }: Made = {}) => {
	const outcome = compiler.compile({ recipients, values: null, pictures: new Map() });
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
	const sharing = share(outcome.value, toolchain, audioToolchain);
	return planCampaign(sharing, { stored: new Map(), previous: null, mixes: mixed, said, concurrency: 1 }).plan;
};

const streamed = async ({ campaign, compiler }: Opened, { mixed = new Set(), said = new Set() }: Made = {}) => {
	const planner = makeStreamPlanner({
		...{ checked: campaign, compiler, toolchain, audioToolchain, mixed, said },
		stored: async () => new Set(),
		isMade: () => false,
		onProblem: () => {},
	});
	const lines: StreamedLine[] = [];
	for (let start = 0; start < recipients.length; start += 3) lines.push(...(await planner.plan(recipients.slice(start, start + 3))).lines);
	return { lines, summary: planner.summary() };
};

for (const [what, spec, outputs, unique] of [
	['said to everyone', SHARED, 21, 2],
	['with one personal sentence', PERSONAL, 21, 10],
] as const)
	Mixes(`${what}: each mix has one line before the first output that plays it, and the sums are those of the exact plan`, async () => {
		const opened = await open(spec);
		const everything = exact(opened).mixes!.map(({ key }) => key);
		for (const mixed of [[], everything.slice(0, 1), everything.slice(1), everything]) {
			const made = { mixed: new Set<string>(mixed), said: new Set([opened.keyOf('Brew at breakfast.')]) };
			const { summary, outputs: planned, mixes } = exact(opened, made);
			const { lines, summary: sums } = await streamed(opened, made);
			assert.equal([sums.mixes, sums.sentences], [summary.mixes, summary.sentences]);
			assert.equal([sums.mixes?.total, sums.mixes?.unique, sums.mixes?.reused], [outputs, unique, mixed.length]);
			assert.equal(
				lines.flatMap((line) => (line.type === 'mix' ? [line.mix] : [])),
				mixes!.map(({ key, seconds, action }) => ({ key, seconds, action })),
			);
			const told = new Set<string>();
			for (const line of lines) {
				if (line.type === 'mix') told.add(line.mix.key);
				if (line.type === 'output') assert.ok(told.has(line.output.audio!), line.output.id);
			}
			assert.equal(
				lines.flatMap((line) => (line.type === 'output' ? [line.output.audio] : [])),
				planned.map(({ audio }) => audio),
			);
		}
	});

Mixes('a sentence that a finished mix has is still to be said for another one', async () => {
	const opened = await open(PERSONAL);
	const ofAda = exact(opened).outputs.flatMap(({ audio, recipient }) => (recipient === 'k0' ? [audio!] : []));
	const { summary } = await streamed(opened, { mixed: new Set<string>(ofAda) });
	assert.equal(summary.sentences, { total: 63, distinct: 7, toSynthesize: 6 });
});

Mixes('a sentence whose sound is kept is not said again', async () => {
	const opened = await open(SHARED, ['Brew at breakfast.']);
	const { summary } = await streamed(opened);
	assert.equal(summary.sentences, { total: 63, distinct: 3, toSynthesize: 2 });
	assert.equal(summary.sentences, exact(opened).summary.sentences);
});

Mixes('a campaign that is silent has no lines and no sums of it', async () => {
	const { music: _, ...silent } = specWith('');
	const scenes = silent.scenes!.map(({ voiceover: __, ...scene }) => scene) as NonNullable<CampaignSpec['scenes']>;
	const { lines, summary } = await streamed(await open({ ...silent, scenes }));
	assert.ok(lines.length > 0 && lines.every(({ type }) => type !== 'mix'));
	assert.equal([summary.mixes, summary.sentences], [undefined, undefined]);
});

Mixes.run();
