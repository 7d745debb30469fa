import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveScene } from '../../src/compiler/resolve-scene.ts';
import type { Scene } from '../../src/model/campaign-spec.gen.ts';
import { type CellSketch, cellOf, WIDE } from '../support/cells.ts';

const Resolving = suite('compiler/resolve-scene');

const resolve = (scene: Omit<Scene, 'id'>, cell: CellSketch = {}) => resolveScene({ id: 'one', ...scene }, ['scenes', 4], cellOf(cell));

Resolving('a scene without conditions stays as it is, and so do its places', () => {
	const scene: Scene = { id: 'one', duration: 2, background: { type: 'solid' }, layers: [{ text: 'Hi' }], transition: 'crossfade' };
	const { scene: resolved, sourceOf } = resolveScene(scene, ['scenes', 4], cellOf());
	assert.equal(resolved, scene);
	assert.equal(sourceOf(['scenes', 4, 'layers', 0, 'text']), ['scenes', 4, 'layers', 0, 'text']);
});

Resolving('`for` overrides keys by platform, aspect and variant, and `when` and `for` are gone', () => {
	const layers: Scene['layers'] = [
		{ text: 'Hi', at: 'center', when: { mood: 'calm' }, for: { tiktok: { at: 'bottom' }, landscape: { at: 'left', align: 'left' } } },
	];
	assert.equal(resolve({ layers }).scene.layers, [{ text: 'Hi', at: 'bottom' }]);
	assert.equal(resolve({ layers }, WIDE).scene.layers, [{ text: 'Hi', at: 'left', align: 'left' }]);
	assert.equal(resolve({ layers }, { platform: 'other' }).scene.layers, [{ text: 'Hi', at: 'center' }]);
});

Resolving('a platform has the last word over an aspect, and a variant over both, in whatever order they are written', () => {
	const layers: Scene['layers'] = [
		{
			text: 'Hi',
			for: {
				loud: { text: 'variant' },
				tiktok: { text: 'platform', role: 'stat' },
				portrait: { text: 'aspect', role: 'body', align: 'left' },
			},
		},
	];
	assert.equal(resolve({ layers }, { variant: 'loud' }).scene.layers, [{ text: 'variant', role: 'stat', align: 'left' }]);
	assert.equal(resolve({ layers }).scene.layers, [{ text: 'platform', role: 'stat', align: 'left' }]);
});

Resolving('what an override gives stands where the override is', () => {
	const { sourceOf } = resolve({
		duration: 3,
		for: {
			tiktok: {
				duration: 2,
				layers: [
					{ text: 'no', when: { aspect: 'landscape' } },
					{ text: 'Hi', for: { portrait: { color: 'red' } } },
				],
			},
		},
	});
	assert.equal(sourceOf(['scenes', 4, 'duration']), ['scenes', 4, 'for', 'tiktok', 'duration']);
	const layer = ['scenes', 4, 'for', 'tiktok', 'layers', 1];
	assert.equal(sourceOf(['scenes', 4, 'layers', 0, 'text']), [...layer, 'text']);
	assert.equal(sourceOf(['scenes', 4, 'layers', 0, 'color']), [...layer, 'for', 'portrait', 'color']);
	assert.equal(sourceOf(['scenes', 4, 'id']), ['scenes', 4, 'id']);
});

Resolving('layers whose condition fails are left out, inside groups as well, and the others keep their places', () => {
	const { scene, sourceOf } = resolve({
		layers: [
			{ text: 'wide', when: { aspect: 'landscape' } },
			{ group: [{ text: 'wide', when: { aspect: 'landscape' } }], layout: 'row' },
			{
				group: [
					{ text: 'wide', when: { aspect: 'landscape' } },
					{ text: 'tall', for: { tiktok: { role: 'stat' } } },
				],
				layout: 'row',
			},
		],
	});
	assert.equal(scene.layers, [{ layout: 'row', group: [{ text: 'tall', role: 'stat' }] }]);
	const text = ['scenes', 4, 'layers', 2, 'group', 1];
	assert.equal(sourceOf(['scenes', 4, 'layers', 0, 'group', 0, 'text']), [...text, 'text']);
	assert.equal(sourceOf(['scenes', 4, 'layers', 0, 'group', 0, 'role']), [...text, 'for', 'tiktok', 'role']);
});

Resolving('of several backgrounds the first that holds is taken', () => {
	const background: Scene['background'] = [
		{ type: 'solid', color: 'red', when: { platform: 'youtube' } },
		{ type: 'solid', color: 'blue', when: { not: { mood: 'bold' } } },
		{ type: 'linear' },
	];
	const tall = resolve({ background });
	assert.equal(tall.scene.background, { type: 'solid', color: 'blue' });
	assert.equal(tall.sourceOf(['scenes', 4, 'background', 'color']), ['scenes', 4, 'background', 1, 'color']);
	assert.equal(resolve({ background }, WIDE).scene.background, { type: 'solid', color: 'red' });
	assert.equal(resolve({ background }, { mood: 'bold' }).scene.background, { type: 'linear' });
	assert.is(resolve({ background: [{ type: 'linear', when: { mood: 'bold' } }] }).scene.background, undefined);
	assert.is(resolve({ background: { type: 'linear', when: { mood: 'bold' } } }).scene.background, undefined);
});

Resolving('a transition is chosen in the same way, and a name on its own always holds', () => {
	const transition: Scene['transition'] = [{ type: 'crossfade', duration: 1, when: { mood: 'calm' } }, 'cut'];
	assert.equal(resolve({ transition }).scene.transition, { type: 'crossfade', duration: 1 });
	assert.is(resolve({ transition }, { mood: 'bold' }).scene.transition, 'cut');
});

Resolving('what cells have in common reads alike', () => {
	const scene: Omit<Scene, 'id'> = {
		layers: [{ text: 'Hi', at: 'top', for: { youtube: { at: 'left' }, tiktok: { at: 'bottom' }, square: { at: 'bottom' } } }],
	};
	const square = { platform: 'feed', width: 108, height: 108 };
	assert.equal(resolve(scene).scene, resolve(scene, square).scene);
	assert.not.equal(resolve(scene).scene, resolve(scene, WIDE).scene);
});

Resolving('the spec is not changed', () => {
	const scene: Scene = { id: 'one', layers: [{ group: [{ text: 'a', for: { tiktok: { text: 'b' } } }] }], background: [{ type: 'solid' }] };
	const before = JSON.stringify(scene);
	resolveScene(scene, ['scenes', 0], cellOf());
	assert.is(JSON.stringify(scene), before);
});

Resolving.run();
