import { axesOf } from '../model/cell.ts';
import type { SegmentKey } from '../model/keys.ts';
import {
	type ExecutablePlan,
	type OutputChange,
	PLAN_FORMAT_VERSION,
	type PlannedOutput,
	type PlannedSegment,
	type PlanSummary,
} from '../model/render-plan.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';
import { estimateSeconds } from './estimate.ts';
import { explainSegments } from './explain.ts';
import type { KeyedOutput, Sharing } from './share.ts';
import { type MixContext, planMixes, soundsOf, sumMixes } from './sound/plan-mixes.ts';

export type PlanContext = {
	/** Records of the segments that the store holds, at least those of this campaign's keys. */
	readonly stored: ReadonlyMap<string, SegmentRecord>;
	/** The plan of the last render of this campaign: what changes are told against. */
	readonly previous: ExecutablePlan | null;
	/** Keys of the mixes that the store holds. None when left out. */
	readonly mixes?: MixContext['mixes'];
	/** Sentences that are said already, by key. None when left out. */
	readonly said?: MixContext['said'];
	/** Workers that will render, for the estimate. */
	readonly concurrency: number;
};

/** Stage 7. What is reused, what is rendered and why, and every message that a worker will need. */
export const planCampaign = (sharing: Sharing, context: PlanContext): ExecutablePlan => {
	const outputs = sharing.outputs.map(planOutput);
	const reasons = explainSegments(sharing, context);
	const segments = [...sharing.segments.values()].map((shared): PlannedSegment => {
		const reused = context.stored.has(shared.key);
		return {
			key: shared.key,
			label: shared.label,
			canvas: shared.message.canvas,
			frames: shared.message.frames,
			uses: shared.uses,
			action: reused ? 'reuse' : 'render',
			reason: reused ? 'in the store' : (reasons.get(shared.key) ?? 'new'),
		};
	});
	const mixes = planMixes(sharing, context);
	return {
		plan: {
			formatVersion: PLAN_FORMAT_VERSION,
			campaign: sharing.campaign,
			summary: { ...summarise(sharing, segments, context), ...sumMixes(sharing, mixes, context) },
			outputs,
			segments,
			...(mixes.length === 0 ? {} : { mixes }),
			changes: outputChanges(outputs, context.previous),
		},
		toolchain: sharing.toolchain,
		messages: Object.fromEntries([...sharing.segments.values()].map((shared) => [shared.key, shared.message])),
		...soundsOf(sharing),
	};
};

const planOutput = ({ output, keys, audio }: KeyedOutput): PlannedOutput => {
	const { cell } = output;
	return {
		id: output.id,
		path: output.path,
		axes: axesOf(cell),
		recipient: output.recipient?.key ?? null,
		...(output.recipient === null ? {} : { row: output.recipient.row }),
		width: cell.platform.canvas.width,
		height: cell.platform.canvas.height,
		fps: cell.platform.canvas.fps,
		frames: output.frames,
		segments: keys,
		...(audio === null ? {} : { audio }),
	};
};

const summarise = (sharing: Sharing, segments: readonly PlannedSegment[], context: PlanContext): PlanSummary => {
	const reused = segments.filter((segment) => segment.action === 'reuse');
	const rendered = segments.filter((segment) => segment.action === 'render');
	const framesOf = (list: readonly PlannedSegment[]): number => list.reduce((sum, segment) => sum + segment.frames, 0);
	return {
		outputs: sharing.outputs.length,
		segments: {
			total: sharing.outputs.reduce((sum, { keys }) => sum + keys.length, 0),
			unique: segments.length,
			reused: reused.length,
			toRender: rendered.length,
		},
		frames: {
			total: sharing.outputs.reduce((sum, { output }) => sum + output.frames, 0),
			unique: framesOf(segments),
			reused: framesOf(reused),
			toRender: framesOf(rendered),
		},
		estimate: estimateSeconds(rendered, [...context.stored.values()], context.concurrency),
	};
};

const outputChanges = (outputs: readonly PlannedOutput[], previous: ExecutablePlan | null): readonly OutputChange[] => {
	const before = new Map((previous?.plan.outputs ?? []).map((output) => [output.id, output]));
	const replaced = new Set([...before.values()].map(({ path }) => path));
	const now = outputs.map(({ id, path, ...output }): OutputChange => {
		const known = before.get(id);
		before.delete(id);
		// A file that another output made before, such as one of a cta that was renamed, is made anew in its place.
		if (known === undefined) return { id, path, change: replaced.has(path) ? 'changed' : 'new' };
		return { id, path, change: sameOutput(known, { id, path, ...output }) ? 'unchanged' : 'changed' };
	});
	const made = new Set(outputs.map(({ path }) => path));
	const left = [...before.values()].filter(({ path }) => !made.has(path));
	return [...now, ...left.map(({ id, path }): OutputChange => ({ id, path, change: 'orphaned' }))];
};

const sameOutput = (a: PlannedOutput, b: PlannedOutput): boolean =>
	a.path === b.path && (a.audio ?? null) === (b.audio ?? null) && sameKeys(a.segments, b.segments);

const sameKeys = (a: readonly SegmentKey[], b: readonly SegmentKey[]): boolean =>
	a.length === b.length && a.every((key, index) => key === b[index]);
