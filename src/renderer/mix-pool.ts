import { MessageChannel } from 'node:worker_threads';
import type { Piscina } from 'piscina';
import type { MixJob, MixResult, MixSettings } from './mix-job.ts';
import { startThreads } from './start-threads.ts';

/** Threads that mix sound. */
export type MixPool = {
	readonly workers: number;
	/** Mixes in the next free thread. Never rejects: a thread that dies or takes too long is a result of class `MIX`. */
	run(job: MixJob, signal: AbortSignal): Promise<MixResult>;
	/** Ends every thread. Safe to call twice. */
	close(): Promise<void>;
};

export type MixPoolOptions = {
	readonly workers: number;
	readonly settings: MixSettings;
	/** The built `mix-worker.cjs`, an absolute path. */
	readonly workerFile: string;
};

/** How long an aborted mix may take to end by itself: as long as it reckons it hears nothing. */
const GRACE_MS = 1_000;
/** A mix may take this, and this for each second of sound. */
const LIMIT_MS = 120_000;
const LIMIT_MS_PER_SECOND = 5_000;

/** Opens the pool. Threads start with the first mix and stay until `close`. */
export const openMixPool = ({ workers, settings, workerFile }: MixPoolOptions): MixPool => {
	const threads = startThreads({ filename: workerFile, workerData: settings, minThreads: 1, maxThreads: workers });
	let closing: Promise<void> | null = null;
	return {
		workers,
		run: (job, signal) => runMix(threads, job, signal),
		close() {
			closing ??= threads.destroy();
			return closing;
		},
	};
};

const runMix = async (threads: Piscina, job: MixJob, signal: AbortSignal): Promise<MixResult> => {
	if (signal.aborted) return broken('interrupted');
	const { port1, port2 } = new MessageChannel();
	const hard = new AbortController();
	const { frames, fps } = job.message;
	const timers = [setTimeout(() => hard.abort(), LIMIT_MS + (frames / fps) * LIMIT_MS_PER_SECOND)];
	const ask = (): void => {
		port1.postMessage('abort');
		timers.push(setTimeout(() => hard.abort(), GRACE_MS));
	};
	signal.addEventListener('abort', ask, { once: true });
	try {
		return await threads.run({ job, port: port2 }, { transferList: [port2], signal: hard.signal });
	} catch (error) {
		if (hard.signal.aborted && !signal.aborted) return broken('the mix took too long');
		return broken('the thread that mixes ended', error instanceof Error ? error.message : String(error));
	} finally {
		timers.forEach(clearTimeout);
		signal.removeEventListener('abort', ask);
		port1.close();
	}
};

const broken = (message: string, detail = ''): MixResult => ({
	ok: false,
	failure: { class: 'MIX', message, ...(detail === '' ? {} : { detail }) },
});
