import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { worstContrast } from '../../../src/compiler/design/color.ts';
import { frameOf } from '../../../src/compiler/design/layout.ts';
import { moodOf } from '../../../src/compiler/design/moods.ts';
import { type LoweredScene, lowerScene } from '../../../src/compiler/lower-scene.ts';
import { rebaseDrawing } from '../../../src/compiler/rebase-tracks.ts';
import type { Layer } from '../../../src/model/campaign-spec.gen.ts';
import { canonicalJson } from '../../../src/model/canonical-json.ts';
import type { Drawing } from '../../../src/model/drawing.ts';
import { allDrawings, MOODS, PLATFORMS, type SceneOptions, sceneRequest } from '../../support/scene-requests.ts';

const Figures = suite('compiler/lower/figures');

const lower = async (options: SceneOptions): Promise<LoweredScene> => lowerScene(await sceneRequest(options));

const QUARTERS = [12, 18.5, 16.2, 31].map((value, index) => ({ label: `Q${index + 1}`, value }));
const LONG = ['Reconciliation', 'Chasing receipts', 'Month-end close', 'Board reporting', 'Audit'].map((label, index) => ({
	label,
	value: 5 + index * 3,
}));

const LAYERS: Readonly<Record<string, Layer>> = {
	number: { number: 42_500, format: 'currency' },
	longNumber: { number: 123_456_789, format: 'currency', decimals: 2 },
	icon: { icon: 'arrow-right' },
	bar: { progress: 0.72, label: 'Funded by the community' },
	ring: { progress: 1, style: 'ring', label: 'Satisfied' },
	columns: { chart: 'bar', data: QUARTERS },
	rows: { chart: 'bar', data: LONG, format: 'unit', unit: 'h' },
	plain: { chart: 'bar', data: [3, -2, 5, 0] },
	line: { chart: 'line', data: QUARTERS, highlight: 'Q2' },
	flat: { chart: 'line', data: [4, 4, 4] },
	donut: { chart: 'donut', data: LONG.slice(0, 4) },
	browser: { mockup: 'browser', image: 'picture.jpg', url: 'halden.com' },
	phone: { mockup: 'phone', image: 'picture.jpg' },
	qr: { qr: 'https://halden.com/start', label: 'halden.com/start' },
	stats: {
		layout: 'row',
		group: [
			{
				group: [
					{ number: 0.98, format: 'percent' },
					{ text: 'on-time close', role: 'caption' },
				],
			},
			{
				group: [
					{ number: 1_250_000, format: 'compact' },
					{ text: 'entries a day', role: 'caption' },
				],
			},
			{
				group: [
					{ number: 4.2, format: 'unit', unit: 'x' },
					{ text: 'faster audits', role: 'caption' },
				],
			},
		],
	},
	features: {
		layout: 'grid',
		group: ['Bank-grade security', 'Live in a day', 'Made for teams', 'Plugs into your bank'].map((text) => ({
			layout: 'row' as const,
			group: [
				{ icon: 'arrow-right', role: 'body' as const },
				{ text, role: 'subhead' as const },
			],
		})),
	},
};

const HEADLINE: Layer = { text: 'Close the books', role: 'headline' };

type Inked = Extract<Drawing, { type: 'text' | 'number' | 'path' | 'image' }>;

const inked = (scene: LoweredScene): readonly Inked[] =>
	allDrawings(scene.layers).filter(
		(drawing): drawing is Inked =>
			drawing.type === 'text' || drawing.type === 'number' || drawing.type === 'path' || drawing.type === 'image',
	);

for (const [name, layer] of Object.entries(LAYERS))
	Figures(`${name} stays inside the safe area of every platform in every mood, with a headline and without`, async () => {
		for (const mood of MOODS)
			for (const platform of PLATFORMS)
				for (const layers of [[layer], [HEADLINE, layer]]) {
					const scene = await lower({ mood, platform, layers });
					const where = `${mood} ${platform.name}`;
					assert.equal(
						scene.diagnostics.filter(({ severity }) => severity === 'error'),
						[],
						where,
					);
					const { safe } = frameOf(platform, moodOf(mood));
					assert.ok(inked(scene).length + allDrawings(scene.layers).filter(({ type }) => type === 'icon').length > 0, where);
					for (const { box, type, ...drawing } of inked(scene)) {
						const isText = type === 'text' || type === 'number';
						const size = 'style' in drawing ? drawing.style.size : 0;
						const slack = isText ? 0.07 * size + 0.1 : 0.1;
						assert.ok(
							box.x >= safe.x - slack && box.x + box.width <= safe.x + safe.width + slack,
							`${where} ${type} ${JSON.stringify(box)}`,
						);
						const [top, bottom] =
							isText && 'baseline' in drawing ? [drawing.baseline - 0.6 * size, drawing.baseline] : [box.y, box.y + box.height];
						assert.ok(top >= safe.y - 0.1 && bottom <= safe.y + safe.height + 0.1, `${where} ${type} ${top} ${bottom}`);
					}
				}
	});

