import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerTransition } from '../../../src/compiler/lower/transition.ts';
import type { MoodName, Transition } from '../../../src/model/campaign-spec.gen.ts';
import type { Cell } from '../../../src/model/cell.ts';
import type { SceneTransition } from '../../../src/model/timeline.ts';
import { ease } from '../../../src/runtime/easing.ts';
import { MOODS, sceneRequest } from '../../support/scene-requests.ts';

const Transitions = suite('compiler/lower/transition');

const cellOf = async (mood: MoodName): Promise<Cell> => (await sceneRequest({ mood })).cell;
const lower = async (transition: Transition | undefined, mood: MoodName = 'bold'): Promise<SceneTransition | null> =>
	lowerTransition(transition, { cell: await cellOf(mood), brand: { name: 'Halden', colors: { primary: '#6366f1', accent: '#ec4899' } } });

Transitions('a cut is no transition, however it is written', async () => {
	for (const cut of [undefined, 'cut', { type: 'cut' }] as const) assert.is(await lower(cut), null);
});

Transitions('names are short for mappings, and run to the left unless they say otherwise', async () => {
	const table: readonly (readonly [Transition, Transition])[] = [
		['crossfade', { type: 'crossfade' }],
		['fade', { type: 'fade' }],
		['zoom', { type: 'zoom' }],
		['iris', { type: 'iris' }],
		['slide', { type: 'slide', direction: 'left' }],
		['push', { type: 'push' }],
		['wipe-up', { type: 'wipe', direction: 'up' }],
		['push-down', { type: 'push', direction: 'down' }],
		['slide-right', { type: 'slide', direction: 'right' }],
	];
	for (const [name, mapping] of table) {
		const lowered = await lower(name);
		assert.ok(lowered);
		assert.equal(lowered, await lower(mapping), JSON.stringify(name));
	}
	assert.equal(await lower('push'), { type: 'push', direction: 'left', frames: 8, easing: 'power3.inOut' });
});

Transitions('the mood decides on the length when the spec does not', async () => {
	for (const mood of MOODS) {
		const frames = (await lower('push', mood))!.frames;
		assert.ok(frames >= 6 && frames <= 16, `${mood}: ${frames}`);
	}
	assert.is((await lower({ type: 'zoom', duration: '0.4s' }))!.frames, 12);
	assert.is((await lower({ type: 'zoom', duration: 0.001 }))!.frames, 1);
});

Transitions('no easing leaves 0 to 1: a scene that swings past its place uncovers what lies behind', async () => {
	for (const mood of MOODS)
		for (const name of ['crossfade', 'fade', 'slide', 'wipe', 'push', 'zoom', 'iris'] as const) {
			const { easing } = (await lower(name, mood))!;
			let before = 0;
			for (let step = 0; step <= 100; step++) {
				const progress = ease(easing, step / 100);
				assert.ok(progress >= before && progress <= 1, `${mood} ${name} ${easing}`);
				before = progress;
			}
		}
});

Transitions('a fade goes through its colour: one of the spec, of the brand, or the mood’s ground', async () => {
	const colorOf = async (color?: string, mood?: MoodName): Promise<string> => {
		const lowered = await lower(color === undefined ? 'fade' : { type: 'fade', color }, mood);
		return lowered?.type === 'fade' ? lowered.color : '';
	};
	assert.is(await colorOf('white'), '#ffffff');
	assert.is(await colorOf('brand.accent'), '#ec4899');
	assert.match(await colorOf(), /^#[0-9a-f]{6}$/);
	assert.is.not(await colorOf(undefined, 'calm'), await colorOf(undefined, 'sophisticated'));
});

Transitions.run();
