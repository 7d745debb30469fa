import { resolve } from 'node:path';
import type { CompiledCampaign, CompileOptions } from '../compiler/pipeline.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import type { LiveMoment } from '../ports/data-sources.ts';
import { narrowTo, readApplied } from './applied.ts';
import { withCaptionChanges } from './caption-changes.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';
import { refuse, reportDiagnostics } from './report.ts';
import { checkSelection, parseSelection } from './select.ts';
import { UsageError } from './usage-error.ts';
import { rowProblemLines } from './views/row-problems.ts';
import type { Compilation } from './wiring.ts';

/** The flags that say which outputs are wanted. */
export type OutputFlags = {
	readonly select?: readonly string[];
	readonly limit?: number;
	/** Keys of recipients. */
	readonly rows?: readonly string[];
	readonly sample?: number;
	/** In the place of `rows`, what `retry` looks at again: keys and numbers of rows, as far as they are there. */
	readonly again?: { readonly keys: readonly string[]; readonly numbers: readonly number[] };
	readonly draft?: boolean;
	/** Live sources show what they gave the last render: nothing else will do, or, for `if-kept`, they are asked where there is nothing. */
	readonly replay?: boolean | 'if-kept';
	readonly json?: boolean;
};

export type LoadedCampaign = { readonly compilation: Compilation; readonly compiled: CompiledCampaign; readonly options: CompileOptions };

/** @throws UsageError for a selection that cannot be read. */
export const compileOptions = (flags: OutputFlags): CompileOptions => ({
	draft: flags.draft ?? false,
	select: flags.select === undefined ? null : parseSelection(flags.select),
	limit: flags.limit ?? null,
	...rowsIn(flags),
});

const rowsIn = ({ rows, sample, again }: OutputFlags): Pick<CompileOptions, 'rows'> => {
	if (again !== undefined) return { rows: { ...again, sample: null, ifThere: true } };
	return rows === undefined && sample === undefined ? {} : { rows: { keys: rows ?? null, sample: sample ?? null } };
};

/** What live sources show; `otherwise` where the flags do not say. */
export const liveMoment = ({ replay = false }: OutputFlags, otherwise: 'look' | 'take'): LiveMoment => {
	if (replay === 'if-kept') return 'replay-if-kept';
	return replay ? 'replay' : otherwise;
};

/** Whether only some outputs of a campaign are asked for. */
export const isPartial = ({ select, limit, rows }: CompileOptions): boolean => select !== null || limit !== null || rows !== undefined;

/**
 * A campaign that is right, with its warnings reported; or the exit code after its faults were.
 * @throws UsageError when the selection names what the campaign does not have, or leaves no output.
 */
export const loadCampaign = async (context: CliContext, file: string, flags: OutputFlags): Promise<LoadedCampaign | ExitCode> => {
	const options = compileOptions(flags);
	const wiring = await context.wiring();
	// The tools are looked for while the spec is compiled; whoever needs them hears of what goes wrong.
	wiring.tools().catch(() => {});
	const compilation = await wiring.compile(file, options, liveMoment(flags, 'look'));
	return settleCampaign(context, { compilation, options, json: flags.json ?? false });
};

/** @throws UsageError where recipients are chosen of a campaign that has none. */
export const checkRowChoice = ({ rows: choice }: CompileOptions, rows: Compilation['rows']): void => {
	if (choice === undefined || choice.ifThere || rows !== null) return;
	throw new UsageError('the campaign has no recipients to choose from', '--rows and --sample are for campaigns with `data.recipients`');
};

type Settling = { readonly compilation: Compilation; readonly options: CompileOptions; readonly json: boolean };

/** Reports what a compilation has to say. */
export const settleCampaign = (context: CliContext, { compilation, options, json }: Settling): LoadedCampaign | ExitCode => {
	const { file, outcome, sources, axes, rows } = compilation;
	if (!outcome.ok) return refuseCompilation(context, compilation, json);
	if (options.select !== null && axes !== null) checkSelection(options.select, axes);
	checkRowChoice(options, rows);
	if (outcome.value.outputs.length === 0) throw new UsageError('no output of the campaign matches --select');
	reportDiagnostics(context, { file, diagnostics: outcome.diagnostics, sources });
	reportRows(context, { file, rows });
	return { compilation, compiled: outcome.value, options };
};

export const refuseCompilation = (context: CliContext, { file, outcome, sources, rows }: Compilation, json: boolean): ExitCode => {
	if (!json) reportRows(context, { file, rows });
	return refuse(context, { file, diagnostics: outcome.diagnostics, sources }, json);
};

/** Says on stderr which rows cannot be used, the first of them one by one. */
export const reportRows = ({ stderr }: CliContext, { file, rows }: { readonly file: string; readonly rows: Compilation['rows'] }): void => {
	if (rows !== null && rows.problems.length > 0) stderr.write(rowProblemLines(rows.problems, { file, colors: stderr.colors }));
};

/** The plan of a campaign against the store, and against what earlier renders of it left. */
export const planLoaded = async (context: CliContext, { compilation, compiled, options }: LoadedCampaign): Promise<ExecutablePlan> => {
	const applied = await readApplied(context.cwd, { campaign: compiled.campaign, draft: options.draft });
	const ids = new Set(compiled.outputs.map((output) => output.id));
	const previous = applied === null ? null : isPartial(options) ? narrowTo(ids, applied.plan) : applied.plan;
	const wiring = await context.wiring();
	const planned = await wiring.plan(compiled, previous, compilation.assetCache);
	if (applied === null) return planned;
	return withCaptionChanges(planned, ({ path }, captions) =>
		wiring.areCaptionsInPlace(resolve(context.cwd, applied.directory, path), captions),
	);
};
