import { threadId } from 'node:worker_threads';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { FrameSource } from '../ports/frame-source.ts';
import type { SegmentStore } from '../ports/segment-store.ts';
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
	const keeper = keepSource(settings);
	const store = openFileStore(settings.storeDirectory);
	const { bytes } = settings.browserLimits ?? DEFAULT_BROWSER_LIMITS;
	let drawing = false;

	const run = async ({ segments, port }: ReelJob): Promise<ReelResult> => {
		if (keeper.isSpent()) await keeper.close().catch(() => {});
		drawing = true;
		const signal = listenForAbort(port);
		const post = (message: WorkerMessage): void => port.postMessage(message);
		const encoders = trackEncoders(settings, signal);
		const watch = watchProcesses(post, () => [...keeper.processIds(), ...encoders.processIds()]);
		const guard = guardMemory({ memory: keeper.memory, limit: 2 * bytes, end: () => void keeper.close().catch(() => {}) });
		const ended = await drawSegments(segments, { signal, post, encoders, look: watch.look, keeper, store });
		const result = ended === null ? null : (guard.verdict(ended) ?? ended);
		keeper.count(segments.reduce((sum, { message }) => sum + message.frames, 0));
		if (result !== null) await keeper.close().catch(() => {});
		guard.end();
		watch.end();
		port.close();
		drawing = false;
		return result;
	};

	return { run, close: keeper.close, rest: async () => (drawing ? undefined : keeper.close().catch(() => {})) };
};

/** One frame source at a time, and those that are about to end. */
type SourceKeeper = {
	/** The source that is there, or a new one. */
	readonly ready: (notice: (text: string) => void) => Promise<FrameSource>;
	/** Adds to the frames that its browser has drawn. */
	readonly count: (frames: number) => void;
	/** Whether its browser has used up what it may. */
	readonly isSpent: () => boolean;
	/** Of its processes, in bytes. */
	readonly memory: () => number;
	/** Ends the source; the next one asked for is another. */
	readonly close: () => Promise<void>;
	/** Of the browsers that run, and of those that are about to end. */
	readonly processIds: () => readonly number[];
};

const keepSource = (settings: WorkerSettings): SourceKeeper => {
	const limits = settings.browserLimits ?? DEFAULT_BROWSER_LIMITS;
	const ending = new Set<FrameSource>();
	let source: FrameSource | null = null;
	let framesDrawn = 0;
	const memory = (): number => memoryOf(source?.processIds() ?? []);
	return {
		async ready(notice) {
			source ??= await openFrameSource(settings, notice);
			return source;
		},
		count: (frames) => {
			framesDrawn += frames;
		},
		isSpent: () => source !== null && (framesDrawn >= limits.frames || memory() > limits.bytes),
		memory,
		async close() {
			const closing = source;
			source = null;
			framesDrawn = 0;
			if (closing === null) return;
			ending.add(closing);
			await closing.close().finally(() => ending.delete(closing));
		},
		processIds: () => [...(source ? [source] : []), ...ending].flatMap((each) => each.processIds()),
	};
};

const drawSegments = async (
	segments: ReelJob['segments'],
	{ signal, post, encoders, look, keeper, store }: Session,
): Promise<ReelResult> => {
	try {
		const source = await keeper.ready((text) => post({ type: 'notice', text }));
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
	readonly keeper: SourceKeeper;
	readonly store: SegmentStore;
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
