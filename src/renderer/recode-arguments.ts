import { frameArguments, type Traits } from './decode-video.ts';
import type { ColorFilter } from './ffmpeg-arguments.ts';

type Clip = { readonly path: string; readonly width: number; readonly height: number; readonly times: readonly number[] };

/** Command line of ffmpeg that writes every frame of a video to standard output, as 8-bit RGB without gaps. One more than there should be is noticed. */
export const rawDecodeArguments = (clip: Clip, traits: Traits): string[] => [
	...frameArguments(clip, traits, 'out_color_matrix=bt709'),
	...['-pix_fmt', 'rgb24', '-c:v', 'rawvideo', '-frames:v', String(clip.times.length + 1), '-f', 'image2pipe', 'pipe:1'],
];

const CRF = 14;
const PRESET = 'veryfast';
/** x264's bytes depend on it, so it is not the machine's. */
const THREADS = 4;
const SECONDS_PER_KEY_FRAME = 1;
/** Of the clock of the frames that come in, and the finest of one that goes out. */
const TICKS = 1_000_000;

/**
 * Command line of ffmpeg that makes H.264 of raw frames in matroska on standard input, and copies the sound of the video that they are from. Frames keep
 * their times on the clip's own clock: `-copyts` keeps ffmpeg from moving either input to 0. Progress goes to standard output.
 */
export const rawEncodeArguments = (
	{ path, width, height, times, end, output }: Clip & { readonly end: number; readonly output: string },
	{ container, ticks }: Traits,
	filter: ColorFilter,
): string[] => {
	const [first = 0] = times;
	const keyFrames = Math.max(1, Math.round((SECONDS_PER_KEY_FRAME * times.length) / (end - first)));
	// Half of the colours of an odd row are nobody's: such a video keeps all of them.
	const pixels = width % 2 === 0 && height % 2 === 0 ? 'yuv420p' : 'yuv444p';
	return [
		...['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error', '-progress', 'pipe:1', '-y', '-filter_threads', '1', '-copyts'],
		...['-protocol_whitelist', 'file,pipe', '-itsoffset', first.toFixed(6), '-f', 'matroska', '-i', 'pipe:0'],
		...['-protocol_whitelist', 'file,pipe', '-format_whitelist', 'mov,matroska', '-vn', '-i', `file:${path}`],
		...['-map', '0:v:0', '-map', '1:a?', '-map_metadata', '-1', '-map_chapters', '-1', '-c:a', 'copy'],
		...['-fps_mode', 'passthrough', '-enc_time_base', `1:${TICKS}`, '-vf', colorConversion(filter), '-pix_fmt', pixels, ...COLOR_TAGS],
		...['-c:v', 'libx264', '-preset', PRESET, '-crf', String(CRF), '-threads', String(THREADS), '-g', String(keyFrames), '-bf', '0'],
		...['-x264-params', 'open-gop=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv'],
		// x264 writes its version and settings into a message of type 6.
		...['-bsf:v', 'filter_units=remove_types=6', '-fflags', '+bitexact', '-flags:v', '+bitexact+cgop'],
		...['-video_track_timescale', String(Number.isInteger(ticks) && ticks >= 1 && ticks <= TICKS ? ticks : TICKS)],
		...['-movflags', '+faststart', '-f', container === 'mov' ? 'mov' : 'mp4', `file:${output}`],
	];
};

const COLOR_TAGS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'] as const;

const colorConversion = (filter: ColorFilter): string => {
	switch (filter) {
		case 'zscale':
			return (
				'format=gbrp,zscale=matrixin=gbr:rangein=full:primariesin=709:transferin=709:chromalin=left' +
				':matrix=709:range=limited:primaries=709:transfer=709:chromal=left'
			);
		case 'swscale':
			return 'scale=in_range=pc:out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int+bitexact';
	}
};
