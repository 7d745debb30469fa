import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Texture } from '../../src/model/texture.ts';
import { secondsAt } from '../../src/runtime/draw-texture.tsx';
import { cloudPixels } from '../../src/runtime/texture/clouds.ts';
import { marksOf } from '../../src/runtime/texture/marks.ts';
import { meshPixels } from '../../src/runtime/texture/mesh.ts';
import { oklabOf, writeOklab } from '../../src/runtime/texture/oklab.ts';
import { rasterOf } from '../../src/runtime/texture/raster.ts';
import { specksAt } from '../../src/runtime/texture/specks.ts';

const Textures = suite('runtime/texture');

const BOXES = [
	{ x: 0, y: 0, width: 1920, height: 1080 },
	{ x: 0, y: 0, width: 1080, height: 1920 },
	{ x: 0, y: 0, width: 64, height: 64 },
];
const U = 10.8;

type Of<Type> = Extract<Texture, { type: Type }>;

const mesh = (more: Partial<Of<'mesh'>> = {}): Of<'mesh'> => ({
	type: 'mesh',
	colors: ['#6366f1', '#ec4899', '#1e1b4b'],
	complexity: 3,
	seed: 3,
	u: U,
	...more,
});
const clouds = (more: Partial<Of<'noise'>> = {}): Of<'noise'> => ({
	type: 'noise',
	colors: ['#0b1020', '#2b4a8b'],
	scale: 60 * U,
	octaves: 4,
	seed: 3,
	u: U,
	...more,
});
const particles = (more: Partial<Of<'particles'>> = {}): Of<'particles'> => ({
	type: 'particles',
	color: '#ffffff',
	opacity: 0.8,
	quiet: { box: { x: 400, y: 300, width: 600, height: 300 }, opacity: 0.2, reach: 100 },
	count: 120,
	size: 1.6 * U,
	speed: U,
	seed: 3,
	...more,
});

const pixelsOf = (texture: Of<'mesh'> | Of<'noise'>, box = BOXES[0]!, seconds = 0): Uint8ClampedArray => {
	const raster = rasterOf(box, U);
	return texture.type === 'mesh' ? meshPixels(texture, raster, seconds) : cloudPixels(texture, raster, seconds);
};

Textures('the same seed gives the same pixels, and another seed another picture', () => {
	for (const made of [mesh(), clouds()] as const) {
		assert.equal(pixelsOf(made), pixelsOf({ ...made }));
		assert.equal(pixelsOf(made, BOXES[1], 4.5), pixelsOf({ ...made }, BOXES[1], 4.5));
		assert.not.equal(pixelsOf(made), pixelsOf({ ...made, seed: 4 }));
	}
	assert.equal(specksAt(particles(), BOXES[0]!, 2), specksAt(particles(), BOXES[0]!, 2));
	assert.not.equal(specksAt(particles(), BOXES[0]!, 2), specksAt(particles({ seed: 4 }), BOXES[0]!, 2));
});

Textures('every pixel is opaque and lies between the colours', () => {
	for (const made of [
		mesh(),
		mesh({ complexity: 5, colors: ['#ffffff', '#000000'] }),
		clouds(),
		clouds({ octaves: 1, colors: ['#ffe8d6', '#d7e3fc', '#e2f0cb'] }),
	])
		for (const box of BOXES) {
			const lightness = made.colors.map((color) => oklabOf(color)[0]);
			const pixels = pixelsOf(made, box);
			const [darkest, lightest] = [Math.min(...lightness) - 0.02, Math.max(...lightness) + 0.02];
			for (let offset = 0; offset < pixels.length; offset += 4) {
				assert.is(pixels[offset + 3], 255);
				const hex = `#${[0, 1, 2].map((part) => pixels[offset + part]!.toString(16).padStart(2, '0')).join('')}`;
				const [found] = oklabOf(hex);
				assert.ok(found >= darkest && found <= lightest, `${made.type}: ${hex}`);
			}
		}
});

Textures('every colour of a mesh is seen, whatever the seed and the complexity', () => {
	const colors = ['#ff0000', '#00ff00', '#0000ff'];
	for (let seed = 0; seed < 12; seed++)
		for (let complexity = 1; complexity <= 5; complexity++) {
			const pixels = pixelsOf(mesh({ colors, seed, complexity }));
			for (const [index, color] of colors.entries()) {
				let strongest = 0;
				for (let offset = 0; offset < pixels.length; offset += 4) {
					const others = [0, 1, 2].filter((part) => part !== index).map((part) => pixels[offset + part]!);
					strongest = Math.max(strongest, pixels[offset + index]! - Math.max(...others));
				}
				assert.ok(strongest > 30, `${color} is lost with seed ${seed}, complexity ${complexity}`);
			}
		}
});

