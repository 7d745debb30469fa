import { setTimeout as sleep } from 'node:timers/promises';
import type { AudioKey } from '../model/audio.ts';
import type { LeaseHolderFacts } from '../model/events.ts';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import { packReels, type ReelSegment } from './pack-reels.ts';
import type { LeaseHolder } from './part-leases.ts';
import { mixReady, type Run, segmentReady, submitMixes, submitReels } from './run-state.ts';
import type { PartKey } from './tasks.ts';

const LOOK_EVERY_MS = 250;
/** Longer than any time limit within a run: one that works finishes something in it, or gives it up. */
const PATIENCE_MS = 600_000;
/** Looking is a read or two for each segment: many of them are looked at less often. */
const MS_A_SEGMENT = 1;

export const isAwaiting = ({ awaited }: Run): boolean => awaited.segments.size + awaited.mixes.size > 0;

/** Leaves segments to the runs that draw them, and tells of each such run once. */
export const leaveToOthers = (run: Run, segments: readonly ReelSegment[], holders: ReadonlyMap<PartKey, LeaseHolder>): void => {
	for (const { key } of segments) if (holders.has(key)) run.awaited.segments.add(key);
	const held = segments.map(({ key }) => key);
	for (const { holder, keys } of byHolder(held, holders).values()) {
		if (isNew(run, `segments ${holder.token}`)) run.emit({ type: 'segments-awaited', segments: keys.length, holder: factsOf(holder) });
	}
};

/** Leaves a mix to the run that makes it, and tells of each such run once. */
export const leaveMixToOther = (run: Run, mix: AudioKey, holder: LeaseHolder): void => {
	run.awaited.mixes.add(mix);
	if (isNew(run, `mixes ${holder.token}`)) run.emit({ type: 'mix-awaited', mix, holder: factsOf(holder) });
};

const factsOf = ({ pid, host, since }: LeaseHolder): LeaseHolderFacts => ({ pid, host, since });

const isNew = ({ awaited: { told } }: Run, id: string): boolean => {
	if (told.has(id)) return false;
	told.add(id);
	return true;
};

/**
 * Looks once, after a while, at what other runs make: takes what they have finished, and queues what they have given up, or hold for too long. Holds no lease
 * meanwhile, so that runs cannot wait for each other in a circle.
 */
export const lookAtAwaited = async (run: Run): Promise<void> => {
	const { segments, mixes } = run.awaited;
	await sleep(LOOK_EVERY_MS + MS_A_SEGMENT * segments.size, undefined, { signal: run.signal }).catch(() => {});
	if (run.signal.aborted) return;
	const held = await run.leases.heldByOthers([...segments, ...mixes]);
	// After the look at the leases: who gives a lease back has published before.
	await takeFinished(run);
	const overdue = overdueOf(run, held);
	for (const [key, holder] of overdue) giveUpWaiting(run, key, holder);
	const isFree = (key: PartKey): boolean => !held.has(key) || overdue.has(key);
	queueSegments(run, new Set([...segments].filter(isFree)));
	queueMixes(run, [...mixes].filter(isFree));
};

const takeFinished = async (run: Run): Promise<void> => {
	const { awaited, options } = run;
	for (const [key, record] of await options.store.lookupAll(awaited.segments)) {
		awaited.segments.delete(key);
		segmentReady(run, record);
	}
	for (const [key, record] of (await options.sound?.store.lookupAll(awaited.mixes)) ?? []) {
		awaited.mixes.delete(key);
		mixReady(run, record, true);
	}
};

const queueSegments = (run: Run, missing: ReadonlySet<SegmentKey>): void => {
	const { outputs } = run.plan.plan;
	const { messages } = run.plan;
	for (const key of missing) run.awaited.segments.delete(key);
	if (missing.size > 0) submitReels(run, packReels({ outputs, messages, missing, workers: run.drawers }), 'first');
};

const queueMixes = (run: Run, missing: readonly AudioKey[]): void => {
	for (const key of missing) run.awaited.mixes.delete(key);
	submitMixes(run, missing, 'first');
};

/**
 * What this run makes itself, since who holds it lives and finishes nothing. That both make it does no harm: who publishes second finds it there. Such a run
 * is known by what it holds of the awaited, which stay the same.
 */
const overdueOf = (run: Run, held: ReadonlyMap<PartKey, LeaseHolder>): ReadonlyMap<PartKey, LeaseHolder> => {
	const { awaited, options } = run;
	const patienceMs = options.leases?.patienceMs ?? PATIENCE_MS;
	const now = performance.now();
	const overdue = new Map<PartKey, LeaseHolder>();
	for (const [token, { holder, keys }] of byHolder([...awaited.segments, ...awaited.mixes], held)) {
		const seen = awaited.progress.get(token);
		const isStill = seen !== undefined && seen.keys.size === keys.length && keys.every((key) => seen.keys.has(key));
		if (!isStill) awaited.progress.set(token, { keys: new Set(keys), sinceMs: now });
		else if (now - seen.sinceMs > patienceMs) for (const key of keys) overdue.set(key, holder);
	}
	return overdue;
};

const byHolder = (
	keys: Iterable<PartKey>,
	held: ReadonlyMap<PartKey, LeaseHolder>,
): ReadonlyMap<string, { readonly holder: LeaseHolder; readonly keys: readonly PartKey[] }> => {
	const holders = new Map<string, { holder: LeaseHolder; keys: PartKey[] }>();
	for (const key of keys) {
		const holder = held.get(key);
		if (holder === undefined) continue;
		const known = holders.get(holder.token) ?? { holder, keys: [] };
		known.keys.push(key);
		holders.set(holder.token, known);
	}
	return holders;
};

const giveUpWaiting = (run: Run, key: PartKey, { pid, host }: LeaseHolder): void => {
	run.awaited.overdue.add(key);
	const failure = (part: string): Failure => ({
		class: 'LOCK',
		message: `process ${pid} on ${host} holds this ${part} and finishes nothing: it is made here as well`,
	});
	if (isMix(run, key)) run.emit({ type: 'mix-failed', mix: key, failure: failure('mix'), willRetry: true });
	else run.emit({ type: 'segment-failed', segment: key, failure: failure('segment'), willRetry: true });
};

const isMix = ({ awaited }: Run, key: PartKey): key is AudioKey => (awaited.mixes as ReadonlySet<string>).has(key);
