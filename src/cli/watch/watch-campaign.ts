import type { PlanDifference } from '../../compiler/pipeline.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RenderPlan } from '../../model/render-plan.ts';
import { unreachable } from '../../model/unreachable.ts';
import type { Sources } from '../views/diagnostics.ts';
import type { Compilation } from '../wiring.ts';

/** One compile of the spec as it is on disk now. */
export type Attempt = {
	/** Null when the spec is wrong. */
	readonly plan: RenderPlan | null;
	readonly diagnostics: readonly Diagnostic[];
	readonly sources: Sources;
	/** What is known about rows; null where there are none. */
	readonly rows: Compilation['rows'];
	/** Absolute paths of the files that the spec names; null when it could not be read so far. */
	readonly namedFiles: readonly string[] | null;
};

type Told = Pick<Attempt, 'diagnostics' | 'sources' | 'rows'>;

/** What a watch says, in order. */
export type WatchEvent =
	/** These files are followed now. */
	| { readonly type: 'watching'; readonly files: readonly string[] }
	/** The first plan. */
	| ({ readonly type: 'planned'; readonly plan: RenderPlan } & Told)
	/** A later plan, and how it differs from the last good one. */
	| ({ readonly type: 'replanned'; readonly plan: RenderPlan; readonly difference: PlanDifference } & Told)
	/** The spec is wrong. `kept` is the last good plan, which still stands. */
	| ({ readonly type: 'failed'; readonly kept: RenderPlan | null } & Told);

export type WatchRequest = {
	/** The spec, absolute. */
	readonly specFile: string;
	/** Sets of changes: files, or what live sources say; ends when the watch is to end. */
	readonly batches: AsyncIterable<ReadonlySet<string>>;
	/** Whether a change is that of a live source: nobody waits for an answer to it. */
	readonly isLive: (change: string) => boolean;
	readonly attempt: () => Promise<Attempt>;
	/** Called before the first attempt, and whenever the spec names other files. */
	readonly follow: (files: readonly string[]) => Promise<void>;
	readonly diff: (before: RenderPlan, after: RenderPlan) => PlanDifference;
};

/**
 * Compiles and plans once, and again for every batch of changes. A fault leaves the last good plan standing. Live sources that change what nobody
 * is shown are passed over in silence.
 */
export async function* watchCampaign(request: WatchRequest): AsyncIterable<WatchEvent> {
	let files: readonly string[] = [request.specFile];
	let good: RenderPlan | null = null;
	let lastTold = '';
	await request.follow(files);
	yield { type: 'watching', files };

	const step = async function* (changes: ReadonlySet<string>): AsyncIterable<WatchEvent> {
		const { plan, namedFiles, ...told } = await request.attempt();
		// A spec that cannot be read names nothing: the files of the last one that could are followed on.
		const next = namedFiles === null ? files : [request.specFile, ...namedFiles];
		if (next.join('\n') !== files.join('\n')) {
			files = next;
			await request.follow(files);
			yield { type: 'watching', files };
		}
		const event = eventOf(good, plan, { ...request, told });
		const telling = tellingOf(event);
		const isNews = telling !== lastTold || changesSomething(event);
		good = plan ?? good;
		lastTold = telling;
		if (isNews || ![...changes].every(request.isLive)) yield event;
	};

	yield* step(new Set([request.specFile]));
	for await (const batch of request.batches) yield* step(batch);
}

type CampaignEvent = Exclude<WatchEvent, { readonly type: 'watching' }>;

const eventOf = (
	good: RenderPlan | null,
	plan: RenderPlan | null,
	{ diff, told }: Pick<WatchRequest, 'diff'> & { readonly told: Told },
): CampaignEvent => {
	if (plan === null) return { type: 'failed', kept: good, ...told };
	if (good === null) return { type: 'planned', plan, ...told };
	return { type: 'replanned', plan, difference: diff(good, plan), ...told };
};

/** Two attempts between which no plan has changed say the same when this is the same. */
const tellingOf = ({ type, diagnostics, rows }: CampaignEvent): string =>
	JSON.stringify([type === 'failed', diagnostics, rows?.problems ?? []]);

const changesSomething = (event: CampaignEvent): boolean => {
	switch (event.type) {
		case 'failed':
			return false;
		case 'planned':
			return true;
		case 'replanned': {
			const { added, changed, removed } = event.difference.outputs;
			return added.length + changed.length + removed.length > 0;
		}
		default:
			return unreachable(event);
	}
};
