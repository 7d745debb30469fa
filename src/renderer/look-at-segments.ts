import type { SegmentKey } from '../model/keys.ts';
import type { PictureFinding } from '../model/media.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import type { AssemblyPart } from './assemble.ts';
import { describeFinding, isCertain } from './check-pictures.ts';
import { openOutputDoubts } from './output-records.ts';
import type { Run } from './run-state.ts';
import { videoDigests } from './video-digests.ts';

/** A segment's checked file, and what is wrong with its pictures. */
export type SeenPart = AssemblyPart & { readonly record: SegmentRecord; readonly findings: readonly PictureFinding[] };

/**
 * The file of a segment, with its bytes checked and its pictures looked at. Null when it has to be drawn again: it is not there, or not whole, or its pictures
 * are not what its message says for the first time in this run.
 */
export const openSegment = async (run: Run, key: SegmentKey): Promise<SeenPart | null> => {
	const record = run.found.get(key);
	const path = record === undefined ? null : await run.options.store.open(record);
	if (record === undefined || path === null) return null;
	if (!isOfThis(run, record)) {
		await run.options.store.distrust(key);
		return null;
	}
	const findings = await lookAt(run, record, path);
	if (findings === 'draw-again') return null;
	return { path, frames: run.frames.get(key) ?? 0, record, findings };
};

/** A whole file with a record of its own may still be that of another segment. */
const isOfThis = ({ plan, frames: planned }: Run, { key, frames, width, height }: SegmentRecord): boolean => {
	const canvas = plan.messages[key]?.canvas ?? { width, height };
	return frames === planned.get(key) && width === canvas.width && height === canvas.height;
};

const lookAt = async (run: Run, record: SegmentRecord, path: string): Promise<readonly PictureFinding[] | 'draw-again'> => {
	const { key, sha256 } = record;
	const message = run.plan.messages[key];
	if (run.options.pictures === undefined || message === undefined) return [];
	await doubtEarlier(run, record);
	const findings = await run.options.pictures.look({ key, path, sha256, message }, run.signal);
	if (findings.length === 0) return [];
	// Another output came to the same end meanwhile.
	if (run.found.get(key) !== record) return 'draw-again';
	const before = run.redrawn.get(key);
	if (before === sha256 && !findings.some(isCertain)) {
		await run.options.pictures.accept(sha256);
		return [];
	}
	if (before !== undefined) return before === sha256 ? findings.filter(isCertain) : findings;
	run.redrawn.set(key, sha256);
	run.found.delete(key);
	await run.options.store.distrust(key);
	const sentences = findings.map((finding) => describeFinding(finding, finding.frame)).join('; ');
	run.emit({ type: 'segment-failed', segment: key, failure: { class: 'OUTPUT', message: sentences }, willRetry: true });
	return 'draw-again';
};

/** What earlier runs made of a segment that was wrong is made again by the next run that plays it. @throws RenderFailure `DISK` when that cannot be noted down */
const doubtEarlier = async ({ redrawn, doubted, records }: Run, { key, sha256 }: SegmentRecord): Promise<void> => {
	const before = redrawn.get(key);
	if (before === undefined || before === sha256 || doubted.has(key)) return;
	doubted.add(key);
	await openOutputDoubts(records).doubt(key);
};

/** Where the packets of a finished file are not those of its segments, one after the other. @throws RenderFailure `OUTPUT` when it is cut off */
export const compareWithParts = async (
	run: Pick<Run, 'fs' | 'digests'>,
	file: string,
	parts: readonly Omit<SeenPart, 'findings'>[],
): Promise<readonly PictureFinding[]> => {
	const lengths = parts.map(({ frames }) => frames);
	const found = await videoDigests(run.fs, file, lengths);
	const findings: PictureFinding[] = [];
	for (const [index, { record, path, frames }] of parts.entries()) {
		const wanted = run.digests.get(record.sha256) ?? (await videoDigests(run.fs, path, [frames]))[0]!;
		run.digests.set(record.sha256, wanted);
		if (found[index] === wanted) continue;
		const other = parts.find((part) => run.digests.get(part.record.sha256) === found[index]);
		const measured =
			other === undefined ? 'packets of no segment of this output' : `the packets of segment ${other.record.key.slice(0, 12)}`;
		findings.push({ kind: 'other-segment', segment: record.key, frame: 0, measured, expected: 'its own' });
	}
	return findings;
};

/** Findings of an output's segments, each with the frame of the output at which it is seen at first. */
export const placeFindings = (
	{ segments }: Pick<PlannedOutput, 'segments'>,
	parts: readonly SeenPart[],
	ofPackets: readonly PictureFinding[],
): readonly (PictureFinding & { readonly outputFrame: number })[] => {
	const starts = new Map<string, number>();
	let frame = 0;
	for (const [index, key] of segments.entries()) {
		if (!starts.has(key)) starts.set(key, frame);
		frame += parts[index]?.frames ?? 0;
	}
	const distinct = new Map(parts.map((part) => [part.record.key, part.findings]));
	return [...ofPackets, ...[...distinct.values()].flat()].map((finding) => ({
		...finding,
		outputFrame: (starts.get(finding.segment) ?? 0) + finding.frame,
	}));
};
