import type { PlanDifference } from '../../compiler/pipeline.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RenderPlan } from '../../model/render-plan.ts';
import type { Sources } from '../views/diagnostics.ts';

/** One compile of the spec as it is on disk now. */
export type Attempt = {
	/** Null when the spec is wrong. */
	readonly plan: RenderPlan | null;
	readonly diagnostics: readonly Diagnostic[];
	readonly sources: Sources;
	/** Absolute paths of the files that the spec names; null when it could not be read so far. */
	readonly namedFiles: readonly string[] | null;
};

type Told = { readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources };

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
	/** Sets of changed files; ends when the watch is to end. */
	readonly batches: AsyncIterable<ReadonlySet<string>>;
	readonly attempt: () => Promise<Attempt>;
	/** Called before the first attempt, and whenever the spec names other files. */
	readonly follow: (files: readonly string[]) => Promise<void>;
	readonly diff: (before: RenderPlan, after: RenderPlan) => PlanDifference;
};

/** Compiles and plans once, and again for every batch of changes. A fault leaves the last good plan standing. */
export async function* watchCampaign(request: WatchRequest): AsyncIterable<WatchEvent> {
	let files: readonly string[] = [request.specFile];
	let good: RenderPlan | null = null;
	await request.follow(files);
	yield { type: 'watching', files };

	const step = async function* (): AsyncIterable<WatchEvent> {
		const { plan, diagnostics, sources, namedFiles } = await request.attempt();
		// A spec that cannot be read names nothing: the files of the last one that could are followed on.
		const next = namedFiles === null ? files : [request.specFile, ...namedFiles];
		if (next.join('\n') !== files.join('\n')) {
			files = next;
			await request.follow(files);
			yield { type: 'watching', files };
		}
		if (plan === null) yield { type: 'failed', kept: good, diagnostics, sources };
		else if (good === null) yield { type: 'planned', plan, diagnostics, sources };
		else yield { type: 'replanned', plan, difference: request.diff(good, plan), diagnostics, sources };
		good = plan ?? good;
	};

	yield* step();
	for await (const _batch of request.batches) yield* step();
}
