import { join, relative, resolve } from 'node:path';
import { codeOf, type Failure, RenderFailure } from '../../model/failure.ts';
import type { SegmentKey } from '../../model/keys.ts';
import { recordRun } from '../applied.ts';
import { confirmLarge } from '../confirm.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type OutputFlags, reportRows } from '../load-campaign.ts';
import { openManifest } from '../manifest/open-manifest.ts';
import { refuseFolder, refuseUnwritable } from '../output-folder.ts';
import { type PreparedBatch, type PreparedRender, prepareRender, RefusedBatch, type RefusedGroup } from '../prepare-render.ts';
import { type Report, refuse, reportDiagnostics } from '../report.ts';
import { type BatchRun, runBatches } from '../run-batches.ts';
import { type RunManifest, tellingManifest } from '../run-manifest.ts';
import { type RunOutcome, runRender } from '../run-render.ts';
import { bytesOf } from '../size-flag.ts';
import { UsageError } from '../usage-error.ts';
import { failurePage } from '../views/failure-page.ts';
import { workLine } from '../views/plan.ts';
import { fileSize } from '../views/quantities.ts';
import { interruptedText, resultLine, stoppedText } from '../views/render-result.ts';
import type { RunJournal, RunLimits } from '../wiring.ts';

export type RenderFlags = OutputFlags & {
	readonly out?: string;
	readonly concurrency?: number;
	readonly frameSource?: 'stage' | 'remotion';
	/** Bytes, as `4GB`. */
	readonly maxMemory?: string;
	readonly nice?: boolean;
	readonly failFast?: boolean;
	/** Render any number of outputs without asking. */
	readonly yes?: boolean;
};

/** Makes the files that a plan shows. What an earlier run has finished is not done again. */
export const render = async (context: CliContext, target: string, flags: RenderFlags): Promise<ExitCode> => {
	readLimits(flags);
	const prepared = await prepareRender(context, target, flags);
	return typeof prepared === 'number' ? prepared : renderPrepared(context, prepared, flags);
};

export const renderPrepared = async (context: CliContext, prepared: PreparedRender, flags: RenderFlags): Promise<ExitCode> => {
	const json = flags.json ?? false;
	const directory = outputDirectory(prepared, flags);
	const limits = readLimits(flags);
	const unwritable = refuseUnwritable(context, directory, json);
	if (unwritable !== null) return unwritable;
	if (!(await confirmLarge(context, { outputs: prepared.outputs, yes: flags.yes ?? false, json }))) return EXIT.interrupted;
	const wiring = await context.wiring();
	const manifest = await beginManifest(context, { prepared, directory, json });
	if (typeof manifest === 'number') return manifest;
	const session = wiring.openRender();
	const place = {
		outputDirectory: resolve(context.cwd, directory),
		concurrency: flags.concurrency ?? wiring.defaultConcurrency,
		frameSource: flags.frameSource ?? null,
		limits,
	};
	const reportNew = reportingOnce(context);
	const onBatch = (batch: PreparedBatch | RefusedGroup): void => {
		reportRows(context, { file: prepared.file, rows: batch.rows });
		if (json) return;
		if ('refused' in batch) reportNew(batch.refused);
		else context.stderr.write(`${workLine(batch.plan.plan.summary)}\n`);
	};
	const remember = (recipes: ReadonlyMap<string, readonly SegmentKey[]>) => wiring.remember(prepared.campaign, recipes).catch(() => {});
	const journal = await wiring.openJournal();
	const run = runBatches({ batches: prepared.batches, rows: prepared.rows, session, place, manifest, onBatch, remember });
	try {
		const outcome = await runRender(context, { json, journal }, run.events);
		return await conclude(context, { prepared, run, outcome, manifest, directory, journal, json });
	} catch (error) {
		// What groups before have made is there, whatever ended the run.
		if (run.hasBegun()) await manifest.finish({ partial: true });
		else await manifest.discard();
		// Nothing of a plan was begun for which there is no room.
		const noRoom = error instanceof RenderFailure && error.failure.class === 'DISK' ? error.failure : null;
		if (noRoom !== null) return refuseNoRoom(context, { file: prepared.file, failure: noRoom, json });
		if (!(error instanceof RefusedBatch)) throw error;
		return refuse(context, error.report, json);
	} finally {
		await journal.close();
		await session.close();
	}
};

type Listing = { readonly prepared: PreparedRender; readonly directory: string; readonly json: boolean };

