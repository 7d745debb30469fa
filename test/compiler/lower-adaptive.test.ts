import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compileCampaign } from '../../src/compiler/compile-campaign.ts';
import { makeLowerer } from '../../src/compiler/lower.ts';
import type { CampaignSpec, Scene } from '../../src/model/campaign-spec.gen.ts';
import type { Timeline } from '../../src/model/timeline.ts';
import type { Inputs } from '../../src/ports/inputs.ts';
import { type CellSketch, cellOf, WIDE } from '../support/cells.ts';
import { realFonts, textsOf } from '../support/scene-requests.ts';
import { checked } from '../support/specs.ts';

const Adaptive = suite('compiler/lower-adaptive');

const BIG: CellSketch = { width: 1080, height: 1920 };
const BIG_WIDE: CellSketch = { ...WIDE, width: 1920, height: 1080 };

const inputs = async (): Promise<Inputs> => ({ fonts: await realFonts(), images: new Map(), icons: new Map() }) as Inputs;

const lower = async (scenes: Scene[], cell: CellSketch = {}) =>
	makeLowerer(checked({ scenes }), await inputs())(cellOf({ ...BIG, ...cell }));

const timelineOf = async (scenes: Scene[], cell: CellSketch = {}): Promise<Timeline> => {
	const outcome = await lower(scenes, cell);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.diagnostics));
	return outcome.value;
};

const lengths = ({ scenes }: Timeline): string => scenes.map(({ id, frames }) => `${id} ${frames}`).join(', ');

const SCENES: Scene[] = [
	{ id: 'hook', duration: 2 },
	{ id: 'proof', duration: { min: 3, share: 2 }, optional: true, priority: 2 },
	{ id: 'quote', duration: 4, optional: true, priority: 1 },
	{ id: 'offer', duration: { min: 2, share: 1 } },
	{ id: 'end', duration: 3 },
];

Adaptive('optional scenes go as the duration gets shorter, and every timeline is exact', async () => {
	const shown = async (seconds: number): Promise<string> => {
		const timeline = await timelineOf(SCENES, { seconds });
		assert.is(timeline.frames, seconds * 30);
		assert.is(
			timeline.scenes.reduce((sum, scene) => sum + scene.frames, 0),
			timeline.frames,
		);
		return lengths(timeline);
	};
	assert.is(await shown(30), 'hook 60, proof 420, quote 120, offer 210, end 90');
	assert.is(await shown(14), 'hook 60, proof 90, quote 120, offer 60, end 90');
	assert.is(await shown(12), 'hook 60, proof 140, offer 70, end 90');
	assert.is(await shown(8), 'hook 60, offer 90, end 90');
	assert.is(await shown(7), 'hook 60, offer 60, end 90');
});

Adaptive('what cannot be dropped is an error that names only what is left', async () => {
	const outcome = await lower(SCENES, { seconds: 6 });
	assert.is(outcome.ok, false);
	assert.is(outcome.diagnostics[0]!.code, 'RF3003');
	assert.match(outcome.diagnostics[0]!.summary, 'scenes hook, offer, end are at least 1 s');
});

Adaptive('a cell that every scene leaves out is an error', async () => {
	const outcome = await lower([{ id: 'a', when: { platform: 'youtube' } }]);
	assert.equal(
		outcome.diagnostics.map(({ code }) => code),
		['RF3011'],
	);
});

Adaptive('a transition that is longer than the scene after it is an error at the candidate that was chosen', async () => {
	const transition: Scene['transition'] = [
		{ type: 'crossfade', when: { mood: 'bold' } },
		{ type: 'crossfade', duration: 3 },
	];
	const outcome = await lower([
		{ id: 'a', transition },
		{ id: 'b', duration: 2 },
	]);
	assert.equal(
		outcome.diagnostics.map(({ code, range }) => [code, range?.file]),
		[['RF3004', 'scenes.0.transition.1']],
	);
});

Adaptive('the transition of a dropped scene goes with it', async () => {
	const scenes: Scene[] = [
		{ id: 'a', duration: 2, transition: 'cut' },
		{ id: 'b', duration: 4, optional: true, transition: { type: 'crossfade', duration: 1 } },
		{ id: 'c', duration: { min: 1 } },
	];
	assert.equal(
		(await timelineOf(scenes, { seconds: 4 })).scenes.map(({ id, transition }) => [id, transition]),
		[
			['a', null],
			['c', null],
		],
	);
});

Adaptive('an end screen of one platform has its fixed length there, and the others share the time', async () => {
	const scenes: Scene[] = [
		{ id: 'a', duration: { share: 1 } },
		{ id: 'b', duration: { share: 1 } },
		{ id: 'end', duration: 5, when: { platform: 'youtube' } },
	];
	assert.is(lengths(await timelineOf(scenes)), 'a 225, b 225');
	assert.is(lengths(await timelineOf(scenes, BIG_WIDE)), 'a 150, b 150, end 150');
});

