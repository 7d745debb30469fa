import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeFrames } from '../../src/renderer/decode-frames.ts';
import { flatRuns } from '../../src/renderer/flat-runs.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { colorOfFrame, makeVideo } from '../support/video.ts';

const Decode = suite('renderer/decode-frames');

const NEVER = new AbortController().signal;
const size = { width: 64, height: 36 };

Decode('glimpses are of every frame from the first on, in their order and colour, beside the pictures', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const path = join(directory, 'video.mp4');
		await makeVideo(ffmpeg, path, { frames: 9, fps: 10 });
		const { pictures, glimpses, words } = await decodeFrames(ffmpeg, { path, ...size, frames: [2, 7], glimpses: 8 }, NEVER);
		assert.equal([pictures.length, glimpses.length, words], [2, 8, '']);
		const runs = flatRuns(glimpses);
		assert.equal(
			runs.map(({ first, last }) => [first, last]),
			Array.from({ length: 8 }, (_, frame) => [frame, frame]),
		);
		for (const { first, color } of runs) {
			const wanted = colorOfFrame(first);
			assert.ok(
				color.every((level, channel) => Math.abs(level - wanted[channel]!) < 12),
				`frame ${first}: ${color}, expected ${wanted}`,
			);
		}
	}),
);

Decode('a program around ffmpeg that hands on its standard streams alone gives the pictures and no glimpses', () =>
	makeDirectory(async (directory) => {
		const ffmpeg = await findFfmpeg();
		const path = join(directory, 'video.mp4');
		await makeVideo(ffmpeg, path, { frames: 4, fps: 10 });
		const around = join(directory, 'around');
		writeFileSync(around, `#!/bin/sh\nexec '${ffmpeg.path}' "$@" 3>&-\n`);
		chmodSync(around, 0o755);
		const { pictures, glimpses, words } = await decodeFrames(
			{ ...ffmpeg, path: around },
			{ path, ...size, frames: [1, 3], glimpses: 4 },
			NEVER,
		);
		assert.equal([pictures.length, glimpses.length, words], [2, 0, '']);
	}),
);

Decode.run();
