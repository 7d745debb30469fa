import { setTimeout as sleep } from 'node:timers/promises';
import type { SegmentKey } from '../model/keys.ts';
import { packReels, type ReelSegment } from './pack-reels.ts';
import { type Run, segmentReady, submitReels } from './run-state.ts';
import type { LeaseHolder } from './segment-leases.ts';

const LOOK_EVERY_MS = 250;
/** Looking is a read or two for each segment: many of them are looked at less often. */
const MS_A_SEGMENT = 1;

/** Leaves segments to the runs that draw them, and tells of each such run once. */
export const leaveToOthers = (run: Run, segments: readonly ReelSegment[], holders: ReadonlyMap<SegmentKey, LeaseHolder>): void => {
	const counts = new Map<LeaseHolder['token'], { readonly holder: LeaseHolder; segments: number }>();
	for (const { key } of segments) {
		const holder = holders.get(key);
		if (holder === undefined) continue;
		run.awaited.keys.add(key);
		const count = counts.get(holder.token) ?? { holder, segments: 0 };
		count.segments++;
		counts.set(holder.token, count);
	}
	for (const [token, { holder, segments: count }] of counts) {
		if (run.awaited.told.has(token)) continue;
		run.awaited.told.add(token);
		const { pid, host, since } = holder;
		run.emit({ type: 'segments-awaited', segments: count, holder: { pid, host, since } });
	}
};

/**
 * Looks once, after a while, at what other runs draw: takes what they have finished, and queues what they have given up. Holds no lease meanwhile, so that
 * runs cannot wait for each other in a circle.
 */
export const lookAtAwaited = async (run: Run): Promise<void> => {
	const { awaited, options, plan } = run;
	await sleep(LOOK_EVERY_MS + MS_A_SEGMENT * awaited.keys.size, undefined, { signal: run.signal }).catch(() => {});
	if (run.signal.aborted) return;
	const held = await run.leases.heldByOthers(awaited.keys);
	// After the look at the leases: who gives a lease back has published before.
	const present = await options.store.lookupAll(awaited.keys);
	for (const [key, record] of present) {
		awaited.keys.delete(key);
		segmentReady(run, record);
	}
	const free = new Set([...awaited.keys].filter((key) => !held.has(key)));
	for (const key of free) awaited.keys.delete(key);
	if (free.size === 0) return;
	submitReels(run, packReels({ outputs: plan.plan.outputs, messages: plan.messages, missing: free, workers: run.drawers }), 'first');
};