Adaptive('an override changes one platform and leaves the others what they share', async () => {
	const scenes: Scene[] = [
		{ id: 'a', layers: [{ text: 'Hello', role: 'headline', for: { tiktok: { text: 'Hi' }, landscape: { align: 'right' } } }] },
	];
	const words = async (cell: CellSketch): Promise<string> =>
		textsOf((await timelineOf(scenes, cell)).scenes[0]!.layers)
			.map(({ runs }) => runs[0]!.text)
			.join();
	assert.is(await words({}), 'Hi');
	assert.is(await words(BIG_WIDE), 'Hello');
	assert.is(await words({ platform: 'other' }), 'Hello');
});

Adaptive('the background that was chosen is the one that is drawn, in cells that differ in nothing else', async () => {
	const scenes: Scene[] = [
		{
			id: 'a',
			background: [
				{ type: 'solid', color: '#102030', when: { duration: { max: 15 } } },
				{ type: 'solid', color: '#405060' },
			],
		},
	];
	const lowerer = makeLowerer(checked({ scenes }), await inputs());
	const ground = (cell: CellSketch) => {
		const outcome = lowerer(cellOf({ ...BIG, ...cell }));
		assert.ok(outcome.ok);
		return outcome.value.scenes[0]!.background;
	};
	assert.not.equal(ground({ seconds: 15 }), ground({ seconds: 30 }));
	assert.equal(ground({ seconds: 15 }), ground({ seconds: 10 }));
});

Adaptive('the transition that was chosen is the one that is taken', async () => {
	const scenes: Scene[] = [
		{ id: 'a', duration: 5, transition: [{ type: 'crossfade', duration: 1, when: { platform: 'youtube' } }, 'cut'] },
		{ id: 'b' },
	];
	assert.is((await timelineOf(scenes)).scenes[0]!.transition, null);
	assert.is((await timelineOf(scenes, BIG_WIDE)).scenes[0]!.transition?.frames, 30);
});

Adaptive('two cells that show a scene alike are lowered once', async () => {
	const scenes: Scene[] = [{ id: 'a', duration: 5, layers: [{ text: 'Hi', for: { first: { at: 'top' }, second: { at: 'top' } } }] }];
	const lowerer = makeLowerer(checked({ scenes }), await inputs());
	const layers = (variant: string) => {
		const outcome = lowerer(cellOf({ ...BIG, variant, seconds: 5 }));
		assert.ok(outcome.ok);
		return outcome.value.scenes[0]!.layers;
	};
	assert.is(layers('first'), layers('second'));
	assert.is.not(layers('first'), layers('third'));
});

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkundenübergabe';

Adaptive('what goes wrong in an override points into it, and counts layers as the spec does', async () => {
	const outcome = await lower([
		{ id: 'zero', duration: 2 },
		{
			id: 'a',
			layers: [
				{ text: 'no', when: { aspect: 'landscape' } },
				{ text: 'Fine' },
				{ text: 'Hi', for: { tiktok: { text: LONG, role: 'headline' } } },
			],
		},
	]);
	const found = outcome.diagnostics.find(({ code }) => code === 'RF3014');
	assert.is(found?.range?.file, 'scenes.1.layers.2.for.tiktok.text');
	assert.match(found?.summary ?? '', 'scene a layer 2');
});

Adaptive('a headline that overflows on one platform in one duration names exactly that cell', async () => {
	const spec: Partial<CampaignSpec> = {
		platforms: [
			{ name: 'tall', width: 1080, height: 1920 },
			{ name: 'wide', width: 1920, height: 1080 },
		],
		durations: [5, 10],
		variants: { v: { mood: 'calm' } },
		scenes: [
			{ id: 'a', layers: [{ text: 'Hi', role: 'headline', when: { duration: { max: 5 } }, for: { tall: { text: LONG } } }, { text: 'x' }] },
		],
	};
	const outcome = compileCampaign(checked(spec), await inputs(), { draft: false, select: null, limit: null });
	const found = outcome.diagnostics.filter(({ code }) => code === 'RF3014');
	assert.equal(
		found.map(({ cells }) => cells),
		[['tall/5s/v']],
	);
});

Adaptive('without an axis each layer draws its default, and names have no call to action', async () => {
	const spec: Partial<CampaignSpec> = {
		ctas: { buy: { text: 'Buy now' }, read: { text: 'Read more' } },
		matrix: { ctas: [] },
		scenes: [{ id: 'a', layers: [{ cta: { default: 'read' } }] }],
	};
	const options = { draft: false, select: null, limit: null };
	const outcome = compileCampaign(checked(spec), await inputs(), options);
	assert.ok(outcome.ok, JSON.stringify(outcome.diagnostics));
	assert.equal(
		outcome.value.outputs.map(({ path }) => path),
		['youtube/default/10s.mp4'],
	);
	assert.match(JSON.stringify(outcome.value.outputs[0]!.segments), 'Read');
	const axis = compileCampaign(checked({ ...spec, matrix: { ctas: ['buy'] } }), await inputs(), options);
	assert.ok(axis.ok);
	assert.equal(
		axis.value.outputs.map(({ cell }) => cell.id),
		['youtube/10s/default/buy'],
	);
	assert.match(JSON.stringify(axis.value.outputs[0]!.segments), 'Buy');
});

Adaptive.run();
