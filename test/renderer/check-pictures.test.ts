import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing, Track } from '../../src/model/drawing.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import type { PictureFinding } from '../../src/model/media.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import type { Texture } from '../../src/model/texture.ts';
import { describeFinding, isCertain, openPictureCheck } from '../../src/renderer/check-pictures.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openSegmentEncoder } from '../../src/renderer/open-segment-encoder.ts';
import { openPassedPictures } from '../../src/renderer/passed-pictures.ts';
import { keyOf, makeMessage } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';

const Pictures = suite('renderer/check-pictures');

const canvas = { width: 320, height: 180, fps: 10 };
const FRAMES = 12;

const fade: Track = { property: 'opacity', from: 0, to: 1, start: 0, end: 5, easing: 'linear' };
const line = (changes: Partial<Extract<Drawing, { type: 'text' }>> = {}): Drawing => ({
	type: 'text',
	box: { x: 40, y: 60, width: 240, height: 48 },
	tracks: [fade],
	runs: [{ text: 'Shop now', color: '#ffffff' }],
	style: { family: 'Inter', weight: 700, italic: false, size: 40, tracking: 0, tabular: false },
	align: 'left',
	baseline: 96,
	...changes,
});
const shape = (type: 'rectangle', changes: Partial<Extract<Drawing, { type: 'rectangle' }>>): Drawing => ({
	...{ type, box: { x: 0, y: 0, width: 320, height: 180 }, tracks: [], paint: { type: 'solid', color: '#000000' }, radius: 0 },
	...changes,
});
const image: Drawing = {
	...{ type: 'image', box: { x: 0, y: 0, width: 320, height: 180 }, tracks: [], fit: 'cover', radius: 0 },
	asset: { sha256: '0'.repeat(64), extension: 'png' },
};

const bar = shape('rectangle', {
	...{ box: { x: 40, y: 60, width: 240, height: 48 }, paint: { type: 'solid', color: '#e0c020' } },
	tracks: [{ ...fade, property: 'clip-right', from: 1, to: 0 }],
});
const count: Drawing = {
	...{ type: 'number', box: { x: 40, y: 60, width: 240, height: 48 }, tracks: [], color: '#ffffff', align: 'left', baseline: 96 },
	steps: [1, 2, 3, 4, 5, 6].map((start) => ({ start, text: String(start).repeat(8) })),
	style: { family: 'Inter', weight: 700, italic: false, size: 40, tracking: 0, tabular: true },
};
const mesh: Extract<Drawing, { type: 'texture' }> = {
	...{ type: 'texture', box: { x: 0, y: 0, width: 320, height: 180 }, tracks: [], time: { start: 0, fps: 10 } },
	texture: { type: 'mesh', colors: ['#203040', '#a04080'], complexity: 3, seed: 1, u: 2 },
};
const noise: Extract<Drawing, { type: 'texture' }> = {
	...mesh,
	texture: { type: 'noise', colors: ['#203040', '#a04080'], scale: 80, octaves: 3, seed: 1, u: 2 },
};
const particles: Extract<Drawing, { type: 'texture' }> = {
	...mesh,
	texture: {
		...{ type: 'particles', color: '#ffffff', opacity: 0.8, count: 60, size: 8, speed: 4, seed: 1 },
		quiet: { box: { x: 0, y: 0, width: 10, height: 10 }, opacity: 0.2, reach: 10 },
	},
};
const pale = line({ tracks: [], runs: [{ text: 'Shop now', color: '#cccccc' }] });

/** From a scene with a line into one without. */
const leaving = (): SegmentMessage => {
	const plain = message([]);
	const scenes = [{ ...plain.scenes[0], layers: [line({ tracks: [] })] }, plain.scenes[0]] as const;
	return { ...plain, scenes, transition: { type: 'crossfade', frames: FRAMES, easing: 'linear', offset: 0 } };
};

const message = (layers: readonly Drawing[], color = '#203040'): SegmentMessage => {
	const plain = makeMessage(color, FRAMES, canvas);
	return { ...plain, scenes: [{ ...plain.scenes[0], layers }] };
};

