import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { RenderFailure } from '../model/failure.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { encodeArguments } from './ffmpeg-arguments.ts';
import { neverStarted, type ProcessEnd, processEnd } from './process-end.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { createTextTail, type TextTail } from './text-tail.ts';
import { settlesWithin, within } from './time-limit.ts';

export type SegmentEncoderOptions = {
	readonly ffmpeg: InstalledFfmpeg;
	readonly message: Pick<SegmentMessage, 'canvas' | 'encoder'>;
	/** Path of the MP4 to write. */
	readonly file: string;
	/** Ends the encoder when it aborts; what is under way then rejects with the signal's reason. */
	readonly signal?: AbortSignal;
	/** How long an encoder may take nothing, or take to end, before it counts as hung. */
	readonly stallMs?: number;
};

/** Turns JPEG pictures into one segment. One call at a time. Every failure is a RenderFailure `ENCODE`, or `DISK` when there is no room. */
export type SegmentEncoder = {
	readonly processId: number | undefined;
	/** Resolves when the next picture may come. */
	write(jpeg: Uint8Array): Promise<void>;
	/** Resolves when the file is whole and has as many frames as were written. */
	finish(): Promise<void>;
	/** Ends the encoder and removes its file. Safe to call at any time. */
	cancel(): Promise<void>;
};

const LAST_WORDS_BYTES = 65_536;
const PROGRESS_BYTES = 4_096;
const STALL_MS = 120_000;
const KILL_MS = 3_000;

/** Starts an encoder for one segment. */
export const openSegmentEncoder = (options: SegmentEncoderOptions): SegmentEncoder => {
	const { stallMs: ms = STALL_MS, signal = new AbortController().signal } = options;
	const path = resolve(options.file);
	const { child, ended, words, progress } = startEncoder(options, path);
	const limits = { ms, signal, failure: () => new RenderFailure('ENCODE', `the encoder did nothing for ${ms} ms`, words.text()) };
	/** Waits for something, but not longer than the encoder lives and is allowed to. */
	const waitFor = async <T>(work: Promise<T>): Promise<T> => {
		try {
			return await within(work, limits);
		} catch (error) {
			child.kill('SIGKILL');
			throw error;
		}
	};
	let written = 0;
	return {
		processId: child.pid,
		async write(jpeg) {
			signal.throwIfAborted();
			const hasRoom = child.stdin.write(jpeg);
			written++;
			if (!hasRoom) await waitFor(drained(child));
			if (child.stdin.destroyed || child.exitCode !== null || child.signalCode !== null)
				throw encodeFailure(await lastOf(child, ended), words);
		},
		async finish() {
			child.stdin.end();
			const end = await waitFor(ended);
			if (end.how !== SUCCESS) throw encodeFailure(end, words);
			const frames = framesIn(progress);
			if (frames !== written) throw new RenderFailure('ENCODE', `${written} pictures became ${frames} frames`, words.text());
		},
		async cancel() {
			child.kill('SIGKILL');
			await settlesWithin(ended, KILL_MS);
			await rm(path, { force: true });
		},
	};
};

type RunningEncoder = {
	readonly child: ChildProcessWithoutNullStreams;
	/** Resolves with how it ended; never `killed` by us. */
	readonly ended: Promise<ProcessEnd>;
	readonly words: TextTail;
	readonly progress: TextTail;
};

const startEncoder = ({ ffmpeg, message }: SegmentEncoderOptions, path: string): RunningEncoder => {
	const { colorFilter, environment } = ffmpeg;
	const list = encodeArguments({ canvas: message.canvas, profile: message.encoder, colorFilter, output: `file:${path}` });
	const child = spawn(ffmpeg.path, list, { env: { ...environment } });
	const words = createTextTail(LAST_WORDS_BYTES);
	const progress = createTextTail(PROGRESS_BYTES);
	child.stderr.on('data', words.add);
	child.stdout.on('data', progress.add);
	child.stdin.on('error', () => {}); // EPIPE says less than how the encoder ended.
	return { child, ended: endOf(child), words, progress };
};

const SUCCESS = 'exit code 0';

/** The last number that the encoder told; NaN when it told none. */
const framesIn = (progress: TextTail): number =>
	Number(
		progress
			.text()
			.match(/(?<=^frame= *)\d+/gm)
			?.at(-1),
	);

const endOf = (child: ChildProcessWithoutNullStreams): Promise<ProcessEnd> =>
	new Promise((resolve) => {
		child.once('error', (error) => resolve(neverStarted(error)));
		child.once('close', (code, signal) => {
			const end = processEnd(code, signal);
			resolve({ ...end, killed: end.killed && !child.killed });
		});
	});

/** How an encoder ended that takes no more pictures. */
const lastOf = async (child: ChildProcessWithoutNullStreams, ended: Promise<ProcessEnd>): Promise<ProcessEnd> => {
	if (await settlesWithin(ended, KILL_MS)) return ended;
	child.kill('SIGKILL');
	return { how: 'it closed its input and did not end', killed: false };
};

/** Resolves when there is room again, and when there never will be. */
const drained = ({ stdin }: ChildProcessWithoutNullStreams): Promise<void> =>
	new Promise((resolve) => {
		const settle = (): void => {
			stdin.off('drain', settle).off('close', settle);
			resolve();
		};
		if (stdin.destroyed) return resolve();
		stdin.once('drain', settle).once('close', settle);
	});

const encodeFailure = ({ how, killed }: ProcessEnd, words: TextTail): RenderFailure => {
	const text = words.text();
	// ffmpeg has no exit code of its own for a full disk: its words are all there is.
	if (/No space left on device|Disk quota exceeded/.test(text)) return new RenderFailure('DISK', 'no room left for the segment', text);
	return new RenderFailure('ENCODE', `the encoder ended early: ${how}`, text, killed ? { blameless: true } : {});
};
