import type { PlannedMix, PlannedOutput, PlannedSegment, RenderPlan } from '../model/render-plan.ts';

/** What a save did to the plan. */
export type PlanDifference = {
	readonly outputs: {
		readonly added: readonly string[];
		readonly changed: readonly string[];
		readonly removed: readonly string[];
		readonly unchanged: number;
	};
	/** Segments of the plan after that the plan before did not have. */
	readonly segments: readonly PlannedSegment[];
	/** Frames of those segments that are not in the store. */
	readonly framesToRender: number;
	/** Mixes of the plan after that the plan before did not have; left out when there are none. */
	readonly mixes?: readonly PlannedMix[];
};

const playedBy = ({ path, segments, audio }: PlannedOutput): string => `${path} ${audio ?? ''} ${segments.join(' ')}`;

/** Two plans of one campaign, one after the other. Outputs are told apart by id. */
export const diffPlans = (before: RenderPlan, after: RenderPlan): PlanDifference => {
	const known = new Map(before.outputs.map((output) => [output.id, playedBy(output)]));
	const now = new Map(after.outputs.map((output) => [output.id, playedBy(output)]));
	const heard = new Set((before.mixes ?? []).map(({ key }) => key));
	const ids = [...now.keys()];
	const keys = new Set(before.segments.map((segment) => segment.key));
	const segments = after.segments.filter((segment) => !keys.has(segment.key));
	const mixes = (after.mixes ?? []).filter(({ key }) => !heard.has(key));
	return {
		...(mixes.length === 0 ? {} : { mixes }),
		outputs: {
			added: ids.filter((id) => !known.has(id)),
			changed: ids.filter((id) => known.has(id) && known.get(id) !== now.get(id)),
			removed: [...known.keys()].filter((id) => !now.has(id)),
			unchanged: ids.filter((id) => known.get(id) === now.get(id)).length,
		},
		segments,
		framesToRender: segments.filter((segment) => segment.action === 'render').reduce((sum, segment) => sum + segment.frames, 0),
	};
};
