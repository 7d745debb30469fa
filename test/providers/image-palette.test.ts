import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paletteOf } from '../../src/providers/image-palette.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const Palette = suite('providers/image-palette');

const folder = temporaryDirectory();
const file = (name: string, content: string | Uint8Array): string => {
	writeFileSync(join(folder, name), content);
	return join(folder, name);
};
const svg = (body: string): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">${body}</svg>`;
const bar = (fill: string, x: number, width: number): string => `<rect x="${x}" width="${width}" height="100" fill="${fill}"/>`;

for (const [name, body, colors] of [
	['one colour on nothing', '<circle cx="100" cy="50" r="40" fill="#635bff"/>', ['#635bff']],
	['a yellow that is lighter than paper', bar('#fff', 0, 100) + bar('#fffc00', 100, 100), ['#fffc00']],
	['cream paper alone', bar('#fffbeb', 0, 200), []],
	['one colour on white', bar('#fff', 0, 200) + bar('#e11d48', 20, 60), ['#e11d48']],
	['one colour on black', bar('#000', 0, 200) + bar('#1db954', 20, 60), ['#1db954']],
	['two colours, the larger first', bar('#0ea5e9', 0, 60) + bar('#f97316', 60, 140), ['#f97316', '#0ea5e9']],
	[
		'four colours, of which three',
		bar('#ea4335', 0, 70) + bar('#4285f4', 70, 60) + bar('#34a853', 130, 40) + bar('#fbbc05', 170, 30),
		['#ea4335', '#4285f4', '#34a853'],
	],
	['a colour and its shade', bar('#2563eb', 0, 120) + bar('#2f6bec', 120, 80), ['#2563eb']],
	['a speck beside a colour', bar('#2563eb', 0, 196) + bar('#f97316', 196, 4), ['#2563eb']],
	['dark words beside a colour', bar('#111827', 0, 150) + bar('#7c3aed', 150, 50), ['#7c3aed']],
	['thin lines only', '<path d="M0 10L200 90M0 50L200 20" stroke="#0f766e" stroke-width="1.5"/>', ['#0f766e']],
	[
		'round shapes on nothing',
		[20, 60, 100, 140, 180].map((x) => `<circle cx="${x}" cy="50" r="14" fill="#d946ef"/>`).join(''),
		['#d946ef'],
	],
	['black and white', bar('#fff', 0, 100) + bar('#000', 100, 100), []],
	['greys', bar('#888', 0, 100) + bar('#c0c4c8', 100, 100), []],
	['nothing to be seen', '<rect width="200" height="100" fill="#f00" opacity="0.1"/>', []],
] as const) {
	Palette(`a logo with ${name}`, async () => {
		const path = file('logo.svg', svg(body));
		assert.equal(await paletteOf(path), colors);
		assert.equal(await paletteOf(path), colors);
	});
}

Palette('a photo of a logo has its colour within what an eye can tell', async () => {
	const jpeg = await sharp(Buffer.from(svg(bar('#fff', 0, 200) + bar('#e11d48', 50, 100))))
		.jpeg({ quality: 60 })
		.toBuffer();
	const [color, ...more] = await paletteOf(file('logo.jpg', jpeg));
	assert.equal(more, []);
	const channels = [1, 3, 5].map((at) => Number.parseInt(color!.slice(at, at + 2), 16));
	for (const [at, channel] of [0xe1, 0x1d, 0x48].entries()) assert.ok(Math.abs(channel - channels[at]!) <= 6, color);
});

Palette('a photo without colours has none, whatever its noise', async () => {
	const grey = await sharp({
		create: { width: 200, height: 200, channels: 3, background: '#777', noise: { type: 'gaussian', mean: 120, sigma: 3 } },
	})
		.jpeg({ quality: 50 })
		.toBuffer();
	assert.equal(await paletteOf(file('grey.jpg', grey)), []);
});

Palette.run();
