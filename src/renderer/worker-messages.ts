import type { MessagePort } from 'node:worker_threads';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import type { InstalledBrowser } from './resolve-browser.ts';
import type { InstalledFfmpeg } from './resolve-ffmpeg.ts';
import type { TimeLimits } from './stage-source.ts';

/** What a worker knows besides its reel: where things are on this machine. Nothing here changes a pixel. */
export type WorkerSettings = {
	readonly frameSource: 'stage' | 'remotion';
	readonly browser: InstalledBrowser;
	readonly ffmpeg: InstalledFfmpeg;
	readonly bundleDirectory: string;
	readonly storeDirectory: string;
	/** For browser profiles. On a local file system. */
	readonly temporaryDirectory: string;
	/** Whether the browser may use its own sandbox: not as root. */
	readonly sandbox: boolean;
	readonly timeLimits: TimeLimits;
	/** What a browser may use up before the next reel gets a fresh one; `DEFAULT_BROWSER_LIMITS` when left out. */
	readonly browserLimits?: BrowserLimits;
	/** Whether browsers and encoders leave the processor to whatever else wants it. */
	readonly nice?: boolean;
	/** Module that exports `openFrameSource(settings)` instead of the built-in ones: how tests draw without a browser. */
	readonly frameSourceModule?: string;
};

/** `bytes` is the memory of its processes, without what they share; a reel ends when they have twice as much. */
export type BrowserLimits = { readonly frames: number; readonly bytes: number };

export const DEFAULT_BROWSER_LIMITS: BrowserLimits = { frames: 20_000, bytes: 1.5 * 2 ** 30 };

/** `workerData` of a thread. */
export type WorkerData = {
	readonly settings: WorkerSettings;
	/** Name of the broadcast channel on which the threads of one pool are told to close their browsers, and answer. */
	readonly channel: string;
};

export type ReelJob = {
	readonly segments: readonly { readonly key: SegmentKey; readonly message: SegmentMessage }[];
	/** To the pool, for this reel only. */
	readonly port: MessagePort;
};

export type WorkerMessage =
	/** Every process that the thread has running, each time that changes. */
	| { readonly type: 'processes'; readonly thread: number; readonly ids: readonly number[] }
	/** `file` is the one in the making: whoever outlives the thread removes it. */
	| { readonly type: 'segment-started'; readonly segment: SegmentKey; readonly file: string }
	/** Frames since the message before. `held` of them were not captured, since nothing had changed. */
	| { readonly type: 'frames'; readonly segment: SegmentKey; readonly frames: number; readonly held: number }
	| { readonly type: 'segment-finished'; readonly record: SegmentRecord }
	| { readonly type: 'notice'; readonly text: string };

/** To the worker, on the port of a reel. */
export type ReelCommand = { readonly type: 'abort' };

/** On the broadcast channel. */
export type PoolMessage =
	| { readonly type: 'close' }
	/** Ends the browsers that draw nothing at the moment. */
	| { readonly type: 'rest' }
	| { readonly type: 'closed'; readonly thread: number };

/** `segment` broke the reel, when that is known. Finished segments were reported one by one. */
export type BrokenBy = { readonly segment: SegmentKey | null; readonly failure: Failure };

/** Null when every segment is in the store. */
export type ReelResult = BrokenBy | null;
