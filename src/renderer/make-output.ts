import { basename, join } from 'node:path';
import type { AudioKey } from '../model/audio.ts';
import { RenderFailure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { AudioExpectation, OutputReport } from '../model/media.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import { assemble } from './assemble.ts';
import type { AssemblySound } from './assemble-sound.ts';
import { checkOutput } from './check-output.ts';
import { describeFinding } from './check-pictures.ts';
import { asDiskFailure, discard, hashFile } from './durable-file.ts';
import { compareWithParts, openSegment, placeFindings, type SeenPart } from './look-at-segments.ts';
import { outputId, recordOutput } from './output-records.ts';
import { makeReel } from './pack-reels.ts';
import { prepareFolder, publishOutput, setAside } from './publish-output.ts';
import { readMediaFacts } from './read-media-facts.ts';
import { failMix, failOutput, failSegment, type Run, submitMixes, submitReels } from './run-state.ts';
import { sidecarsOf, writeSidecars } from './sidecars.ts';
import { temporaryName } from './sweep.ts';
import type { PartKey } from './tasks.ts';
import { toFailure } from './to-failure.ts';

/** How often a segment or a mix may come back damaged before the disk is at fault. */
const MAX_LOSSES = 2;

/**
 * Joins an output from the store, checks the finished file and gives it its name. A damaged segment is drawn again, a damaged mix mixed again, and the
 * output waits for it. Failures become events; it does not reject for them.
 */
export const makeOutput = async (run: Run, output: PlannedOutput): Promise<void> => {
	try {
		const parts = await openParts(run, output);
		if (parts === null) return;
		const folder = await prepareFolder(run.fs, run.options.outputDirectory, output.path);
		const temporary = join(folder, temporaryName('mp4'));
		await assemble(run.fs, { ...parts, fps: output.fps, file: temporary }, run.signal);
		await checkAndPublish(run, output, { folder, temporary, parts: parts.parts });
	} catch (error) {
		const failure = toFailure(error, run.signal);
		if (failure.class !== 'ABORTED') failOutput(run, output, failure);
	}
};

type Parts = { readonly parts: readonly SeenPart[]; readonly sound: AssemblySound | null };

/** The checked files of every segment, in playing order, and of the sound; null when some are lost, which then are on their way again. */
const openParts = async (run: Run, output: PlannedOutput): Promise<Parts | null> => {
	const parts: SeenPart[] = [];
	const lost = new Map<PartKey, SegmentRecord | undefined>();
	for (const key of output.segments) {
		run.signal.throwIfAborted();
		const before = run.found.get(key);
		const part = await openSegment(run, key);
		if (part === null) lost.set(key, before);
		else parts.push(part);
	}
	const sound = await openSound(run, output);
	if (lost.size === 0 && sound !== 'lost') return { parts, sound };
	// While the others were opened, another output may have had it drawn again.
	const isBack = (key: SegmentKey): boolean => lost.has(key) && run.found.has(key) && run.found.get(key) !== lost.get(key);
	if (output.segments.some(isBack)) return openParts(run, output);
	if (sound === 'lost' && output.audio) lost.set(output.audio, undefined);
	run.graph.partsLost(new Set(lost.keys()), output);
	for (const key of output.segments) if (lost.delete(key)) drawAgain(run, key);
	if (sound === 'lost' && output.audio) mixAgain(run, output.audio);
	return null;
};

const openSound = async (run: Run, { audio }: PlannedOutput): Promise<AssemblySound | null | 'lost'> => {
	if (!audio) return null;
	const record = run.mixes.found.get(audio);
	const path = record === undefined ? null : ((await run.options.sound?.store.open(record)) ?? null);
	return path === null || record === undefined ? 'lost' : { path, seconds: record.seconds };
};

const countLoss = (run: Run, key: PartKey): number => {
	const losses = (run.losses.get(key) ?? 0) + 1;
	run.losses.set(key, losses);
	return losses;
};

const damagedAgain = (run: Run): string => `${run.options.store.directory} gives back another file than was put into it, again and again`;

const mixAgain = (run: Run, key: AudioKey): void => {
	run.mixes.found.delete(key);
	if (run.mixes.scheduled.has(key)) return;
	if (countLoss(run, key) > MAX_LOSSES) failMix(run, key, { class: 'DISK', message: damagedAgain(run), detail: `mix ${key}` });
	else if (run.plan.sounds?.[key] === undefined)
		failMix(run, key, { class: 'INTERNAL', message: `the plan does not say what mix ${key} is made of` });
	else submitMixes(run, [key], 'first');
};

const drawAgain = (run: Run, key: SegmentKey): void => {
	run.found.delete(key);
	if (run.scheduled.has(key)) return;
	if (countLoss(run, key) > MAX_LOSSES) {
		failSegment(run, key, { class: 'DISK', message: damagedAgain(run), detail: `segment ${key}` });
	} else if (run.plan.messages[key] === undefined) {
		failSegment(run, key, { class: 'INTERNAL', message: `the plan does not say what segment ${key} shows` });
	} else {
		submitReels(run, [makeReel([{ key, frames: run.frames.get(key) ?? 0 }])], 'first');
	}
};

type Finished = { readonly folder: string; readonly temporary: string; readonly parts: readonly SeenPart[] };

const checkAndPublish = async (run: Run, output: PlannedOutput, { folder, temporary, parts }: Finished): Promise<void> => {
	const file = join(folder, basename(output.path));
	const report = await examine(run, output, { file: temporary, parts });
	if (!report.ok) {
		const kept = await setAside(run.fs, temporary, {
			folder: join(run.options.workDirectory, 'rejected'),
			name: outputId(file),
			report: { output: output.path, ...report },
		});
		throw new RenderFailure('OUTPUT', `the file is not what the plan says: ${report.problems.join('; ')}`, `kept as ${kept}`);
	}
	if (run.signal.aborted) {
		await discard(run.fs, temporary);
		run.signal.throwIfAborted();
	}
	const sidecars = sidecarsOf(run.plan.captions?.[output.id]);
	await publishOutput(run.fs, temporary, file);
	await writeSidecars(run.fs, file, sidecars);
	await recordOutput(run.records, file, { output, sidecars, sha256: report.sha256 });
	run.outputs.finished++;
	run.emit({ type: 'output-finished', output: output.id, path: output.path, report });
};

type Examined = { readonly file: string; readonly parts: readonly SeenPart[] };

const examine = async (run: Run, output: PlannedOutput, { file, parts }: Examined): Promise<OutputReport> => {
	try {
		const facts = await readMediaFacts(run.fs, file);
		const { width, height, fps, frames } = output;
		const audio = soundOf(run, output);
		const expected = { width, height, fps, frames, joins: joinsOf(run, output), audio };
		// A file of another length has no stretches to compare.
		const packets = facts.frames === frames ? await compareWithParts(run, file, parts) : [];
		const pictures = placeFindings(output, parts, packets);
		const problems = [...checkOutput(facts, expected), ...pictures.map((finding) => describeFinding(finding, finding.outputFrame))];
		const { sha256 } = await hashFile(run.fs, file);
		const loudness = audio === null ? {} : { loudness: { integrated: audio.loudness, truePeak: audio.truePeak } };
		return { ok: problems.length === 0, problems, ...(pictures.length === 0 ? {} : { pictures }), facts, ...loudness, sha256 };
	} catch (error) {
		await discard(run.fs, file);
		throw asDiskFailure(error, file);
	}
};

const soundOf = ({ mixes, plan }: Run, { audio }: PlannedOutput): AudioExpectation | null => {
	const record = audio ? mixes.found.get(audio) : undefined;
	const message = audio ? plan.sounds?.[audio] : undefined;
	if (record === undefined || message === undefined) return null;
	return { ...record, channels: message.channels, limit: message.loudness.truePeak };
};

/** Frame numbers at which a segment begins. */
const joinsOf = (run: Run, output: PlannedOutput): readonly number[] => {
	let frame = 0;
	return output.segments.map((key) => {
		const first = frame;
		frame += run.frames.get(key) ?? 0;
		return first;
	});
};
