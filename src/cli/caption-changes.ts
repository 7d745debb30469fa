import type { ExecutablePlan, PlannedOutput } from '../model/render-plan.ts';
import type { Wiring } from './wiring.ts';

type AreInPlace = (output: PlannedOutput, captions: Parameters<Wiring['areCaptionsInPlace']>[1]) => Promise<boolean>;

/** A plan in which an output whose video stays, and whose files of captions are gone or say something else, is one that changes: a render writes them. */
export const withCaptionChanges = async (executable: ExecutablePlan, areInPlace: AreInPlace): Promise<ExecutablePlan> => {
	const { plan, captions } = executable;
	const unchanged = new Set(plan.changes.flatMap(({ id, change }) => (change === 'unchanged' ? [id] : [])));
	const lacking = new Set<string>();
	for (const output of plan.outputs)
		if (unchanged.has(output.id) && captions?.[output.id] !== undefined && !(await areInPlace(output, captions[output.id])))
			lacking.add(output.id);
	if (lacking.size === 0) return executable;
	const changes = plan.changes.map((change) => (lacking.has(change.id) ? { ...change, change: 'changed' as const } : change));
	return { ...executable, plan: { ...plan, changes } };
};
