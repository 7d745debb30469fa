import type { AudioKey } from '../model/audio.ts';
import type { RenderEvent, RunSummary } from '../model/events.ts';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import type { AudioRecord, AudioStore } from './audio-store.ts';
import type { PictureCheck } from './check-pictures.ts';
import type { RoomOf } from './disk-room.ts';
import type { FileStore } from './file-store.ts';
import type { FileSystem } from './file-system.ts';
import type { MemoryWatch } from './memory-watch.ts';
import type { PrepareSounds } from './mix-job.ts';
import type { MixPool } from './mix-pool.ts';
import type { OutputRecords } from './output-records.ts';
import type { PackedReel } from './pack-reels.ts';
import type { LeaseOptions, PartLeases } from './part-leases.ts';
import type { ReelPool } from './pool.ts';
import type { Streak } from './retry.ts';
import type { PartKey, TaskGraph } from './tasks.ts';

export type ExecuteOptions = {
	/** Where the outputs go. */
	readonly outputDirectory: string;
	/** The project's `.reelform` folder: records of outputs, and files that failed their check. */
	readonly workDirectory: string;
	readonly store: FileStore;
	/** Threads that draw, each with a browser of its own. */
	readonly workers: number;
	/** Makes the folder that browsers load, with every asset of the messages in it. Asked once, and only when something has to be drawn. */
	readonly prepareBundle: (
		messages: readonly SegmentMessage[],
		signal: AbortSignal,
	) => Promise<{ readonly directory: string; readonly reused: boolean }>;
	readonly openPool: (bundleDirectory: string) => ReelPool;
	/** Where browsers have their profiles: those of processes that were killed are removed, also by a run that draws nothing. */
	readonly profiles?: string;
	/** Looks at the pictures of every segment that an output plays, before the output gets its name. Left out: only packets are compared. */
	readonly pictures?: PictureCheck;
	/** How sound is made; left out where no output of the plan has any. */
	readonly sound?: SoundOptions;
	readonly fileSystem?: FileSystem;
	/** Whether the first failed output ends the run. */
	readonly failFast?: boolean;
	/** How free room is found out; the system's own answer when left out. */
	readonly roomOf?: RoomOf;
	readonly memory?: MemoryWatch;
	/** How leases are kept, and how long another run may hold segments without finishing any of them, other than usual. In milliseconds. */
	readonly leases?: Pick<LeaseOptions, 'beatMs' | 'expiryMs'> & { readonly patienceMs?: number };
};

export type SoundOptions = {
	readonly store: AudioStore;
	/** Threads that mix. */
	readonly workers: number;
	readonly openPool: () => MixPool;
	/** Asked for each mix that has to be made, just before. */
	readonly prepareSounds: PrepareSounds;
};

/** What becomes of the mixes of a run. */
export type MixState = {
	/** How many different ones the outputs of the plan play. */
	readonly total: number;
	/** How many of them the outputs play that are not at their place. */
	readonly wanted: number;
	readonly found: Map<AudioKey, AudioRecord>;
	readonly scheduled: Set<AudioKey>;
	readonly mixed: Set<AudioKey>;
	readonly failed: Set<AudioKey>;
	pool: MixPool | null;
};

/** What a run knows of the others. Runs go by the tokens of their leases. */
export type Awaited = {
	readonly segments: Set<SegmentKey>;
	readonly mixes: Set<AudioKey>;
	/** Runs that were told of. */
	readonly told: Set<string>;
	/** Which of them a run holds, and since when just these, on a clock that only goes forward. */
	readonly progress: Map<string, { readonly keys: ReadonlySet<PartKey>; readonly sinceMs: number }>;
	/** Made here although another run holds them. */
	readonly overdue: Set<PartKey>;
};

/** One execution of a plan. Changed only by the tasks of its own loop, which share one thread. */
export type Run = {
	readonly plan: ExecutablePlan;
	readonly options: ExecuteOptions;
	readonly fs: FileSystem;
	readonly records: OutputRecords;
	/** Ends what is under way: when interrupted, or stopped by the run itself. */
	readonly signal: AbortSignal;
	readonly interruption: AbortSignal;
	/** Ends the run before its work is done. */
	readonly stop: AbortController;
	readonly leases: PartLeases;
	readonly memory: MemoryWatch;
	readonly emit: (event: RenderEvent) => void;
	readonly graph: TaskGraph;
	/** Frames of each segment that an output of the plan plays. */
	readonly frames: ReadonlyMap<SegmentKey, number>;
	readonly found: Map<SegmentKey, SegmentRecord>;
	/** Waiting for a reel or in one. */
	readonly scheduled: Set<SegmentKey>;
	/** Segments that other runs draw. */
	readonly awaited: Awaited;
	readonly rendered: Map<SegmentKey, { readonly held: number }>;
	readonly failed: Set<SegmentKey>;
	/** Whose damage was found at assembly, and how often. */
	readonly losses: Map<PartKey, number>;
	/** Segments that were drawn again because of their pictures, with the sha256 of the file that had them. */
	readonly redrawn: Map<SegmentKey, string>;
	/** Those of them that were drawn otherwise then, so that files of earlier runs are in doubt. */
	readonly doubted: Set<SegmentKey>;
	/** What the packets of a segment's file are, by the sha256 of the file. */
	readonly digests: Map<string, string>;
	readonly mixes: MixState;
	readonly outputs: { finished: number; unchanged: number; failed: number };
	readonly busy: { reels: number; outputs: number; mixes: number };
	/** How many reels may be drawn at the same time. */
	drawers: number;
	reelsStarted: number;
	streak: Streak;
	/** Why nothing more can be drawn in this run. */
	hopeless: Failure | null;
	pool: ReelPool | null;
};

