import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import { RenderFailure } from '../model/failure.ts';
import type { DecodedVideo } from '../model/video-frames.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { createTextTail } from './text-tail.ts';

export type DecodeOrder = DecodedVideo & { readonly path: string /** Up to which frame, this one included. */; readonly last: number };

/** Milliseconds without a new frame after which a decoder hangs. */
const SILENCE_MS = 60_000;

/**
 * The frames of a video as JPEG, from its first on: numbered by the order in which they are seen, whatever their times are, so that none is left out and
 * none comes twice. The same file and ffmpeg give the same bytes.
 * @throws RenderFailure `BUNDLE` when the video cannot be decoded or ends too early; the signal's reason when aborted
 */
export async function* decodeVideo(ffmpeg: InstalledFfmpeg, order: DecodeOrder, signal: AbortSignal): AsyncGenerator<Buffer> {
	signal.throwIfAborted();
	const child = spawn(ffmpeg.path, decodeArguments(order, await traitsOf(order.path)), {
		env: ffmpeg.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stop = (): void => void child.kill('SIGKILL');
	signal.addEventListener('abort', stop, { once: true });
	const watch = setTimeout(stop, SILENCE_MS);
	const ending = endOf(child);
	let count = 0;
	try {
		for await (const picture of jpegsIn(child.stdout)) {
			watch.refresh();
			count++;
			yield picture;
		}
		const words = await ending;
		signal.throwIfAborted();
		if (count <= order.last) throw new RenderFailure('BUNDLE', `${order.path} cannot be decoded beyond its frame ${count}`, words);
	} finally {
		clearTimeout(watch);
		signal.removeEventListener('abort', stop);
		stop();
	}
}

/** What decides how a video is decoded. */
export type Traits = {
	readonly container: 'mp4' | 'mov' | 'matroska';
	/** With which its colours were made; null where the decoder knows best. */
	readonly matrix: string | null;
	/** Steps of its clock in a second. */
	readonly ticks: number;
};

/** Videos of at least this height are made with the matrix of BT.709 when they do not say which. */
const HD = 720;

/** @throws RenderFailure `BUNDLE` when it cannot be read */
export const traitsOf = async (path: string): Promise<Traits> => {
	const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source: new FilePathSource(path) });
	try {
		const [format, track] = await Promise.all([input.getFormat(), input.getPrimaryVideoTrack()]);
		const matrix = (await track?.getColorSpace())?.matrix ?? null;
		const isHd = ((await track?.getCodedHeight()) ?? 0) >= HD;
		const container = format === MP4 ? 'mp4' : format === QTFF ? 'mov' : 'matroska';
		return { container, matrix: matrix ?? (isHd ? 'bt709' : null), ticks: (await track?.getTimeResolution()) ?? 0 };
	} catch (error) {
		throw new RenderFailure('BUNDLE', `${path} cannot be decoded`, (error as Error).message);
	} finally {
		input.dispose();
	}
};

/** Names of matrices, as the file has them and as ffmpeg does. */
const MATRICES: Readonly<Record<string, string>> = { bt709: 'bt709', bt470bg: 'bt601', smpte170m: 'bt601', 'bt2020-ncl': 'bt2020' };

/** A JPEG is full range with the matrix of BT.601. */
const decodeArguments = ({ path, width, height, last }: DecodeOrder, traits: Traits): string[] => [
	...frameArguments({ path, width, height }, traits, 'out_color_matrix=bt601'),
	...['-pix_fmt', 'yuvj444p', '-c:v', 'mjpeg', '-q:v', '2', '-threads', '1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
	...['-frames:v', String(last + 1), '-f', 'image2pipe', 'pipe:1'],
];

/** Command line of ffmpeg up to where every frame of a video is there, upright and in its size; `colors` is what the scaling is told besides. */
export const frameArguments = (
	{ path, width, height }: { readonly path: string; readonly width: number; readonly height: number },
	{ container, matrix }: Traits,
	colors: string,
): string[] => {
	const made = matrix === null ? undefined : MATRICES[matrix];
	const source = made === undefined ? '' : `:in_color_matrix=${made}`;
	return [
		...['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error', '-filter_threads', '1'],
		// Edit lists hide frames, and every packet is a frame here.
		...(container === 'matroska' ? [] : ['-ignore_editlist', '1']),
		// Playlists, which name other files, are not among them.
		...['-protocol_whitelist', 'file,pipe', '-format_whitelist', 'mov,matroska'],
		...['-i', `file:${path}`, '-map', '0:v:0', '-an', '-sn', '-dn', '-fps_mode', 'passthrough'],
		...['-vf', `scale=${width}:${height}${source}:${colors}:out_range=pc:flags=${SCALING}`],
	];
};

const SCALING = 'bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact';

/** Bytes of what a decoder says that are kept. */
const MOST_WORDS = 2_000;

/** What it had to say, once it is gone. */
const endOf = (child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> => {
	const tail = createTextTail(MOST_WORDS);
	child.stderr.on('data', (chunk: Buffer) => tail.add(chunk));
	return new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('close', () => resolve(tail.text()));
	});
};

const END = Buffer.from([0xff, 0xd9]);

/** Its end marker is in a JPEG only once: compressed data never has it, and these have no thumbnails. */
async function* jpegsIn(stream: Readable): AsyncGenerator<Buffer> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const chunk of stream) {
		const seen = Math.max(0, rest.length - 1);
		rest = Buffer.concat([rest, chunk as Buffer]);
		let end = rest.indexOf(END, seen);
		while (end !== -1) {
			yield rest.subarray(0, end + 2);
			rest = rest.subarray(end + 2);
			end = rest.indexOf(END);
		}
	}
}