const beginManifest = async (context: CliContext, { prepared, directory, json }: Listing): Promise<RunManifest | ExitCode> => {
	const { temporaryName } = await context.wiring();
	try {
		const manifest = await openManifest(resolve(context.cwd, directory), { campaign: prepared.campaign, temporaryName });
		return tellingManifest(manifest, directory, context.stderr);
	} catch (error) {
		return refuseFolder(context, { folder: resolve(context.cwd, directory), error, json });
	}
};

/** A fault of the spec is in each group that shows it, and told once. */
const reportingOnce = (context: CliContext): ((report: Report) => void) => {
	const told = new Set<string>();
	return (report) => {
		const diagnostics = report.diagnostics.filter(({ code, range, summary }) => {
			const id = JSON.stringify([code, range ?? summary]);
			const isNew = !told.has(id);
			told.add(id);
			return isNew;
		});
		reportDiagnostics(context, { ...report, diagnostics });
	};
};

/** No browser starts in less. A number without a unit is bytes, and hardly ever meant. */
const LEAST_MEMORY = 100e6;

/**
 * What a run may take of the machine. Commands read it first: a flag that cannot be read is told before anything is fetched or paid for.
 * @throws UsageError for a memory that cannot be read, or in which nothing can be drawn
 */
export const readLimits = ({ concurrency, maxMemory, nice = false, failFast = false }: RenderFlags): RunLimits => {
	const memoryBytes = maxMemory === undefined ? null : bytesOf(maxMemory, '--max-memory');
	if (memoryBytes !== null && memoryBytes < LEAST_MEMORY)
		throw new UsageError(`--max-memory ${maxMemory}: no browser starts in ${fileSize(memoryBytes)}`, 'for example: --max-memory 4GB');
	return { chosenConcurrency: concurrency !== undefined, memoryBytes, nice, failFast };
};

type NoRoom = { readonly file: string; readonly failure: Failure; readonly json: boolean };

const refuseNoRoom = (context: CliContext, { file, failure, json }: NoRoom): ExitCode => {
	const hint = 'make room, choose another folder with --out, or run `reelform cache prune --max-size 5GB`';
	const diagnostic = { code: codeOf(failure), severity: 'error', summary: failure.message, hint } as const;
	refuse(context, { file, diagnostics: [diagnostic], sources: new Map() }, json);
	return EXIT.machine;
};

/** Where the videos of a render go. */
export const outputDirectory = (
	{ campaign, draft }: Pick<PreparedRender, 'campaign' | 'draft'>,
	{ out }: Pick<RenderFlags, 'out'>,
): string => out ?? join('out', `${campaign}${draft ? '-draft' : ''}`);

type Conclusion = {
	readonly prepared: PreparedRender;
	readonly run: BatchRun;
	readonly outcome: RunOutcome;
	readonly manifest: RunManifest;
	readonly directory: string;
	readonly journal: RunJournal;
	readonly json: boolean;
};

const conclude = async (
	context: CliContext,
	{ prepared, run, outcome, manifest, directory, journal, json }: Conclusion,
): Promise<ExitCode> => {
	const isCut = outcome.summary === null || outcome.summary.interrupted || (outcome.summary.stoppedEarly ?? false);
	const partial = prepared.partial || isCut || !run.isWhole();
	const isListed = await manifest.finish({ partial });
	const plan = run.plan();
	if (plan !== null)
		await recordRun(context.cwd, { plan, draft: prepared.draft, partial, directory, finished: outcome.finished }).catch((error: Error) =>
			context.stderr.write(`What was rendered could not be recorded in .reelform/applied: ${error.message}\n`),
		);
	const { summary } = outcome;
	if (summary === null || summary.interrupted) {
		if (!json) context.stderr.write(interruptedText(summary?.segments.rendered ?? 0));
		return EXIT.interrupted;
	}
	if (!json && outcome.failures.length > 0)
		context.stderr.write(failurePage(outcome.failures, relative(context.cwd, journal.path), context.stderr.colors));
	if (!json && summary.stoppedEarly) context.stderr.write(stoppedText());
	if (!json) context.stdout.write(`${resultLine(summary, directory, run.framesPlayed())}\n`);
	const lost = summary.outputs.failed + (summary.rows?.skipped ?? 0) + (prepared.rows?.bad ?? 0);
	if (lost > 0 || !run.isWhole()) return EXIT.failedOutputs;
	return isListed ? EXIT.done : EXIT.machine;
};
