import type { Canvas, EncoderProfile } from '../model/segment-message.ts';

/**
 * The filter that turns a picture's colours into those of video. `zscale` is exact and fast but not in every build;
 * `swscale` is there always and takes four times as long to be as exact.
 */
export type ColorFilter = 'zscale' | 'swscale';

export type EncodeArguments = {
	readonly canvas: Canvas;
	readonly profile: EncoderProfile;
	readonly colorFilter: ColorFilter;
	/** Where the video goes: `file:` and a path, or a pipe. */
	readonly output: string;
};

/** Steps between two frames on the track's clock: whole for every frame rate, fine enough for joins with other tracks. */
const TICKS_PER_FRAME = 1_000;
const SECONDS_PER_KEY_FRAME = 2;
const B_FRAMES = 2;

/**
 * Command line of ffmpeg for one silent segment: JPEG pictures on standard input become H.264 in MP4, progress goes to standard output.
 * Every group of pictures is closed and begins with an IDR frame, so that segments join by copying packets. Nothing in the file tells when or
 * with which version it was made: the same pictures give the same bytes.
 * @throws RangeError for a frame rate that is no whole number
 */
export const encodeArguments = ({ canvas, profile, colorFilter, output }: EncodeArguments): string[] => {
	if (!Number.isInteger(canvas.fps) || canvas.fps < 1) throw new RangeError(`frames per second are whole, got ${canvas.fps}`);
	return [
		...['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error', '-progress', 'pipe:1', '-xerror', '-y'],
		...['-filter_threads', '1', '-threads', '1'],
		...['-protocol_whitelist', 'file,pipe', '-f', 'image2pipe', '-framerate', String(canvas.fps), '-c:v', 'mjpeg', '-i', 'pipe:0'],
		...['-map', '0:v:0', '-map_metadata', '-1', '-fps_mode', 'passthrough'],
		...['-vf', colorConversion(colorFilter), '-pix_fmt', 'yuv420p', ...COLOR_TAGS],
		...h264Arguments(canvas, profile),
		...['-fflags', '+bitexact', '-flags:v', '+bitexact+cgop', '-video_track_timescale', String(canvas.fps * TICKS_PER_FRAME)],
		...['-f', 'mp4', output],
	];
};

const COLOR_TAGS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'] as const;

const h264Arguments = (canvas: Canvas, profile: EncoderProfile): string[] => [
	...['-c:v', 'libx264', '-preset', profile.preset, '-crf', String(profile.crf), '-threads', String(profile.threads)],
	...['-g', String(canvas.fps * SECONDS_PER_KEY_FRAME), '-sc_threshold', '0', '-bf', String(B_FRAMES)],
	...['-x264-params', 'open-gop=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv'],
	// x264 writes its version and settings into a message of type 6.
	...['-bsf:v', 'filter_units=remove_types=6'],
];

/** A JPEG is full range with the matrix of BT.601, whatever its pixels say; HD video is limited range with that of BT.709. */
const colorConversion = (filter: ColorFilter): string => {
	switch (filter) {
		case 'zscale':
			return (
				'zscale=matrixin=470bg:rangein=full:primariesin=709:transferin=709:chromalin=left' +
				':matrix=709:range=limited:primaries=709:transfer=709:chromal=left'
			);
		case 'swscale':
			return 'scale=in_color_matrix=bt601:in_range=pc:out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+bitexact';
	}
};
