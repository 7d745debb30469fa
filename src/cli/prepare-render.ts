import { relative, resolve } from 'node:path';
import type { RejectedOutput } from '../compiler/pipeline.ts';
import type { Code } from '../diagnostics/codes.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import { type Applied, narrowTo, readApplied } from './applied.ts';
import { resolveMissing } from './assets/resolve-missing.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import {
	checkRowChoice,
	compileOptions,
	isPartial,
	liveMoment,
	type OutputFlags,
	planLoaded,
	refuseCompilation,
	reportRows,
} from './load-campaign.ts';
import { driftFrom, isPlanFile, readPlanFile, type SavedPlan } from './plan-file.ts';
import { type Report, refuse, reportDiagnostics } from './report.ts';
import { checkSelection } from './select.ts';
import { chosenLink, type ToolLink, type ToolReport } from './tool-report.ts';
import { UsageError } from './usage-error.ts';
import { linkLines } from './views/doctor.ts';
import { jsonDocument } from './views/json.ts';
import type { AssetFile, BatchedCampaign, CampaignCache, Compilation, UnmadeOutput } from './wiring.ts';

/** A group of outputs that is ready to be executed. */
export type PreparedBatch = {
	readonly plan: ExecutablePlan;
	readonly assetFile: AssetFile;
	readonly assetCache?: CampaignCache;
	readonly components: readonly string[];
	/** Outputs that cannot be made from their rows. */
	readonly rejected: readonly RejectedOutput[];
	/** What was found in these rows beyond what was known before; null when nothing was. */
	readonly rows: Compilation['rows'];
	readonly recipes: Compilation['recipes'] | null;
};

/** A group of outputs that cannot be made, for a fault which is not its rows'. */
export type RefusedGroup = {
	readonly refused: Report;
	/** None when the rows cannot be read on. */
	readonly unmade: readonly UnmadeOutput[];
	readonly rows: Compilation['rows'];
};

export type PreparedRender = {
	readonly campaign: string;
	/** The spec, as the user wrote it. */
	readonly file: string;
	readonly draft: boolean;
	/** Whether only some outputs of the campaign are made. */
	readonly partial: boolean;
	readonly outputs: number;
	/** What was found in the rows before anything is rendered. */
	readonly rows: Compilation['rows'];
	/** @throws RefusedBatch when the first group has a fault which is not its rows': nothing was rendered then */
	readonly batches: AsyncIterable<PreparedBatch | RefusedGroup>;
};

/** A plan that is ready to be executed, from a spec or from a saved plan; or the exit code after the reason was told. */
export const prepareRender = async (
	context: CliContext,
	target: string,
	flags: OutputFlags & { readonly yes?: boolean },
): Promise<PreparedRender | ExitCode> => {
	return isPlanFile(target) ? fromPlanFile(context, target, flags) : fromSpec(context, target, flags);
};

const fromSpec = async (
	context: CliContext,
	file: string,
	flags: OutputFlags & { readonly yes?: boolean },
): Promise<PreparedRender | ExitCode> => {
	const options = compileOptions(flags);
	const json = flags.json ?? false;
	const wiring = await context.wiring();
	wiring.tools().catch(() => {});
	const stopped = await resolveMissing(context, file, flags);
	if (stopped !== null) return stopped;
	const batched = await wiring.compileBatches(file, options, liveMoment(flags, 'take'));
	if ('refused' in batched) return refuseCompilation(context, batched.refused, json);
	if (options.select !== null && batched.axes !== null) checkSelection(options.select, batched.axes);
	checkRowChoice(options, batched.rows);
	if (batched.outputs === 0) throw new UsageError('no output of the campaign matches --select');
	reportDiagnostics(context, { file, diagnostics: batched.diagnostics, sources: batched.sources });
	reportRows(context, { file, rows: batched.rows });
	const lacking = await refuseWithoutTools(context, json);
	if (lacking !== null) return lacking;
	const { campaign, outputs, rows } = batched;
	const applied = await readApplied(context.cwd, { campaign, draft: options.draft });
	return {
		campaign,
		file,
		outputs,
		rows,
		draft: options.draft,
		partial: isPartial(options),
		batches: plannedBatches(context, { batched, applied }),
	};
};

type Batched = Exclude<BatchedCampaign, { readonly refused: Compilation }>;

