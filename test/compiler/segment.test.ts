import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeSegmenter } from '../../src/compiler/segment.ts';
import type { AnimatedProperty, Drawing } from '../../src/model/drawing.ts';
import { segmentKey } from '../../src/model/keys.ts';
import type { EncoderProfile, SceneDrawing, SegmentMessage } from '../../src/model/segment-message.ts';
import type { SceneTransition, Timeline } from '../../src/model/timeline.ts';
import { poseAt, type TransitionPose } from '../../src/model/transitions.ts';
import { progressOf } from '../../src/runtime/draw-segment.tsx';
import { secondsAt } from '../../src/runtime/draw-texture.tsx';
import { ease } from '../../src/runtime/easing.ts';
import { valueAt } from '../../src/runtime/tracks.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { noFonts, randomTimeline, rectangle, track } from '../support/timelines.ts';

const Segment = suite('compiler/segment');

const profile: EncoderProfile = { codec: 'h264', preset: 'ultrafast', crf: 26, threads: 1, jpegQuality: 80 };
const segment = makeSegmenter(profile, noFonts);
const toolchain = { runtime: 'r', remotion: '4', react: '19', browser: 'b', encoder: 'e' };
const PROPERTIES: readonly AnimatedProperty[] = ['opacity', 'x', 'y', 'scale', 'rotate', 'clip-left'];

/** A drawing as it stands at one frame: every property's value, without times. */
const stillOf = (drawing: Drawing, frame: number): unknown => ({
	...drawing,
	tracks: PROPERTIES.map((property) => valueAt(drawing.tracks, property, frame)),
	...(drawing.type === 'group' ? { children: drawing.children.map((child) => stillOf(child, frame)) } : {}),
	...(drawing.type === 'texture' ? { time: secondsAt(drawing.time, frame) } : {}),
});

const stillOfScene = (scene: SceneDrawing, frame: number): unknown => ({
	background: scene.background,
	layers: scene.layers.map((layer) => stillOf(layer, frame)),
});

/** What a timeline shows at a frame, drawn straight from its scenes: the scenes, and where the transition has them. */
const straight = (timeline: Timeline, frame: number): unknown => {
	const active = timeline.scenes.filter((scene) => scene.start <= frame && frame < scene.start + scene.frames);
	const [first, second] = active;
	return [
		second === undefined ? null : straightPose(first!.transition!, frame - second.start),
		active.map((scene) => {
			const local = frame - scene.start;
			const layers = scene.layers.filter((layer) => layer.from <= local && local < layer.until).map((layer) => layer.drawing);
			return stillOfScene({ background: scene.background, layers }, local);
		}),
	];
};

const straightPose = (transition: SceneTransition, frame: number): TransitionPose =>
	poseAt(transition, ease(transition.easing, (frame + 1) / (transition.frames + 1)));

/** What the segments show at a frame. */
const segmented = (messages: readonly SegmentMessage[], frame: number): unknown => {
	let local = frame;
	for (const message of messages) {
		if (local < message.frames) return [poseOf(message, local), message.scenes.map((scene) => stillOfScene(scene, local))];
		local -= message.frames;
	}
	throw new Error(`no segment has frame ${frame}`);
};

const poseOf = (message: SegmentMessage, frame: number): TransitionPose | null =>
	message.transition === null ? null : poseAt(message.transition, progressOf(message, frame));

Segment('every frame of 300 random timelines reads the same from its segments as straight from its scenes', () => {
	const next = seededNumbers(11);
	let cutInside = 0;
	for (let round = 0; round < 300; round++) {
		const timeline = randomTimeline(next);
		const messages = segment(timeline).map((s) => s.message);
		cutInside += messages.length > timeline.scenes.length * 2 ? 1 : 0;
		assert.is(
			messages.reduce((sum, message) => sum + message.frames, 0),
			timeline.frames,
		);
		for (let frame = 0; frame < timeline.frames; frame++) assert.equal(segmented(messages, frame), straight(timeline, frame));
	}
	assert.ok(cutInside > 50, 'the timelines exercise cuts inside scenes');
});

const scene = (frames: number, transition: number | null, start = 0) => ({
	id: `s${start}`,
	start,
	frames: frames + (transition ?? 0),
	background: { type: 'solid', color: '#102030' } as const,
	layers: [{ drawing: rectangle('#ff0000', [track('opacity', 0, 1, 0, 15)]), from: 0, until: frames + (transition ?? 0) }],
	transition: transition === null ? null : ({ type: 'crossfade', frames: transition, easing: 'linear' } as const),
});

