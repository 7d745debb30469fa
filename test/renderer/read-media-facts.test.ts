import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CODE_OF_FAILURE, RenderFailure } from '../../src/model/failure.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeDirectory } from '../support/directory.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { makeSegmentFile } from '../support/segment-files.ts';

const Facts = suite('renderer/read-media-facts');

Facts('a file that is no video fails its check as an output', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'junk.mp4');
		writeFileSync(file, Buffer.alloc(64, 7));
		const error = await readMediaFacts(nodeFileSystem, file).then(
			() => null,
			(reason: unknown) => reason,
		);
		assert.instance(error, RenderFailure);
		const { failure } = error as RenderFailure;
		assert.is(failure.class, 'OUTPUT');
		assert.is(CODE_OF_FAILURE[failure.class], 'RF7001');
	}),
);

/** A copy of a segment, its packets rewritten or its boxes renamed on the way. */
const copyOf = async (file: string, options: readonly string[], rename: readonly [from: string, to: string] | null = null) => {
	const ffmpeg = await findFfmpeg();
	const copy = `${file}-copy.mp4`;
	spawnSync(ffmpeg.path, ['-v', 'error', '-y', '-i', file, '-c', 'copy', ...options, copy], { env: { ...ffmpeg.environment } });
	if (rename !== null) {
		const bytes = readFileSync(copy);
		const at = bytes.indexOf(rename[0], 0, 'latin1');
		if (at !== -1) bytes.write(rename[1], at, 'latin1');
		writeFileSync(copy, bytes);
	}
	return readMediaFacts(nodeFileSystem, copy);
};

const aspects: readonly (readonly [written: string, read: string])[] = [
	['1/1', '1:1'],
	['4/3', '4:3'],
	['7/5', '7:5'],
];
for (const [written, read] of aspects) {
	for (const rename of [null, ['pasp', 'free']] as const) {
		Facts(`pixels of ${read} are told ${rename === null ? 'by the container' : 'by the stream alone'}`, () =>
			makeDirectory(async (directory) => {
				const file = await makeSegmentFile(directory, { frames: 4, color: '#204060', encoder: { preset: 'medium' } });
				const options = ['-bsf:v', `h264_metadata=sample_aspect_ratio=${written}`, '-movflags', 'faststart'];
				const facts = await copyOf(file, options, rename);
				assert.equal([facts.pixelAspect, facts.profile, facts.fastStart], [read, 'High', true]);
			}),
		);
	}
}

Facts('an index behind the media is no fast start', () =>
	makeDirectory(async (directory) => {
		const facts = await copyOf(await makeSegmentFile(directory, { frames: 4, color: '#204060' }), []);
		assert.equal([facts.fastStart, facts.pixelAspect, facts.leadBytes], [false, '1:1', 0]);
	}),
);

Facts.run();
