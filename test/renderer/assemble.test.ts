import { execFileSync } from 'node:child_process';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RenderFailure } from '../../src/model/failure.ts';
import { type AssemblyPart, assemble } from '../../src/renderer/assemble.ts';
import { checkOutput } from '../../src/renderer/check-output.ts';
import { hashFile } from '../../src/renderer/durable-file.ts';
import { nodeFileSystem } from '../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../src/renderer/read-media-facts.ts';
import { makeFaultyFileSystem } from '../fakes/faulty-file-system.ts';
import { smallCanvas } from '../fakes/segments.ts';
import { makeDirectory } from '../support/directory.ts';
import { decodingErrors, findFfmpeg, probe } from '../support/ffmpeg.ts';
import { makeSegmentFile, type SegmentSketch } from '../support/segment-files.ts';

const Assemble = suite('renderer/assemble');

const never = new AbortController().signal;
/** With B-frames, so that frames are decoded in another order than they are shown in. */
const encoder = { preset: 'veryfast' } as const;

const partsOf = async (directory: string, sketches: readonly SegmentSketch[]): Promise<readonly AssemblyPart[]> => {
	const parts: AssemblyPart[] = [];
	for (const sketch of sketches) parts.push({ path: await makeSegmentFile(directory, sketch), frames: sketch.frames });
	return parts;
};
const reds: readonly SegmentSketch[] = [
	{ color: '#aa0000', frames: 25, encoder },
	{ color: '#00aa00', frames: 1, encoder },
	{ color: '#0000aa', frames: 44, encoder },
	{ color: '#00aa00', frames: 1, encoder },
	{ color: '#aaaa00', frames: 13, encoder },
];
const joins = [0, 25, 26, 70, 71];

