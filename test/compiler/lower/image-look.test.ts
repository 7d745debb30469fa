import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerScene } from '../../../src/compiler/lower-scene.ts';
import { rebaseDrawing } from '../../../src/compiler/rebase-tracks.ts';
import type { ImageLayer } from '../../../src/model/campaign-spec.gen.ts';
import type { Drawing } from '../../../src/model/drawing.ts';
import { allDrawings, sceneRequest } from '../../support/scene-requests.ts';

const Look = suite('compiler/lower/image-look');

type Picture = Extract<Drawing, { type: 'image' }>;

const lower = async (layer: Omit<ImageLayer, 'image'>, frames = 240) => {
	const scene = lowerScene(
		await sceneRequest({ layers: [{ image: 'picture.jpg', ...layer }], frames, brand: { name: 'A', colors: { primary: '#6366f1' } } }),
	);
	const picture = allDrawings(scene.layers).find((drawing): drawing is Picture => drawing.type === 'image');
	if (picture === undefined) throw new Error('no picture');
	return { picture, codes: scene.diagnostics.map(({ code }) => code as string) };
};

Look('a picture of which nothing is said has no look, in its key or otherwise', async () => {
	const { picture } = await lower({ at: 'center' });
	for (const key of ['focus', 'drift', 'duotone']) assert.not(key in picture, key);
});

Look('a focus is a point of the picture in percent, by numbers or by name', async () => {
	assert.equal((await lower({ focus: { x: '30%', y: '20%' } })).picture.focus, { x: 30, y: 20 });
	assert.equal((await lower({ focus: 'top' })).picture.focus, { x: 50, y: 0 });
	assert.equal((await lower({ focus: 'bottom-right' })).picture.focus, { x: 100, y: 100 });
});

Look('Ken Burns runs evenly from the first frame to the last, under 2 u a second, and is said to when it had to be slowed', async () => {
	const slow = await lower({ kenBurns: { from: 1, to: 1.05 } });
	assert.equal(slow.picture.drift, [{ property: 'scale', from: 1, to: 1.05, start: 0, end: 240, easing: 'linear' }]);
	assert.equal(slow.picture.tracks, []);
	assert.not(slow.codes.includes('RF3041'));
	const hasty = await lower({ kenBurns: { from: 1, to: 2 } });
	assert.ok(hasty.codes.includes('RF3041'));
	const [zoom] = hasty.picture.drift!;
	const edge = ((zoom!.to - zoom!.from) * Math.max(hasty.picture.box.width, hasty.picture.box.height)) / 2;
	const u = 10.8;
	assert.ok(edge / (240 / 30) / u <= 2.001, `${edge}`);
});

for (const direction of ['left', 'right', 'up', 'down'] as const)
	Look(`a pan to the ${direction} never shows an edge of the picture`, async () => {
		const { picture } = await lower({ kenBurns: { direction } });
		const { box } = picture;
		const [scale, shift] = picture.drift!;
		assert.ok(shift!.from !== shift!.to);
		const length = shift!.property === 'x' ? box.width : box.height;
		for (const [zoom, way] of [
			[scale!.from, shift!.from],
			[scale!.to, shift!.to],
		] as const)
			assert.ok(Math.abs(way) <= ((zoom - 1) * length) / 2 + 0.01);
		assert.is(Math.sign(shift!.to - shift!.from), direction === 'left' || direction === 'up' ? -1 : 1);
	});

Look('a drift that is over is a constant in the segments after it', async () => {
	const { picture } = await lower({ kenBurns: { from: 1, to: 1.05 } });
	const later = rebaseDrawing(picture, { offset: 100, frames: 10 }) as Picture;
	assert.equal(later.drift![0]!.start, -100);
	const after = rebaseDrawing(picture, { offset: 240, frames: 10 }) as Picture;
	assert.is(after.drift![0]!.from, after.drift![0]!.to);
});

Look('a circle is a square with half of its side as radius, and no mask has no corners', async () => {
	const { picture } = await lower({ at: 'center', mask: 'circle' });
	assert.is(picture.box.width, picture.box.height);
	assert.is(picture.radius, picture.box.width / 2);
	assert.is((await lower({ at: 'center', mask: 'none' })).picture.radius, 0);
	assert.ok((await lower({ at: 'center', mask: 'rounded' })).picture.radius >= 4 * 10.8);
});

Look("a duotone has the brand's hue or what is written, and a colour that is none is an error", async () => {
	const { picture } = await lower({ duotone: true });
	assert.is(picture.duotone!.length, 2);
	assert.equal((await lower({ duotone: ['#1e1b4b', '#fde68a'] })).picture.duotone, ['#1e1b4b', '#fde68a']);
	assert.ok((await lower({ duotone: ['#1e1b4b', 'nocolour'] })).codes.includes('RF3005'));
	assert.not('duotone' in (await lower({ duotone: false })).picture);
});

Look.run();
