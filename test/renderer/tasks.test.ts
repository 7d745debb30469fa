import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AudioKey } from '../../src/model/audio.ts';
import type { SegmentKey } from '../../src/model/keys.ts';
import { makeReel } from '../../src/renderer/pack-reels.ts';
import { createTaskGraph, type Task, type TaskGraph } from '../../src/renderer/tasks.ts';
import { makeOutput } from '../fakes/segments.ts';

const Tasks = suite('renderer/tasks');

const keys = (text: string): SegmentKey[] => text.split(' ').filter(Boolean) as SegmentKey[];
const reel = (text: string) => makeReel(keys(text).map((key) => ({ key, frames: 10 })));
const output = (name: string, segments: string) => makeOutput(name, keys(segments), { frames: 0 });
const room = { reels: 9, outputs: 9, mixes: 9 };
const show = (tasks: readonly Task[]): readonly string[] =>
	tasks.map((task) => {
		if (task.type === 'output') return task.output.id;
		if (task.type === 'mix') return `mix ${task.key}`;
		return task.type === 'reel' ? task.reel.segments.map((segment) => segment.key).join('+') : 'bundle';
	});
const done = (graph: TaskGraph, text: string): void => keys(text).forEach((key) => void graph.partDone(key));

Tasks('outputs whose segments are all there need no bundle and no reel', () => {
	const graph = createTaskGraph([output('one', 'a b'), output('two', 'b')], new Set(keys('a b')));
	assert.equal(show(graph.take(room)), ['one', 'two']);
	assert.equal(graph.take(room), []);
});

Tasks('reels wait for the bundle, which is asked for once', () => {
	const graph = createTaskGraph([output('one', 'a b')], new Set());
	graph.addReels([reel('a b')], 'last');
	assert.equal(show(graph.take(room)), ['bundle']);
	assert.equal(show(graph.take(room)), []);
	graph.bundleDone();
	assert.equal(show(graph.take(room)), ['a+b']);
	assert.equal(show(graph.take(room)), []);
});

Tasks('an output starts when its last segment is there, and only once', () => {
	const graph = createTaskGraph([output('one', 'a b a'), output('two', 'b c')], new Set());
	done(graph, 'a a');
	assert.equal(show(graph.take(room)), []);
	done(graph, 'b');
	assert.equal(show(graph.take(room)), ['one']);
	done(graph, 'c b');
	assert.equal(show(graph.take(room)), ['two']);
});

Tasks('no more starts than there is room for, outputs before reels', () => {
	const graph = createTaskGraph([output('one', 'a'), output('two', 'a'), output('three', 'b c')], new Set(keys('a')));
	graph.addReels([reel('b'), reel('c')], 'last');
	graph.take({ reels: 1, outputs: 0, mixes: 9 });
	graph.bundleDone();
	assert.equal(show(graph.take({ reels: 1, outputs: 1, mixes: 9 })), ['one', 'b']);
	assert.equal(show(graph.take({ reels: 0, outputs: 5, mixes: 9 })), ['two']);
	assert.equal(show(graph.take(room)), ['c']);
});

Tasks('a failed segment takes the outputs that play it along, and no others', () => {
	const graph = createTaskGraph([output('one', 'a b'), output('two', 'b c'), output('three', 'c')], new Set());
	assert.equal(
		graph.partFailed('b' as SegmentKey).map(({ id }) => id),
		['one', 'two'],
	);
	assert.equal(graph.partFailed('a' as SegmentKey), []);
	done(graph, 'c');
	assert.equal(show(graph.take(room)), ['three']);
});

Tasks('reels can be put first, and taken back before they start', () => {
	const graph = createTaskGraph([], new Set());
	graph.addReels([reel('a')], 'last');
	graph.addReels([reel('b')], 'first');
	graph.take(room);
	graph.bundleDone();
	assert.equal(show(graph.take({ reels: 1, outputs: 0, mixes: 9 })), ['b']);
	assert.equal(show(graph.dropReels().map((each) => ({ type: 'reel', reel: each }))), ['a']);
	assert.equal(graph.take(room), []);
});

Tasks('outputs wait again for a segment that was lost, each for all that it lost', () => {
	const one = output('one', 'a b');
	const graph = createTaskGraph([one, output('two', 'b'), output('three', 'b c'), output('four', 'a')], new Set(keys('a b')));
	assert.equal(show(graph.take({ reels: 0, outputs: 1, mixes: 9 })), ['one']);
	graph.partsLost(new Set(keys('a b')), one);
	assert.equal(show(graph.take(room)), []);
	done(graph, 'c b');
	assert.equal([...show(graph.take(room))].sort(), ['three', 'two']);
	done(graph, 'a');
	assert.equal([...show(graph.take(room))].sort(), ['four', 'one']);
	assert.equal(show(graph.take(room)), []);
});

const withSound = (name: string, segments: string, audio: string) => ({ ...output(name, segments), audio: audio as AudioKey });

Tasks('a mix waits for nothing, and an output for its mix as well as for its segments', () => {
	const graph = createTaskGraph([withSound('one', 'a', 'm'), withSound('two', 'a', 'n'), output('three', 'a')], new Set(keys('n')));
	graph.addMixes(['m' as AudioKey], 'last');
	assert.equal(show(graph.take({ ...room, mixes: 0 })), []);
	assert.equal(show(graph.take(room)), ['mix m']);
	done(graph, 'a');
	assert.equal(show(graph.take(room)), ['two', 'three']);
	graph.partDone('m' as AudioKey);
	assert.equal(show(graph.take(room)), ['one']);
});

Tasks('a failed mix takes along the outputs that play it; a lost one makes them wait', () => {
	const graph = createTaskGraph([withSound('one', 'a', 'm'), withSound('two', 'a', 'n')], new Set(keys('a n')));
	assert.equal(
		graph.partFailed('m' as AudioKey).map(({ id }) => id),
		['one'],
	);
	const two = withSound('two', 'a', 'n');
	assert.equal(show(graph.take(room)), ['two']);
	graph.partsLost(new Set(keys('n')), two);
	assert.equal(show(graph.take(room)), []);
	graph.partDone('n' as AudioKey);
	assert.equal(show(graph.take(room)), ['two']);
});

Tasks.run();
