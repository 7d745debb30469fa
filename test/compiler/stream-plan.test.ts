import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CampaignCompiler, makeCompiler } from '../../src/compiler/compile-campaign.ts';
import { planCampaign } from '../../src/compiler/plan.ts';
import { recipesOf } from '../../src/compiler/recipes.ts';
import { share } from '../../src/compiler/share.ts';
import { makeStreamPlanner, type StreamedLine } from '../../src/compiler/stream-plan.ts';
import type { CampaignSpec, Scene } from '../../src/model/campaign-spec.gen.ts';
import type { Recipient, RowValues } from '../../src/model/recipient.ts';
import type { RowProblem } from '../../src/model/row-problem.ts';
import type { Toolchain } from '../../src/model/segment-message.ts';
import { realFonts } from '../support/scene-requests.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { checked } from '../support/specs.ts';

const Stream = suite('compiler/stream-plan');

const toolchain: Toolchain = { runtime: 'aa', remotion: '4', react: '19', browser: 'b', encoder: 'e' };
const FIELDS = ['name', 'city', 'kind'] as const;
const DATA: CampaignSpec['data'] = {
	recipients: {
		type: 'csv',
		path: 'people.csv',
		key: 'id',
		fields: Object.fromEntries(FIELDS.map((field) => [field, { type: 'string' as const }])),
	},
};

const recipientOf = (row: number, values: RowValues[string]): Recipient => ({ key: `k${row}`, row, values: { recipient: values } });

const compilerOf = async (spec: Partial<CampaignSpec>): Promise<CampaignCompiler> => {
	const inputs = { fonts: await realFonts(), images: new Map(), icons: new Map() };
	const compiler = makeCompiler(checked({ data: DATA!, ...spec }), inputs, { draft: false, select: null, limit: null });
	if (!compiler.ok) throw new Error(JSON.stringify(compiler.diagnostics));
	return compiler.value;
};

/** What is in the store, what the book of recipes says, and the exact plan. */
const exactly = (compiler: CampaignCompiler, recipients: readonly Recipient[], stored: readonly string[] = []) => {
	const outcome = compiler.compile({ recipients, values: null, pictures: new Map() });
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
	const records = new Map(stored.map((key) => [key, { frames: 1, renderMs: 1 } as never]));
	const { plan } = planCampaign(share(outcome.value, toolchain), { stored: records, previous: null, concurrency: 1 });
	return { plan, compiled: outcome.value };
};

type Given = { readonly stored?: readonly string[]; readonly made?: ReadonlySet<string> };

const streamed = async (
	spec: Partial<CampaignSpec>,
	compiler: CampaignCompiler,
	recipients: readonly Recipient[],
	{ stored = [], made = new Set() }: Given = {},
) => {
	const problems: RowProblem[] = [];
	const planner = makeStreamPlanner({
		...{ checked: checked({ data: DATA!, ...spec }), compiler, toolchain },
		stored: async () => new Set<string>(stored),
		isMade: (recipe) => made.has(recipe),
		onProblem: (problem) => problems.push(problem),
	});
	const lines: StreamedLine[] = [];
	let lost = 0;
	for (let start = 0; start < recipients.length; start += 3) {
		const group = await planner.plan(recipients.slice(start, start + 3));
		lines.push(...group.lines);
		lost += group.lost;
	}
	return { lines, lost, summary: planner.summary(), problems };
};

const outputsIn = (lines: readonly StreamedLine[]) => lines.flatMap((line) => (line.type === 'output' ? [line.output] : []));

/** Personal scenes have lengths of their own, as the exact plan shares what moves alike between lengths. */
const randomScenes = (next: () => number): Scene[] => {
	const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
	const count = 2 + Math.floor(next() * 4);
	return Array.from({ length: count }, (_, index): Scene => {
		const isPersonal = next() < 0.5;
		const shown = isPersonal
			? `Hi {{recipient.${pick(FIELDS)}}}${next() < 0.3 ? ` of {{recipient.${pick(FIELDS)}}}` : ''}`
			: `Scene ${index}`;
		const isLast = index === count - 1;
		return {
			id: `s${index}`,
			...(isLast ? {} : { duration: pick([1.5, 2, 3]) }),
			...(!isLast && next() < 0.3 ? { when: { data: { kind: pick(['shop', 'bank']) } } } : {}),
			transition: pick(['cut', { type: 'crossfade', duration: 0.5 }, { type: 'slide', duration: 0.4 }]),
			layers: [{ text: isLast && isPersonal ? 'The end' : shown, role: 'headline' }],
		};
	});
};

const hasOneNarrative = (scenes: readonly Scene[]): boolean => scenes.every(({ when }) => when === undefined);

const PLATFORMS: CampaignSpec['platforms'] = [
	{ name: 'wide', width: 640, height: 360, fps: 24 },
	{ name: 'tall', width: 360, height: 640, fps: 30 },
];

