import { join } from 'node:path';
import sharp from 'sharp';
import type { Canvas, EncoderProfile } from '../../src/model/segment-message.ts';
import { openSegmentEncoder } from '../../src/renderer/open-segment-encoder.ts';
import { encoder as profile, smallCanvas } from '../fakes/segments.ts';
import { findFfmpeg } from './ffmpeg.ts';

export type SegmentSketch = {
	readonly frames: number;
	readonly color: string;
	readonly canvas?: Canvas;
	readonly encoder?: Partial<EncoderProfile>;
};

/** Encodes a segment of one colour in which a square moves, as a worker would, and returns its path. */
export const makeSegmentFile = async (directory: string, sketch: SegmentSketch): Promise<string> => {
	const { frames, color, canvas = smallCanvas } = sketch;
	const file = join(
		directory,
		`${color.slice(1)}-${frames}-${canvas.width}-${canvas.fps}-${JSON.stringify(sketch.encoder ?? {}).length}.mp4`,
	);
	const encoder = openSegmentEncoder({ ffmpeg: await findFfmpeg(), file, message: { canvas, encoder: { ...profile, ...sketch.encoder } } });
	const square = { create: { width: 12, height: 12, channels: 3 as const, background: '#ffffff' } };
	for (let frame = 0; frame < frames; frame++) {
		const picture = sharp({ create: { width: canvas.width, height: canvas.height, channels: 3, background: color } });
		await encoder.write(
			await picture
				.composite([{ input: square, left: (frame * 2) % (canvas.width - 12), top: frame % (canvas.height - 12) }])
				.jpeg()
				.toBuffer(),
		);
	}
	await encoder.finish();
	return file;
};
