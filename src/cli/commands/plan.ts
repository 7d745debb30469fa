import { relative, resolve } from 'node:path';
import type { ExecutablePlan } from '../../model/render-plan.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { compileOptions, type LoadedCampaign, liveMoment, type OutputFlags, planLoaded, settleCampaign } from '../load-campaign.ts';
import { writePlanFile } from '../plan-file.ts';
import { planStream } from '../plan-stream.ts';
import { UsageError } from '../usage-error.ts';
import { planJson, planLines } from '../views/json.ts';
import { isClean, planText } from '../views/plan.ts';
import { writeOrRefuse } from '../write-or-refuse.ts';

export type PlanFlags = OutputFlags & {
	readonly out?: string;
	readonly detailedExitcode?: boolean;
	readonly jsonLines?: boolean;
};

/** Shows what a render would do and why, and saves it when asked. */
export const plan = async (context: CliContext, file: string, flags: PlanFlags): Promise<ExitCode> => {
	if (flags.out !== undefined && !flags.out.endsWith('.json')) throw new UsageError(`--out ${flags.out}: a plan file ends in .json`);
	const json = flags.json || flags.jsonLines || false;
	const options = compileOptions(flags);
	// A saved plan is rendered as it was shown.
	const live = liveMoment(flags, flags.out === undefined ? 'look' : 'take');
	const wiring = await context.wiring();
	wiring.tools().catch(() => {});
	if (flags.jsonLines && (await wiring.hasRecipients(file))) return planStream(context, file, { options, live, lines: true });
	const compilation = await wiring.compile(file, options, live);
	if (compilation.tooMany !== undefined && !json && flags.out === undefined)
		return planStream(context, file, { options, live, lines: false });
	const loaded = settleCampaign(context, { compilation, options, json });
	if (typeof loaded === 'number') return loaded;
	const planned = await planLoaded(context, loaded);
	const refused = flags.out === undefined ? null : await save(context, loaded, { planned, file, out: flags.out, json });
	if (refused !== null) return refused;
	if (flags.jsonLines) for (const line of planLines(planned.plan)) context.stdout.write(line);
	else context.stdout.write(flags.json ? planJson(planned.plan) : planText(planned.plan, context.stdout.colors));
	warnWithoutTools(context, planned);
	return flags.detailedExitcode && !isClean(planned.plan) ? EXIT.changes : EXIT.done;
};

type Save = { readonly planned: ExecutablePlan; readonly file: string; readonly out: string; readonly json: boolean };

const save = async (context: CliContext, { options }: LoadedCampaign, { planned, file, out, json }: Save): Promise<ExitCode | null> => {
	const { cwd, stderr } = context;
	const place = resolve(cwd, out);
	const saved = { spec: relative(cwd, resolve(cwd, file)), options, plan: planned };
	const refused = await writeOrRefuse(context, { file: place, json }, () => writePlanFile(place, saved));
	if (refused === null) stderr.write(`Saved. Execute it with: reelform render ${out}\n`);
	return refused;
};

const warnWithoutTools = ({ stderr }: CliContext, { toolchain }: ExecutablePlan): void => {
	const missing = [...(toolchain.browser === null ? ['browser'] : []), ...(toolchain.encoder === null ? ['encoder'] : [])];
	if (missing.length > 0)
		stderr.write(`This machine has no ${missing.join(' and no ')}: it can plan and not render. See: reelform doctor\n`);
};
