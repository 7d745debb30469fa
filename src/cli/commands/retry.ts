import { resolve } from 'node:path';
import type { RunSummary } from '../../model/events.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { failedIn } from '../manifest/read-manifest.ts';
import { prepareRender } from '../prepare-render.ts';
import { jsonLine } from '../views/json.ts';
import { outputDirectory, type RenderFlags, readLimits, renderPrepared } from './render.ts';

const NOTHING_DONE: RunSummary = {
	outputs: { finished: 0, unchanged: 0, failed: 0 },
	segments: { rendered: 0, reused: 0, failed: 0 },
	frames: { total: 0, rendered: 0, held: 0, reused: 0 },
	durationMs: 0,
	interrupted: false,
};

/** A spec that says no name cannot be rendered either, and `render` says why. */
const tellWhy = async (context: CliContext, spec: string, flags: RenderFlags): Promise<ExitCode> => {
	const told = await prepareRender(context, spec, flags);
	if (typeof told !== 'number') throw new Error(`${spec} can be rendered and has no name`);
	return told;
};

/** Renders what the manifest of the last run lists as failed, and rows that it skipped and that are good now; nothing else. */
export const retry = async (context: CliContext, spec: string, flags: RenderFlags): Promise<ExitCode> => {
	readLimits(flags);
	const campaign = await (await context.wiring()).campaignName(spec);
	if (campaign === null) return tellWhy(context, spec, flags);
	const directory = outputDirectory({ campaign, draft: flags.draft ?? false }, flags);
	const { keys, outputs, rows } = await failedIn(resolve(context.cwd, directory));
	if (outputs.length === 0 && rows.length === 0) {
		if (flags.json) context.stdout.write(jsonLine({ type: 'run-finished', summary: NOTHING_DONE }, true));
		context.stderr.write(`Nothing has failed in ${directory}/.\n`);
		return EXIT.done;
	}
	// Without recipients the outputs have no keys: what is there already is found unchanged.
	const again = keys.length === 0 && rows.length === 0 ? {} : { again: { keys, numbers: rows } };
	const prepared = await prepareRender(context, spec, { ...flags, ...again, replay: 'if-kept' });
	if (typeof prepared === 'number') return prepared;
	return renderPrepared(context, { ...prepared, partial: true }, { ...flags, out: directory });
};
