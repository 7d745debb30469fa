import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { WorkerSettings } from '../renderer/worker-messages.ts';
import { distDirectory } from './package-root.ts';
import { claimPresence, type KeptPlace } from './wire-store.ts';
import type { VerifyEvent, VerifyRequest } from './wiring.ts';

export type VerifyTools = {
	readonly kept: Pick<KeptPlace, 'store' | 'stateDirectory'>;
	/** Browser, encoder and bundle of some messages. */
	readonly ready: (messages: readonly SegmentMessage[]) => Promise<Omit<WorkerSettings, 'storeDirectory'>>;
};

/** Into an empty store of its own: what is drawn must not find what it is compared with. */
export async function* verifyStored(
	{ kept, ready }: VerifyTools,
	request: VerifyRequest,
	signal: AbortSignal,
): AsyncGenerator<VerifyEvent> {
	if (request.keys.length === 0) return;
	const [
		{ verifySegments },
		{ firstDifference },
		{ openPool },
		{ openFileStore },
		{ openOutputDoubts },
		{ nodeFileSystem },
		{ makeOwnDirectory },
	] = await Promise.all([
		import('../renderer/verify-segments.ts'),
		import('../renderer/first-difference.ts'),
		import('../renderer/pool.ts'),
		import('../renderer/file-store.ts'),
		import('../renderer/output-records.ts'),
		import('../renderer/file-system.ts'),
		import('../renderer/own-directory.ts'),
	]);
	const messages = new Map(request.keys.map((key) => [key, request.plan.messages[key]!]));
	const directory = await makeOwnDirectory(tmpdir(), 'reelform-verify-');
	const claim = await claimPresence(kept, request.keys);
	try {
		const settings = await ready([...messages.values()]);
		const workerFile = join(distDirectory(), 'renderer', 'worker.cjs');
		const pool = openPool({ workers: request.concurrency, workerFile, settings: { ...settings, storeDirectory: directory } });
		try {
			const options = {
				...{ store: kept.store, fresh: openFileStore(directory), pool },
				doubts: openOutputDoubts({ fs: nodeFileSystem, folder: join(kept.stateDirectory, 'outputs') }),
				difference: ([stored, fresh]: readonly [string, string], { canvas, frames }: SegmentMessage) =>
					firstDifference(settings.ffmpeg, { stored, fresh, ...canvas, frames }, signal),
			};
			yield* verifySegments(messages, options, signal);
		} finally {
			await pool.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
		await claim.release();
	}
}
