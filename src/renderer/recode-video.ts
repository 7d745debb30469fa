import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { RenderFailure } from '../model/failure.ts';
import type { ChangeFrame, RecodeOrder } from '../ports/recode.ts';
import { type Traits, traitsOf } from './decode-video.ts';
import { neverStarted, type ProcessEnd, processEnd } from './process-end.ts';
import { rawFrameHeader, rawHeader } from './raw-matroska.ts';
import { rawDecodeArguments, rawEncodeArguments } from './recode-arguments.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { createTextTail, type TextTail } from './text-tail.ts';
import { settlesWithin } from './time-limit.ts';

/** `limits` in place of the bounds that are meant for whatever machine and clip. */
export type BoundedOrder = RecodeOrder & { readonly limits?: RecodeLimits };

/** Milliseconds: without a frame, and for all of it. */
export type RecodeLimits = { readonly silence: number; readonly whole: number };

/**
 * Makes a video anew with every frame changed: Frames keep their
 * number and their times, the sound is copied. One frame is in memory at a time; the same file, change and ffmpeg give the same bytes.
 * @throws RenderFailure `BUNDLE` when it cannot be decoded, or to another number of frames; `ENCODE`; `DISK` when there is no room; `FRAME_TIMEOUT` past a
 * limit; the signal's reason when aborted. What stands at `output` then is to be thrown away, and no process is left.
 */
export const recodeVideo = async (
	ffmpeg: InstalledFfmpeg,
	order: BoundedOrder,
	change: ChangeFrame,
	signal: AbortSignal,
): Promise<void> => {
	signal.throwIfAborted();
	const traits = await traitsOf(order.path);
	signal.throwIfAborted();
	const pair = startPair(ffmpeg, order, traits);
	const watch = watchOver(pair, order, signal);
	try {
		const carried = await carryFrames(pair, order, (rgb) => {
			watch.sawFrame();
			change(rgb);
		});
		await judge(pair, carried, { order, watch, signal });
	} finally {
		watch.release();
		kill(pair);
		await settlesWithin(Promise.all([pair.decoder.ended, pair.encoder.ended]), KILL_MS);
	}
};

const KILL_MS = 3_000;
const MOST_WORDS = 4_000;
const PROGRESS_BYTES = 4_096;

type Running = { readonly child: ChildProcess; readonly ended: Promise<ProcessEnd>; readonly words: TextTail };
type Pair = {
	readonly decoder: Running & { readonly frames: Readable };
	readonly encoder: Running & { readonly frames: Writable; readonly progress: TextTail };
};