Stream(
	'names the same outputs as the exact plan and counts the same frames, for random campaigns; never less work than there is',
	async () => {
		for (let seed = 1; seed <= 40; seed++) {
			const next = seededNumbers(seed);
			const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
			const spec: Partial<CampaignSpec> = {
				scenes: randomScenes(next),
				platforms: next() < 0.5 ? PLATFORMS : [PLATFORMS[0]!],
				durations: [14],
				variants: next() < 0.5 ? { a: { mood: 'minimal' } } : { a: { mood: 'minimal' }, b: { mood: 'bold' } },
			};
			const compiler = await compilerOf(spec);
			const recipients = Array.from({ length: 12 }, (_, row) =>
				recipientOf(row + 1, { name: pick(['Ada', 'Bo', 'Cy', null]), city: pick(['Rome', 'Bonn']), kind: pick(['shop', 'bank', null]) }),
			);
			const { plan } = exactly(compiler, recipients);
			const stream = await streamed(spec, compiler, recipients);
			assert.equal(
				outputsIn(stream.lines).map(({ id, path, frames }) => [id, path, frames]),
				plan.outputs.map(({ id, path, frames }) => [id, path, frames]),
				`seed ${seed}`,
			);
			assert.is(stream.summary.outputs, plan.summary.outputs);
			const { frames } = plan.summary;
			if (hasOneNarrative(spec.scenes!)) assert.equal(stream.summary.frames, frames, `seed ${seed}: ${JSON.stringify(spec)}`);
			assert.is(stream.summary.frames.total, frames.total);
			// Narratives may share a part of a personal scene or transition that is counted apart here.
			assert.ok(stream.summary.frames.unique >= frames.unique && stream.summary.frames.unique <= frames.unique * 1.25, `seed ${seed}`);
			const declared = new Map(
				stream.lines.flatMap((line) => (line.type === 'segment' ? [[line.segment.key as string, line.segment.frames]] : [])) as [
					string,
					number,
				][],
			);
			for (const output of outputsIn(stream.lines))
				assert.is(
					output.segments.reduce((sum, key) => sum + declared.get(key)!, 0),
					output.frames,
				);
		}
	},
);

const HELLO: Partial<CampaignSpec> = {
	platforms: PLATFORMS,
	scenes: [
		{ id: 'hello', duration: 3, transition: 'cut', layers: [{ text: 'Hi {{recipient.name}}', role: 'headline' }] },
		{ id: 'end', layers: [{ text: 'Bye', role: 'headline' }] },
	],
};
const ADA = recipientOf(1, { name: 'Ada', city: 'Rome', kind: 'shop' });
const BO = recipientOf(2, { name: 'Bo', city: 'Rome', kind: 'bank' });

Stream('what recipes say is made, and what the store holds, is reused: to the frame as in the exact plan', async () => {
	const compiler = await compilerOf(HELLO);
	const first = exactly(compiler, [ADA]);
	const stored = first.plan.segments.map(({ key }) => key);
	const recipes = recipesOf(first.compiled.outputs, { checked: checked({ data: DATA!, ...HELLO }), compiler, toolchain });
	const { plan } = exactly(compiler, [ADA, BO], stored);
	const { summary, lines } = await streamed(HELLO, compiler, [ADA, BO], { stored, made: new Set(recipes.keys()) });
	assert.equal(summary.frames, plan.summary.frames);
	assert.is(summary.frames.toRender, 2 * 72 + 18);
	assert.is(lines.filter((line) => line.type === 'segment' && line.segment.action === 'render').length, 2);
});

Stream('without recipes only the forecast is worse', async () => {
	const compiler = await compilerOf(HELLO);
	const stored = exactly(compiler, [ADA]).plan.segments.map(({ key }) => key);
	const { summary } = await streamed(HELLO, compiler, [ADA], { stored });
	assert.is(summary.frames.toRender, 72 + 90);
	assert.is(summary.frames.reused, summary.frames.unique - summary.frames.toRender);
});

Stream('a recipient whose data cannot fill a scene is told once for all cells, and has no output; the next one is planned', async () => {
	const compiler = await compilerOf(HELLO);
	for (const recipients of [
		[recipientOf(1, { name: null, city: null, kind: null }), BO],
		[BO, recipientOf(3, { name: null, city: null, kind: null })],
	]) {
		const { lines, problems, lost } = await streamed(HELLO, compiler, recipients);
		assert.equal(
			outputsIn(lines).map(({ recipient }) => recipient),
			['k2', 'k2'],
		);
		assert.is(lost, 1);
		assert.equal(
			problems.map(({ code, row, column }) => [code, row === 2, column]),
			[['RF3064', false, 'name']],
		);
	}
});

Stream.run();
