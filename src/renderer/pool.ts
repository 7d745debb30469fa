import { randomUUID } from 'node:crypto';
import { BroadcastChannel, MessageChannel, type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { FailureClass } from '../model/failure.ts';
import { errorCode } from './file-system.ts';
import { createProcessLedger, type ProcessLedger } from './process-ledger.ts';
import { startThreads } from './start-threads.ts';
import { settlesWithin } from './time-limit.ts';
import type { PoolMessage, ReelCommand, ReelJob, ReelResult, WorkerData, WorkerMessage, WorkerSettings } from './worker-messages.ts';

/** Threads that draw reels. */
export type ReelPool = {
	readonly workers: number;
	/**
	 * Draws a reel in the next free thread. Never rejects: a thread that dies, or that says nothing for too long, is a result of class `WORKER`
	 * or `FRAME_TIMEOUT`. Messages come in order, and none after the result.
	 */
	run(segments: ReelJob['segments'], onMessage: (message: WorkerMessage) => void, signal: AbortSignal): Promise<ReelResult>;
	/** Ends the browsers that draw nothing at the moment: what they hold is memory for the others. */
	rest(): void;
	/** Ends every browser, every encoder and every thread. Safe to call twice. */
	close(): Promise<void>;
};

export type PoolOptions = {
	readonly workers: number;
	readonly settings: WorkerSettings;
	/** The built `worker.cjs`, an absolute path. */
	readonly workerFile: string;
	/** How long a reel may be silent before its thread is given up. */
	readonly silenceMs?: number;
	/** What a thread may hold in JavaScript values, in MB. */
	readonly heapMb?: number;
};

/** How long an aborted reel may take to end by itself. */
const GRACE_MS = 3_000;
const CLOSE_MS = 3_000;
/** Longer than every time limit inside a worker, which says more about what went wrong. */
const SILENCE_MS = 180_000;
/** Per thread, for JavaScript values. Pictures are outside of it, and a reel holds only one or two at a time. */
const HEAP_MB = 512;

/** Opens the pool. Threads start with the first reel and stay, each with its browser, until `close`. */
export const openPool = ({ workers, settings, workerFile, silenceMs = SILENCE_MS, heapMb = HEAP_MB }: PoolOptions): ReelPool => {
	const name = `reelform-${randomUUID()}`;
	const channel = new BroadcastChannel(name);
	channel.unref();
	const ledger = createProcessLedger();
	const workerData: WorkerData = { settings, channel: name };
	const limits = { minThreads: workers, maxThreads: workers, resourceLimits: { maxOldGenerationSizeMb: heapMb } };
	const threads = startThreads({ filename: workerFile, workerData, ...limits });
	let closing: Promise<void> | null = null;
	return {
		workers,
		run: (segments, onMessage, signal) => runReel({ threads, ledger, silenceMs, heapMb }, { segments, onMessage, signal }),
		rest: () => channel.postMessage({ type: 'rest' } satisfies PoolMessage),
		close() {
			closing ??= (async () => {
				await closeThreads(channel, ledger);
				await threads.destroy();
				ledger.endAll();
				ledger.close();
				channel.close();
			})();
			return closing;
		},
	};
};

/** Asks every thread that has processes to end them itself, since only it can also tidy up after them. */
const closeThreads = async (channel: BroadcastChannel, ledger: ProcessLedger): Promise<void> => {
	const open = new Set(ledger.threads());
	if (open.size === 0) return;
	const all = new Promise<void>((resolve) => {
		channel.onmessage = (event) => {
			const message: PoolMessage = event.data;
			if (message.type !== 'closed') return;
			open.delete(message.thread);
			ledger.set(message.thread, []);
			if (open.size === 0) resolve();
		};
	});
	channel.postMessage({ type: 'close' } satisfies PoolMessage);
	await settlesWithin(all, CLOSE_MS);
};

type Engine = { readonly threads: Piscina; readonly ledger: ProcessLedger; readonly silenceMs: number; readonly heapMb: number };

type Run = {
	readonly segments: ReelJob['segments'];
	readonly onMessage: (message: WorkerMessage) => void;
	readonly signal: AbortSignal;
};

const runReel = async ({ threads, ledger, silenceMs, heapMb }: Engine, { segments, onMessage, signal }: Run): Promise<ReelResult> => {
	if (signal.aborted) return broken('ABORTED', 'interrupted');
	const { port1: port, port2 } = new MessageChannel();
	const stop = createStop(port, signal, silenceMs);
	let thread: number | null = null;
	const receive = (message: WorkerMessage): void => {
		stop.heard();
		if (message.type === 'processes') {
			thread = message.thread;
			ledger.set(message.thread, message.ids);
		}
		onMessage(message);
	};
	port.on('message', receive);
	try {
		const job: ReelJob = { segments, port: port2 };
		const result: ReelResult = await threads.run(job, { transferList: [port2], signal: stop.hard });
		drain(port, receive);
		return result;
	} catch (error) {
		drain(port, receive);
		if (thread !== null) ledger.end(thread);
		if (signal.aborted) return broken('ABORTED', 'interrupted');
		if (stop.hard.aborted) return broken('FRAME_TIMEOUT', `a worker said nothing for ${silenceMs / 1000} s and was ended`);
		if (errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY') return broken('OOM', `a worker used up its ${heapMb} MB`);
		// Nothing outside ends a single thread: whatever did was in it.
		return broken('WORKER', 'a worker died', error instanceof Error ? error.message : String(error));
	} finally {
		stop.release();
		port.close();
	}
};

/** The two ways to end a reel: asked to when interrupted, and with its thread when it does not obey or is silent for too long. */
type Stop = { readonly hard: AbortSignal; heard(): void; release(): void };

const createStop = (port: MessagePort, signal: AbortSignal, silenceMs: number): Stop => {
	const hard = new AbortController();
	const timers = [setTimeout(() => hard.abort(), silenceMs)];
	const ask = (): void => {
		port.postMessage({ type: 'abort' } satisfies ReelCommand);
		timers.push(setTimeout(() => hard.abort(), GRACE_MS));
	};
	signal.addEventListener('abort', ask, { once: true });
	return {
		hard: hard.signal,
		heard: () => void timers[0]?.refresh(),
		release() {
			timers.forEach(clearTimeout);
			signal.removeEventListener('abort', ask);
		},
	};
};

/** The result comes on another channel than the messages: what was posted before it may still wait here. */
const drain = (port: MessagePort, receive: (message: WorkerMessage) => void): void => {
	port.removeAllListeners('message');
	for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) receive(next.message);
};

const broken = (failureClass: FailureClass, message: string, detail?: string): ReelResult => ({
	segment: null,
	failure: { class: failureClass, message, ...(detail === undefined ? {} : { detail }) },
});