const startPair = ({ path, environment, colorFilter }: InstalledFfmpeg, order: BoundedOrder, traits: Traits): Pair => {
	const options = { env: { ...environment } };
	const source = spawn(path, rawDecodeArguments(order, traits), { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	const target = spawn(path, rawEncodeArguments(order, traits, colorFilter), { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
	const progress = createTextTail(PROGRESS_BYTES);
	target.stdout.on('data', progress.add);
	target.stdin.on('error', () => {}); // EPIPE says less than how the encoder ended.
	return {
		decoder: { ...running(source, source.stderr), frames: source.stdout },
		encoder: { ...running(target, target.stderr), frames: target.stdin, progress },
	};
};

const running = (child: ChildProcess, stderr: Readable): Running => {
	const words = createTextTail(MOST_WORDS);
	stderr.on('data', words.add);
	const ended = new Promise<ProcessEnd>((resolve) => {
		child.once('error', (error) => resolve(neverStarted(error)));
		child.once('close', (code, signal) => resolve(processEnd(code, signal)));
	});
	return { child, ended, words };
};

const kill = ({ decoder, encoder }: Pair): void => {
	decoder.child.kill('SIGKILL');
	encoder.child.kill('SIGKILL');
};

type Watch = { readonly sawFrame: () => void; readonly broken: () => string | null; readonly release: () => void };

/** Ends both when one is silent, when all of it takes too long, and at an abort. */
const watchOver = (pair: Pair, order: BoundedOrder, signal: AbortSignal): Watch => {
	const { silence, whole } = order.limits ?? limitsOf(order);
	let broken: string | null = null;
	const stop = (why: string): void => {
		broken ??= why;
		kill(pair);
	};
	const abort = (): void => kill(pair);
	const quiet = setTimeout(() => stop(`no frame was made for ${silence} ms`), silence);
	const late = setTimeout(() => stop(`it is not done after ${whole} ms`), whole);
	signal.addEventListener('abort', abort, { once: true });
	return {
		sawFrame: () => void quiet.refresh(),
		broken: () => broken,
		release: () => {
			clearTimeout(quiet);
			clearTimeout(late);
			signal.removeEventListener('abort', abort);
		},
	};
};

const SILENCE_MS = 120_000;
/** Far more than a busy machine needs. */
const MS_PER_MEGAPIXEL = 4_000;

const limitsOf = ({ width, height, times }: BoundedOrder): RecodeLimits => ({
	silence: SILENCE_MS,
	whole: Math.min(MOST_MS, SILENCE_MS + (times.length * width * height * MS_PER_MEGAPIXEL) / 1e6),
});

/** The longest that a timer can be set to. */
const MOST_MS = 2 ** 31 - 1;

/** How many frames came, and whether the encoder took them all. */
type Carried = { readonly frames: number; readonly taken: boolean };

const carryFrames = async ({ decoder, encoder }: Pair, order: BoundedOrder, change: (rgb: Uint8Array) => void): Promise<Carried> => {
	const { width, height, times, end } = order;
	const size = width * height * 3;
	const [first = 0] = times;
	const ticks = [...times, end].map((time) => Math.round((time - first) * 1e6));
	let frames = 0;
	let taken = await write(encoder.frames, rawHeader({ width, height, frameSeconds: (end - first) / times.length }));
	try {
		for await (const rgb of rawFrames(decoder.frames, size)) {
			if (!taken) break;
			const [time, next] = [ticks[frames], ticks[frames + 1]];
			frames++;
			if (time === undefined || next === undefined) break;
			change(rgb);
			taken =
				(await write(encoder.frames, rawFrameHeader({ time, length: Math.max(0, next - time), size }))) &&
				(await write(encoder.frames, rgb));
		}
	} finally {
		encoder.frames.end();
	}
	return { frames, taken };
};

/** Resolves when the bytes are gone and may be written over: false when nobody takes them any more. */
const write = (stream: Writable, bytes: Uint8Array): Promise<boolean> =>
	new Promise((resolve) => {
		if (stream.destroyed) return resolve(false);
		stream.write(bytes, (error) => resolve(error === null || error === undefined));
	});

/** Whole frames, all in the same memory: each is gone when the next one is asked for. */
async function* rawFrames(stream: Readable, size: number): AsyncGenerator<Buffer> {
	const frame = Buffer.allocUnsafe(size);
	let filled = 0;
	for await (const piece of stream) {
		const chunk = piece as Buffer;
		for (let at = 0; at < chunk.length; ) {
			const copied = chunk.copy(frame, filled, at);
			at += copied;
			filled += copied;
			if (filled < size) continue;
			filled = 0;
			yield frame;
		}
	}
}

type Case = { readonly order: BoundedOrder; readonly watch: Watch; readonly signal: AbortSignal };

/** Waits for the end of both, and throws for whatever is not as it has to be. */
const judge = async ({ decoder, encoder }: Pair, { frames, taken }: Carried, { order, watch, signal }: Case): Promise<void> => {
	const { path, times } = order;
	const decoded = taken && frames <= times.length ? await decoder.ended : null;
	const right = decoded?.how === SUCCESS && frames === times.length;
	const encoded = right || !taken ? await encoder.ended : null;
	signal.throwIfAborted();
	const broken = watch.broken();
	if (broken !== null) throw new RenderFailure('FRAME_TIMEOUT', broken, encoder.words.text() || decoder.words.text());
	if (encoded === null)
		throw new RenderFailure(
			'BUNDLE',
			`${path} is decoded to ${frames} frames of ${times.length}, and not cleanly to its end`,
			decoder.words.text(),
		);
	if (encoded.how !== SUCCESS) throw encodeFailure(encoded, encoder.words.text());
	const made = Number(/(?<=^frame= *)\d+(?![\s\S]*^frame=)/m.exec(encoder.progress.text())?.[0]);
	if (made !== frames) throw new RenderFailure('ENCODE', `${frames} frames became ${made}`, encoder.words.text());
};

const SUCCESS = 'exit code 0';

const encodeFailure = ({ how, killed }: ProcessEnd, words: string): RenderFailure => {
	// ffmpeg has no exit code of its own for a full disk: its words are all there is.
	if (/No space left on device|Disk quota exceeded/.test(words)) return new RenderFailure('DISK', 'no room left for the new video', words);
	return new RenderFailure('ENCODE', `the encoder ended early: ${how}`, words, killed ? { blameless: true } : {});
};
