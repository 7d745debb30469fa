import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { openSegmentEncoder } from '../../src/renderer/open-segment-encoder.ts';
import { packetSizes } from '../../src/renderer/packet-sizes.ts';
import { encoder as profile } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { makeSegmentFile } from '../support/segment-files.ts';

const Sizes = suite('renderer/packet-sizes');

const canvas = { width: 160, height: 96, fps: 10 };

/** Bytes that lie between a picture of grain that stands still, which is mended a little at times, and a new one. */
const SAYS_SOMETHING = 200;

/** A picture of clouds of grain, a new one for each seed. */
const picture = (seed: number): Promise<Buffer> => {
	const data = Buffer.from(
		Array.from({ length: canvas.width * canvas.height * 3 }, (_, i) => ((i + 7) * (i + seed * 31) * 2654435761) >>> 24),
	);
	return sharp(data, { raw: { width: canvas.width, height: canvas.height, channels: 3 } })
		.blur(3)
		.jpeg()
		.toBuffer();
};

/** Encodes one picture for each number: the same number is the same picture. */
const encode = async (directory: string, numbers: readonly number[]): Promise<string> => {
	const file = join(directory, 'segment.mp4');
	const encoder = openSegmentEncoder({ ffmpeg: await findFfmpeg(), file, message: { canvas, encoder: { ...profile, preset: 'medium' } } });
	for (const number of numbers) await encoder.write(await picture(number));
	await encoder.finish();
	return file;
};

Sizes('packets of pictures that stand still are small, in the order in which they are shown, and key frames are not counted', () =>
	makeDirectory(async (directory) => {
		// Frames that come to rest at their 6th: what refers to later frames is decoded after them.
		const sizes = await packetSizes(nodeFileSystem, await encode(directory, [1, 2, 3, 4, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 9]));
		assert.is(sizes.length, 15);
		assert.is(sizes[0], null);
		const says = sizes.map((size) => size === null || size > SAYS_SOMETHING);
		assert.equal(says, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1].map(Boolean));
	}),
);

const unreadable: readonly (readonly [title: string, damage: (file: string) => void])[] = [
	['a file without an index', (file) => truncateSync(file, 40)],
	['a file that is no video', (file) => writeFileSync(file, readFileSync(file).subarray(0, 0))],
	[
		'a file whose index has no video',
		(file) => {
			const bytes = readFileSync(file);
			bytes.write('soun', bytes.indexOf('vide', 0, 'latin1'), 'latin1');
			writeFileSync(file, bytes);
		},
	],
	[
		'an index that promises a million million frames',
		(file) => {
			const bytes = readFileSync(file);
			bytes.writeUInt32BE(0xffffffff, bytes.indexOf('stsz', 0, 'latin1') + 12);
			writeFileSync(file, bytes);
		},
	],
];
for (const [title, damage] of unreadable) {
	Sizes(`of ${title} nothing is known`, () =>
		makeDirectory(async (directory) => {
			const file = await makeSegmentFile(directory, { frames: 4, color: '#203040' });
			assert.is((await packetSizes(nodeFileSystem, file)).length, 4);
			damage(file);
			assert.equal(await packetSizes(nodeFileSystem, file).catch((error: Error) => error.constructor.name), []);
		}),
	);
}

Sizes.run();
