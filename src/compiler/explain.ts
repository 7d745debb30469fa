import type { SegmentKey } from '../model/keys.ts';
import type { ExecutablePlan } from '../model/render-plan.ts';
import type { SegmentMessage } from '../model/segment-message.ts';
import { describeChange, differences } from './describe-change.ts';
import type { PlanContext } from './plan.ts';
import type { Sharing } from './share.ts';

/**
 * Why each segment that the last render did not have is there: what differs from the segment that stood in its place in the same
 * output, or in the one that made the same file. Segments without such a predecessor have no entry: they are new.
 */
export const explainSegments = (sharing: Sharing, { previous }: PlanContext): ReadonlyMap<SegmentKey, string> => {
	const reasons = new Map<SegmentKey, string>();
	if (previous === null) return reasons;
	const [tool] = differences(previous.toolchain, sharing.toolchain);
	const earlier = new Map(previous.plan.outputs.map((output) => [output.id, output]));
	const atPath = new Map(previous.plan.outputs.map((output) => [output.path, output]));
	const labels = new Map(previous.plan.segments.map((segment) => [segment.key, segment.label]));
	for (const { output, keys } of sharing.outputs) {
		const before = earlier.get(output.id) ?? atPath.get(output.path);
		if (before === undefined) continue;
		keys.forEach((key, index) => {
			if (reasons.has(key)) return;
			if (previous.messages[key] !== undefined) {
				reasons.set(key, 'missing from the store');
				return;
			}
			const place = placeOf(output.segments[index]!.label, index, (i) => output.segments[i]?.label);
			const message = predecessor(previous, labels, before.segments, place);
			const change = message === undefined ? null : describeChange(message, output.segments[index]!.message);
			if (change !== null) reasons.set(key, `changed: ${change}`);
			else if (message !== undefined && tool !== undefined) reasons.set(key, `changed: toolchain, another ${tool.path}`);
		});
	}
	return reasons;
};

/** The n-th segment with a label. */
type Place = { readonly label: string; readonly nth: number };

const placeOf = (label: string, index: number, labelAt: (index: number) => string | undefined): Place => ({
	label,
	nth: Array.from({ length: index }, (_, i) => labelAt(i)).filter((other) => other === label).length,
});

const predecessor = (
	previous: ExecutablePlan,
	labels: ReadonlyMap<string, string>,
	keys: readonly SegmentKey[],
	place: Place,
): SegmentMessage | undefined => {
	const key = keys.filter((candidate) => labels.get(candidate) === place.label)[place.nth];
	return key === undefined ? undefined : previous.messages[key];
};
