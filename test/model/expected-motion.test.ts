import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing, Track } from '../../src/model/drawing.ts';
import { type ExpectedMotion, expectedMotion } from '../../src/model/expected-motion.ts';
import { watchScene } from '../../src/model/seen-leaves.ts';
import type { SegmentMessage, TransitionDrawing } from '../../src/model/segment-message.ts';
import { count, fade, image, line, messageOf, rectangle, WHOLE } from '../support/drawings.ts';

const Motion = suite('model/expected-motion');

const motionOf = (message: SegmentMessage, decoded = 0): ExpectedMotion | null =>
	expectedMotion({ message, scenes: message.scenes.map((scene) => watchScene(scene, message.canvas)), decoded });

const track = (property: Track['property'], from: number, to: number, more: Partial<Track> = {}): Track => ({
	...fade,
	property,
	from,
	to,
	...more,
});
const bar = (tracks: readonly Track[]): Drawing =>
	rectangle({ box: { x: 40, y: 60, width: 240, height: 48 }, paint: { type: 'solid', color: '#e0c020' }, tracks });
const leaving = { ...fade, from: 1, to: 0, start: 10, end: 11 };
const word = (color: string, tracks: readonly Track[]): Drawing => line({ runs: [{ text: 'You', color }], tracks });

const sure: readonly (readonly [title: string, layers: readonly Drawing[], from: number, to: number, frame: number])[] = [
	['a text that comes', [line({ tracks: [fade] })], 0, 5, 5],
	['a text that goes', [line({ tracks: [leaving] })], 10, 11, 10],
	['a text that moves', [line({ tracks: [track('y', 30, 0)] })], 0, 5, 5],
	['an image that comes', [image({ tracks: [fade] })], 0, 5, 5],
	['a shape that grows', [bar([track('clip-right', 1, 0)])], 0, 5, 5],
	['a count', [count([0, 3, 6, 9])], 0, 9, 9],
	[
		'a text that goes as another one comes in its place',
		[word('#ffffff', [leaving]), line({ tracks: [{ ...fade, start: 10, end: 11 }] })],
		10,
		11,
		10,
	],
	[
		'a text that goes as it comes in another colour',
		[word('#ffffff', [leaving]), word('#e04040', [{ ...fade, start: 10, end: 11 }])],
		...([10, 11, 10] as const),
	],
	[
		'a word of a caption whose ground is that of the scene',
		[
			rectangle({ box: { x: 30, y: 66, width: 260, height: 40 }, paint: { type: 'solid', color: '#101010' }, tracks: [leaving] }),
			line({ runs: [{ text: 'You', color: '#f0f0f0' }], tracks: [leaving] }),
		],
		...([10, 11, 10] as const),
	],
];
for (const [title, layers, from, to, frame] of sure) {
	Motion(`${title} makes two frames differ`, () => {
		const motion = motionOf(messageOf(layers, { color: title.includes('caption') ? '#f0f0f0' : '#203040' }));
		assert.equal([motion?.from, motion?.to, motion?.seen?.frame], [from, to, frame]);
	});
}

const unsure: readonly (readonly [title: string, layers: readonly Drawing[]])[] = [
	['a text that holds', [line()]],
	['a text that is there before the segment begins', [line({ tracks: [{ ...fade, start: -6, end: -1 }] })]],
	['a text that is not there when the segment ends', [line({ tracks: [{ ...fade, start: 20, end: 40 }] })]],
	['a text that moves by a few pixels', [line({ tracks: [track('y', 12, 0)] })]],
	['a text in the colour of its ground', [line({ runs: [{ text: 'Shop', color: '#203040' }], tracks: [fade] })]],
	['a text behind something', [line({ tracks: [fade] }), rectangle({})]],
	['a shape that shifts', [bar([track('x', -30, 0)])]],
	['a shape over another one of its colour', [bar([]), bar([track('clip-right', 1, 0)])]],
	['a shape over an image', [image(), bar([track('clip-right', 1, 0)])]],
	['a text that goes as it comes in the same place', [word('#ffffff', [leaving]), word('#ffffff', [{ ...fade, start: 10, end: 11 }])]],
	['a text that goes as it comes in nearly its colour', [word('#ffffff', [leaving]), word('#f4f4fa', [{ ...fade, start: 10, end: 11 }])]],
	['an image that goes as it comes', [image({ tracks: [leaving] }), image({ tracks: [{ ...fade, start: 10, end: 11 }] })]],
	['a count that ends as it began', [count([0, 3], () => '7')]],
];
for (const [title, layers] of unsure) {
	Motion(`of ${title} nothing is said`, () => {
		assert.is(motionOf(messageOf(layers)), null);
	});
}

Motion('of several movements the one counts that is the least to decode', () => {
	const late = line({ tracks: [{ ...fade, start: 15, end: 20 }] });
	const early = line({ box: { x: 40, y: 110, width: 240, height: 48 }, baseline: 146, tracks: [fade] });
	assert.is(motionOf(messageOf([late, early]))?.to, 5);
	assert.is(motionOf(messageOf([late, early]), 25)?.to, 20);
});

Motion('a count changes as many pixels as letters of it change', () => {
	const whole = motionOf(messageOf([count([0, 9], (start) => (start === 0 ? '1111' : '2222'))]))!;
	const last = motionOf(messageOf([count([0, 9], (start) => (start === 0 ? '1111' : '1112'))]))!;
	assert.is(last.seen?.least, Math.floor(whole.seen!.least / 4));
});

const between = (
	one: readonly Drawing[],
	other: readonly Drawing[],
	changes: Partial<TransitionDrawing> & { second?: string } = {},
): SegmentMessage => {
	const { second = '#203040', ...transition } = changes;
	const [first, last] = [messageOf(one), messageOf(other, { color: second })];
	return {
		...first,
		scenes: [first.scenes[0], last.scenes[0]],
		transition: { type: 'crossfade', frames: 30, easing: 'linear', offset: 0, ...transition } as TransitionDrawing,
	};
};

const changes: readonly (readonly [title: string, message: SegmentMessage, what: RegExp | null])[] = [
	['of two grounds', between([], [], { second: '#e0e0e0' }), /^the ground goes from #203040 to #e0e0e0$/],
	['of one ground', between([], []), null],
	['with a text in its first scene', between([line()], []), /^“Shop now” is in one of two scenes$/],
	['with a text in its second scene', between([], [line()]), /^“Shop now” is in one of two scenes$/],
	['with the same text in both', between([line()], [line()]), null],
	['into an image in the place of its text', between([line()], [image()]), null],
	['that begins in the middle', between([line()], [], { offset: 3 }), null],
	['that is cut', between([line()], [], { frames: 40 }), null],
	['that creeps at one end', between([line()], [], { easing: 'power4.in' }), null],
	['of grounds that are hardly seen', between([rectangle({ box: { ...WHOLE, width: 200 } })], [], { second: '#e0e0e0' }), null],
];
for (const [title, message, what] of changes) {
	Motion(`a transition ${title} ${what === null ? 'may look the same at both ends' : 'has different ends'}`, () => {
		const motion = motionOf(message);
		if (what === null) assert.is(motion, null);
		else {
			assert.match(motion!.what, what);
			assert.equal([motion!.from, motion!.to], [0, 29]);
		}
	});
}

Motion.run();
