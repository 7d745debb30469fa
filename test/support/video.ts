import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import type { InstalledFfmpeg } from '../../src/renderer/resolve-ffmpeg.ts';

export type Color = readonly [red: number, green: number, blue: number];

/** The colour of a frame of a test video: 27 that are far from each other. */
export const colorOfFrame = (index: number): Color => [
	30 + 90 * (index % 3),
	30 + 90 * (Math.floor(index / 3) % 3),
	30 + 90 * (Math.floor(index / 9) % 3),
];

/** The frame that has a colour, or -1. */
export const frameOfColor = (color: Color): number =>
	Array.from({ length: 27 }, (_, index) => index).findIndex((index) =>
		colorOfFrame(index).every((level, channel) => Math.abs(level - color[channel]!) < 20),
	);

export type VideoSketch = { readonly frames: number; readonly fps: number; readonly width?: number; readonly height?: number };

const H264 = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-bf', '2', '-g', '12'];
const BT709 = 'scale=in_color_matrix=bt601:in_range=pc:out_color_matrix=bt709:out_range=tv';
const TAGS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];

/** Writes a video of plain frames, each in the colour of its number. */
export const makeVideo = async (ffmpeg: InstalledFfmpeg, file: string, sketch: VideoSketch, codec: readonly string[] = H264) => {
	const { frames, fps, width = 64, height = 36 } = sketch;
	const pictures = await Promise.all(
		Array.from({ length: frames }, (_, index) => {
			const [r, g, b] = colorOfFrame(index);
			return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
				.jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
				.toBuffer();
		}),
	);
	const input = ['-f', 'image2pipe', '-framerate', String(fps), '-c:v', 'mjpeg', '-i', 'pipe:0'];
	const { status, stderr } = spawnSync(ffmpeg.path, ['-v', 'error', '-y', ...input, '-vf', BT709, ...codec, ...TAGS, file], {
		env: { ...ffmpeg.environment },
		input: Buffer.concat(pictures),
		encoding: 'utf8',
	});
	if (status !== 0) throw new Error(stderr);
};

/** The colour in the middle of a picture. */
export const middleOf = async (picture: Uint8Array | string): Promise<Color> => {
	const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * 3;
	return [data[at]!, data[at + 1]!, data[at + 2]!];
};

type Size = { readonly width: number; readonly height: number };

/** Every frame of a video: rows of red, green and blue. */
export const framesOf = (ffmpeg: InstalledFfmpeg, file: string, { width, height }: Size): readonly Buffer[] => {
	const { stdout, stderr, status } = spawnSync(
		ffmpeg.path,
		['-v', 'error', '-i', file, '-fps_mode', 'passthrough', '-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-f', 'image2pipe', 'pipe:1'],
		{ env: { ...ffmpeg.environment }, maxBuffer: 1 << 28 },
	);
	if (status !== 0) throw new Error(String(stderr));
	const size = width * height * 3;
	return Array.from({ length: stdout.length / size }, (_, index) => stdout.subarray(index * size, (index + 1) * size));
};

/** The colour in the middle of each frame of a video. */
export const middlesOf = (ffmpeg: InstalledFfmpeg, file: string, size: Size): readonly Color[] => {
	const at = (Math.floor(size.height / 2) * size.width + Math.floor(size.width / 2)) * 3;
	return framesOf(ffmpeg, file, size).map((frame): Color => [frame[at]!, frame[at + 1]!, frame[at + 2]!]);
};
