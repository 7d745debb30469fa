import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { worstContrast } from '../../../src/compiler/design/color.ts';
import { frameOf } from '../../../src/compiler/design/layout.ts';
import { moodOf } from '../../../src/compiler/design/moods.ts';
import { lowerScene } from '../../../src/compiler/lower-scene.ts';
import type { Cta } from '../../../src/model/campaign-spec.gen.ts';
import type { Box, Drawing } from '../../../src/model/drawing.ts';
import { allDrawings, MOODS, PLATFORMS, type SceneOptions, sceneRequest, textsOf } from '../../support/scene-requests.ts';

const Block = suite('compiler/lower/cta-block');

const FULL: Cta = {
	text: 'Start free',
	color: 'blue',
	icon: 'arrow-right',
	sub: 'No card needed. Cancel any time.',
	url: 'https://www.example.com/start/',
};

const lower = async (options: SceneOptions) => lowerScene(await sceneRequest(options));
const cells = MOODS.flatMap((mood) => PLATFORMS.map((platform) => ({ mood, platform })));
const wordsOf = (layers: Parameters<typeof textsOf>[0]): readonly string[] =>
	textsOf(layers).map(({ runs }) => runs.map(({ text }) => text).join(''));

/** The code's own drawing: an icon with a path of many squares. */
const codeIn = (drawings: readonly Drawing[]) =>
	drawings.find((drawing): drawing is Extract<Drawing, { type: 'icon' }> => drawing.type === 'icon' && drawing.body.includes('crispEdges'));

Block('a layer shows what it asks for', async () => {
	const shown = async (cta: object, spec: Cta = FULL) => {
		const { layers, diagnostics } = await lower({ mood: 'calm', cta: spec, layers: [{ cta }] });
		assert.equal(
			diagnostics.filter(({ severity }) => severity === 'error'),
			[],
		);
		return { words: wordsOf(layers), code: codeIn(allDrawings(layers)) !== undefined };
	};
	assert.equal(await shown({}, { text: 'Start free' }), { words: ['Start free'], code: false });
	assert.equal((await shown({})).words[0], 'Start free');
	assert.match((await shown({})).words.slice(1).join(' '), 'No card needed. Cancel any');
	assert.not((await shown({})).words.includes('example.com/start'));
	assert.ok((await shown({ url: true })).words.includes('example.com/start'));
	assert.is((await shown({ qr: true })).code, true);
	assert.not((await shown({ qr: true })).words.includes('example.com/start'));
});

const inside = (box: Box, safe: Box): boolean =>
	box.x >= safe.x - 1 &&
	box.y >= safe.y - 1 &&
	box.x + box.width <= safe.x + safe.width + 1 &&
	box.y + box.height <= safe.y + safe.height + 1;

Block('all of it stays inside the safe area of every platform in every mood, and nothing lies over anything else', async () => {
	for (const { mood, platform } of cells) {
		const { layers, diagnostics } = await lower({ mood, platform, cta: FULL, layers: [{ cta: { url: true, qr: true } }] });
		const where = `${mood} ${platform.name}`;
		assert.equal(
			diagnostics.filter(({ severity }) => severity === 'error'),
			[],
			where,
		);
		const { safe } = frameOf(platform, moodOf(mood));
		const drawings = allDrawings(layers);
		const code = codeIn(drawings);
		assert.ok(code !== undefined && inside(code.box, safe), where);
		const texts = textsOf(layers);
		assert.ok(texts.length >= 3, where);
		const inks = texts.map(({ box, baseline, style }) => ({ ...box, y: baseline - style.size * 0.72, height: style.size * 0.72 }));
		for (const ink of inks) assert.ok(inside(ink, { ...safe, x: safe.x - ink.height, width: safe.width + 2 * ink.height }), where);
		for (const [index, a] of [...inks, code.box].entries())
			for (const b of [...inks, code.box].slice(index + 1)) {
				const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
				assert.ok(apart, `${where} ${JSON.stringify([a, b])}`);
			}
	}
});

Block('the code stands beside the words on a wide canvas and beneath them on others', async () => {
	for (const { mood, platform } of cells) {
		const { layers } = await lower({ mood, platform, cta: FULL, layers: [{ cta: { qr: true } }] });
		const code = codeIn(allDrawings(layers))!.box;
		const label = textsOf(layers)[0]!.box;
		const beneath = code.y > label.y + label.height;
		assert.is(beneath, platform.name !== 'wide', `${mood} ${platform.name}`);
	}
});

Block('the words under a button are smaller than its label, and read', async () => {
	for (const { mood, platform } of cells) {
		const background = { type: 'solid', color: '#203050' } as const;
		const { layers } = await lower({ mood, platform, background, cta: FULL, layers: [{ cta: { url: true } }] });
		const [label, ...under] = textsOf(layers);
		for (const text of under) {
			assert.ok(text.style.size <= label!.style.size, `${mood} ${platform.name}`);
			assert.ok(text.style.size >= (2.6 * Math.min(platform.canvas.width, platform.canvas.height)) / 100 - 0.01);
			assert.ok(worstContrast(text.runs[0]!.color, ['#203050']) >= 4.45, mood);
		}
	}
});

Block('a sub-line that does not fit points at the call to action', async () => {
	const { diagnostics } = await lower({ platform: PLATFORMS[4]!, cta: { text: 'Go', sub: 'W'.repeat(80) }, layers: [{ cta: {} }] });
	const found = diagnostics.find(({ code }) => code === 'RF3014');
	assert.match(found?.range?.file ?? '', 'ctas.go');
});

Block('the parts come in as one, and rest in the end', async () => {
	const { layers } = await lower({ mood: 'calm', cta: FULL, layers: [{ cta: { url: true, qr: true } }] });
	const group = allDrawings(layers).find(
		(drawing) =>
			drawing.type === 'group' && codeIn(drawing.children.flatMap((child) => (child.type === 'group' ? child.children : [child]))),
	);
	assert.ok(group?.type === 'group' && group.tracks.length > 0);
	assert.ok(group.children.every((child) => child.tracks.length === 0));
});

Block.run();