export const failOutput = (run: Run, output: PlannedOutput, failure: Failure): void => {
	run.outputs.failed++;
	run.emit({ type: 'output-failed', output: output.id, path: output.path, failure });
	if (run.options.failFast) run.stop.abort(new DOMException('stopped at the first failed output', 'AbortError'));
};

/** Gives a segment up, and with it the outputs that play it. */
export const failSegment = (run: Run, key: SegmentKey, failure: Failure): void => {
	run.scheduled.delete(key);
	run.failed.add(key);
	run.emit({ type: 'segment-failed', segment: key, failure, willRetry: false });
	for (const output of run.graph.partFailed(key)) failOutput(run, output, failure);
};

/** Puts reels into the queue; when nothing can be drawn any more, their segments fail at once. */
export const submitReels = (run: Run, reels: readonly PackedReel[], place: 'first' | 'last'): void => {
	for (const reel of reels) for (const { key } of reel.segments) run.scheduled.add(key);
	if (run.hopeless === null) run.graph.addReels(reels, place);
	else failReels(run, reels, run.hopeless);
};

/** Nothing more is drawn in this run: what waits fails for the same reason. */
export const giveUpDrawing = (run: Run, failure: Failure): void => {
	run.hopeless = failure;
	failReels(run, run.graph.dropReels(), failure);
};

const failReels = (run: Run, reels: readonly PackedReel[], failure: Failure): void => {
	for (const reel of reels) for (const { key } of reel.segments) failSegment(run, key, failure);
};

/** Gives a mix up, and with it the outputs that play it. */
export const failMix = (run: Run, key: AudioKey, failure: Failure): void => {
	run.mixes.scheduled.delete(key);
	run.mixes.failed.add(key);
	run.emit({ type: 'mix-failed', mix: key, failure, willRetry: false });
	for (const output of run.graph.partFailed(key)) failOutput(run, output, failure);
};

/** Puts mixes into the queue. */
export const submitMixes = (run: Run, keys: readonly AudioKey[], place: 'first' | 'last'): void => {
	for (const key of keys) run.mixes.scheduled.add(key);
	run.graph.addMixes(keys, place);
};

/** A mix that is in the store. `reused`: another run made it. */
export const mixReady = (run: Run, record: AudioRecord, reused: boolean): void => {
	run.mixes.scheduled.delete(record.key);
	run.mixes.found.set(record.key, record);
	if (!reused) run.mixes.mixed.add(record.key);
	run.emit({ type: 'mix-finished', mix: record.key, reused, costMs: record.costMs });
	run.graph.partDone(record.key);
};

export const segmentReady = (run: Run, record: SegmentRecord): void => {
	run.scheduled.delete(record.key);
	run.found.set(record.key, record);
	run.graph.partDone(record.key);
};

export const summarise = (run: Run, durationMs: number): RunSummary => {
	const sum = (keys: Iterable<SegmentKey>): number => [...keys].reduce((total, key) => total + (run.frames.get(key) ?? 0), 0);
	const reused = [...run.frames.keys()].filter((key) => !run.rendered.has(key) && !run.failed.has(key) && !run.scheduled.has(key));
	return {
		outputs: { ...run.outputs },
		segments: { rendered: run.rendered.size, reused: reused.length, failed: run.failed.size },
		frames: {
			total: sum(run.frames.keys()),
			rendered: sum(run.rendered.keys()),
			held: [...run.rendered.values()].reduce((total, { held }) => total + held, 0),
			reused: sum(reused),
		},
		...(run.mixes.total === 0 ? {} : { mixes: tallyMixes(run.mixes) }),
		durationMs: Math.round(durationMs),
		interrupted: run.interruption.aborted,
		...(run.stop.signal.aborted ? { stoppedEarly: true } : {}),
	};
};

const tallyMixes = ({ total, mixed, failed, scheduled }: MixState): NonNullable<RunSummary['mixes']> => ({
	mixed: mixed.size,
	reused: total - new Set([...mixed, ...failed, ...scheduled]).size,
	failed: failed.size,
});