/** What a frame shows: its ground, and a line of bars, eight if not said else, in place of letters, of some strength and colour. */
type Sketch = (frame: number) => { readonly ground: string; readonly strength: number; readonly ink?: string; readonly bars?: number };

const drawn: Sketch = (frame) => ({ ground: '#203040', strength: Math.min(1, frame / 5) });
/** A line that holds, and one beside it that comes at the end: the last frame is looked at, and no other one for its texts. */
const twoLines = message([
	line({ box: { x: 40, y: 60, width: 108, height: 48 }, tracks: [] }),
	line({
		box: { x: 148, y: 60, width: 132, height: 48 },
		tracks: [{ ...fade, start: 8, end: 10 }],
		runs: [{ text: 'today', color: '#ffffff' }],
	}),
]);
const twoLinesDrawn: Sketch = (frame) => ({ ground: '#203040', strength: 1, bars: frame < 9 ? 4 : 8 });
/** Black for the middle third. */
const blackout: Sketch = (frame) => (frame >= 4 && frame < 8 ? { ground: '#000000', strength: 0 } : twoLinesDrawn(frame));
const barsOf = (ink: string, strength: number, count: number): Buffer =>
	Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="320" height="180">${Array.from({ length: count }, (_, i) => `<rect x="${44 + i * 26}" y="68" width="9" height="28" fill="${ink}" fill-opacity="${strength}"/>`).join('')}</svg>`,
	);

const encode = async (directory: string, sketch: Sketch): Promise<string> => {
	const file = join(directory, 'segment.mp4');
	const encoder = openSegmentEncoder({
		ffmpeg: await findFfmpeg(),
		file,
		message: { canvas, encoder: { ...message([]).encoder, preset: 'veryfast' } },
	});
	for (let frame = 0; frame < FRAMES; frame++) {
		const { ground, strength, ink = '#ffffff', bars = 8 } = sketch(frame);
		const picture = sharp({ create: { width: canvas.width, height: canvas.height, channels: 3, background: ground } });
		await encoder.write(
			await picture
				.composite([{ input: barsOf(ink, strength, bars) }])
				.jpeg({ quality: 80 })
				.toBuffer(),
		);
	}
	await encoder.finish();
	return file;
};

const NEVER = new AbortController().signal;

const look = async (directory: string, says: SegmentMessage, sketch: Sketch): Promise<readonly PictureFinding[]> => {
	const check = openPictureCheck(await findFfmpeg(), openPassedPictures(nodeFileSystem, join(directory, 'pictures.log')));
	const path = await encode(directory, sketch);
	return check.look({ key: keyOf(says), path, sha256: sha256Hex(path), message: says }, NEVER);
};

const faults: readonly (readonly [title: string, says: SegmentMessage, sketch: Sketch, words: RegExp])[] = [
	[
		'a black segment',
		message([line()]),
		() => ({ ground: '#000000', strength: 0 }),
		/^the picture is empty at frame 106 \(frame 6 of segment [0-9a-f]{12}\): all of it is #000000, expected “Shop now”/,
	],
	[
		'a segment of one colour whose texts all move',
		message([line({ tracks: [{ ...fade, start: -4, end: 90 }] })]),
		() => ({ ground: '#ff00ff', strength: 0 }),
		/the picture is empty .* all of it is #f[0-9a-f]{5}, expected the ground #203040/,
	],
	[
		'a segment without its text',
		message([line(), shape('rectangle', { box: { x: 0, y: 120, width: 320, height: 60 } })]),
		(frame) => ({ ...drawn(frame), ink: '#602020' }),
		/^a text is missing at frame 106 .*: 0 pixels in the colour #ffffff, expected “Shop now” with at least 67, in 240x48 pixels from 40,60$/,
	],
	[
		'a segment that stands still at its end',
		message([line()]),
		() => drawn(9),
		/^the picture stands still at frame 105 .*: it looks the same as frame 0, expected opacity of “Shop now” goes from 0 to 1$/,
	],
	[
		'a segment without its text on a ground that is nearly of its colour',
		message([pale], '#a0a0a0'),
		() => ({ ground: '#a0a0a0', strength: 0 }),
		/^the picture is empty at frame 106 .*, expected “Shop now”/,
	],
	[
		'a bar that does not grow',
		message([bar]),
		() => ({ ...drawn(9), ink: '#e0c020' }),
		/^the picture stands still at frame 105 .* clip-right of a rectangle goes from 1 to 0$/,
	],
	[
		'a number that does not count',
		message([count]),
		() => drawn(9),
		/^the picture stands still at frame 106 .* a number goes from “11111111” to “66666666”$/,
	],
	[
		'a transition that does not take place',
		leaving(),
		() => drawn(9),
		/^the picture stands still at frame 111 .*: it looks the same as frame 0, expected “Shop now” is in one of two scenes$/,
	],
	[
		'a texture that stands still',
		message([mesh]),
		() => drawn(9),
		/^the picture stands still for a while at frame 10\d .*: nothing changes from frame \d to \d+, expected an animated mesh$/,
	],
	['noise that stands still', message([noise]), () => drawn(9), /^the picture stands still for a while .*, expected an animated noise$/],
	[
		'particles that stand still',
		message([particles]),
		() => drawn(9),
		/^the picture stands still for a while .*, expected an animated particles$/,
	],
	[
		'a segment that is black for its middle third, where no frame is looked at for its texts',
		twoLines,
		blackout,
		/^the picture is empty at frame 10[4-7] .*: all of it is #000000, expected “Shop now”$/,
	],
	[
		'a segment without its image',
		message([image]),
		() => ({ ground: '#000000', strength: 0 }),
		/the picture is empty .*, expected an image/,
	],
];
for (const [title, says, sketch, words] of faults) {
	Pictures(`${title} is found`, () =>
		makeDirectory(async (directory) => {
			const findings = await look(directory, says, sketch);
			assert.ok(findings.length > 0, 'nothing was found');
			assert.match(describeFinding(findings[0]!, 100 + findings[0]!.frame), words);
			assert.is(findings[0]!.segment, keyOf(says));
		}),
	);
}

const throughBlack: Sketch = (frame) => (frame >= 4 && frame < 8 ? { ground: '#000000', strength: 0 } : drawn(frame < 4 ? 9 : 0));

const good: readonly (readonly [title: string, says: SegmentMessage, sketch: Sketch])[] = [
	['what the message says', message([line()]), drawn],
	[
		'a text on a ground that is nearly of its colour',
		message([pale], '#a0a0a0'),
		() => ({ ground: '#a0a0a0', strength: 1, ink: '#cccccc' }),
	],
	['a bar that grows', message([bar]), (frame) => ({ ...drawn(frame), ink: '#e0c020' })],
	['a bar over another one of its colour', message([{ ...bar, tracks: [] }, bar]), () => ({ ...drawn(9), ink: '#e0c020' })],
	['a transition', leaving(), (frame) => ({ ...drawn(9), strength: 1 - (frame + 1) / 13 })],
	['a texture that moves', message([mesh]), (frame) => ({ ground: `#${(0x203040 + frame * 0x060606).toString(16)}`, strength: 1 })],
	['a texture that does not move', message([{ ...mesh, time: null }]), () => drawn(9)],
	[
		'a texture of one colour',
		message([{ ...mesh, texture: { ...mesh.texture, colors: ['#203040', '#243444'] } as Texture }]),
		() => drawn(9),
	],
	['two lines, one after the other', twoLines, twoLinesDrawn],
	['noise that moves', message([noise]), (frame) => ({ ground: `#${(0x203040 + frame * 0x060606).toString(16)}`, strength: 1 })],
	['particles that do not move', message([{ ...particles, time: null }]), () => drawn(9)],
	[
		'a fade through black',
		{ ...leaving(), transition: { type: 'fade', color: '#000000', frames: FRAMES, easing: 'linear', offset: 0 } },
		throughBlack,
	],
	[
		'a flat scene',
		message([line({ tracks: [{ ...fade, start: 6, end: 11 }] })]),
		(frame) => ({ ground: '#203040', strength: Math.max(0, (frame - 5) / 6) }),
	],
	['a text that holds', message([line({ tracks: [] })]), () => drawn(9)],
	[
		'a fade from black whose text comes later',
		message([line({ tracks: [{ ...fade, start: 30, end: 40 }] }), shape('rectangle', { tracks: [{ ...fade, from: 1, to: 0, end: 60 }] })]),
		() => ({ ground: '#000000', strength: 0 }),
	],
	['a message without layers', message([]), () => ({ ground: '#203040', strength: 0 })],
	['a text under something else', message([line(), shape('rectangle', {})]), () => ({ ground: '#000000', strength: 0 })],
	[
		'a text beside the canvas',
		message([line({ box: { x: 200, y: 60, width: 240, height: 48 } })], '#000000'),
		() => ({ ground: '#000000', strength: 0 }),
	],
	[
		'a text that is nearly clear',
		message([line({ runs: [{ text: 'Shop', color: '#ffffff08' }], tracks: [] })]),
		() => ({ ground: '#203040', strength: 0 }),
	],
	['a text in the colour of its ground', message([line()], '#ffffff'), () => ({ ground: '#ffffff', strength: 0 })],
	['a text of dots alone', message([line({ runs: [{ text: '· · ·', color: '#ffffff' }] })]), () => ({ ground: '#203040', strength: 0 })],
	['a movement that is over before the segment begins', message([line({ tracks: [{ ...fade, start: -9, end: -2 }] })]), () => drawn(9)],
	['a move of a pixel', message([line({ tracks: [{ ...fade, property: 'x', from: 0, to: 1 }] })]), () => drawn(9)],
];
for (const [title, says, sketch] of good) {
	Pictures(`no false alarm: ${title}`, () =>
		makeDirectory(async (directory) => {
			assert.equal(await look(directory, says, sketch), []);
		}),
	);
}

