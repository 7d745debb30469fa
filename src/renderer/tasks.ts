import type { SegmentKey } from '../model/keys.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import type { PackedReel } from './pack-reels.ts';

export type Task =
	| { readonly type: 'bundle' }
	| { readonly type: 'reel'; readonly reel: PackedReel }
	| { readonly type: 'output'; readonly output: PlannedOutput };

/** How many more of each may run. */
export type Room = { readonly reels: number; readonly outputs: number };

/**
 * Which work may start, as the work before it is done: bundle -> reels -> outputs. An output waits for its segments only, a reel for the
 * bundle only, and the bundle for a reel that needs it. Knows no file and no clock.
 */
export type TaskGraph = {
	/** Takes what may start now: outputs first, since they finish what is paid for. */
	take(room: Room): readonly Task[];
	bundleDone(): void;
	/** Reels to run, before or after those that wait. */
	addReels(reels: readonly PackedReel[], place: 'first' | 'last'): void;
	/** A segment is in the store. */
	segmentDone(key: SegmentKey): void;
	/** Returns the outputs that will not be made because of it. */
	segmentFailed(key: SegmentKey): readonly PlannedOutput[];
	/** Segments that were there are not, or not whole: outputs that play them wait again. `output` found out, and waits as well. */
	segmentsLost(keys: ReadonlySet<SegmentKey>, output: PlannedOutput): void;
	/** Takes the reels that wait, so that none of them starts. */
	dropReels(): readonly PackedReel[];
};

type Waiting = { readonly output: PlannedOutput; readonly missing: Set<SegmentKey> };

export const createTaskGraph = (outputs: readonly PlannedOutput[], present: ReadonlySet<SegmentKey>): TaskGraph => {
	const users = new Map<SegmentKey, Set<Waiting>>();
	const ready: PlannedOutput[] = [];
	let reels: PackedReel[] = [];
	let bundle: 'idle' | 'running' | 'done' = 'idle';

	const wait = (output: PlannedOutput, missing: Iterable<SegmentKey>): void => {
		const waiting: Waiting = { output, missing: new Set(missing) };
		if (waiting.missing.size === 0) ready.push(output);
		addMissing(waiting, waiting.missing);
	};
	const addMissing = (waiting: Waiting, keys: Iterable<SegmentKey>): void => {
		for (const key of keys) {
			waiting.missing.add(key);
			const known = users.get(key);
			if (known === undefined) users.set(key, new Set([waiting]));
			else known.add(waiting);
		}
	};
	const takeUsers = (key: SegmentKey): readonly Waiting[] => {
		const found = [...(users.get(key) ?? [])];
		users.delete(key);
		return found;
	};
	for (const output of outputs)
		wait(
			output,
			output.segments.filter((key) => !present.has(key)),
		);

	return {
		take(room) {
			const tasks: Task[] = ready.splice(0, room.outputs).map((output) => ({ type: 'output', output }));
			if (reels.length > 0 && bundle === 'idle') {
				bundle = 'running';
				tasks.push({ type: 'bundle' });
			}
			if (bundle === 'done') tasks.push(...reels.splice(0, room.reels).map((reel): Task => ({ type: 'reel', reel })));
			return tasks;
		},
		bundleDone() {
			bundle = 'done';
		},
		addReels(more, place) {
			reels = place === 'first' ? [...more, ...reels] : [...reels, ...more];
		},
		segmentDone(key) {
			for (const waiting of takeUsers(key)) {
				waiting.missing.delete(key);
				if (waiting.missing.size === 0) ready.push(waiting.output);
			}
		},
		segmentFailed(key) {
			const lost = takeUsers(key);
			for (const waiting of lost) for (const other of waiting.missing) users.get(other)?.delete(waiting);
			return lost.map((waiting) => waiting.output);
		},
		segmentsLost(keys, output) {
			const affected = ready.filter((other) => other.segments.some((key) => keys.has(key)));
			for (const other of affected) ready.splice(ready.indexOf(other), 1);
			for (const waiting of new Set([...users.values()].flatMap((set) => [...set]))) addMissing(waiting, lostOf(waiting.output, keys));
			for (const other of [...affected, output]) wait(other, lostOf(other, keys));
		},
		dropReels() {
			const dropped = reels;
			reels = [];
			return dropped;
		},
	};
};

const lostOf = (output: PlannedOutput, keys: ReadonlySet<SegmentKey>): readonly SegmentKey[] =>
	output.segments.filter((key) => keys.has(key));
