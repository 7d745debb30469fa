import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AnimatedProperty, Drawing, Track } from '../../src/model/drawing.ts';
import { styleAt, valueAt } from '../../src/runtime/tracks.ts';

const Tracks = suite('runtime/tracks');

const box = { x: 100, y: 50, width: 200, height: 40 };
/** A rectangle, or text in a group, that these tracks move. */
const shape = (...tracks: readonly Track[]): Drawing => ({
	type: 'rectangle',
	box,
	tracks,
	paint: { type: 'solid', color: '#ffffff' },
	radius: 0,
});
const text: Drawing = {
	type: 'text',
	box,
	tracks: [],
	runs: [],
	style: { family: 'Inter', weight: 400, italic: false, size: 20, tracking: 0, tabular: false },
	align: 'left',
	baseline: 80,
};
const group = (...tracks: readonly Track[]): Drawing => ({ type: 'group', box, tracks, children: [shape(), text] });

const track = (property: AnimatedProperty, from: number, to: number, start: number, end: number): Track => ({
	property,
	from,
	to,
	start,
	end,
	easing: 'linear',
});

Tracks('a track is at its beginning before it starts, between in its middle, and exactly at its end from its end on', () => {
	const tracks = [track('x', 10, 20, 5, 15)];
	assert.equal(
		[-3, 0, 5, 10, 14, 15, 16, 400].map((frame) => valueAt(tracks, 'x', frame)),
		[10, 10, 10, 15, 19, 20, 20, 20],
	);
});

Tracks('a track that starts before the segment is met in the middle', () => {
	assert.is(valueAt([track('opacity', 0, 1, -10, 10)], 'opacity', 0), 0.5);
});

Tracks('of several tracks the one that started last counts', () => {
	const tracks = [track('opacity', 1, 0, 40, 50), track('opacity', 0, 1, 0, 10)];
	assert.equal(
		[-1, 5, 10, 39, 40, 45, 50].map((frame) => valueAt(tracks, 'opacity', frame)),
		[0, 0.5, 1, 1, 1, 0.5, 0],
	);
});

Tracks('a track cuts off the one before it, and of two that start together the one written last counts', () => {
	assert.is(valueAt([track('x', 0, 100, 0, 100), track('x', 7, 8, 10, 20)], 'x', 50), 8);
	assert.is(valueAt([track('x', 0, 1, 0, 5), track('x', 3, 4, 0, 5)], 'x', 9), 4);
});

Tracks('a property that no track moves is at rest', () => {
	assert.equal(
		(['opacity', 'x', 'y', 'scale', 'scaleX', 'rotate', 'clip-top'] as const).map((property) => valueAt([], property, 3)),
		[1, 0, 0, 1, 1, 0, 0],
	);
});

Tracks('without tracks, and where all have come to rest, there is no style at all', () => {
	assert.equal(styleAt(shape(), 0), {});
	const tracks = [track('opacity', 0, 1, 0, 10), track('y', 60, 0, 0, 10), track('scale', 0.8, 1, 0, 9), track('clip-bottom', 1, 0, 0, 10)];
	assert.equal(styleAt(shape(...tracks), 10), {});
	assert.is.not(JSON.stringify(styleAt(shape(...tracks), 9)), '{}');
});

Tracks('past the last end the style is the same text from frame to frame', () => {
	const tracks = [
		{ ...track('x', 0, 33.3333333, 0, 10), easing: 'back.out' as const },
		track('rotate', 0, 12.3456789, -4, 11),
		track('opacity', 0, 1 / 3, 2, 12),
		track('clip-left', 0, 1 / 7, 0, 12),
	];
	const rest = JSON.stringify(styleAt(shape(...tracks), 12));
	for (const frame of [13, 14, 100, 5000]) assert.is(JSON.stringify(styleAt(shape(...tracks), frame)), rest);
});

Tracks('movements are written in one order, around the middle of the box', () => {
	const tracks = [track('scale', 2, 2, 0, 1), track('scaleX', 0.5, 0.5, 0, 1), track('rotate', 10, 10, 0, 1), track('x', 3, 3, 0, 1)];
	assert.equal(styleAt(shape(...tracks), 5), { transform: 'translate(3px, 0px) rotate(10deg) scale(1, 2)', transformOrigin: '200px 70px' });
});

Tracks('between two whole pixels text leaves the pixel grid, on them and at rest it keeps it; shapes never need to', () => {
	const climb = track('y', 4, 0, 0, 8);
	assert.is(styleAt(group(climb), 1).transform, 'translate(0px, 3.5px) rotate(0.03deg)');
	assert.is(styleAt(group(climb), 2).transform, 'translate(0px, 3px)');
	assert.is(styleAt({ ...text, tracks: [track('scale', 0.5, 1, 0, 2)] }, 1).transform, 'rotate(0.03deg) scale(0.75, 0.75)');
	assert.is(styleAt(shape(climb), 1).transform, 'translate(0px, 3.5px)');
});

Tracks('opacity stays between 0 and 1, whatever an easing overshoots to', () => {
	const tracks = [{ ...track('opacity', 0, 1, 0, 100), easing: 'back.out' as const }];
	for (let frame = 0; frame <= 100; frame++) {
		const { opacity } = styleAt(shape(...tracks), frame);
		assert.ok(opacity === undefined || (Number(opacity) >= 0 && Number(opacity) < 1), `${opacity}`);
	}
});

Tracks('a clip hides a share of the box from one side and leaves the other sides open', () => {
	const { clipPath } = styleAt(shape(track('clip-bottom', 0.25, 0.25, 0, 1)), 5);
	assert.is(clipPath, 'polygon(-9900px -9950px, 10300px -9950px, 10300px 80px, -9900px 80px)');
});

Tracks('clips of two sides meet, and a clip of the whole box leaves nothing', () => {
	const { clipPath } = styleAt(shape(track('clip-left', 0.5, 0.5, 0, 1), track('clip-right', 0.5, 0.5, 0, 1)), 5);
	assert.is(clipPath, 'polygon(200px -9950px, 200px -9950px, 200px 10090px, 200px 10090px)');
});

Tracks.run();
