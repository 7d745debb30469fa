import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing } from '../../src/model/drawing.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import { book, HEIGHT, line, segment, solid, track, WIDTH } from './drawing-parts.ts';
import { colorAt, inkBox, openDrawingTable, type Picture } from './drawing-table.ts';

const Drawn = suite('runtime/drawing');

const WHOLE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };

const files = mkdtempSync(join(tmpdir(), 'reelform-drawing-'));
const own = new Map<string, string>();
const table = await openDrawingTable((sha256) => own.get(sha256) ?? book.fileOf(sha256));

Drawn.after(async () => {
	await table.close();
	rmSync(files, { recursive: true, force: true });
});

/** An asset with this content, and its file. */
const asset = (content: Uint8Array | string, extension: string) => {
	const sha256 = sha256Hex(content);
	const path = join(files, `${sha256}.${extension}`);
	writeFileSync(path, content);
	own.set(sha256, path);
	return { sha256, extension };
};

const still = async (layers: readonly Drawing[], more: Partial<SegmentMessage> = {}): Promise<Picture> =>
	(await table.draw([segment(layers, more)], 0, 0))[0]!;

const near = (actual: number, expected: number, tolerance: number, what: string): void =>
	assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual}, not ${expected}`);

Drawn('a colour is drawn as it is written, to the last corner', async () => {
	const picture = await still([], { scenes: [{ background: solid('#3b82f6'), layers: [] }] });
	assert.equal([picture.width, picture.height], [WIDTH, HEIGHT]);
	for (const [x, y] of [
		[0, 0],
		[319, 0],
		[0, 179],
		[319, 179],
		[160, 90],
	] as const)
		assert.is(colorAt(picture, x, y), '#3b82f6');
});

for (const family of ['Anton', 'Archivo', 'Baloo 2', 'DM Sans', 'Fraunces', 'Inter', 'Nunito']) {
	Drawn(`${family} stands on its baseline, starts in its box, and is as wide as it was measured`, async () => {
		const ink = inkBox(await still([line({ text: 'HHAVH', family })]), '#000000')!;
		near(ink.bottom, 120, 1, 'baseline');
		near(ink.top, 120 - 48 * book.metrics({ family, weight: 400, italic: false }).capHeight, 1.5, 'cap height');
		const advance = 48 * book.measure({ family, weight: 400, italic: false }, 'HHAVH').advance;
		assert.ok(ink.left >= 20 && ink.left < 28, `left ${ink.left}`);
		near(ink.right + (ink.left - 20), 20 + advance, 2, 'right');
	});
}

Drawn('a baseline does not depend on the size of the type', async () => {
	for (const size of [9, 23.5, 81]) near(inkBox(await still([line({ text: 'H', size })]), '#000000')!.bottom, 120, 1, `${size}px`);
});

for (const tracking of [0, 14, -3]) {
	Drawn(`a centred line with tracking ${tracking} is centred by its ink, and a right one ends in its box`, async () => {
		const centred = inkBox(await still([line({ text: 'HOOH', tracking, align: 'center' })]), '#000000')!;
		near((centred.left + centred.right) / 2, 160, 1, 'middle');
		const right = inkBox(await still([line({ text: 'HOOH', tracking, align: 'right' })]), '#000000')!;
		const left = inkBox(await still([line({ text: 'HOOH', tracking })]), '#000000')!;
		near(300 - right.right, left.left - 20, 1, 'right side bearing');
	});
}

Drawn('a line that is wider than its box is not clipped, and keeps its alignment', async () => {
	const box = { x: 140, y: 70, width: 40, height: 60 };
	const ink = inkBox(await still([line({ text: 'HOOH', align: 'center', box })]), '#000000')!;
	near((ink.left + ink.right) / 2, 160, 1, 'middle');
	assert.ok(ink.right - ink.left > 100);
});

Drawn('colours of a line change with its runs, and the line kerns across them', async () => {
	const whole = inkBox(await still([line({ text: 'AVAVA' })]), '#000000')!;
	const runs = ['A', 'V', 'A', 'V', 'A'].map((text, index) => ({ text, color: index === 1 ? '#ff0000' : '#ffffff' }));
	const picture = await still([{ ...line({ text: 'AVAVA' }), runs } as Drawing]);
	assert.equal(inkBox(picture, '#000000'), whole);
	let red = 0;
	for (let x = 0; x < WIDTH; x++) if (colorAt(picture, x, 90) === '#ff0000') red++;
	assert.ok(red > 4, `${red} red pixels`);
});

Drawn('letters of two files of a family stand in one line', async () => {
	const ink = inkBox(await still([line({ text: 'HůH' })]), '#000000')!;
	const advance = 48 * book.measure({ family: 'Inter', weight: 400, italic: false }, 'HůH').advance;
	near(ink.right + (ink.left - 20), 20 + advance, 2, 'right');
	near(ink.bottom, 120, 1.5, 'baseline');
});

Drawn('at its end a movement rests byte for byte, and before it there is movement', async () => {
	const layers = [
		line({ text: 'Rest', tracks: [track('y', 40, 0, 0, 10), track('opacity', 0, 1, 0, 8), track('clip-bottom', 1, 0, 0, 10)] }),
		{
			type: 'rectangle',
			box: { x: 10, y: 10, width: 50, height: 20 },
			paint: solid('#ff8800'),
			radius: 4,
			tracks: [track('rotate', 0, 33, 2, 12)],
		},
		{ type: 'grain', box: WHOLE, seed: 3, amount: 0.05, tracks: [] },
	] satisfies Drawing[];
	const pictures = await table.draw([segment(layers)], 0, 19);
	const hashes = pictures.map(({ png }) => sha256Hex(png));
	assert.is(new Set(hashes.slice(12)).size, 1);
	assert.ok(new Set(hashes.slice(0, 12)).size > 10, `${new Set(hashes.slice(0, 12)).size} of 12 differ`);
});

Drawn('a frame in a reel is the frame drawn alone, whatever was drawn on the page before', async () => {
	const first = segment([line({ text: 'Příběh', tracks: [track('x', 9, 0, 0, 6)] })], { frames: 7 });
	const second = segment([line({ text: 'Pribeh', family: 'Inter', tracks: [track('x', 9, 0, 0, 6)] })], { frames: 7 });
	const reel = await table.draw([first, second, first], 0, 20);
	const alone = [...(await table.draw([first], 0, 6)), ...(await table.draw([second], 0, 6)), ...(await table.draw([first], 0, 6))];
	assert.equal(
		reel.map(({ png }) => sha256Hex(png)),
		alone.map(({ png }) => sha256Hex(png)),
	);
});

Drawn('text that climbs slowly moves between pixels, not in steps', async () => {
	const tracks = [{ ...track('y', 2, 0, 0, 16), easing: 'linear' as const }];
	const pictures = await table.draw([segment([line({ text: 'HHHH', tracks })])], 0, 16);
	assert.ok(new Set(pictures.map(({ png }) => sha256Hex(png))).size >= 8);
});

Drawn('a crossfade mixes two scenes by the share of the frame', async () => {
	const scenes = [
		{ background: solid('#000000'), layers: [] },
		{ background: solid('#ffffff'), layers: [] },
	] as const;
	const pictures = await table.draw(
		[segment([], { frames: 3, scenes, transition: { type: 'crossfade', frames: 3, easing: 'linear', offset: 0 } })],
		0,
		2,
	);
	for (const [index, share] of [0.25, 0.5, 0.75].entries()) {
		near(Number.parseInt(colorAt(pictures[index]!, 100, 100).slice(1, 3), 16), share * 255, 1, `frame ${index}`);
	}
});

Drawn('a clip opens from one side', async () => {
	const box = { x: 100, y: 50, width: 100, height: 80 };
	const tracks = [{ ...track('clip-right', 1, 0, 0, 10), easing: 'linear' as const }];
	const pictures = await table.draw([segment([{ type: 'rectangle', box, paint: solid('#ffffff'), radius: 0, tracks }])], 0, 10);
	assert.is(inkBox(pictures[0]!, '#000000'), null);
	assert.equal(inkBox(pictures[5]!, '#000000'), { left: 100, right: 150, top: 50, bottom: 130 });
	assert.equal(inkBox(pictures[10]!, '#000000'), { left: 100, right: 200, top: 50, bottom: 130 });
});

Drawn('a group moves, scales and fades what is in it as one', async () => {
	const inner = (x: number, color: string): Drawing => ({
		type: 'rectangle',
		box: { x, y: 80, width: 40, height: 20 },
		paint: solid(color),
		radius: 0,
		tracks: [],
	});
	const tracks = [track('scale', 2, 2, 0, 1), track('y', 10, 10, 0, 1), track('opacity', 0.5, 0.5, 0, 1)];
	const children = [inner(140, '#ffffff'), inner(140, '#ff0000')];
	const picture = await still([{ type: 'group', box: { x: 140, y: 80, width: 40, height: 20 }, children, tracks }]);
	assert.equal(inkBox(picture, '#000000'), { left: 120, right: 200, top: 80, bottom: 120 });
	assert.is(colorAt(picture, 160, 100).slice(3), '0000');
});

Drawn('ellipses, radii and icons leave their corners open', async () => {
	const at = (x: number) => ({ x, y: 60, width: 60, height: 60 });
	const picture = await still([
		{ type: 'ellipse', box: at(20), paint: solid('#00ff00'), tracks: [] },
		{ type: 'rectangle', box: at(120), paint: solid('#00ff00'), radius: 30, tracks: [] },
		{ type: 'icon', box: at(220), size: 24, body: '<path fill="currentColor" d="M12 0L24 24H0z"/>', color: '#00ff00', tracks: [] },
	]);
	for (const left of [20, 120, 220]) {
		assert.is(colorAt(picture, left + 30, 90), '#00ff00');
		assert.is(colorAt(picture, left + 1, 61), '#000000');
	}
});

Drawn('gradients run in OKLab: between blue and yellow there is no grey', async () => {
	const paint = { type: 'linear', angle: 90, colors: ['#0000ff', '#ffff00'] } as const;
	const picture = await still([{ type: 'rectangle', box: WHOLE, paint, radius: 0, tracks: [] }]);
	const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colorAt(picture, 160, 90).slice(at, at + 2), 16)) as [
		number,
		number,
		number,
	];
	assert.ok(green > red + 20 && Math.abs(green - blue) < 60, colorAt(picture, 160, 90));
	const radial = { type: 'radial', center: { x: 80, y: 90 }, radius: 40, colors: ['#ffffff', '#000000'] } as const;
	const spot = await still([{ type: 'rectangle', box: { x: 20, y: 20, width: 280, height: 140 }, paint: radial, radius: 0, tracks: [] }]);
	assert.is(colorAt(spot, 200, 90), '#000000');
	assert.ok(Number.parseInt(colorAt(spot, 80, 90).slice(1, 3), 16) > 240);
});

Drawn('grain is fine, small and without a mean', async () => {
	const background = solid('#808080');
	const picture = await still([], { scenes: [{ background, layers: [{ type: 'grain', box: WHOLE, seed: 9, amount: 0.04, tracks: [] }] }] });
	const levels = Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => picture.data[pixel * 3]!);
	near(levels.reduce((sum, level) => sum + level, 0) / levels.length, 128, 1, 'mean');
	assert.ok(Math.max(...levels) <= 128 + 6 && Math.min(...levels) >= 128 - 6);
	assert.ok(new Set(levels).size >= 5);
});

const flag = (): Promise<Buffer> =>
	sharp(
		Buffer.from(
			'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#00f"/><rect width="10" height="20" fill="#f00"/></svg>',
		),
	)
		.png()
		.toBuffer();

Drawn('an image covers its box or is contained in it, decoded before the frame is taken', async () => {
	const picture = {
		type: 'image',
		asset: asset(await flag(), 'png'),
		box: { x: 100, y: 40, width: 100, height: 100 },
		radius: 0,
		tracks: [],
	} as const;
	const cover = await still([{ ...picture, fit: 'cover' }]);
	assert.equal(inkBox(cover, '#000000'), { left: 100, right: 200, top: 40, bottom: 140 });
	assert.is(colorAt(cover, 105, 90), '#0000ff');
	const contain = await still([{ ...picture, fit: 'contain' }]);
	assert.equal(inkBox(contain, '#000000'), { left: 100, right: 200, top: 65, bottom: 115 });
	assert.is(colorAt(contain, 105, 90), '#ff0000');
});

Drawn('a vector image is drawn at the size of its box', async () => {
	const markup = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><rect width="4" height="4" fill="#0f0"/></svg>';
	const box = { x: 60, y: 20, width: 120, height: 120 };
	const picture = await still([{ type: 'image', asset: asset(markup, 'svg'), box, fit: 'contain', radius: 0, tracks: [] }]);
	assert.equal(inkBox(picture, '#000000'), { left: 60, right: 180, top: 20, bottom: 140 });
});

const failure = (layers: readonly Drawing[], more: Partial<SegmentMessage> = {}): Promise<string> =>
	still(layers, more).then(
		() => 'drawn',
		(error: Error) => error.message,
	);

Drawn('a font that cannot be loaded ends the render, and the message names it', async () => {
	const broken = { family: 'Inter', weight: 400, italic: false, unicodeRange: 'U+0-FF', asset: asset('no font', 'woff') };
	assert.match(await failure([line({ text: 'A' })], { fonts: [broken] }), 'the font Inter 400 could not be loaded');
});

Drawn('a text whose face is not in the message ends the render: no other font takes its place', async () => {
	assert.match(await failure([line({ text: 'A' })], { fonts: [] }), 'the segment has no font file for Inter 400');
});

Drawn('an image that cannot be decoded ends the render', async () => {
	const broken = asset('no picture', 'png');
	assert.match(await failure([{ type: 'image', asset: broken, box: WHOLE, fit: 'cover', radius: 0, tracks: [] }]), broken.sha256);
});

Drawn('without segments the entry shows every output of the campaign, and the empty reel without a campaign', async () => {
	assert.equal(await table.compositions(null), [['reel', 1920, 1080, 30, 1]]);
	const messages = { one: segment([], { frames: 7 }), two: segment([], { frames: 4 }) };
	const outputs = [
		{ id: 'tiktok/15s', width: 320, height: 180, fps: 30, frames: 18, segments: ['one', 'two', 'one'] },
		{ id: 'reel', width: 320, height: 180, fps: 30, frames: 4, segments: ['two'] },
	];
	assert.equal(await table.compositions({ outputs, messages }), [
		['reel', 1920, 1080, 30, 1],
		['tiktok-15s', 320, 180, 30, 18],
		['reel-2', 320, 180, 30, 4],
	]);
});

Drawn.run();
