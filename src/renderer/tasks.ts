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

export const createTaskGraph = (outputs: readonly PlannedOutput[], present: ReadonlySet<SegmentKey>): TaskGraph => {
	const queue: OutputQueue = { users: new Map(), ready: [] };
	let reels: PackedReel[] = [];
	let bundle: 'idle' | 'running' | 'done' = 'idle';
	for (const output of outputs) {
		enqueue(
			queue,
			output,
			output.segments.filter((key) => !present.has(key)),
		);
	}
	return {
		take(room) {
			const tasks: Task[] = queue.ready.splice(0, room.outputs).map((output) => ({ type: 'output', output }));
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
		segmentDone: (key) => arrive(queue, key),
		segmentFailed: (key) => abandon(queue, key),
		segmentsLost: (keys, output) => miss(queue, keys, output),
		dropReels() {
			const dropped = reels;
			reels = [];
			return dropped;
		},
	};
};

/** An output and the segments that it still waits for. */
type Waiting = { readonly output: PlannedOutput; readonly missing: Set<SegmentKey> };

type OutputQueue = {
	/** Who waits for each segment. */
	readonly users: Map<SegmentKey, Set<Waiting>>;
	/** Outputs that wait for nothing. */
	readonly ready: PlannedOutput[];
};

const enqueue = (queue: OutputQueue, output: PlannedOutput, missing: readonly SegmentKey[]): void => {
	if (missing.length === 0) queue.ready.push(output);
	else addMissing(queue, { output, missing: new Set() }, missing);
};

const addMissing = ({ users }: OutputQueue, waiting: Waiting, keys: readonly SegmentKey[]): void => {
	for (const key of keys) {
		waiting.missing.add(key);
		const known = users.get(key);
		if (known === undefined) users.set(key, new Set([waiting]));
		else known.add(waiting);
	}
};

const takeUsers = ({ users }: OutputQueue, key: SegmentKey): readonly Waiting[] => {
	const found = [...(users.get(key) ?? [])];
	users.delete(key);
	return found;
};

const arrive = (queue: OutputQueue, key: SegmentKey): void => {
	for (const { output, missing } of takeUsers(queue, key)) {
		missing.delete(key);
		if (missing.size === 0) queue.ready.push(output);
	}
};

const abandon = (queue: OutputQueue, key: SegmentKey): readonly PlannedOutput[] => {
	const lost = takeUsers(queue, key);
	for (const waiting of lost) for (const other of waiting.missing) queue.users.get(other)?.delete(waiting);
	return lost.map((waiting) => waiting.output);
};

const miss = (queue: OutputQueue, keys: ReadonlySet<SegmentKey>, output: PlannedOutput): void => {
	const { users, ready } = queue;
	const lostOf = (each: PlannedOutput): readonly SegmentKey[] => each.segments.filter((key) => keys.has(key));
	const affected = ready.filter((other) => lostOf(other).length > 0);
	for (const other of affected) ready.splice(ready.indexOf(other), 1);
	for (const waiting of new Set([...users.values()].flatMap((set) => [...set]))) addMissing(queue, waiting, lostOf(waiting.output));
	for (const other of [...affected, output]) enqueue(queue, other, lostOf(other));
};
