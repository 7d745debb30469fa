import { resolve } from 'node:path';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { failedIn } from '../manifest/read-manifest.ts';
import { prepareRender } from '../prepare-render.ts';
import { outputDirectory, type RenderFlags, renderPrepared } from './render.ts';

/** A spec that says no name cannot be rendered either, and `render` says why. */
const tellWhy = async (context: CliContext, spec: string, flags: RenderFlags): Promise<ExitCode> => {
	const told = await prepareRender(context, spec, flags);
	if (typeof told !== 'number') throw new Error(`${spec} can be rendered and has no name`);
	return told;
};

/** Renders what the manifest of the last run lists as failed, and rows that it skipped and that are good now; nothing else. */
export const retry = async (context: CliContext, spec: string, flags: RenderFlags): Promise<ExitCode> => {
	const campaign = await (await context.wiring()).campaignName(spec);
	if (campaign === null) return tellWhy(context, spec, flags);
	const directory = outputDirectory({ campaign, draft: flags.draft ?? false }, flags);
	const { keys, outputs, rows } = await failedIn(resolve(context.cwd, directory));
	if (outputs.length === 0 && rows.length === 0) {
		context.stderr.write(`Nothing has failed in ${directory}/.\n`);
		return EXIT.done;
	}
	// Without recipients the outputs have no keys: what is there already is found unchanged.
	const again = keys.length === 0 && rows.length === 0 ? {} : { again: { keys, numbers: rows } };
	const prepared = await prepareRender(context, spec, { ...flags, ...again });
	if (typeof prepared === 'number') return prepared;
	return renderPrepared(context, { ...prepared, partial: true }, { ...flags, out: directory });
};