Pictures('a segment whose file cannot be decoded to its end is found', () =>
	makeDirectory(async (directory) => {
		const says = { ...message([line({ tracks: [{ ...fade, start: 20, end: 25 }] })]), frames: 40 };
		const [finding] = await look(directory, says, drawn);
		assert.is(finding?.kind, 'undecodable');
		assert.match(describeFinding(finding!, 20), /cannot be decoded at frame 20 .* frames can be decoded|cannot be decoded/);
	}),
);

Pictures('a file that passed is not decoded again, in this process or in the next', () =>
	makeDirectory(async (directory) => {
		const says = message([line()]);
		const path = await encode(directory, drawn);
		const log = join(directory, 'pictures.log');
		const order = { key: keyOf(says), path, sha256: 'a'.repeat(64), message: says };
		const check = openPictureCheck(await findFfmpeg(), openPassedPictures(nodeFileSystem, log));
		assert.equal(await check.look(order, NEVER), []);
		const blind = { ...(await findFfmpeg()), path: '/nowhere/ffmpeg' };
		assert.equal(await check.look(order, NEVER), []);
		const next = openPictureCheck(blind, openPassedPictures(nodeFileSystem, log));
		assert.equal(await next.look(order, NEVER), []);
		const [finding] = await next.look({ ...order, sha256: 'b'.repeat(64) }, NEVER);
		assert.is(finding?.kind, 'undecodable');
	}),
);

Pictures('only an image that may really be of one colour, and what may move unseen, are no certain faults', () => {
	const finding = { segment: '', frame: 0, measured: '', expected: '' };
	assert.equal(
		(['undecodable', 'flat', 'no-image', 'missing-text', 'frozen', 'standstill', 'other-segment'] as const).filter(
			(kind) => !isCertain({ ...finding, kind }),
		),
		['no-image', 'standstill'],
	);
});

Pictures.run();