Textures('neighbours are near in colour: no edges, no harsh noise', () => {
	for (const made of [mesh({ complexity: 5, colors: ['#ffffff', '#000000'] }), clouds({ octaves: 5, colors: ['#ffffff', '#000000'] })]) {
		const raster = rasterOf(BOXES[0]!, U);
		const pixels = pixelsOf(made);
		let largest = 0;
		for (let row = 0; row < raster.rows; row++)
			for (let column = 1; column < raster.columns; column++) {
				const offset = (row * raster.columns + column) * 4;
				largest = Math.max(largest, Math.abs(pixels[offset]! - pixels[offset - 4]!));
			}
		assert.ok(largest < 40, `${made.type}: ${largest} of 255 between two cells`);
	}
});

Textures('a moving picture changes little from frame to frame, and a still one not at all', () => {
	for (const made of [mesh(), clouds()] as const) {
		const [now, then] = [pixelsOf(made, BOXES[0], 3), pixelsOf(made, BOXES[0], 3 + 1 / 30)];
		const difference = now.map((value, index) => Math.abs(value - then[index]!));
		assert.ok(Math.max(...difference) <= 6, `${made.type}: ${Math.max(...difference)}`);
		assert.not.equal(pixelsOf(made, BOXES[0], 0), pixelsOf(made, BOXES[0], 3));
	}
	assert.is(secondsAt(null, 90), 0);
	assert.is(secondsAt({ start: 150, fps: 30 }, 30), 6);
});

Textures('specks move at less than 2 u a second, and those that leave come back on the other side', () => {
	const made = particles({ speed: 2 * U });
	const [box] = BOXES as [(typeof BOXES)[number]];
	let wrapped = 0;
	for (let second = 0; second < 60; second++) {
		const [now, then] = [specksAt(made, box, second), specksAt(made, box, second + 1 / 30)];
		for (const [index, speck] of now.entries()) {
			const moved = Math.hypot(speck.x - then[index]!.x, speck.y - then[index]!.y);
			if (moved > 100) wrapped++;
			else assert.ok(moved <= (2 * U * 1.07) / 30 + 0.002, `${moved}`);
			assert.ok(speck.y >= -speck.radius - 0.01 && speck.y <= box.height + speck.radius + 0.01);
		}
	}
	assert.ok(wrapped > 0);
});

Textures('specks are quiet beneath words, and nowhere above their strength', () => {
	for (let seed = 0; seed < 30; seed++)
		for (const { x, y, radius, opacity } of specksAt(particles({ seed }), BOXES[0]!, seed)) {
			assert.ok(opacity <= 0.8);
			const touches = x + radius > 400 && x - radius < 1000 && y + radius > 300 && y - radius < 600;
			const across = Math.max(0, 400 - x, x - 1000);
			const along = Math.max(0, 300 - y, y - 600);
			if (touches && Math.hypot(across, along) <= radius) assert.ok(opacity <= 0.2);
		}
});

Textures('patterns cover the canvas with finite numbers, and none is stronger than asked for', () => {
	for (const motif of ['dots', 'grid', 'lines', 'waves'] as const)
		for (const box of BOXES)
			for (const seed of [1, 2, 3]) {
				const marks = marksOf({ type: 'pattern', motif, color: '#ffffff', opacity: 0.3, scale: 5 * U, seed }, box);
				assert.ok(
					marks.every(({ data, opacity }) => opacity <= 0.3 && !/NaN|Infinity|undefined/.test(data)),
					motif,
				);
				assert.ok(
					marks.some(({ data }) => data.length > 0),
					`${motif} ${box.width}`,
				);
			}
});

Textures('a raster covers its box', () => {
	for (const box of [...BOXES, { x: 0, y: 0, width: 4096, height: 64 }, { x: 0, y: 0, width: 101, height: 57 }]) {
		const { columns, rows, cell } = rasterOf(box, 0.01 * Math.min(box.width, box.height));
		assert.ok(columns * cell >= box.width && rows * cell >= box.height && columns <= 361 && rows <= 361);
	}
});

Textures('OKLab and back is the same colour to a byte', () => {
	for (const hex of ['#000000', '#ffffff', '#6366f1', '#ec4899', '#ffe8d6', '#0b1020']) {
		const pixels = new Uint8ClampedArray(4);
		writeOklab(pixels, 0, ...oklabOf(hex));
		for (const [index, at] of [1, 3, 5].entries())
			assert.ok(Math.abs(pixels[index]! - Number.parseInt(hex.slice(at, at + 2), 16)) <= 3, `${hex}: ${pixels}`);
	}
});

Textures.run();
