import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type DroppableScene, dropScenes } from '../../src/compiler/drop-scenes.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';

const Dropping = suite('compiler/drop-scenes');

type Sketch = DroppableScene & { readonly id: string };

const fixed = (id: string, frames: number, priority: number | null = null): Sketch => ({
	id,
	priority,
	length: { min: frames, max: frames, share: 1 },
});
const flexible = (id: string, min: number, priority: number | null = null): Sketch => ({
	id,
	priority,
	length: { min, max: 100_000, share: 1 },
});
const lengthsOf = (scenes: readonly Sketch[]) => scenes.map(({ length }) => length);
const idsOf = (scenes: readonly Sketch[]): string => scenes.map(({ id }) => id).join('');
const kept = (scenes: readonly Sketch[], total: number): string => {
	const result = dropScenes(scenes, total, lengthsOf);
	return result.fits
		? `${idsOf(result.kept)} ${result.frames.join(' ')}`
		: `${idsOf(result.kept)} ${result.failure.reason} ${result.failure.by}`;
};

Dropping('nothing is dropped while the scenes fit', () => {
	assert.is(kept([fixed('a', 60, 0), fixed('b', 60), flexible('c', 30, 5)], 300), 'abc 60 60 180');
});

Dropping('the lowest priority goes first', () => {
	assert.is(kept([fixed('a', 60, 2), fixed('b', 60, 1), fixed('c', 60, 3), flexible('d', 30)], 160), 'acd 60 60 40');
});

Dropping('among equals the later one goes', () => {
	assert.is(kept([fixed('a', 60, 0), fixed('b', 60, 0), flexible('c', 30)], 100), 'ac 60 40');
});

Dropping('scenes are dropped until the rest fits, exactly', () => {
	assert.is(kept([fixed('a', 60), fixed('b', 60, 3), fixed('c', 60, 2), fixed('d', 60, 1), fixed('e', 30)], 90), 'ae 60 30');
});

Dropping('a scene that is not optional is never dropped', () => {
	assert.is(kept([fixed('a', 60), fixed('b', 60, 0), fixed('c', 60)], 90), 'ac long 30');
});

Dropping('scenes that are too short are all kept', () => {
	assert.is(kept([fixed('a', 30), fixed('b', 30, 0)], 90), 'ab short 30');
});

Dropping('at least one scene is left, optional or not', () => {
	assert.is(kept([fixed('a', 60, 1), fixed('b', 60, 0)], 30), 'a long 30');
});

Dropping('a scene of fixed length at the end keeps it, whatever the shares before it get', () => {
	for (const total of [200, 240, 450, 900, 901]) {
		const result = dropScenes([fixed('a', 45), flexible('b', 30), flexible('c', 30, 0), fixed('z', 120)], total, lengthsOf);
		assert.ok(result.fits);
		assert.is(result.frames.at(-1), 120);
		assert.is(
			result.frames.reduce((sum, frames) => sum + frames, 0),
			total,
		);
	}
});

Dropping('whatever the scenes, a fit is exact and within bounds, and what is dropped is never worth more than what is kept', () => {
	const next = seededNumbers(5);
	const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	for (let round = 0; round < 400; round++) {
		const scenes = Array.from({ length: whole(1, 7) }, (_, index): Sketch => {
			const priority = next() < 0.6 ? whole(0, 3) : null;
			const id = String.fromCharCode(97 + index);
			return next() < 0.5 ? fixed(id, whole(1, 90), priority) : flexible(id, whole(1, 60), priority);
		});
		const total = whole(20, 300);
		const result = dropScenes(scenes, total, lengthsOf);
		if (!result.fits) continue;
		assert.is(
			result.frames.reduce((sum, frames) => sum + frames, 0),
			total,
		);
		const dropped = scenes.filter((scene) => !result.kept.includes(scene));
		const least = Math.min(...result.kept.flatMap(({ priority }) => priority ?? []));
		for (const { priority } of dropped) assert.ok(priority !== null && priority <= least);
	}
});

Dropping.run();
