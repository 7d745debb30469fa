import type { AudioMessage } from '../model/audio.ts';
import type { RenderEvent, RunSummary } from '../model/events.ts';
import { CODE_OF_FAILURE, type Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { ExecutablePlan, PlannedOutput, PlannedSegment } from '../model/render-plan.ts';
import type { RowProblem } from '../model/row-problem.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { ManifestWriter } from './manifest/open-manifest.ts';
import type { ManifestRecord } from './manifest/record.ts';
import type { PreparedBatch } from './prepare-render.ts';
import type { ExecuteRequest, RenderSession } from './wiring.ts';

/** Messages that are remembered of a run, for the reasons of the next plan. More of them would be larger than what they explain. */
const MOST_MESSAGES = 3_000;

/** What the batches of a run have made so far. */
export type BatchRun = {
	/** The plans of all batches as one, with as many messages as are worth remembering. Null before the first. */
	readonly plan: () => ExecutablePlan | null;
	/** Outputs that cannot be made from their rows, and rows of which nothing can be made. */
	readonly rejected: () => number;
	/** Frames of the outputs that are there and right. */
	readonly framesPlayed: () => number;
	/** Renders one batch after the other, and ends with one `run-finished` for all of them. */
	readonly events: (signal: AbortSignal) => AsyncGenerator<RenderEvent, void, void>;
};

export type BatchRequest = {
	readonly batches: AsyncIterable<PreparedBatch>;
	readonly session: RenderSession;
	readonly place: Pick<ExecuteRequest, 'outputDirectory' | 'concurrency' | 'frameSource' | 'limits'>;
	readonly manifest: ManifestWriter;
	/** Told what each batch will do, before it does it. */
	readonly onBatch: (batch: PreparedBatch) => void;
	/** Keeps what personal stretches were cut into. */
	readonly remember: (recipes: ReadonlyMap<string, readonly SegmentKey[]>) => Promise<void>;
};

export const runBatches = ({ batches, session, place, manifest, onBatch, remember }: BatchRequest): BatchRun => {
	const memory = openMemory();
	let rejected = 0;
	let framesPlayed = 0;
	let places = 0;
	const record = async (event: RenderEvent, outputs: OutputsById): Promise<void> => {
		const made = recordOf(event, outputs);
		if (made === null) return;
		if (made.status !== 'failed') framesPlayed += made.frames ?? 0;
		await manifest.write(made, outputs.get(made.output)!.place);
	};
	const one = async function* (batch: PreparedBatch, signal: AbortSignal): AsyncGenerator<RenderEvent, RunSummary | null, void> {
		const { plan, assetFile, assetCache, components } = batch;
		const files = { assetFile, ...(assetCache === undefined ? {} : { assetCache }) };
		memory.add(plan);
		onBatch(batch);
		const outputs: OutputsById = new Map(plan.plan.outputs.map((planned) => [planned.id, { planned, place: places++ }]));
		for await (const event of session.execute({ ...place, plan, ...files, components }, signal)) {
			await record(event, outputs);
			if (event.type === 'run-finished') {
				await remember(batch.recipes?.(plan.toolchain) ?? new Map());
				return event.summary;
			}
			yield event;
		}
		return null;
	};
	return {
		plan: memory.plan,
		rejected: () => rejected,
		framesPlayed: () => framesPlayed,
		async *events(signal) {
			const summaries: RunSummary[] = [];
			for await (const batch of batches) {
				const skipped = batch.rows?.skipped ?? [];
				rejected += batch.rejected.length + skipped.length;
				for (const problem of skipped) await manifest.write(skippedRecord(problem), 0);
				for (const output of batch.rejected) await manifest.write(rejectedRecord(output), places++);
				if (summaries.length > 0) yield { type: 'batch-finished', batch: summaries.length, summary: summaries.at(-1)! };
				const summary = yield* one(batch, signal);
				if (summary !== null) summaries.push(summary);
				if (signal.aborted || summary === null || summary.stoppedEarly) break;
			}
			yield { type: 'run-finished', summary: summaries.reduce(addSummaries, NOTHING) };
		},
	};
};

const NOTHING: RunSummary = {
	outputs: { finished: 0, unchanged: 0, failed: 0 },
	segments: { rendered: 0, reused: 0, failed: 0 },
	frames: { total: 0, rendered: 0, held: 0, reused: 0 },
	durationMs: 0,
	interrupted: false,
};

const NO_MIXES: NonNullable<RunSummary['mixes']> = { mixed: 0, reused: 0, failed: 0 };

const addSummaries = (a: RunSummary, b: RunSummary): RunSummary => {
	const sum = <T extends Readonly<Record<string, number>>>(x: T, y: T): T =>
		Object.fromEntries(Object.keys(x).map((key) => [key, x[key]! + y[key]!])) as T;
	return {
		outputs: sum(a.outputs, b.outputs),
		segments: sum(a.segments, b.segments),
		frames: sum(a.frames, b.frames),
		...(a.mixes === undefined && b.mixes === undefined ? {} : { mixes: sum(a.mixes ?? NO_MIXES, b.mixes ?? NO_MIXES) }),
		durationMs: a.durationMs + b.durationMs,
		interrupted: a.interrupted || b.interrupted,
		...(a.stoppedEarly || b.stoppedEarly ? { stoppedEarly: true } : {}),
	};
};

const openMemory = () => {
	let first: ExecutablePlan | null = null;
	const outputs: PlannedOutput[] = [];
	const segments = new Map<string, PlannedSegment>();
	const messages: Record<string, SegmentMessage> = {};
	const sounds: Record<string, AudioMessage> = {};
	let held = 0;
	return {
		add(plan: ExecutablePlan): void {
			first ??= plan;
			outputs.push(...plan.plan.outputs);
			for (const segment of plan.plan.segments) {
				if (segments.has(segment.key)) continue;
				segments.set(segment.key, segment);
				const message = plan.messages[segment.key];
				if (held++ < MOST_MESSAGES && message !== undefined) messages[segment.key] = message;
			}
			for (const [key, sound] of Object.entries(plan.sounds ?? {}))
				if (sounds[key] === undefined && held++ < MOST_MESSAGES) sounds[key] = sound;
		},
		plan: (): ExecutablePlan | null =>
			first === null
				? null
				: {
						...{ ...first, plan: { ...first.plan, outputs, segments: [...segments.values()] }, messages },
						...(Object.keys(sounds).length === 0 ? {} : { sounds }),
					},
	};
};

/** What a batch makes, and where each output stands in the plan. */
type OutputsById = ReadonlyMap<string, { readonly planned: PlannedOutput; readonly place: number }>;

const recordOf = (event: RenderEvent, outputs: OutputsById): ManifestRecord | null => {
	switch (event.type) {
		case 'output-finished':
			return { ...aboutOutput(outputs.get(event.output)!.planned), status: 'finished', sha256: event.report.sha256, error: null };
		case 'output-unchanged':
			return { ...aboutOutput(outputs.get(event.output)!.planned), status: 'unchanged', sha256: event.sha256, error: null };
		case 'output-failed':
			return { ...aboutOutput(outputs.get(event.output)!.planned), status: 'failed', sha256: null, error: errorOf(event.failure) };
		default:
			return null;
	}
};

const errorOf = (failure: Failure): ManifestRecord['error'] => ({ code: CODE_OF_FAILURE[failure.class], message: failure.message });

const aboutOutput = ({
	id,
	path,
	axes,
	recipient,
	row,
	fps,
	frames,
}: PlannedOutput): Omit<ManifestRecord, 'status' | 'sha256' | 'error'> => ({
	...{ key: recipient, output: id, path, frames, seconds: frames / fps, row: row ?? null },
	...axes,
});

const rejectedRecord = ({ id, path, cell, recipient, problems }: PreparedBatch['rejected'][number]): ManifestRecord => {
	const [problem] = problems;
	return {
		...{ key: recipient.key, output: id, path, status: 'failed', frames: null, seconds: null, sha256: null, row: recipient.row },
		...{ platform: cell.platform.name, duration: cell.seconds, variant: cell.variant, mood: cell.mood, cta: cell.cta?.name ?? null },
		error: problem === undefined ? null : { code: problem.code, message: problem.summary },
	};
};

/** A row of which nothing can be made, as the manifest lists it. */
export const skippedRecord = ({ source, row, key, code, column, summary }: RowProblem): ManifestRecord => ({
	...{ key, output: `${source}/${row}`, path: null, status: 'skipped', frames: null, seconds: null, sha256: null, row },
	...{ platform: null, duration: null, variant: null, mood: null, cta: null },
	error: { code, message: column === null ? summary : `${column}: ${summary}` },
});
