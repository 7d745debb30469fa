import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { AudioMessage } from '../model/audio.ts';
import type { RenderEvent, RowEvent, RunSummary } from '../model/events.ts';
import type { Failure } from '../model/failure.ts';
import type { SegmentKey } from '../model/keys.ts';
import { RECIPIENTS } from '../model/recipient.ts';
import type { ExecutablePlan, PlannedOutput, PlannedSegment } from '../model/render-plan.ts';
import { isOfRecipient, type RowProblem, rowFailure } from '../model/row-problem.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import type { ManifestWriter } from './manifest/open-manifest.ts';
import { recordOf, skippedRecord, unmadeRecord } from './manifest/record-of.ts';
import type { PreparedBatch, PreparedRender, RefusedGroup } from './prepare-render.ts';
import type { Report } from './report.ts';
import type { ExecuteRequest, RenderSession, UnmadeOutput } from './wiring.ts';

/** Messages that are remembered of a run, for the reasons of the next plan. More of them would be larger than what they explain. */
const MOST_MESSAGES = 3_000;

/** What the batches of a run have made so far. */
export type BatchRun = {
	/** The plans of all batches as one, with as many messages as are worth remembering. Null before the first. */
	readonly plan: () => ExecutablePlan | null;
	/** False once a group was refused, or the rows could not be read to their end. */
	readonly isWhole: () => boolean;
	/** Whether the manifest has been told of an output of a plan. */
	readonly hasBegun: () => boolean;
	/** Frames of the outputs that are there and right. */
	readonly framesPlayed: () => number;
	/**
	 * Renders one batch after the other, and ends with one `run-finished` for all of them. Rows and outputs of which nothing is made are told as well.
	 * Throws what the batches throw.
	 */
	readonly events: (signal: AbortSignal) => AsyncGenerator<RenderEvent, void, void>;
};

export type BatchRequest = {
	readonly batches: PreparedRender['batches'];
	/** What was found in the rows before the first batch. */
	readonly rows: PreparedRender['rows'];
	readonly session: RenderSession;
	readonly place: Pick<ExecuteRequest, 'outputDirectory' | 'concurrency' | 'frameSource' | 'limits'>;
	readonly manifest: Pick<ManifestWriter, 'write'>;
	/** Told what each batch will do, before it does it; or why it does nothing. */
	readonly onBatch: (batch: PreparedBatch | RefusedGroup) => void;
	/** Keeps what personal stretches were cut into. */
	readonly remember: (recipes: ReadonlyMap<string, readonly SegmentKey[]>) => Promise<void>;
};

type Tally = {
	unmade: number;
	skipped: number;
	replaced: number;
	recorded: number;
	framesPlayed: number;
	places: number;
	isWhole: boolean;
};

export const runBatches = (request: BatchRequest): BatchRun => {
	const { batches, place } = request;
	const memory = openMemory();
	const tally: Tally = { unmade: 0, skipped: 0, replaced: 0, recorded: 0, framesPlayed: 0, places: 0, isWhole: true };
	const unmade = unmadeTeller(request, tally);
	return {
		plan: memory.plan,
		isWhole: () => tally.isWhole,
		hasBegun: () => tally.recorded > 0,
		framesPlayed: () => tally.framesPlayed,
		async *events(signal) {
			const summaries: RunSummary[] = [];
			let isFirst = true;
			let stoppedEarly = false;
			for await (const batch of batches) {
				// Not before the first group is known to be right: a refused campaign has no events.
				if (isFirst) yield* unmade.rows(request.rows);
				isFirst = false;
				yield* unmade.rows(batch.rows);
				if ('refused' in batch) {
					request.onBatch(batch);
					yield* unmade.group(batch);
					stoppedEarly = place.limits?.failFast ?? false;
				} else {
					for (const output of batch.rejected) yield await unmade.output(output, causeOf(output.problems));
					if (summaries.length > 0) yield { type: 'batch-finished', batch: summaries.length, summary: summaries.at(-1)! };
					memory.add(batch.plan);
					const summary = yield* runOne(request, { batch, tally, signal });
					if (summary === null) break;
					summaries.push(summary);
					stoppedEarly = summary.stoppedEarly ?? false;
				}
				if (signal.aborted || stoppedEarly) break;
			}
			const sum = summaries.reduce(addSummaries, NOTHING);
			const end = { interrupted: sum.interrupted || signal.aborted, ...(stoppedEarly ? { stoppedEarly } : {}) };
			yield { type: 'run-finished', summary: withUnmade({ ...sum, ...end }, tally) };
		},
	};
};

