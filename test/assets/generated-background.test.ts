import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { textureOf } from '../../src/assets/generated-background.tsx';
import { parseHexColor } from '../../src/assets/hex-color.ts';
import { tinted } from '../../src/assets/mist.tsx';

const Background = suite('assets/generated-background');

Background('colours are read with their opacity, and other notations are refused', () => {
	assert.equal(parseHexColor('#FFF'), { rgb: '#ffffff', alpha: 1 });
	assert.equal(parseHexColor('#12345680'), { rgb: '#123456', alpha: 128 / 255 });
	for (const wrong of ['red', '#12', '#1234567', 'rgb(0,0,0)']) assert.throws(() => parseHexColor(wrong), /#rrggbb/);
});

Background('the props of the documents become the textures of a campaign’s backgrounds', () => {
	const colors = ['#6366f1', '#ec4899', '#8b5cf6'];
	assert.equal(textureOf({ type: 'gradient-mesh', colors, complexity: 0.6, seed: 123 }, 10), {
		type: 'mesh',
		colors,
		complexity: 3,
		seed: 123,
		u: 10,
	});
	const particles = textureOf({ type: 'particles', count: 50, color: '#ffffff20', speed: 0.5 }, 10);
	assert.ok(particles.type === 'particles' && particles.count === 50 && particles.speed === 50 && particles.color === '#ffffff');
	assert.ok(particles.type === 'particles' && Math.abs(particles.opacity - 32 / 255) < 1e-9);
});

for (const [what, props] of [
	['a single colour', { type: 'gradient-mesh', colors: ['#000000'] }],
	['a complexity over 1', { type: 'gradient-mesh', colors: ['#000000', '#ffffff'], complexity: 2 }],
	['half a speck', { type: 'particles', count: 0.5 }],
	['a seed that is no whole number', { type: 'particles', seed: 0.5 }],
	['a speed that is no number', { type: 'particles', speed: Number.NaN }],
] as const) {
	Background(`${what} is refused`, () =>
		assert.throws(
			() => textureOf(props, 10),
			(error: Error) => error instanceof RangeError,
		),
	);
}

Background('mist is one colour, as dense as the grey picture is light', () => {
	assert.equal(
		[...tinted(Uint8ClampedArray.of(0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 255), '#102030', 0.5)],
		[16, 32, 48, 0, 16, 32, 48, 128, 16, 32, 48, 64],
	);
});

Background.run();
