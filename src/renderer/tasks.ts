import type { AudioKey } from '../model/audio.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import type { PackedReel } from './pack-reels.ts';

export type Task =
	| { readonly type: 'bundle' }
	| { readonly type: 'reel'; readonly reel: PackedReel }
	| { readonly type: 'mix'; readonly key: AudioKey }
	| { readonly type: 'output'; readonly output: PlannedOutput };

/** Names what an output is put together from: its segments, and its sound. */
export type PartKey = SegmentKey | AudioKey;

/** How many more of each may run. */
export type Room = { readonly reels: number; readonly outputs: number; readonly mixes: number };

/**
 * Which work may start, as the work before it is done: bundle -> reels -> outputs, and mix -> outputs. An output waits for its segments and its mix
 * only, a reel for the bundle only, the bundle for a reel that needs it, and a mix for nothing. Knows no file and no clock.
 */
export type TaskGraph = {
	/** Takes what may start now: outputs first, since they finish what is paid for. */
	take(room: Room): readonly Task[];
	bundleDone(): void;
	/** Reels to run, before or after those that wait. */
	addReels(reels: readonly PackedReel[], place: 'first' | 'last'): void;
	/** Mixes to make, before or after those that wait. */
	addMixes(keys: readonly AudioKey[], place: 'first' | 'last'): void;
	/** A segment or a mix is in the store. */
	partDone(key: PartKey): void;
	/** Returns the outputs that will not be made because of it. */
	partFailed(key: PartKey): readonly PlannedOutput[];
	/** Parts that were there are not, or not whole: outputs that play them wait again. `output` found out, and waits as well. */
	partsLost(keys: ReadonlySet<PartKey>, output: PlannedOutput): void;
	/** Takes the reels that wait, so that none of them starts. */
	dropReels(): readonly PackedReel[];
};

export const createTaskGraph = (outputs: readonly PlannedOutput[], present: ReadonlySet<PartKey>): TaskGraph => {
	const queue: OutputQueue = { users: new Map(), ready: [] };
	let reels: PackedReel[] = [];
	let mixes: AudioKey[] = [];
	let bundle: 'idle' | 'running' | 'done' = 'idle';
	for (const output of outputs) {
		const missing = partsOf(output).filter((key) => !present.has(key));
		enqueue(queue, output, missing);
	}
	return {
		take(room) {
			const tasks: Task[] = queue.ready.splice(0, room.outputs).map((output) => ({ type: 'output', output }));
			tasks.push(...mixes.splice(0, room.mixes).map((key): Task => ({ type: 'mix', key })));
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
			reels = joinLists(reels, more, place);
		},
		addMixes(more, place) {
			mixes = joinLists(mixes, more, place);
		},
		partDone: (key) => arrive(queue, key),
		partFailed: (key) => abandon(queue, key),
		partsLost: (keys, output) => miss(queue, keys, output),
		dropReels() {
			const dropped = reels;
			reels = [];
			return dropped;
		},
	};
};

const joinLists = <T>(list: readonly T[], more: readonly T[], place: 'first' | 'last'): T[] =>
	place === 'first' ? [...more, ...list] : [...list, ...more];

/** What an output is put together from. */
export const partsOf = ({ segments, audio }: PlannedOutput): readonly PartKey[] => (audio ? [...segments, audio] : segments);

/** An output and the parts that it still waits for. */
type Waiting = { readonly output: PlannedOutput; readonly missing: Set<PartKey> };

type OutputQueue = {
	/** Who waits for each part. */
	readonly users: Map<PartKey, Set<Waiting>>;
	/** Outputs that wait for nothing. */
	readonly ready: PlannedOutput[];
};

const enqueue = (queue: OutputQueue, output: PlannedOutput, missing: readonly PartKey[]): void => {
	if (missing.length === 0) queue.ready.push(output);
	else addMissing(queue, { output, missing: new Set() }, missing);
};

const addMissing = ({ users }: OutputQueue, waiting: Waiting, keys: readonly PartKey[]): void => {
	for (const key of keys) {
		waiting.missing.add(key);
		const known = users.get(key);
		if (known === undefined) users.set(key, new Set([waiting]));
		else known.add(waiting);
	}
};

const takeUsers = ({ users }: OutputQueue, key: PartKey): readonly Waiting[] => {
	const found = [...(users.get(key) ?? [])];
	users.delete(key);
	return found;
};

const arrive = (queue: OutputQueue, key: PartKey): void => {
	for (const { output, missing } of takeUsers(queue, key)) {
		missing.delete(key);
		if (missing.size === 0) queue.ready.push(output);
	}
};

const abandon = (queue: OutputQueue, key: PartKey): readonly PlannedOutput[] => {
	const lost = takeUsers(queue, key);
	for (const waiting of lost) for (const other of waiting.missing) queue.users.get(other)?.delete(waiting);
	return lost.map((waiting) => waiting.output);
};

const miss = (queue: OutputQueue, keys: ReadonlySet<PartKey>, output: PlannedOutput): void => {
	const { users, ready } = queue;
	const lostOf = (each: PlannedOutput): readonly PartKey[] => partsOf(each).filter((key) => keys.has(key));
	const affected = ready.filter((other) => lostOf(other).length > 0);
	for (const other of affected) ready.splice(ready.indexOf(other), 1);
	for (const waiting of new Set([...users.values()].flatMap((set) => [...set]))) addMissing(queue, waiting, lostOf(waiting.output));
	for (const other of [...affected, output]) enqueue(queue, other, lostOf(other));
};
