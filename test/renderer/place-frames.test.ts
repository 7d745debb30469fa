import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { videoSteps } from '../../src/compiler/video-steps.ts';
import { RenderFailure } from '../../src/model/failure.ts';
import { sha256Hex } from '../../src/model/keys.ts';
import { frameAsset, type WantedFrames } from '../../src/model/video-frames.ts';
import { projectFolders } from '../../src/providers/project-file.ts';
import { readVideo } from '../../src/providers/read-video.ts';
import { type FramesOrder, placeFrames } from '../../src/renderer/place-frames.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { colorOfFrame, frameOfColor, makeVideo, middleOf } from '../support/video.ts';

const Place = suite('renderer/place-frames');

const ffmpeg = await findFfmpeg();
const going = new AbortController().signal;

const orderFor = async (name = 'a.mp4', codec?: readonly string[], size = { width: 32, height: 18 }): Promise<FramesOrder> => {
	const directory = temporaryDirectory();
	const path = join(directory, name);
	await makeVideo(ffmpeg, path, { frames: 24, fps: 24 }, codec);
	const video = { sha256: sha256Hex(readFileSync(path)), extension: 'mp4' };
	const frames: WantedFrames = { video, ...size, indices: [2, 3, 17, 23] };
	return { frames, path, folder: join(directory, 'assets'), cacheDirectory: join(directory, 'frames'), ffmpeg };
};

const pictureOf = ({ folder, frames }: FramesOrder, index: number): Buffer => {
	const { sha256, extension } = frameAsset(frames, index);
	return readFileSync(join(folder, `${sha256}.${extension}`));
};

Place('each frame is the picture of its number, in its colours, at the size that was asked for', async () => {
	const kinds = {
		'a.mp4': undefined,
		'a.mov': ['-c:v', 'prores_ks'],
		'a.webm': ['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '10'],
		'b.webm': ['-c:v', 'libvpx', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-b:v', '2M'],
	};
	for (const [name, codec] of Object.entries(kinds)) {
		const order = await orderFor(name, codec);
		await placeFrames(order, going);
		assert.is(readdirSync(order.folder).length, 4);
		for (const index of order.frames.indices) {
			const picture = pictureOf(order, index);
			const { width, height } = await sharp(picture).metadata();
			assert.equal([width, height], [32, 18]);
			const color = await middleOf(picture);
			assert.is(frameOfColor(color), index, `${name} ${index}: ${color}`);
			for (const [channel, level] of colorOfFrame(index).entries())
				assert.ok(Math.abs(level - color[channel]!) <= 8, `${name} ${index}: ${color} for ${colorOfFrame(index)}`);
		}
	}
});

Place('what was decoded is not decoded again, and a frame that is damaged is', async () => {
	const order = await orderFor();
	await placeFrames(order, going);
	const [drawn, first] = [pictureOf(order, 17), pictureOf(order, 2)];
	const blind = { ...order, ffmpeg: { ...ffmpeg, path: '/nowhere/ffmpeg' } };
	rmSync(order.folder, { recursive: true });
	await placeFrames(blind, going);
	assert.ok(pictureOf(order, 17).equals(drawn));
	const [cache = ''] = readdirSync(order.cacheDirectory);
	const { sha256 } = frameAsset(order.frames, 17);
	truncateSync(join(order.cacheDirectory, cache, `${sha256}.jpg`), 40);
	const flipped = join(order.cacheDirectory, cache, `${frameAsset(order.frames, 2).sha256}.jpg`);
	const bytes = readFileSync(flipped);
	bytes[bytes.length >> 1]! ^= 1;
	writeFileSync(flipped, bytes);
	await placeFrames(order, going);
	assert.ok(pictureOf(order, 17).equals(drawn), 'the same bytes as before');
	assert.ok(pictureOf(order, 2).equals(first));
});

const failureOf = async (order: FramesOrder): Promise<string> => {
	const error = await placeFrames(order, going).catch((e: unknown) => e);
	assert.instance(error, RenderFailure);
	return (error as RenderFailure).message;
};

Place('a video that has changed, ends too early or cannot be decoded stops the render', async () => {
	const changed = await orderFor();
	writeFileSync(changed.path, 'other');
	assert.match(await failureOf(changed), 'has changed since it was planned');
	const order = await orderFor();
	assert.match(await failureOf({ ...order, frames: { ...order.frames, indices: [40] } }), 'cannot be decoded beyond its frame 24');
	const none = await orderFor();
	assert.match(await failureOf({ ...none, ffmpeg: { ...ffmpeg, path: '/nowhere/ffmpeg' } }), 'cannot be decoded beyond its frame 0');
});

Place('frames that the edit list of a cut video hides are counted where they are read and where they are decoded', async () => {
	const order = await orderFor();
	const cut = join(dirname(order.path), 'cut.mp4');
	const copy = ['-v', 'error', '-ss', '0.7', '-i', order.path, '-c', 'copy', cut];
	assert.is(spawnSync(ffmpeg.path, copy, { env: { ...ffmpeg.environment } }).status, 0);
	const read = await readVideo('cut.mp4', projectFolders(join(dirname(cut), 'own.campaign.yaml')));
	assert.ok(read.ok);
	const { asset, times, end } = read.value.facts;
	assert.ok(times[0]! < 0, 'its group of pictures begins before the cut');
	const steps = videoSteps({ times }, { from: 0, to: end, loop: false, fps: 24, start: 0, end: 7 });
	const frames = { video: asset, width: 32, height: 18, indices: steps.map(([, index]) => index) };
	const placed = { ...order, frames, path: cut };
	await placeFrames(placed, going);
	const shown = await Promise.all(frames.indices.map(async (index) => frameOfColor(await middleOf(pictureOf(placed, index)))));
	assert.equal(shown, [16, 17, 18, 19, 20, 21, 22]);
});

Place('a render that is interrupted stops decoding', async () => {
	const order = await orderFor();
	const stopped = AbortSignal.abort(new Error('enough'));
	const error = await placeFrames(order, stopped).catch((e: unknown) => e);
	assert.is((error as Error).message, 'enough');
});

Place.run();
