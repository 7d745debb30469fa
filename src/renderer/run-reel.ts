import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { leaveToOthers } from './await-others.ts';
import { discard } from './durable-file.ts';
import { makeReel, type PackedReel } from './pack-reels.ts';
import type { ReelPool } from './pool.ts';
import { backOffMs, isHopeless, lengthen, NO_STREAK, planRetry } from './retry.ts';
import { failSegment, giveUpDrawing, type Run, segmentReady, submitReels } from './run-state.ts';
import type { BrokenBy, WorkerMessage } from './worker-messages.ts';

/** What is known of a reel while it is drawn. */
type Progress = {
	readonly id: number;
	/** The file in the making of each. */
	readonly started: Map<SegmentKey, string>;
	readonly finished: Set<SegmentKey>;
	readonly held: Map<SegmentKey, number>;
};

/** Draws what is still missing of a reel. Its failures become events, retries and failed outputs; it does not reject for them. */
export const runReel = async (run: Run, reel: PackedReel, pool: ReelPool): Promise<void> => {
	const missing = await claim(run, reel);
	if (missing.segments.length === 0) return;
	const progress: Progress = { id: run.reelsStarted++, started: new Map(), finished: new Set(), held: new Map() };
	run.emit({
		type: 'reel-started',
		reel: progress.id,
		segments: missing.segments.length,
		frames: missing.frames,
		attempt: missing.attempt,
	});
	const job = missing.segments.map(({ key }) => ({ key, message: run.plan.messages[key] as SegmentMessage }));
	const result = await pool.run(job, (message) => receive(run, progress, message), run.signal);
	// Before anything of it is queued again, and taken again.
	await run.leases.release(missing.segments.map(({ key }) => key));
	const broken = result ?? unfinished(missing, progress);
	// A thread that died could not remove them.
	if (broken !== null) for (const [key, file] of progress.started) if (!progress.finished.has(key)) await discard(run.fs, file);
	if (broken === null || run.signal.aborted) return;
	const failure = blameMemory(run, broken.failure);
	if (failure.class === 'OOM') drawLess(run, pool, failure);
	await sleep(backOffMs(failure, missing.attempt), undefined, { signal: run.signal }).catch(() => {});
	if (!run.signal.aborted) recover(run, missing, { progress, broken: { ...broken, failure } });
};

/** What this run draws of a reel: not what is there by now, nor what another run is drawing. */
const claim = async (run: Run, reel: PackedReel): Promise<PackedReel> => {
	const held = await run.leases.take(reel.segments.map(({ key }) => key));
	const missing = await leaveOutPresent(run, reel);
	const left = new Set(missing.segments.map(({ key }) => key));
	await run.leases.release(reel.segments.flatMap(({ key }) => (left.has(key) ? [] : key)));
	const isHeld = ({ key }: { readonly key: SegmentKey }): boolean => held.has(key) && !run.awaited.overdue.has(key);
	leaveToOthers(run, missing.segments.filter(isHeld), held);
	return makeReel(
		missing.segments.filter((segment) => !isHeld(segment)),
		reel,
	);
};

/** A process that the system ended for want of memory looks like one that crashed or was killed. */
const blameMemory = (run: Run, failure: Failure): Failure => {
	switch (failure.class) {
		case 'BROWSER_LAUNCH':
		case 'BROWSER_CRASH':
		case 'ENCODE':
		case 'WORKER':
			return run.memory.wasShort() ? outOfMemory(failure) : failure;
		default:
			return failure;
	}
};

/** Never blameless: a segment that eats all memory would be tried again and again. */
const outOfMemory = ({ blameless, ...failure }: Failure): Failure => ({
	...failure,
	class: 'OOM',
	message: `the memory is used up: ${failure.message}`,
});

/** Half as many browsers at the same time; those that rest are ended. */
const drawLess = (run: Run, pool: ReelPool, failure: Failure): void => {
	const workers = Math.max(1, Math.floor(run.drawers / 2));
	pool.rest();
	if (workers === run.drawers) return;
	run.drawers = workers;
	run.emit({ type: 'workers-reduced', workers, failure });
};

/** Another process may have drawn a segment since the run began. */
const leaveOutPresent = async (run: Run, reel: PackedReel): Promise<PackedReel> => {
	const present = await run.options.store.lookupAll(reel.segments.map((segment) => segment.key));
	for (const record of present.values()) segmentReady(run, record);
	return makeReel(
		reel.segments.filter((segment) => !present.has(segment.key)),
		reel,
	);
};

const receive = (run: Run, { id, started, finished, held }: Progress, message: WorkerMessage): void => {
	switch (message.type) {
		case 'segment-started':
			started.set(message.segment, message.file);
			return;
		case 'frames':
			held.set(message.segment, (held.get(message.segment) ?? 0) + message.held);
			run.emit({ type: 'frames-rendered', reel: id, segment: message.segment, frames: message.frames, held: message.held });
			return;
		case 'segment-finished': {
			const { record } = message;
			finished.add(record.key);
			run.streak = NO_STREAK;
			run.rendered.set(record.key, { held: held.get(record.key) ?? 0 });
			segmentReady(run, record);
			run.emit({ type: 'segment-rendered', segment: record.key, frames: record.frames, costMs: record.costMs });
			return;
		}
		case 'processes':
		case 'notice':
			return;
	}
};

/** A worker that says that all is well has finished every segment. */
const unfinished = (reel: PackedReel, { finished }: Progress): BrokenBy | null =>
	reel.segments.every((segment) => finished.has(segment.key))
		? null
		: { segment: null, failure: { class: 'WORKER', message: 'a worker ended its reel without every segment' } };

type Breakage = { readonly progress: Progress; readonly broken: BrokenBy };

const recover = (run: Run, reel: PackedReel, { progress, broken }: Breakage): void => {
	const { failure } = broken;
	const { finished } = progress;
	const begun = [...progress.started.keys()].filter((key) => !finished.has(key));
	const suspects = new Set(broken.segment === null ? begun : [broken.segment]);
	const { failed, reels } = planRetry({ reel, finished, suspects, failure });
	for (const key of failed) failSegment(run, key, failure);
	reportRetries(run, reels, { lost: new Set([...begun, ...suspects]), failure });
	submitReels(run, reels, 'first');
	run.streak = lengthen(run.streak, failure);
	if (isHopeless(run.streak)) giveUpDrawing(run, failure);
};

/** What was drawn of a segment that is tried again is lost, whether it broke the reel or only was in it. */
const reportRetries = (
	run: Run,
	reels: readonly PackedReel[],
	{ lost, failure }: { readonly lost: ReadonlySet<SegmentKey>; readonly failure: Failure },
): void => {
	for (const reel of reels) {
		for (const { key } of reel.segments) {
			if (lost.has(key)) run.emit({ type: 'segment-failed', segment: key, failure, willRetry: true });
		}
	}
};
