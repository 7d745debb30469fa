import { join, resolve } from 'node:path';
import type { ExecutablePlan } from '../../model/render-plan.ts';
import { recordRun } from '../applied.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { OutputFlags } from '../load-campaign.ts';
import { refuseUnwritable } from '../output-folder.ts';
import { prepareRender } from '../prepare-render.ts';
import { runRender } from '../run-render.ts';
import { sumLine } from '../views/plan.ts';
import { interruptedText, resultLine } from '../views/render-result.ts';

export type RenderFlags = OutputFlags & {
	readonly out?: string;
	readonly concurrency?: number;
	readonly frameSource?: 'stage' | 'remotion';
};

/** Makes the files that a plan shows. What an earlier run has finished is not done again. */
export const render = async (context: CliContext, target: string, flags: RenderFlags): Promise<ExitCode> => {
	const prepared = await prepareRender(context, target, flags);
	if (typeof prepared === 'number') return prepared;
	const { plan, assetFile } = prepared;
	const directory = flags.out ?? join('out', `${plan.plan.campaign}${prepared.draft ? '-draft' : ''}`);
	const unwritable = refuseUnwritable(context, directory, flags.json ?? false);
	if (unwritable !== null) return unwritable;
	const wiring = await context.wiring();
	if (!flags.json) context.stderr.write(`${sumLine(plan.plan)}\n`);
	const outcome = await runRender(context, flags.json ?? false, (signal) =>
		wiring.execute(
			{
				plan,
				assetFile,
				outputDirectory: resolve(context.cwd, directory),
				concurrency: flags.concurrency ?? wiring.defaultConcurrency,
				frameSource: flags.frameSource ?? null,
			},
			signal,
		),
	);
	const { draft, partial } = prepared;
	await recordRun(context.cwd, { plan, draft, partial, directory, finished: outcome.finished }).catch((error: Error) =>
		context.stderr.write(`What was rendered could not be recorded in .reelform/applied: ${error.message}\n`),
	);
	if (outcome.summary === null || outcome.summary.interrupted) {
		if (!flags.json) context.stderr.write(interruptedText(outcome.summary?.segments.rendered ?? 0));
		return EXIT.interrupted;
	}
	if (!flags.json) context.stdout.write(`${resultLine(outcome.summary, directory, framesOf(plan, outcome.finished))}\n`);
	return outcome.summary.outputs.failed > 0 ? EXIT.failedOutputs : EXIT.done;
};

const framesOf = ({ plan }: ExecutablePlan, ids: ReadonlySet<string>): number =>
	plan.outputs.filter((output) => ids.has(output.id)).reduce((sum, output) => sum + output.frames, 0);
