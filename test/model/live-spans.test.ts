import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Drawing } from '../../src/model/drawing.ts';
import { liveSpans } from '../../src/model/live-spans.ts';
import type { SegmentMessage } from '../../src/model/segment-message.ts';
import type { Texture } from '../../src/model/texture.ts';
import { count, messageOf, rectangle, WHOLE } from '../support/drawings.ts';

const Live = suite('model/live-spans');

type TextureDrawing = Extract<Drawing, { type: 'texture' }>;

const textured = (texture: Texture, changes: Partial<TextureDrawing> = {}): Drawing => ({
	...{ type: 'texture', box: WHOLE, tracks: [], texture, time: { start: 0, fps: 10 } },
	...changes,
});
const mesh: Texture = { type: 'mesh', colors: ['#203040', '#a04080'], complexity: 3, seed: 1, u: 2 };
const noise: Extract<Texture, { type: 'noise' }> = {
	...{ type: 'noise', colors: ['#203040', '#a04080'], scale: 80, octaves: 3, seed: 1, u: 2 },
};
const particles: Extract<Texture, { type: 'particles' }> = {
	...{ type: 'particles', color: '#ffffff', opacity: 0.8, count: 60, size: 8, speed: 4, seed: 1 },
	quiet: { box: { x: 0, y: 0, width: 10, height: 10 }, opacity: 0.2, reach: 10 },
};
const pattern: Texture = { type: 'pattern', motif: 'dots', color: '#ffffff', opacity: 1, scale: 20, seed: 1 };

const pale = messageOf([textured(particles)], { color: '#e8e8e8' });
const lively: readonly (readonly [title: string, message: SegmentMessage, what: string])[] = [
	['a mesh', messageOf([textured(mesh)]), 'an animated mesh'],
	['noise', messageOf([textured(noise)]), 'an animated noise'],
	['particles', messageOf([textured(particles)]), 'an animated particles'],
	['noise under a small shape', messageOf([textured(noise), rectangle({ box: { ...WHOLE, width: 100 } })]), 'an animated noise'],
	[
		'noise of three colours, two of them far apart',
		messageOf([textured({ ...noise, colors: ['#203040', '#203044', '#a04080'] })]),
		'an animated noise',
	],
];
for (const [title, message, what] of lively) {
	Live(`${title}: no half second stands still, from the first frame to the last`, () => {
		assert.equal(liveSpans(message), [{ first: 0, last: 29, longest: 5, what }]);
	});
}

const still: readonly (readonly [title: string, message: SegmentMessage])[] = [
	['noise without a clock', messageOf([textured(noise, { time: null })])],
	['noise of colours that hardly differ', messageOf([textured({ ...noise, colors: ['#203040', '#283848'] })])],
	['noise in a corner', messageOf([textured(noise, { box: { ...WHOLE, width: 100 } })])],
	['noise behind a shape over most of it', messageOf([textured(noise), rectangle({ box: { ...WHOLE, width: 200 } })])],
	[
		'noise that fades in',
		messageOf([textured(noise, { tracks: [{ property: 'opacity', from: 0, to: 1, start: 0, end: 9, easing: 'linear' }] })]),
	],
	['few particles', messageOf([textured({ ...particles, count: 29 })])],
	['faint particles', messageOf([textured({ ...particles, opacity: 0.4 })])],
	['slow particles', messageOf([textured({ ...particles, speed: 1.9 })])],
	['small particles', messageOf([textured({ ...particles, size: 3, speed: 3 })])],
	['particles in the colour of their ground', pale],
	['a pattern', messageOf([textured(pattern)])],
	['no texture', messageOf([rectangle({})])],
	['a transition', { ...messageOf([textured(noise)]), transition: { type: 'crossfade', frames: 30, easing: 'linear', offset: 0 } }],
	['a count of three steps', messageOf([count([2, 4, 6])])],
	['a count behind something', messageOf([count([2, 4, 6, 8, 10]), rectangle({})])],
	['a count that repeats itself', messageOf([count([2, 4, 6, 8], () => '11')])],
];
for (const [title, message] of still) {
	Live(`${title}: nothing is said`, () => {
		assert.equal(liveSpans(message), []);
	});
}

const counts: readonly (readonly [
	title: string,
	starts: readonly number[],
	span: readonly [first: number, last: number, longest: number],
])[] = [
	['in quick steps', [2, 4, 6, 8, 10], [2, 10, 7]],
	['in a quick end', [2, 9, 16, 23, 24, 25], [2, 25, 22]],
	['that goes on behind the end', [20, 22, 24, 26, 28, 30, 32], [20, 28, 7]],
];
for (const [title, starts, [first, last, longest]] of counts) {
	Live(`a count ${title}: three steps are not left out`, () => {
		const [span] = liveSpans(messageOf([count(starts)]));
		assert.equal([span?.first, span?.last, span?.longest], [first, last, longest]);
	});
}

Live.run();