Figures('every movement ends exactly: at the end of a scene nothing moves and every count reads its final value', async () => {
	for (const mood of MOODS)
		for (const [name, layer] of Object.entries(LAYERS)) {
			const scene = await lower({ mood, layers: [layer] });
			for (const { drawing } of scene.layers) {
				const settled = allDrawings([{ drawing: rebaseDrawing(drawing, { offset: 200, frames: 40 }), from: 0, until: 40 }]);
				const isFigure = settled.some(({ type }) => type === 'number' || type === 'path');
				if (!isFigure) continue;
				for (const one of settled) {
					assert.equal(one.tracks, [], `${mood} ${name} ${one.type}`);
					if (one.type === 'number') assert.is(one.steps.length, 1, `${mood} ${name}`);
				}
			}
		}
});

const settledText = (scene: LoweredScene): readonly string[] =>
	allDrawings(scene.layers).flatMap((drawing) => (drawing.type === 'number' ? [drawing.steps.at(-1)!.text] : []));

Figures('a count ends on its number', async () => {
	assert.equal(settledText(await lower({ layers: [LAYERS['number']!] })), ['$42,500']);
	assert.equal(settledText(await lower({ layers: [LAYERS['bar']!] })), ['72%']);
});

Figures('the place of a number is as wide as its widest text', async () => {
	const request = await sceneRequest({ layers: [{ number: 7, countFrom: 99_999 }] });
	const number = allDrawings(lowerScene(request).layers).find(({ type }) => type === 'number') as Extract<Drawing, { type: 'number' }>;
	const { family, weight, italic, size, tracking } = number.style;
	for (const { text } of number.steps) {
		const { advance, glyphs } = request.inputs.fonts.measure({ family, weight, italic, tabular: true }, text);
		assert.ok(advance * size + (glyphs - 1) * tracking <= number.box.width + 0.1, text);
	}
	assert.ok(number.steps.length > 10);
});

Figures('a number in the first scene stands there from frame 0, unless the spec says that it counts', async () => {
	const stepsIn = async (layer: Layer): Promise<number> => {
		const scene = await lower({ first: true, layers: [layer] });
		return allDrawings(scene.layers).reduce((sum, drawing) => sum + (drawing.type === 'number' ? drawing.steps.length : 0), 0);
	};
	assert.is(await stepsIn({ number: 42 }), 1);
	assert.ok((await stepsIn({ number: 42, animate: true })) > 10);
	assert.is(await stepsIn({ number: 42, animate: false }), 1);
});

Figures('a settled figure is the same in scenes of every length, and after every transition', async () => {
	for (const [name, layer] of Object.entries(LAYERS)) {
		const settled = async (options: SceneOptions): Promise<string> => {
			const { layers } = await lower({ ...options, layers: [layer] });
			return canonicalJson(layers.map(({ drawing }) => rebaseDrawing(drawing, { offset: 180, frames: 20 })));
		};
		const one = await settled({ frames: 240 });
		assert.is(await settled({ frames: 400, seconds: 30 }), one, name);
		assert.is(await settled({ frames: 240, framesEntering: 16 }), one, name);
	}
});

Figures('the value that stands out has 3:1 against its ground, and is not the colour of the others', async () => {
	for (const mood of MOODS) {
		const scene = await lower({ mood, layers: [LAYERS['columns']!], background: { type: 'solid', color: '#f4f1ea' } });
		const fills = allDrawings(scene.layers).flatMap((drawing) => (drawing.type === 'path' && drawing.fill !== null ? [drawing.fill] : []));
		const lead = fills.at(-1)!;
		assert.ok(worstContrast(lead, ['#f4f1ea']) >= 2.95, `${mood} ${lead}`);
		assert.is(fills.filter((fill) => fill === lead).length, 1, mood);
	}
});

Figures('numbers of a row have one size', async () => {
	for (const mood of MOODS) {
		const scene = await lower({ mood, platform: PLATFORMS[1]!, layers: [LAYERS['stats']!] });
		const sizes = allDrawings(scene.layers).flatMap((drawing) => (drawing.type === 'number' ? [drawing.style.size] : []));
		assert.is(sizes.length, 3);
		assert.ok(Math.max(...sizes) - Math.min(...sizes) < 0.05 * Math.max(...sizes), `${mood} ${sizes.join(' ')}`);
	}
});

Figures('a row that is too narrow on a phone is a column there', async () => {
	const places = async (platform: (typeof PLATFORMS)[number]): Promise<readonly number[]> => {
		const scene = await lower({ platform, layers: [LAYERS['stats']!] });
		return allDrawings(scene.layers).flatMap((drawing) => (drawing.type === 'number' ? [drawing.baseline] : []));
	};
	assert.is(new Set((await places(PLATFORMS[1]!)).map(Math.round)).size, 1);
	assert.is(new Set((await places(PLATFORMS[0]!)).map(Math.round)).size, 3);
});

Figures('a layer in a group is seen while its group is', async () => {
	const scene = await lower({
		layers: [
			{
				from: 1,
				until: 5,
				group: [
					{ text: 'a', from: 2 },
					{ text: 'b', until: 7 },
				],
			},
		],
	});
	const spans = scene.layers.flatMap(({ drawing, from, until }) =>
		allDrawings([{ drawing, from, until }]).some(({ type }) => type === 'text') ? [[from, until]] : [],
	);
	assert.equal(spans, [
		[60, 150],
		[30, 150],
	]);
});

Figures.run();
