import { dirname, join } from 'node:path';
import type { RenderEvent } from '../model/events.ts';
import { isSegmentKey, type SegmentKey, segmentKey } from '../model/keys.ts';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import { unreachable } from '../model/unreachable.ts';
import { isAwaiting, lookAtAwaited } from './await-others.ts';
import { sweepProfiles } from './browser-profile.ts';
import { needOf, requireRoom } from './disk-room.ts';
import { createEventChannel } from './event-channel.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { findPublished } from './find-published.ts';
import { makeOutput } from './make-output.ts';
import { openMemoryWatch } from './memory-watch.ts';
import { findMixes, runMix, submitMissingMixes } from './mix-task.ts';
import type { OutputRecords } from './output-records.ts';
import { packReels } from './pack-reels.ts';
import { openPartLeases } from './part-leases.ts';
import { NO_STREAK } from './retry.ts';
import { runReel } from './run-reel.ts';
import { type ExecuteOptions, failSegment, giveUpDrawing, type Run, submitReels, summarise } from './run-state.ts';
import { sweepTemporaryFiles } from './sweep.ts';
import { createTaskGraph, type Task } from './tasks.ts';
import { toFailure } from './to-failure.ts';

/** Outputs that are put together at the same time: while one waits for the disk, the other is joined. */
const OUTPUTS_AT_ONCE = 2;

/**
 * Carries out a plan: bundle -> reels -> outputs, each output as soon as its segments and its mix are in the store. Draws and mixes only what is not
 * there, and makes only outputs that are not at their place already, so a run that was cut off is continued by running it again. Events come in order and end
 * with `run-finished`, also when interrupted; a listener that leaves early interrupts. A failure fails only the outputs that it touches.
 * @throws RenderFailure `DISK` before anything is drawn, when there is too little room for the plan; else what is no failure of a render but a bug
 */
export async function* execute(
	plan: ExecutablePlan,
	options: ExecuteOptions,
	signal: AbortSignal,
): AsyncGenerator<RenderEvent, void, void> {
	const channel = createEventChannel<RenderEvent>();
	const left = new AbortController();
	const done = carryOut(plan, options, { signal: AbortSignal.any([signal, left.signal]), emit: channel.push }).then(
		() => channel.close(),
		(error) => channel.close(error),
	);
	try {
		yield* channel;
	} finally {
		left.abort(new DOMException('interrupted', 'AbortError'));
		await done;
	}
}

type Connection = { readonly signal: AbortSignal; readonly emit: (event: RenderEvent) => void };

const carryOut = async (plan: ExecutablePlan, options: ExecuteOptions, connection: Connection): Promise<void> => {
	const startedAt = performance.now();
	const run = await prepare(plan, options, connection);
	try {
		await work(run);
	} finally {
		await Promise.all([run.pool?.close(), run.mixes.pool?.close(), run.leases.close()]);
	}
	run.emit({ type: 'run-finished', summary: summarise(run, performance.now() - startedAt) });
};

/** Looks at what is there, says what will be done, and queues it. */
const prepare = async (plan: ExecutablePlan, options: ExecuteOptions, { signal: interruption, emit }: Connection): Promise<Run> => {
	const fs = options.fileSystem ?? nodeFileSystem;
	const records: OutputRecords = { fs, folder: join(options.workDirectory, 'outputs') };
	const { outputs } = plan.plan;
	await sweep(fs, options, [records.folder, ...foldersOf(outputs, options.outputDirectory)]);
	const frames = framesOf(plan);
	const unchanged = await findPublished(records, plan, options.outputDirectory);
	const wanted = outputs.filter((output) => !unchanged.has(output));
	const needed = new Set(wanted.flatMap((output) => output.segments));
	const found = new Map(await options.store.lookupAll(needed));
	const missing = new Set([...needed].filter((key) => !found.has(key)));
	await requireRoom(needOf(plan, wanted, found), { store: options.store.directory, outputs: options.outputDirectory }, options.roomOf);
	const stop = new AbortController();
	const mixes = await findMixes(plan, wanted, options.sound);
	const run: Run = {
		...{ plan, options, fs, records, emit, frames, found, interruption, stop },
		signal: AbortSignal.any([interruption, stop.signal]),
		leases: await openPartLeases({ fs, directory: options.store.directory, ...options.leases }),
		memory: options.memory ?? openMemoryWatch(),
		awaited: { segments: new Set(), mixes: new Set(), told: new Set(), progress: new Map(), overdue: new Set() },
		drawers: options.workers,
		...{ scheduled: new Set(), rendered: new Map(), failed: new Set(), losses: new Map() },
		...{ redrawn: new Map(), doubted: new Set(), digests: new Map() },
		...{ busy: { reels: 0, outputs: 0, mixes: 0 }, reelsStarted: 0, streak: NO_STREAK, hopeless: null, pool: null },
		mixes,
		graph: createTaskGraph(wanted, new Set([...found.keys(), ...mixes.found.keys()])),
		outputs: { finished: 0, unchanged: unchanged.size, failed: 0 },
	};
	const total = (keys: Iterable<SegmentKey>): number => [...keys].reduce((sum, key) => sum + (frames.get(key) ?? 0), 0);
	const framesToRender = total(missing);
	emit({
		type: 'run-started',
		outputs: outputs.length,
		segments: frames.size,
		framesToRender,
		framesReused: total(frames.keys()) - framesToRender,
		...(mixes.total === 0 ? {} : { mixesToMake: mixes.wanted - mixes.found.size }),
	});
	for (const [output, sha256] of unchanged) emit({ type: 'output-unchanged', output: output.id, path: output.path, sha256 });
	submitMissing(run, wanted, missing);
	submitMissingMixes(run, wanted);
	return run;
};