Assemble('joined segments have every frame at its time, a key frame at every join, and decode without a word', () =>
	makeDirectory(async (directory) => {
		const file = join(directory, 'joined.mp4');
		await assemble(nodeFileSystem, { parts: await partsOf(directory, reds), fps: 10, file }, never);
		const facts = await readMediaFacts(nodeFileSystem, file);
		assert.equal(checkOutput(facts, { ...smallCanvas, frames: 84, joins }), []);
		const ffmpeg = await findFfmpeg();
		assert.is(decodingErrors(ffmpeg, file), '');
		const probed = probe(ffmpeg, file);
		assert.equal(
			[probed['nb_read_frames'], probed['nb_frames'], probed['r_frame_rate'], probed['duration'], probed['start_time']],
			['84', '84', '10/1', '8.400000', '0.000000'],
		);
		assert.equal(
			[probed['color_space'], probed['color_primaries'], probed['color_transfer'], probed['color_range'], probed['has_b_frames']],
			['bt709', 'bt709', 'bt709', 'tv', facts.frames > 0 ? probed['has_b_frames'] : ''],
		);
		assert.is.not(probed['has_b_frames'], '0');
		const shown = execFileSync(
			join(ffmpeg.path, '../ffprobe'),
			['-v', 'error', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0', file],
			{ encoding: 'utf8', env: { ...ffmpeg.environment } },
		);
		assert.equal(
			shown
				.trim()
				.split('\n')
				.map((line) => Number.parseFloat(line)),
			Array.from({ length: 84 }, (_, i) => i / 10),
		);
	}),
);

Assemble('the same segments give the same bytes at any time', () =>
	makeDirectory(async (directory) => {
		const parts = await partsOf(directory, reds.slice(0, 2));
		await assemble(nodeFileSystem, { parts, fps: 10, file: join(directory, 'a') }, never);
		await new Promise((resolve) => setTimeout(resolve, 1_100));
		await assemble(nodeFileSystem, { parts, fps: 10, file: join(directory, 'b') }, never);
		assert.equal(await hashFile(nodeFileSystem, join(directory, 'a')), await hashFile(nodeFileSystem, join(directory, 'b')));
	}),
);

const refusal = async (directory: string, parts: readonly AssemblyPart[], fileSystem = nodeFileSystem): Promise<unknown> => {
	const file = join(directory, 'joined.mp4');
	try {
		await assemble(fileSystem, { parts, fps: 10, file }, never);
		return null;
	} catch (error) {
		assert.not((await readdir(directory)).includes('joined.mp4'), 'a partial file is left');
		return error instanceof RenderFailure ? `${error.failure.class}: ${error.message}` : error;
	}
};

const misfits: readonly (readonly [string, SegmentSketch, number, RegExp])[] = [
	['of another size', { color: '#123456', frames: 5, encoder, canvas: { ...smallCanvas, width: 96 } }, 5, /OUTPUT: .* other parameters/],
	[
		'of another frame rate',
		{ color: '#123456', frames: 5, encoder, canvas: { ...smallCanvas, fps: 25 } },
		5,
		/OUTPUT: .*(other parameters|not one of its 5)/,
	],
	['encoded with other settings', { color: '#123456', frames: 5, encoder: { preset: 'ultrafast' } }, 5, /OUTPUT: .* other parameters/],
	['with fewer frames than it should have', { color: '#123456', frames: 5, encoder }, 6, /OUTPUT: .* has 5 frames, expected 6/],
	['with more frames than it should have', { color: '#123456', frames: 5, encoder }, 4, /OUTPUT: .* not one of its 4/],
];
for (const [name, sketch, frames, message] of misfits) {
	Assemble(`a segment ${name} is refused`, () =>
		makeDirectory(async (directory) => {
			const [first] = await partsOf(directory, reds.slice(0, 1));
			assert.ok(first);
			const path = await makeSegmentFile(directory, sketch);
			assert.match(String(await refusal(directory, [first, { path, frames }])), message);
		}),
	);
}

Assemble('a full disk is reported with the path, and nothing is left', () =>
	makeDirectory(async (directory) => {
		const parts = await partsOf(directory, reds.slice(0, 1));
		const full = makeFaultyFileSystem([{ call: 'write', path: 'joined', code: 'ENOSPC' }]);
		assert.match(String(await refusal(directory, parts, full)), /DISK: cannot write .*joined.mp4: the disk is full/);
	}),
);

Assemble('an abort ends it and leaves nothing', () =>
	makeDirectory(async (directory) => {
		const parts = await partsOf(directory, reds.slice(0, 1));
		let name = '';
		await assemble(nodeFileSystem, { parts, fps: 10, file: join(directory, 'joined.mp4') }, AbortSignal.abort()).catch((error) => {
			name = error.name;
		});
		assert.is(name, 'AbortError');
		assert.not((await readdir(directory)).includes('joined.mp4'));
	}),
);

Assemble('facts come from the file: a cut, an index at the end and garbage are seen', () =>
	makeDirectory(async (directory) => {
		const [part] = await partsOf(directory, reds.slice(0, 1));
		const path = part?.path ?? '';
		const facts = await readMediaFacts(nodeFileSystem, path);
		assert.equal([facts.fastStart, facts.frames, facts.color, facts.profile], [false, 25, 'bt709 limited', 'High']);
		const whole = await readFile(path);
		for (const bytes of [whole.length - 1, whole.length >> 1, 40, 7, 0]) {
			await truncate(path, bytes);
			assert.match(await messageOf(path), /cut off|cannot be read/, `${bytes} bytes`);
		}
		await writeFile(path, Buffer.alloc(2_000, 0x41));
		assert.match(await messageOf(path), /cut off or is not an MP4/);
		await writeFile(path, '');
		assert.match(await messageOf(path), /no index or no media/);
	}),
);

const messageOf = (file: string): Promise<string> =>
	readMediaFacts(nodeFileSystem, file).then(
		() => 'read without complaint',
		(error) => (error instanceof RenderFailure ? error.message : `not a RenderFailure: ${error}`),
	);

Assemble.run();
