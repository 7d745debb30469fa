import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FailureClass, RenderFailure } from '../../../src/model/failure.ts';
import { sha256Hex } from '../../../src/model/keys.ts';
import type { Recode, RecodeOrder } from '../../../src/ports/recode.ts';
import { gradeFootage } from '../../../src/providers/assets/grade-footage.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { makeVideo } from '../../support/video.ts';

const GradeFootage = suite('providers/assets/grade-footage');

const PALETTE = ['#ffe9c9', '#0b1d3a', '#6366f1'];
const clip = join(temporaryDirectory(), 'clip.mp4');
await makeVideo(await findFfmpeg(), clip, { frames: 6, fps: 24 });

const grade = async (recode: Recode, { file = clip, signal = new AbortController().signal } = {}) => {
	const directory = temporaryDirectory();
	const result = await gradeFootage(file, { palette: PALETTE, directory, cost: null, signal }, recode);
	return { result, left: await readdir(directory) };
};

GradeFootage('the encoder is told what the file is, and what it makes is kept under its hash', async () => {
	const orders: RecodeOrder[] = [];
	const frame = Uint8Array.from([128, 128, 128, 0, 0, 0]);
	const { result, left } = await grade(async (order, change) => {
		orders.push(order);
		change(frame);
		await copyFile(clip, order.output);
	});
	assert.ok(result.ok);
	const hash = sha256Hex(await readFile(clip));
	assert.equal([result.value.sha256, result.value.extension], [hash, 'mp4']);
	assert.equal(left, [`${hash}.mp4`]);
	const [{ path, width, height, times }] = orders as [RecodeOrder];
	assert.equal([path, width, height, times.length], [clip, 64, 36, 6]);
	assert.ok(frame[2]! > frame[0]! + 5, `${frame}: grey leans to the blue of the palette`);
});

for (const [failureClass, blameless, code, kind] of [
	['BUNDLE', false, 'RF4234', 'lasting'],
	['ENCODE', false, 'RF4234', 'lasting'],
	['ENCODE', true, 'RF4233', 'passing'],
	['DISK', false, 'RF4233', 'passing'],
	['FRAME_TIMEOUT', false, 'RF4233', 'passing'],
] as const satisfies readonly (readonly [FailureClass, boolean, string, string])[])
	GradeFootage(`${failureClass}${blameless ? ' by something outside' : ''} is ${kind}, and nothing of it is left`, async () => {
		const { result, left } = await grade(async ({ output }) => {
			await writeFile(output, 'half');
			throw new RenderFailure(failureClass, 'no', undefined, blameless ? { blameless } : {});
		});
		assert.ok(!result.ok);
		assert.equal([result.problem.code, result.problem.kind], [code, kind]);
		assert.match(result.problem.summary, /^footage cannot be graded/);
		assert.equal(left, []);
	});

GradeFootage('what was made is not used when it is no video', async () => {
	const { result, left } = await grade(({ output }) => writeFile(output, 'text'));
	assert.ok(!result.ok && result.problem.code === 'RF4234');
	assert.equal(left, []);
});

GradeFootage('a file that is no video is not begun', async () => {
	const file = join(temporaryDirectory(), 'clip.mp4');
	await writeFile(file, 'text');
	const { result } = await grade(() => Promise.reject(new Error('begun')), { file });
	assert.ok(!result.ok && result.problem.code === 'RF4234' && result.problem.kind === 'lasting');
});

GradeFootage('an interruption is told as one, and a mistake of ours is thrown', async () => {
	const abort = new AbortController();
	const { result, left } = await grade(
		async ({ output }) => {
			await writeFile(output, 'half');
			abort.abort();
			abort.signal.throwIfAborted();
		},
		{ signal: abort.signal },
	);
	assert.ok(!result.ok && result.problem.kind === 'passing');
	assert.equal(left, []);
	const thrown = await grade(() => Promise.reject(new TypeError('ours'))).catch((error: Error) => error.message);
	assert.is(thrown, 'ours');
});

GradeFootage.run();
