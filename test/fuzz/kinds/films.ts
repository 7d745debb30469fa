import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RenderFailure } from '../../../src/model/failure.ts';
import { MAX_VIDEO_SECONDS, MAX_VIDEO_SIDE, readVideo } from '../../../src/providers/read-video.ts';
import { nodeFileSystem } from '../../../src/renderer/file-system.ts';
import { readMediaFacts } from '../../../src/renderer/read-media-facts.ts';
import { findFfmpeg } from '../../support/ffmpeg.ts';
import { makeVideo } from '../../support/video.ts';
import { expectThat, type FuzzKind } from '../kind.ts';
import { mutateNear } from '../mutate-bytes.ts';

/** The boxes that readers believe. */
const BOXES = [
	'ftyp',
	'moov',
	'mvhd',
	'trak',
	'tkhd',
	'elst',
	'mdhd',
	'hdlr',
	'stsd',
	'avcC',
	'colr',
	'stts',
	'ctts',
	'stss',
	'stsc',
	'stsz',
	'stco',
	'mdat',
];

const films = async (folder: string): Promise<readonly Buffer[]> => {
	const ffmpeg = await findFfmpeg();
	const sketches = [
		{ frames: 12, fps: 10 },
		{ frames: 5, fps: 30, width: 32, height: 32 },
	];
	return Promise.all(
		sketches.map(async (sketch, index) => {
			const file = join(folder, `seed-${index}.mp4`);
			await makeVideo(ffmpeg, file, sketch);
			return readFileSync(file);
		}),
	);
};

/** A video that a spec names. */
export const video: FuzzKind = {
	name: 'mp4 of a spec',
	share: 4,
	prepare: async (folder) => ({
		seeds: await films(folder),
		mutate: mutateNear(BOXES, 40),
		judge: async (input) => {
			writeFileSync(join(folder, 'fuzz.mp4'), input);
			const read = await readVideo('fuzz.mp4', { specFolder: folder, root: folder });
			if (!read.ok) return 'refused';
			const { width, height, times, end } = read.value.facts;
			expectThat(width > 0 && height > 0 && Math.max(width, height) <= MAX_VIDEO_SIDE, `a size of ${width} x ${height}`);
			expectThat(Number.isInteger(width) && Number.isInteger(height), `a size of ${width} x ${height}`);
			expectThat(
				times.length > 0 && times.every((time, i) => Number.isFinite(time) && time >= (times[i - 1] ?? time)),
				'times that run back',
			);
			expectThat(Number.isFinite(end) && end > times.at(-1)! && end <= MAX_VIDEO_SECONDS + 60, `an end at ${end}`);
			return 'accepted';
		},
	}),
};

/** A video that was rendered, or stands in the store. */
export const output: FuzzKind = {
	name: 'mp4 of ours',
	share: 4,
	prepare: async (folder) => ({
		seeds: await films(folder),
		mutate: mutateNear(BOXES, 40),
		judge: async (input) => {
			const file = join(folder, 'output.mp4');
			writeFileSync(file, input);
			try {
				const facts = await readMediaFacts(nodeFileSystem, file);
				expectThat(facts.bytes === input.length, 'another size than the file has');
				expectThat(facts.frames > 0 && facts.frames <= input.length, `${facts.frames} frames in ${input.length} bytes`);
				expectThat(facts.keyFrames.length <= facts.frames, `${facts.keyFrames.length} key frames of ${facts.frames}`);
				expectThat(
					[facts.fps, facts.seconds].every((number) => Number.isFinite(number) && number >= 0),
					`${facts.seconds} s at ${facts.fps}`,
				);
				return 'accepted';
			} catch (error) {
				if (error instanceof RenderFailure && error.failure.class === 'OUTPUT') return 'refused';
				throw error;
			}
		},
	}),
};
