import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256Hex } from '../../src/model/keys.ts';
import { projectFolders } from '../../src/providers/project-file.ts';
import { readVideo } from '../../src/providers/read-video.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { makeVideo } from '../support/video.ts';
import { inFolder } from './project-folder.ts';

const Read = suite('providers/read-video');

const ffmpeg = await findFfmpeg();
const directory = temporaryDirectory();

const bytesOf = async (
	name: string,
	...made: readonly [{ frames: number; fps: number; width?: number; height?: number }, (readonly string[])?]
) => {
	const file = join(directory, name);
	await makeVideo(ffmpeg, file, ...made);
	return readFileSync(file);
};

const read = (name: string, bytes: Buffer | string) =>
	inFolder({ [name]: bytes }, (folder) => readVideo(name, projectFolders(join(folder, 'campaign.yaml'))));

/** The code that a file is refused with, and the words. */
const refusalOf = async (name: string, bytes: Buffer | string): Promise<string> => {
	const result = await read(name, bytes);
	return result.ok ? 'read' : `${result.problem.code} ${result.problem.summary}`;
};

Read('the facts of a video are its size, the times of its frames and its content', async () => {
	const bytes = await bytesOf('a.mp4', { frames: 24, fps: 24 });
	const result = await read('named-wrongly.webm', bytes);
	assert.ok(result.ok);
	const { asset, width, height, times, end } = result.value.facts;
	assert.equal(asset, { sha256: sha256Hex(bytes), extension: 'mp4' });
	assert.equal([width, height, times.length], [64, 36, 24]);
	for (const [index, time] of times.entries()) assert.ok(Math.abs(time - index / 24) < 1e-5, `${index}: ${time}`);
	assert.ok(Math.abs(end - 1) < 1e-5);
});

Read('the containers and codecs of the web are read', async () => {
	const kinds = {
		'a.mov': ['-c:v', 'prores_ks'],
		'a.webm': ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '20'],
		'b.webm': ['-c:v', 'libvpx', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-b:v', '1M'],
		'a.mkv': ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'],
	};
	for (const [name, codec] of Object.entries(kinds)) {
		const result = await read(name, await bytesOf(name, { frames: 20, fps: 25 }, codec));
		assert.ok(result.ok, `${name}: ${JSON.stringify(result)}`);
		assert.is(result.value.facts.times.length, 20, name);
		assert.is(result.value.facts.asset.extension, name.slice(2));
		assert.ok(Math.abs(result.value.facts.end - 0.8) < 0.002, `${name}: ${result.value.facts.end}`);
	}
});

Read('what is no video is refused in words', async () => {
	const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
		.png()
		.toBuffer();
	assert.is(await refusalOf('a.mp4', png), 'RF4040 "a.mp4" is not a video but a picture');
	assert.is(await refusalOf('a.mp4', 'hello'), 'RF4040 "a.mp4" is not a video but text');
	assert.match(await refusalOf('a.mp4', 'version https://git-lfs.github.com/spec/v1'), 'RF4040');
	assert.match(await refusalOf('a.mp4', ''), 'RF4002');
	const gone = await inFolder({}, (folder) => readVideo('gone.mp4', projectFolders(join(folder, 'campaign.yaml'))));
	assert.is(!gone.ok && gone.problem.code, 'RF4001');
});

Read('a video that is cut off is refused, wherever its index is', async () => {
	const codec = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
	const late = await bytesOf('late.mp4', { frames: 24, fps: 24 }, codec);
	const early = await bytesOf('early.mp4', { frames: 24, fps: 24 }, [...codec, '-movflags', '+faststart']);
	for (const [name, bytes] of Object.entries({ late, early }))
		assert.is(await refusalOf('a.mp4', bytes.subarray(0, bytes.length - 200)), 'RF4040 "a.mp4" is damaged or cut off', name);
});

Read('a video beyond the limits is refused', async () => {
	const long = await bytesOf('long.mp4', { frames: 7, fps: 0.01 });
	assert.is(await refusalOf('a.mp4', long), 'RF4041 "a.mp4" is longer than 10 minutes');
	const wide = await bytesOf('wide.mp4', { frames: 1, fps: 1, width: 4098, height: 16 });
	assert.is(await refusalOf('a.mp4', wide), 'RF4041 "a.mp4" is 4098 x 16, more than 4096 pixels a side');
});

Read.run();
