import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyPacket, type PacketSizes, stillRuns } from '../../src/renderer/still-runs.ts';

const Still = suite('renderer/still-runs');

const span = { first: 2, last: 11, longest: 4, what: 'it' };
const rows: readonly (readonly [title: string, sizes: PacketSizes, found: readonly (readonly [number, number])[]])[] = [
	['packets that say something', Array(14).fill(300), []],
	['pictures that hold before and after', [9, 9, ...Array(10).fill(300), 9, 9, 9, 9, 9, 9], []],
	['as many as may be the same', [300, 300, 300, 9, 9, 9, 9, 300, 300, 300, 300, 300], []],
	['one more than that', [300, 300, 300, 9, 9, 9, 9, 9, 300, 300, 300, 300], [[3, 7]]],
	['a key frame in the middle of them', [300, 300, 300, 9, 9, null, 9, 9, 300, 300, 300, 300], [[3, 7]]],
	['a video that ends early', [300, 300, 300, 9, 9, 9], []],
	['nothing that is known', [], []],
];
for (const [title, sizes, found] of rows) {
	Still(`${title}: ${found.length === 0 ? 'nothing is found' : 'a run is found'}`, () => {
		assert.equal(
			stillRuns(sizes, 20, [span]).map(({ first, last }) => [first, last]),
			found,
		);
	});
}

Still('an empty packet grows with the picture, and stays far below one that says something', () => {
	assert.is(emptyPacket({ width: 540, height: 960 }), 24 + (34 * 60) / 32);
	assert.ok(emptyPacket({ width: 3840, height: 2160 }) < 1_200);
});

Still.run();