async function* plannedBatches(
	context: CliContext,
	{ batched, applied }: { readonly batched: Batched; readonly applied: Applied | null },
): AsyncGenerator<PreparedBatch | RefusedGroup> {
	const wiring = await context.wiring();
	let isFirst = true;
	for await (const { outcome, rows, assetFile, assetCache, components, sources, file, recipes, unmade = [] } of batched.batches) {
		const refused = outcome.ok ? null : { file, diagnostics: outcome.diagnostics, sources };
		if (refused !== null && isFirst) throw new RefusedBatch(refused);
		isFirst = false;
		if (refused !== null) yield { refused, unmade, rows };
		if (!outcome.ok) continue;
		const ids = new Set(outcome.value.outputs.map(({ id }) => id));
		const previous = applied === null ? null : narrowTo(ids, applied.plan);
		yield {
			plan: await wiring.plan(outcome.value, previous, assetCache),
			assetFile,
			...(assetCache === undefined ? {} : { assetCache }),
			components,
			rejected: outcome.value.rejected,
			rows,
			recipes: recipes ?? null,
		};
	}
}

/** The first group of recipients shows a fault of the spec. */
export class RefusedBatch extends Error {
	readonly report: Report;
	constructor(report: Report) {
		super('a group of recipients cannot be compiled');
		this.name = 'RefusedBatch';
		this.report = report;
	}
}

/** Compiles the spec of a saved plan again: only a plan that still says what would be done is executed. */
const fromPlanFile = async (context: CliContext, file: string, flags: OutputFlags): Promise<PreparedRender | ExitCode> => {
	if (flags.select !== undefined || flags.limit !== undefined || flags.rows !== undefined || flags.sample !== undefined || flags.draft)
		throw new UsageError('a saved plan has its outputs: --select, --limit, --rows, --sample and --draft belong to `reelform plan`');
	const json = flags.json ?? false;
	const read = await readPlanFile(context.cwd, file);
	if (!read.ok) return refuse(context, { file, diagnostics: read.diagnostics, sources: new Map() }, json);
	const saved = read.value;
	const lacking = await refuseWithoutTools(context, json);
	if (lacking !== null) return lacking;
	const compilation = await compileSaved(context, saved);
	const { outcome, assetFile, assetCache, components, rows } = compilation;
	if (!outcome.ok) return refuseCompilation(context, { ...compilation, file: saved.spec }, json);
	reportRows(context, { file: saved.spec, rows });
	const plan = await planLoaded(context, { compilation, compiled: outcome.value, options: saved.options });
	const drift = driftFrom(saved.plan, plan);
	if (drift !== null) return refuse(context, { file, diagnostics: [drift], sources: new Map() }, json);
	const { campaign, outputs, rejected } = outcome.value;
	const cache = assetCache === undefined ? {} : { assetCache };
	const batches = only({ plan, assetFile, ...cache, components, rejected, rows: null, recipes: compilation.recipes ?? null });
	const partial = isPartial(saved.options);
	return { campaign, file: saved.spec, draft: saved.options.draft, partial, outputs: outputs.length + rejected.length, rows, batches };
};

async function* only<T>(value: T): AsyncGenerator<T> {
	yield value;
}

const compileSaved = async (context: CliContext, { spec, options }: SavedPlan): Promise<Compilation> =>
	(await context.wiring()).compile(relative(context.cwd, resolve(context.cwd, spec)), options, 'replay-if-kept');

const LACKING = { browser: 'RF5001', encoder: 'RF5002' } as const satisfies Readonly<Record<ToolReport['tool'], Code>>;

/** Tells what was tried for each tool that is missing of those that are needed; null when none is. */
export const refuseWithoutTools = async (
	context: CliContext,
	json: boolean,
	needed: readonly ToolReport['tool'][] = ['browser', 'encoder'],
): Promise<ExitCode | null> => {
	const { stdout, stderr } = context;
	const missing = (await (await context.wiring()).tools()).filter((tool) => needed.includes(tool.tool) && chosenLink(tool) === null);
	if (missing.length === 0) return null;
	if (json)
		stdout.write(
			jsonDocument({ missing: missing.map(({ tool, links }) => ({ code: LACKING[tool], tool, links, hint: hintFor(tool, links) })) }),
		);
	else
		for (const { tool, links } of missing) {
			stderr.write(`${stderr.colors.red(`error[${LACKING[tool]}]`)} this machine has no ${tool} that works\n`);
			for (const line of linkLines(links)) stderr.write(`${line.replace(/^ {6}/, '')}\n`);
			stderr.write(`  hint: ${hintFor(tool, links)}\n`);
		}
	return EXIT.machine;
};

/** A place that the user has set ends the search, so mending it comes first. */
const hintFor = (tool: ToolReport['tool'], links: readonly ToolLink[]): string => {
	const decisive = links.find((link, index) => link.state === 'unusable' && links[index + 1]?.state === 'not-needed');
	return decisive === undefined ? HINTS[tool] : `mend ${decisive.name}, or unset it to have one looked for`;
};

const HINTS: Readonly<Record<ToolReport['tool'], string>> = {
	browser: 'run `npm install` without `--omit=optional`, or set REELFORM_BROWSER to a Chrome or Chromium',
	encoder: 'run `npm install` again, or set FFMPEG_PATH to an ffmpeg with libx264',
};
