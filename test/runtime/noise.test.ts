import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NOISE_TILE, noiseTile } from '../../src/runtime/noise.ts';

const Noise = suite('runtime/noise');

Noise('the same seed gives the same grain, another seed another', () => {
	assert.equal(noiseTile(7, 0.05), noiseTile(7, 0.05));
	assert.not.equal(noiseTile(7, 0.05), noiseTile(8, 0.05));
});

Noise('grain is black or white, as much of one as of the other, and never stronger than its amount', () => {
	const tile = noiseTile(1, 0.1);
	let white = 0;
	for (let offset = 0; offset < tile.length; offset += 4) {
		assert.ok(tile[offset] === 0 || tile[offset] === 255);
		if (tile[offset] === 255) white++;
		assert.ok(tile[offset + 3]! <= 26);
	}
	assert.ok(Math.abs(white / NOISE_TILE ** 2 - 0.5) < 0.01, `${white}`);
});

Noise('no grain is no grain', () => {
	const tile = noiseTile(1, 0);
	for (let offset = 3; offset < tile.length; offset += 4) assert.is(tile[offset], 0);
});

Noise.run();
