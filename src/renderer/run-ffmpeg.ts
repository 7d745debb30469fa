import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { RenderFailure } from '../model/failure.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import { createTextTail } from './text-tail.ts';

export type FfmpegTask = {
	/** What comes after the options that are the same for all. */
	readonly list: readonly string[];
	readonly input?: Uint8Array;
	/** Bytes of its output that are taken at most. */
	readonly mostBytes?: number;
	/** Bytes that are taken at most of what it writes to `pipe:3`. */
	readonly mostAside?: number;
};

/** `status` null: it was ended, or did not start. `aside`: what it wrote to `pipe:3`. */
export type FfmpegEnd = { readonly status: number | null; readonly output: Buffer; readonly aside: Buffer; readonly words: string };

/** Milliseconds without a byte in or out after which it hangs. */
const SILENCE_MS = 120_000;
const MOST_WORDS = 4_000;

/**
 * Runs ffmpeg over sound to its end, whatever that is. @throws RenderFailure `MIX` when it gives more than is taken or does nothing; the signal's reason
 * when aborted
 */
export const runFfmpeg = async (ffmpeg: InstalledFfmpeg, task: FfmpegTask, signal: AbortSignal): Promise<FfmpegEnd> => {
	signal.throwIfAborted();
	const { list, input, mostBytes = 0, mostAside = 0 } = task;
	const child = spawn(ffmpeg.path, ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'error', '-y', ...list], {
		env: ffmpeg.environment,
		stdio: ['pipe', 'pipe', 'pipe', mostAside > 0 ? 'pipe' : 'ignore'],
	}) as ChildProcessByStdio<Writable, Readable, Readable>;
	let broken: string | null = null;
	const stop = (why: string | null): void => {
		broken ??= why;
		child.kill('SIGKILL');
	};
	const abort = (): void => stop(null);
	signal.addEventListener('abort', abort, { once: true });
	const watch = setTimeout(() => stop(`ffmpeg did nothing for ${SILENCE_MS / 1000} s`), SILENCE_MS);
	const words = createTextTail(MOST_WORDS);
	const take = (stream: Readable, most: number): readonly Buffer[] => {
		const chunks: Buffer[] = [];
		let bytes = 0;
		stream.on('data', (chunk: Buffer) => {
			watch.refresh();
			bytes += chunk.length;
			if (bytes > most) stop('the sound is longer than it says');
			else chunks.push(chunk);
		});
		return chunks;
	};
	child.stderr.on('data', words.add);
	const output = take(child.stdout, mostBytes);
	const aside = mostAside > 0 ? take(child.stdio[3] as Readable, mostAside) : [];
	child.stdin.on('error', () => {}); // EPIPE says less than how it ended.
	child.stdin.on('drain', () => watch.refresh());
	child.stdin.end(input);
	try {
		const status = await endOf(child, words.add);
		signal.throwIfAborted();
		if (broken !== null) throw new RenderFailure('MIX', broken, words.text());
		return { status, output: Buffer.concat(output), aside: Buffer.concat(aside), words: words.text() };
	} finally {
		clearTimeout(watch);
		signal.removeEventListener('abort', abort);
	}
};

const endOf = (child: ReturnType<typeof spawn>, say: (words: Uint8Array) => void): Promise<number | null> =>
	new Promise((resolve) => {
		child.once('error', (error) => {
			say(Buffer.from(error.message));
			resolve(null);
		});
		child.once('close', (status) => resolve(status));
	});
