import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SegmentKey } from '../../src/model/keys.ts';
import type { PlannedOutput } from '../../src/model/render-plan.ts';
import type { Canvas, SegmentMessage } from '../../src/model/segment-message.ts';
import { type PackedReel, packReels } from '../../src/renderer/pack-reels.ts';
import { makeMessage, makeOutput, smallCanvas } from '../fakes/segments.ts';

const Pack = suite('renderer/pack-reels');

/** Outputs written as `name: segment segment`, segments as `letter` + frames: `a30`. Capital letters are on another canvas. */
const pack = (outputs: readonly string[], workers: number, present: readonly string[] = []): readonly PackedReel[] => {
	const wide: Canvas = { ...smallCanvas, width: 128 };
	const messages: Record<string, SegmentMessage> = {};
	const planned: readonly PlannedOutput[] = outputs.map((text, i) => {
		const keys = text.split(' ') as SegmentKey[];
		for (const key of keys)
			messages[key] = makeMessage('#000000', Number(key.slice(1)), key[0] === key[0]?.toUpperCase() ? wide : smallCanvas);
		return makeOutput(`output-${i}`, keys, { frames: 0 });
	});
	const missing = new Set((Object.keys(messages) as SegmentKey[]).filter((key) => !present.includes(key)));
	return packReels({ outputs: planned, messages, missing, workers });
};
const show = (reels: readonly PackedReel[]): readonly string[] =>
	reels.map((reel) => reel.segments.map((segment) => segment.key).join(' '));
const framesOf = (reels: readonly PackedReel[]): readonly number[] => reels.map((reel) => reel.frames);

Pack('nothing missing makes no reel', () => {
	assert.equal(pack(['a30 b30'], 2, ['a30', 'b30']), []);
});

Pack('one output of five segments keeps two workers busy for about as long', () => {
	const reels = pack(['a30 b15 c120 d15 e120'], 2);
	assert.equal([...framesOf(reels)].sort(), [150, 150]);
});

Pack('one output of five segments keeps four workers busy', () => {
	assert.equal([...framesOf(pack(['a60 b60 c60 d60 e60'], 4))].sort(), [120, 60, 60, 60]);
});

Pack('one worker gets one short output in one reel, in playing order', () => {
	assert.equal(show(pack(['a30 b15 c120 d15 e100'], 1)), ['a30 b15 c120 d15 e100']);
});

Pack('a shared segment is drawn once, and before what an output has for itself', () => {
	assert.equal(show(pack(['a30 s30', 'b30 s30', 'c30 s30'], 1)), ['s30 a30 b30 c30']);
});

Pack('reels keep to one canvas', () => {
	for (const reel of pack(['a30 b30', 'A30 B30', 'c30 C30'], 1)) {
		const cases = reel.segments.map((segment) => segment.key[0] === segment.key[0]?.toUpperCase());
		assert.is(new Set(cases).size, 1);
	}
});

Pack('small canvases are not torn apart when there are as many as workers', () => {
	assert.is(pack(['a50 b50', 'A50 B50'], 2).length, 2);
});

Pack('no reel is longer than about ten seconds unless one segment is', () => {
	const outputs = Array.from(
		{ length: 20 },
		(_, i) => `${String.fromCharCode(97 + i)}90 ${String.fromCharCode(97 + i)}100 ${String.fromCharCode(97 + i)}110`,
	);
	for (const reel of pack([...outputs, 'z900'], 2)) assert.ok(reel.frames <= 400 || reel.segments.length === 1, show([reel]).join());
	assert.ok(show(pack([...outputs, 'z900'], 2)).includes('z900'));
});

Pack('the first outputs come first', () => {
	const outputs = Array.from({ length: 10 }, (_, i) => `${String.fromCharCode(97 + i)}100 ${String.fromCharCode(97 + i)}200`);
	const order = show(pack(outputs, 2)).map((reel) => reel[0]);
	assert.equal(order, [...order].sort());
});

Pack('every missing segment is in exactly one reel', () => {
	const outputs = ['a30 b70 c110', 'A31 b70 C90', 'd5 e6 f7 g8 h9', 'c110 b70 a30'];
	for (const workers of [1, 2, 3, 8]) {
		const keys = pack(outputs, workers).flatMap((reel) => reel.segments.map((segment) => segment.key));
		assert.equal([...keys].sort(), [...new Set(outputs.join(' ').split(' '))].sort());
	}
});

Pack('the same plan gives the same reels', () => {
	const outputs = ['a30 b70 c110', 'A31 b70 C90', 'd5 e6 f7 g8 h9'];
	assert.equal(pack(outputs, 2), pack(outputs, 2));
});

Pack.run();
