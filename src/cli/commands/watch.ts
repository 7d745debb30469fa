import { resolve } from 'node:path';
import { diffPlans } from '../../compiler/pipeline.ts';
import type { CliContext } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { planLoaded, reportRows } from '../load-campaign.ts';
import { watchJson, watchWords } from '../views/watch.ts';
import { openChangeQueue } from '../watch/change-queue.ts';
import { openFileWatcher } from '../watch/file-watcher.ts';
import { type Attempt, watchCampaign } from '../watch/watch-campaign.ts';

/** Longer than the steps of one save, shorter than a person waits. */
const QUIET_MS = 100;
/** Before the name of a live source that has changed; the other changes are absolute paths. */
const LIVE = 'data.';
const OPTIONS = { draft: false, select: null, limit: null };

/** Compiles and plans on every save, until it is interrupted: that is how a watch ends, so it ends well. */
export const watch = async (context: CliContext, file: string, flags: { readonly json?: boolean }): Promise<ExitCode> => {
	const queue = openChangeQueue();
	const watcher = openFileWatcher(queue.push);
	const interruption = context.interruption();
	const live = openLiveFollower(context, { file, push: queue.push, interruption });
	const specFile = resolve(context.cwd, file);
	const events = watchCampaign({
		specFile,
		batches: beforeEach(queue.batches(QUIET_MS), async (changed) => {
			if (changed.has(specFile)) await live.restart();
		}),
		isLive: (change) => change.startsWith(LIVE),
		attempt: () => attempt(context, file),
		follow: watcher.follow,
		diff: diffPlans,
	});
	try {
		await live.restart();
		let isFirst = true;
		for await (const event of untilAborted(events, interruption)) {
			if (event.type !== 'watching') reportRows(context, { file, rows: event.rows });
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
		live.stop();
		await watcher.close();
	}
	return EXIT.done;
};

type Follower = { readonly file: string; readonly push: (change: string) => void; readonly interruption: AbortSignal };

/** The live sources of the spec as it was at the last restart: which they are is written in it. */
const openLiveFollower = (context: CliContext, { file, push, interruption }: Follower) => {
	let current = new AbortController();
	return {
		restart: async (): Promise<void> => {
			current.abort();
			current = new AbortController();
			const signal = AbortSignal.any([current.signal, interruption]);
			await (await context.wiring()).followLive(file, (source) => push(`${LIVE}${source}`), signal);
		},
		stop: () => current.abort(),
	};
};

/** Ends with the signal, whatever is under way: a source that says nothing would hold up the end for as long as it is waited for. */
async function* untilAborted<T>(values: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
	const iterator = values[Symbol.asyncIterator]();
	const aborted = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null), { once: true }));
	while (!signal.aborted) {
		const step = iterator.next();
		// Nobody hears what becomes of it after the end.
		step.catch(() => {});
		const next = await Promise.race([step, aborted]);
		if (next === null || next.done) return;
		yield next.value;
	}
}

async function* beforeEach<T>(values: AsyncIterable<T>, act: (value: T) => Promise<void>): AsyncGenerator<T> {
	for await (const value of values) {
		await act(value);
		yield value;
	}
}

const attempt = async (context: CliContext, file: string): Promise<Attempt> => {
	const compilation = await (await context.wiring()).compile(file, OPTIONS);
	const { outcome, sources, namedFiles, rows } = compilation;
	const { diagnostics } = outcome;
	if (!outcome.ok) return { plan: null, diagnostics, sources, namedFiles, rows };
	const { plan } = await planLoaded(context, { compilation, compiled: outcome.value, options: OPTIONS });
	return { plan, diagnostics, sources, namedFiles, rows };
};