const canvas = { width: 160, height: 90, fps: 30 };

Segment('a transition is a segment of its own, with both scenes in it', () => {
	const timeline: Timeline = { canvas, frames: 180, scenes: [scene(90, 10), scene(90, null, 90)] };
	const segments = segment(timeline);
	assert.equal(
		segments.map((s) => [s.label, s.message.frames, s.message.scenes.length]),
		[
			['s0', 15, 1],
			['s0', 75, 1],
			['s0 > s90', 10, 2],
			['s90', 5, 1],
			['s90', 75, 1],
		],
	);
	assert.equal(segments[2]?.message.transition, { type: 'crossfade', frames: 10, easing: 'linear', offset: 0 });
});

Segment('scenes that differ only in length share the segment in which they move', () => {
	const keys = [90, 120].map((frames) =>
		segment({ canvas, frames, scenes: [scene(frames, null)] }).map((s) => segmentKey(s.message, toolchain)),
	);
	assert.is(keys[0]![0], keys[1]![0]);
	assert.is.not(keys[0]![1], keys[1]![1]);
});

Segment('the same scene at another place of the timeline has the same keys', () => {
	const alone = segment({ canvas, frames: 90, scenes: [scene(90, null)] });
	const after = segment({ canvas, frames: 150, scenes: [scene(60, null), { ...scene(90, null), start: 60 }] });
	const key = (s: { message: SegmentMessage }): string => segmentKey(s.message, toolchain);
	assert.equal(alone.map(key), after.slice(-alone.length).map(key));
});

Segment('a long movement is cut every five seconds from the scene on', () => {
	const moving = { ...scene(400, null), layers: [{ drawing: rectangle('#ff0000', [track('x', 0, 100, 0, 400)]), from: 0, until: 400 }] };
	assert.equal(
		segment({ canvas, frames: 400, scenes: [moving] }).map((s) => s.message.frames),
		[150, 150, 100],
	);
});

const drifting = (frames: number, start = 0) => {
	const drawing: Drawing = {
		type: 'texture',
		box: { x: 0, y: 0, width: 160, height: 90 },
		tracks: [],
		texture: { type: 'mesh', colors: ['#102030', '#304050'], complexity: 3, seed: 1, u: 0.9 },
		time: { start: 0, fps: 30 },
	};
	return { ...scene(frames, null, start), layers: [{ drawing, from: 0, until: frames }] };
};

Segment('an animated background is never a hold, and is cut every five seconds', () => {
	const segments = segment({ canvas, frames: 400, scenes: [drifting(400)] });
	assert.equal(
		segments
			.map((s) => [s.message.frames, s.message.scenes[0].layers[0]])
			.map(([frames, layer]) => [frames, (layer as { time: unknown }).time]),
		[
			[150, { start: 0, fps: 30 }],
			[150, { start: 150, fps: 30 }],
			[100, { start: 300, fps: 30 }],
		],
	);
});

Segment('scenes of unequal length share what they show of one animated background, wherever they stand', () => {
	const alone = segment({ canvas, frames: 400, scenes: [drifting(400)] });
	const later = segment({ canvas, frames: 390, scenes: [scene(60, null), drifting(330, 60)] }).slice(-3);
	const key = (s: { message: SegmentMessage }): string => segmentKey(s.message, toolchain);
	assert.equal(later.slice(0, 2).map(key), alone.slice(0, 2).map(key));
	assert.is.not(key(later[2]!), key(alone[2]!));
});

Segment('two transitions of one length between the same scenes are two segments', () => {
	const [first, second] = [scene(90, 10), scene(90, null, 90)];
	const messageOf = (transition: SceneTransition): SegmentMessage =>
		segment({ canvas, frames: 180, scenes: [{ ...first, transition }, second] }).find((s) => s.message.transition !== null)!.message;
	const keys = [
		messageOf({ type: 'push', direction: 'left', frames: 10, easing: 'linear' }),
		messageOf({ type: 'push', direction: 'up', frames: 10, easing: 'linear' }),
		messageOf({ type: 'push', direction: 'up', frames: 10, easing: 'power2.inOut' }),
		messageOf({ type: 'iris', frames: 10, easing: 'linear' }),
	].map((message) => segmentKey(message, toolchain));
	assert.is(new Set(keys).size, 4);
});

Segment.run();
