import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rebaseTracks } from '../../src/compiler/rebase-tracks.ts';
import type { Track } from '../../src/model/drawing.ts';

const Rebase = suite('compiler/rebase-tracks');

const fadeIn: Track = { property: 'opacity', from: 0, to: 1, start: 10, end: 25, easing: 'expo.out' };
const fadeOut: Track = { property: 'opacity', from: 1, to: 0, start: 80, end: 90, easing: 'power2.in' };
const rise: Track = { property: 'y', from: 40, to: 0, start: 10, end: 25, easing: 'expo.out' };
const constant = (property: Track['property'], value: number): Track => ({
	property,
	from: value,
	to: value,
	start: -1,
	end: 0,
	easing: 'linear',
});

const cases: readonly (readonly [string, readonly Track[], { offset: number; frames: number }, readonly Track[]])[] = [
	['a movement inside the window keeps its place in it', [fadeIn], { offset: 0, frames: 50 }, [fadeIn]],
	[
		'a window that begins in the middle of a movement sees it start before frame 0',
		[fadeIn],
		{ offset: 15, frames: 50 },
		[{ ...fadeIn, start: -5, end: 10 }],
	],
	['a movement that is over and leaves nothing behind vanishes', [fadeIn, rise], { offset: 25, frames: 50 }, []],
	['a movement that is over and changed something stays as a constant', [fadeOut], { offset: 90, frames: 10 }, [constant('opacity', 0)]],
	['a movement that is yet to come holds its first value', [fadeIn], { offset: 0, frames: 5 }, [constant('opacity', 0)]],
	[
		'a constant that the next movement starts from is not told twice',
		[fadeIn, fadeOut],
		{ offset: 30, frames: 60 },
		[{ ...fadeOut, start: 50, end: 60 }],
	],
	[
		'a constant that the next movement does not start from is kept',
		[{ ...fadeIn, to: 0.5 }, fadeOut],
		{ offset: 30, frames: 60 },
		[constant('opacity', 0.5), { ...fadeOut, start: 50, end: 60 }],
	],
	['of two movements of a property, a window between them sees neither', [fadeIn, fadeOut], { offset: 30, frames: 40 }, []],
	['properties come in a fixed order', [rise, fadeIn], { offset: 0, frames: 50 }, [fadeIn, rise]],
];

for (const [title, tracks, window, expected] of cases) {
	Rebase(title, () => assert.equal(rebaseTracks(tracks, window), expected));
}

Rebase.run();