type Running = { readonly batch: PreparedBatch; readonly tally: Tally; readonly signal: AbortSignal };

/** Renders a batch and hands out what happens. The summary is null when there is none. */
async function* runOne(
	{ session, place, manifest, onBatch, remember }: BatchRequest,
	{ batch, tally, signal }: Running,
): AsyncGenerator<RenderEvent, RunSummary | null, void> {
	const { plan, assetFile, assetCache, components } = batch;
	const files = { assetFile, ...(assetCache === undefined ? {} : { assetCache }) };
	onBatch(batch);
	const outputs: OutputsById = new Map(plan.plan.outputs.map((planned) => [planned.id, { planned, place: tally.places++ }]));
	for await (const event of session.execute({ ...place, plan, ...files, components }, signal)) {
		const output = 'output' in event ? outputs.get(event.output) : undefined;
		const made = output === undefined ? null : recordOf(event, output.planned);
		if (made !== null && output !== undefined) {
			tally.recorded++;
			if (made.status !== 'failed') tally.framesPlayed += made.frames ?? 0;
			await manifest.write(made, output.place);
		}
		if (event.type === 'run-finished') {
			await remember(batch.recipes?.(plan.toolchain) ?? new Map());
			return event.summary;
		}
		yield event;
	}
	return null;
}

/** What a batch makes, and where each output stands in the plan. */
type OutputsById = ReadonlyMap<string, { readonly planned: PlannedOutput; readonly place: number }>;

/** Tells of what no plan has: as events, and to the manifest. */
const unmadeTeller = ({ manifest }: BatchRequest, tally: Tally) => {
	const output = async (one: UnmadeOutput, failure: Failure): Promise<RenderEvent> => {
		tally.unmade++;
		await manifest.write(unmadeRecord(one, failure), tally.places++);
		return { type: 'output-failed', output: one.id, path: one.path, failure };
	};
	return {
		output,
		async *rows(rows: PreparedRender['rows']): AsyncGenerator<RenderEvent, void, void> {
			for (const problem of rows?.skipped ?? []) {
				tally.skipped++;
				await manifest.write(skippedRecord(problem), 0);
				yield { type: 'row-skipped', ...rowEvent(problem) };
			}
			for (const problem of rows?.replaced ?? []) {
				tally.replaced++;
				yield { type: 'picture-replaced', ...rowEvent(problem) };
			}
		},
		async *group({ refused, unmade }: RefusedGroup): AsyncGenerator<RenderEvent, void, void> {
			tally.isWhole = false;
			const failure = specFailure(refused);
			if (unmade.length === 0) yield { type: 'rows-cut', failure: { ...failure, class: 'DATA' } };
			for (const one of unmade) yield await output(one, failure);
		},
	};
};

const rowEvent = (problem: RowProblem): RowEvent => ({
	source: isOfRecipient(problem) ? RECIPIENTS : problem.source,
	row: problem.row,
	key: problem.key,
	failure: rowFailure(problem),
});

/** What keeps an output from being made: something that passes counts only when nothing else does. */
const causeOf = (problems: readonly RowProblem[]): Failure => {
	const cause = problems.find(({ passing }) => !passing) ?? problems[0];
	if (cause === undefined) throw new Error('an output is rejected for no reason');
	return rowFailure(cause);
};

const MOST_TOLD = 5;

const specFailure = ({ file, diagnostics }: Report): Failure => {
	const errors = diagnostics.filter(({ severity }) => severity === 'error');
	const [first] = errors;
	if (first === undefined) throw new Error('a group is refused for no reason');
	const lineOf = ({ code, summary, range }: Diagnostic): string => `${range?.file ?? file} error[${code}] ${summary}`;
	return { class: 'USER', message: first.summary, code: first.code, detail: errors.slice(0, MOST_TOLD).map(lineOf).join('\n') };
};

/** The sum of what was planned, with what no plan had. */
const withUnmade = (summary: RunSummary, { unmade, skipped, replaced }: Tally): RunSummary => ({
	...summary,
	outputs: { ...summary.outputs, failed: summary.outputs.failed + unmade },
	...(skipped + replaced === 0 ? {} : { rows: { skipped, replaced } }),
});

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
