import { threadId } from 'node:worker_threads';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import { type DrawingTools, drawReel } from './draw-reel.ts';
import { openFileStore } from './file-store.ts';
import { memoryOf } from './memory-watch.ts';
import { openFrameSource } from './open-frame-source.ts';
import { openSegmentEncoder, type SegmentEncoder } from './open-segment-encoder.ts';
import { toFailure } from './to-failure.ts';
import type { ReelCommand, ReelJob, ReelResult, WorkerMessage, WorkerSettings } from './worker-messages.ts';
import { DEFAULT_BROWSER_LIMITS } from './worker-messages.ts';

export type ReelWorker = {
	/** Draws one reel at a time. Never rejects. */
	run(job: ReelJob): Promise<ReelResult>;
	/** Ends the browser unless it is drawing. */
	rest(): Promise<void>;
	/** Ends the browser. A reel that is being drawn fails. */
	close(): Promise<void>;
};

/** One thread's work: it keeps a browser from reel to reel, and takes a fresh one after a reel that failed. */
export const createWorker = (settings: WorkerSettings): ReelWorker => {
	const store = openFileStore(settings.storeDirectory);
	const limits = settings.browserLimits ?? DEFAULT_BROWSER_LIMITS;
	let source: FrameSource | null = null;
	const ending = new Set<FrameSource>();
	let framesDrawn = 0;
	let drawing = false;

	const close = async (): Promise<void> => {
		const closing = source;
		source = null;
		framesDrawn = 0;
		if (closing === null) return;
		ending.add(closing);
		await closing.close().finally(() => ending.delete(closing));
	};
	/** Of the browsers that run, and of those that are about to end. */
	const browsers = (): readonly number[] => [...(source ? [source] : []), ...ending].flatMap((each) => each.processIds());

	const draw = async (segments: ReelJob['segments'], { signal, post, encoders, look }: Session): Promise<ReelResult> => {
		try {
			source ??= await openFrameSource(settings, (text) => post({ type: 'notice', text }));
			const openEncoder: DrawingTools['openEncoder'] = (message, file) => {
				const encoder = encoders.open(message, file);
				look();
				return encoder;
			};
			return await drawReel(segments, { source, store, openEncoder, post, now: () => performance.now() }, signal);
		} catch (error) {
			return { segment: null, failure: toFailure(error, signal) };
		}
	};

	const memory = (): number => memoryOf(source?.processIds() ?? []);
	const isSpent = (): boolean => framesDrawn >= limits.frames || memory() > limits.bytes;

	const run = async ({ segments, port }: ReelJob): Promise<ReelResult> => {
		if (source !== null && isSpent()) await close().catch(() => {});
		drawing = true;
		const signal = listenForAbort(port);
		const post = (message: WorkerMessage): void => port.postMessage(message);
		const encoders = trackEncoders(settings, signal);
		const watch = watchProcesses(post, () => [...browsers(), ...encoders.processIds()]);
		const guard = guardMemory({ memory, limit: 2 * limits.bytes, end: () => void close().catch(() => {}) });
		const ended = await draw(segments, { signal, post, encoders, look: watch.look });
		const result = ended === null ? null : (guard.verdict(ended) ?? ended);
		framesDrawn += segments.reduce((sum, { message }) => sum + message.frames, 0);
		if (result !== null) await close().catch(() => {});
		guard.end();
		watch.end();
		port.close();
		drawing = false;
		return result;
	};

	return { run, close, rest: async () => (drawing ? undefined : close().catch(() => {})) };
};

type Guard = {
	/** Another reason for a broken reel, when its browser was ended here. */
	verdict(result: NonNullable<ReelResult>): ReelResult;
	end(): void;
};

const GUARD_EVERY_MS = 2_000;

/** Ends a browser that grows without end before the system looks for a process to end. */
const guardMemory = ({ memory, limit, end }: { memory(): number; readonly limit: number; end(): void }): Guard => {
	let peak = 0;
	const timer = setInterval(() => {
		const bytes = memory();
		if (bytes <= limit) return;
		peak = Math.max(peak, bytes);
		end();
	}, GUARD_EVERY_MS);
	return {
		verdict: ({ segment, failure }) =>
			peak === 0 || failure.class === 'ABORTED'
				? null
				: { segment, failure: { class: 'OOM', message: `a browser had grown to ${Math.round(peak / 1e6)} MB and was ended` } },
		end: () => clearInterval(timer),
	};
};

const listenForAbort = (port: ReelJob['port']): AbortSignal => {
	const abort = new AbortController();
	port.on('message', (command: ReelCommand) => {
		if (command.type === 'abort') abort.abort(new DOMException('interrupted', 'AbortError'));
	});
	return abort.signal;
};

/** What belongs to one reel. */
type Session = {
	readonly signal: AbortSignal;
	readonly encoders: EncoderTracker;
	readonly post: (message: WorkerMessage) => void;
	/** Looks at the processes now. */
	readonly look: () => void;
};

type EncoderTracker = {
	open(message: SegmentMessage, file: string): SegmentEncoder;
	/** Of the encoders that still run. */
	processIds(): readonly number[];
};

const trackEncoders = (settings: WorkerSettings, signal: AbortSignal): EncoderTracker => {
	const running = new Set<SegmentEncoder>();
	return {
		open(message, file) {
			const encoder = openSegmentEncoder({ message, file, signal, ffmpeg: settings.ffmpeg });
			running.add(encoder);
			const forget = (): boolean => running.delete(encoder);
			return { ...encoder, finish: () => encoder.finish().finally(forget), cancel: () => encoder.cancel().finally(forget) };
		},
		processIds: () => [...running].flatMap((encoder) => encoder.processId ?? []),
	};
};

const LOOK_EVERY_MS = 50;

/** Tells of the thread's processes whenever they change, so that they can be ended when the thread no longer can. */
const watchProcesses = (post: (message: WorkerMessage) => void, list: () => readonly number[]): { look(): void; end(): void } => {
	let last = '';
	const look = (): void => {
		const ids = list();
		const text = ids.join(' ');
		if (text === last) return;
		last = text;
		post({ type: 'processes', thread: threadId, ids });
	};
	const timer = setInterval(look, LOOK_EVERY_MS);
	return {
		look,
		end() {
			clearInterval(timer);
			look();
		},
	};
};
