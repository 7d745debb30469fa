import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing } from '../../src/model/drawing.ts';
import { numberAt, plainGround, watchScene } from '../../src/model/seen-leaves.ts';
import { count, fade, image, line, messageOf, rectangle, WHOLE } from '../support/drawings.ts';

const Seen = suite('model/seen-leaves');

const watch = (layers: readonly Drawing[], color?: string) => {
	const { scenes, canvas } = messageOf(layers, color === undefined ? {} : { color });
	return { ...watchScene(scenes[0], canvas), canvas };
};
const strip = { x: 30, y: 66, width: 260, height: 36 };
const onGround = line({ runs: [{ text: 'Shop', color: '#203040' }] });

const seen: readonly (readonly [title: string, layers: readonly Drawing[], index: number, frame: number, isSeen: boolean])[] = [
	['a leaf at rest', [line()], 0, 0, true],
	['one that comes, before it is there', [line({ tracks: [fade] })], 0, 4, false],
	['one that comes, when it is there', [line({ tracks: [fade] })], 0, 5, true],
	['one under a shape', [line(), rectangle({})], 0, 0, false],
	['one over a shape', [rectangle({}), line()], 1, 0, true],
	['one under a shape that has not come', [line(), rectangle({ tracks: [{ ...fade, start: 9, end: 12 }] })], 0, 8, true],
	['one under a shape that is on its way', [line(), rectangle({ tracks: [{ ...fade, start: 2, end: 12 }] })], 0, 8, false],
	['one that shifts by its tracks off the canvas', [line({ tracks: [{ ...fade, property: 'x', from: 0, to: 60 }] })], 0, 9, false],
	['a line that touches the next one', [line(), line({ box: { x: 40, y: 100, width: 240, height: 48 } })], 0, 0, true],
	['a line under film grain', [line(), { type: 'grain', box: WHOLE, tracks: [], seed: 1, amount: 0.1 }], 0, 0, true],
];
for (const [title, layers, index, frame, isSeen] of seen) {
	Seen(`${title} is ${isSeen ? '' : 'not '}seen`, () => {
		assert.is(watch(layers).seenAt(index, frame) !== null, isSeen);
	});
}

Seen('what moves is seen where it has come to rest', () => {
	const moved = watch([line({ tracks: [{ ...fade, property: 'y', from: 0, to: 30 }] })]).seenAt(0, 5);
	assert.equal(moved?.box, { x: 40, y: 90, width: 240, height: 48 });
});

/** `grounds` null: nothing is known of them. */
const texts: readonly (readonly [title: string, layers: readonly Drawing[], grounds: readonly string[] | null])[] = [
	['on the scene', [line()], ['#203040']],
	['on a shape that holds it', [rectangle({ paint: { type: 'solid', color: '#a00000' } }), line()], ['#a00000']],
	[
		'on a shape that is half clear',
		[rectangle({ paint: { type: 'solid', color: '#00000080' } }), line()],
		['#203040', '#182430', '#101820'],
	],
	['beside a shape', [rectangle({ box: { ...WHOLE, height: 20 } }), line()], ['#203040']],
	['on a shape that is gone', [rectangle({ tracks: [{ ...fade, from: 1, to: 0, start: -5, end: -1 }] }), line()], ['#203040']],
	['on an image', [image(), line()], null],
	['that counts', [count([0])], ['#203040']],
];
for (const [title, layers, grounds] of texts) {
	Seen(`a text ${title} is expected, and what lies beneath it is ${grounds === null ? 'not known' : grounds.join(', ')}`, () => {
		const text = watch(layers).seenAt(layers.length - 1, 0)?.text;
		assert.equal(text?.grounds, grounds);
		assert.equal(text?.box, { x: 40, y: 60, width: 240, height: 48 });
		assert.equal(text?.colors, ['#ffffff']);
	});
}

Seen(
	'a text whose line stands out of the shape that it is written on, onto a ground of its own colour, is expected inside of the shape',
	() => {
		const written = [rectangle({ box: strip, paint: { type: 'solid', color: '#ffffff' }, tracks: [] }), onGround];
		const text = watch(written).seenAt(1, 0)?.text;
		assert.equal(text?.grounds, ['#ffffff']);
		// 0.7 of its size of 40 above its baseline of 96.
		assert.equal(text?.box, { x: 40, y: 68, width: 240, height: 28 });
	},
);

const silent: readonly (readonly [title: string, layers: readonly Drawing[]])[] = [
	['in the colour of its ground', [onGround]],
	['on a shape that leaves some of it on a ground of its own colour', [rectangle({ box: { ...strip, width: 120 } }), onGround]],
	['that is nearly clear', [line({ runs: [{ text: 'Shop', color: '#ffffff08' }] })]],
	['without letters', [line({ runs: [{ text: '· · ·', color: '#ffffff' }] })]],
	['in small print', [line({ style: { family: 'Inter', weight: 700, italic: false, size: 13, tracking: 0, tabular: false } })]],
	['of a face with colours of its own', [line({ runs: [{ text: 'A', color: '#ffffff', face: { family: 'Emoji', weight: 400 } }] })]],
];
for (const [title, layers] of silent) {
	Seen(`of a text ${title} nothing is said`, () => {
		assert.is(watch(layers).seenAt(layers.length - 1, 0)?.text, null);
	});
}

const grounds: readonly (readonly [title: string, layers: readonly Drawing[], ground: string | null])[] = [
	['a scene without anything', [], '#203040'],
	['a scene with texts alone', [line(), line()], '#203040'],
	['a scene half covered', [rectangle({ box: { ...WHOLE, width: 160 } })], '#203040'],
	['a scene mostly covered', [rectangle({ box: { ...WHOLE, width: 240 } })], null],
	[
		'a scene that something passes over',
		[rectangle({ box: { ...WHOLE, width: 10 }, tracks: [{ ...fade, property: 'x', from: 0, to: 300 }] })],
		null,
	],
];
for (const [title, layers, ground] of grounds) {
	Seen(`${title} shows ${ground === null ? 'no ground for sure' : 'its ground'}`, () => {
		const scene = watch(layers);
		assert.is(plainGround(scene, scene.canvas, 0.3), ground);
	});
}

Seen('a number reads the step that has begun, and its first one before', () => {
	const steps = [
		{ start: 3, text: '1' },
		{ start: 6, text: '2' },
	];
	assert.equal(
		[0, 3, 5, 6, 99].map((frame) => numberAt(steps, frame)),
		['1', '1', '1', '2', '2'],
	);
});

Seen.run();
