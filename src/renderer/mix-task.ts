import { type AudioKey, audioKey, isAudioKey } from '../model/audio.ts';
import { type Failure, isRetryable } from '../model/failure.ts';
import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import { leaveMixToOther } from './await-others.ts';
import { discard } from './durable-file.ts';
import { nodeFileSystem } from './file-system.ts';
import type { MixResult } from './mix-job.ts';
import { jobSounds } from './mix-sounds.ts';
import { failMix, type MixState, mixReady, type Run, type SoundOptions, submitMixes } from './run-state.ts';
import { toFailure } from './to-failure.ts';

const MAX_ATTEMPTS = 2;

const mixesOf = (outputs: readonly PlannedOutput[]): ReadonlySet<AudioKey> => new Set(outputs.flatMap(({ audio }) => audio ?? []));

/** Which mixes are there of those that the wanted outputs play. */
export const findMixes = async (
	{ plan }: ExecutablePlan,
	wanted: readonly PlannedOutput[],
	sound: SoundOptions | undefined,
): Promise<MixState> => ({
	...{ total: mixesOf(plan.outputs).size, wanted: mixesOf(wanted).size },
	found: new Map(await sound?.store.lookupAll(mixesOf(wanted))),
	...{ scheduled: new Set(), mixed: new Set(), failed: new Set(), pool: null },
});

/** Queues the mixes that are not there, and tells of those that are. */
export const submitMissingMixes = (run: Run, wanted: readonly PlannedOutput[]): void => {
	for (const key of mixesOf(wanted)) {
		const found = run.mixes.found.get(key);
		if (found !== undefined) run.emit({ type: 'mix-finished', mix: key, reused: true, costMs: found.costMs });
		else if (isSaid(run, key)) submitMixes(run, [key], 'last');
		else failMix(run, key, { class: 'INTERNAL', message: `the plan does not say what mix ${key} is made of` });
	}
};

/** A plan may come from a file: a message that is not the one its key names must not get into the store under that key. */
const isSaid = ({ plan: { sounds, audioToolchain }, options }: Run, key: AudioKey): boolean => {
	const message = sounds?.[key];
	if (options.sound === undefined || message === undefined || audioToolchain === undefined) return false;
	return isAudioKey(key) && audioKey(message, audioToolchain) === key;
};

/** Makes a mix and puts it into the store, unless another run does; tries twice. Failures become events; it does not reject for them. */
export const runMix = async (run: Run, key: AudioKey): Promise<void> => {
	if (!(await claim(run, key))) return;
	try {
		await attemptMixes(run, key);
	} finally {
		await run.leases.release([key]);
	}
};

/** Whether this run makes it: it is not there by now, and no other run is making it. */
const claim = async (run: Run, key: AudioKey): Promise<boolean> => {
	const holder = (await run.leases.take([key])).get(key);
	// After the look at the lease: who gives one back has published before.
	const record = await run.options.sound?.store.lookup(key);
	if (record) mixReady(run, record, true);
	if (!record && (holder === undefined || run.awaited.overdue.has(key))) return true;
	await run.leases.release([key]);
	if (!record && holder !== undefined) leaveMixToOther(run, key, holder);
	return false;
};

const attemptMixes = async (run: Run, key: AudioKey): Promise<void> => {
	for (let attempt = 1; ; attempt++) {
		const failure = await attemptMix(run, key, attempt);
		if (failure === null || failure.class === 'ABORTED') return;
		if (attempt >= MAX_ATTEMPTS || !isRetryable(failure)) return failMix(run, key, failure);
		run.emit({ type: 'mix-failed', mix: key, failure, willRetry: true });
	}
};

/** Null when the mix is in the store. */
const attemptMix = async (run: Run, key: AudioKey, attempt: number): Promise<Failure | null> => {
	const { sound } = run.options;
	const message = run.plan.sounds?.[key];
	if (sound === undefined || message === undefined) throw new Error('a mix is queued only where it can be made');
	try {
		run.signal.throwIfAborted();
		run.emit({ type: 'mix-started', mix: key, seconds: message.frames / message.fps, attempt });
		const prepared = await sound.prepareSounds([message], run.signal);
		const file = await sound.store.temporaryFile('m4a');
		run.mixes.pool ??= sound.openPool();
		const result: MixResult = await run.mixes.pool.run({ key, message, file, ...jobSounds(message, prepared) }, run.signal);
		if (!result.ok || run.signal.aborted) await discard(nodeFileSystem, file);
		run.signal.throwIfAborted();
		if (!result.ok) return result.failure;
		const record = await sound.store.publish(file, result.facts);
		mixReady(run, record, false);
		return null;
	} catch (error) {
		return toFailure(error, run.signal);
	}
};
