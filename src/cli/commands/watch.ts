import { resolve } from 'node:path';
import { diffPlans } from '../../compiler/pipeline.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { planLoaded } from '../load-campaign.ts';
import { watchJson, watchWords } from '../views/watch.ts';
import { openChangeQueue } from '../watch/change-queue.ts';
import { openFileWatcher } from '../watch/file-watcher.ts';
import { type Attempt, watchCampaign } from '../watch/watch-campaign.ts';

/** Longer than the steps of one save, shorter than a person waits. */
const QUIET_MS = 100;
const OPTIONS = { draft: false, select: null, limit: null };

/** Compiles and plans on every save, until it is interrupted: that is how a watch ends, so it ends well. */
export const watch = async (context: CliContext, file: string, flags: { readonly json?: boolean }): Promise<ExitCode> => {
	const queue = openChangeQueue();
	const watcher = openFileWatcher(queue.push);
	context.interruption().addEventListener('abort', queue.close, { once: true });
	const events = watchCampaign({
		specFile: resolve(context.cwd, file),
		batches: queue.batches(QUIET_MS),
		attempt: () => attempt(context, file),
		follow: watcher.follow,
		diff: diffPlans,
	});
	try {
		let isFirst = true;
		for await (const event of events) {
			if (flags.json) context.stdout.write(watchJson(event, file, isFirst));
			else {
				const { out, err } = watchWords(event, context.cwd, context.stderr.colors);
				context.stderr.write(err);
				context.stdout.write(out);
			}
			isFirst = false;
		}
	} finally {
		queue.close();
		await watcher.close();
	}
	return EXIT.done;
};

const attempt = async (context: CliContext, file: string): Promise<Attempt> => {
	const compilation = await (await context.wiring()).compile(file, OPTIONS);
	const { outcome, sources, namedFiles } = compilation;
	const { diagnostics } = outcome;
	if (!outcome.ok) return { plan: null, diagnostics, sources, namedFiles };
	const { plan } = await planLoaded(context, { compilation, compiled: outcome.value, options: OPTIONS });
	return { plan, diagnostics, sources, namedFiles };
};
