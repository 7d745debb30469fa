import { relative, resolve } from 'node:path';
import type { Code } from '../diagnostics/codes.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import type { CliContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { loadCampaign, type OutputFlags, planLoaded } from './load-campaign.ts';
import { driftFrom, isPlanFile, readPlanFile, type SavedPlan } from './plan-file.ts';
import { refuse } from './report.ts';
import { chosenLink, type ToolLink, type ToolReport } from './tool-report.ts';
import { UsageError } from './usage-error.ts';
import { linkLines } from './views/doctor.ts';
import { jsonDocument } from './views/json.ts';
import type { AssetFile, Compilation } from './wiring.ts';

export type PreparedRender = {
	readonly plan: ExecutablePlan;
	readonly assetFile: AssetFile;
	readonly draft: boolean;
	/** Whether only some outputs of the campaign are made. */
	readonly partial: boolean;
};

/** A plan that is ready to be executed, from a spec or from a saved plan; or the exit code after the reason was told. */
export const prepareRender = async (context: CliContext, target: string, flags: OutputFlags): Promise<PreparedRender | ExitCode> => {
	return isPlanFile(target) ? fromPlanFile(context, target, flags) : fromSpec(context, target, flags);
};

const fromSpec = async (context: CliContext, file: string, flags: OutputFlags): Promise<PreparedRender | ExitCode> => {
	const loaded = await loadCampaign(context, file, flags);
	if (typeof loaded === 'number') return loaded;
	const { options, compilation } = loaded;
	const lacking = await refuseWithoutTools(context, flags.json ?? false);
	if (lacking !== null) return lacking;
	const plan = await planLoaded(context, loaded);
	return { plan, assetFile: compilation.assetFile, draft: options.draft, partial: options.select !== null || options.limit !== null };
};

/** Compiles the spec of a saved plan again: only a plan that still says what would be done is executed. */
const fromPlanFile = async (context: CliContext, file: string, flags: OutputFlags): Promise<PreparedRender | ExitCode> => {
	if (flags.select !== undefined || flags.limit !== undefined || flags.draft)
		throw new UsageError('a saved plan has its outputs: --select, --limit and --draft belong to `reelform plan`');
	const json = flags.json ?? false;
	const read = await readPlanFile(context.cwd, file);
	if (!read.ok) return refuse(context, { file, diagnostics: read.diagnostics, sources: new Map() }, json);
	const saved = read.value;
	const lacking = await refuseWithoutTools(context, json);
	if (lacking !== null) return lacking;
	const compilation = await compileSaved(context, saved);
	const { outcome, sources, assetFile } = compilation;
	if (!outcome.ok) return refuse(context, { file: saved.spec, diagnostics: outcome.diagnostics, sources }, json);
	const plan = await planLoaded(context, { compilation, compiled: outcome.value, options: saved.options });
	const drift = driftFrom(saved.plan, plan);
	if (drift !== null) return refuse(context, { file, diagnostics: [drift], sources: new Map() }, json);
	return { plan, assetFile, draft: saved.options.draft, partial: saved.options.select !== null || saved.options.limit !== null };
};

const compileSaved = async (context: CliContext, { spec, options }: SavedPlan): Promise<Compilation> =>
	(await context.wiring()).compile(relative(context.cwd, resolve(context.cwd, spec)), options);

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