/** Removes what dead processes left, wherever a run may have died. */
const sweep = async (fs: FileSystem, { store, profiles }: ExecuteOptions, folders: Iterable<string>): Promise<void> => {
	await store.sweep();
	for (const folder of folders) await sweepTemporaryFiles(fs, folder);
	if (profiles !== undefined) await sweepProfiles(profiles);
};

/** The output folder itself, where the manifest is made, and those in it that outputs are in. */
const foldersOf = (outputs: readonly PlannedOutput[], directory: string): ReadonlySet<string> =>
	new Set([directory, ...outputs.map(({ path }) => dirname(join(directory, path)))]);

/** Frames of every segment that an output plays. */
const framesOf = ({ plan, messages }: ExecutablePlan): ReadonlyMap<SegmentKey, number> => {
	const planned = new Map(plan.segments.map((segment) => [segment.key, segment.frames]));
	const played = new Set(plan.outputs.flatMap((output) => output.segments));
	return new Map([...played].map((key) => [key, planned.get(key) ?? messages[key]?.frames ?? 0]));
};

/** A plan may come from a file: a message that is not the one its key names must not get into the store under that key. */
const submitMissing = (run: Run, outputs: readonly PlannedOutput[], missing: ReadonlySet<SegmentKey>): void => {
	const { messages, toolchain } = run.plan;
	const sound = new Set<SegmentKey>();
	for (const key of missing) {
		const message = messages[key];
		if (isSegmentKey(key) && message !== undefined && segmentKey(message, toolchain) === key) sound.add(key);
		else failSegment(run, key, { class: 'INTERNAL', message: `the plan does not say what segment ${key} shows` });
	}
	submitReels(run, packReels({ outputs, messages, missing: sound, workers: run.options.workers }), 'last');
};

/** Starts tasks as they become ready until nothing runs and nothing can start. */
const work = async (run: Run): Promise<void> => {
	const running = new Set<Promise<void>>();
	const add = (work: Promise<void>): void => {
		const started: Promise<void> = work.finally(() => running.delete(started));
		running.add(started);
	};
	let looking = false;
	const mixers = run.options.sound?.workers ?? 0;
	for (;;) {
		const room = {
			reels: run.drawers - run.busy.reels,
			outputs: OUTPUTS_AT_ONCE - run.busy.outputs,
			mixes: mixers - run.busy.mixes,
		};
		for (const task of run.signal.aborted ? [] : run.graph.take(room)) add(start(run, task));
		if (isAwaiting(run) && !looking && !run.signal.aborted) {
			looking = true;
			add(
				lookAtAwaited(run).finally(() => {
					looking = false;
				}),
			);
		}
		if (running.size === 0) return;
		await Promise.race(running);
	}
};

const start = async (run: Run, task: Task): Promise<void> => {
	switch (task.type) {
		case 'bundle':
			return startBundle(run);
		case 'reel':
			run.busy.reels++;
			if (run.pool === null) throw new Error('a reel cannot start before the bundle is done');
			return runReel(run, task.reel, run.pool).finally(() => run.busy.reels--);
		case 'mix':
			run.busy.mixes++;
			return runMix(run, task.key).finally(() => run.busy.mixes--);
		case 'output':
			run.busy.outputs++;
			return makeOutput(run, task.output).finally(() => run.busy.outputs--);
		default:
			return unreachable(task);
	}
};

const startBundle = async (run: Run): Promise<void> => {
	const startedAt = performance.now();
	run.emit({ type: 'bundle-started' });
	try {
		// With what is in the store: a segment of it that turns out to be damaged is drawn from this bundle as well.
		const messages = [...run.scheduled, ...run.found.keys()].flatMap((key) => run.plan.messages[key] ?? []);
		const bundle = await run.options.prepareBundle(messages, run.signal);
		run.pool = run.options.openPool(bundle.directory);
		run.graph.bundleDone();
		run.emit({ type: 'bundle-ready', reused: bundle.reused, durationMs: Math.round(performance.now() - startedAt) });
	} catch (error) {
		const failure = toFailure(error, run.signal);
		if (failure.class !== 'ABORTED') giveUpDrawing(run, failure);
	}
};
