import type { PlannedSegment, PlanSummary } from '../model/render-plan.ts';
import type { Canvas } from '../model/segment-message.ts';
import type { SegmentRecord } from '../ports/segment-store.ts';

/** One worker on a shared 2-core machine: about 10 frames of 1080p a second. */
const DEFAULT_MS_PER_MEGAPIXEL = 48;

const megapixels = ({ width, height }: Pick<Canvas, 'width' | 'height'>, frames: number): number => (width * height * frames) / 1e6;

/** Seconds that `segments` take on `concurrency` workers, by what the records of the store say that segments cost here. */
export const estimateSeconds = (
	segments: readonly PlannedSegment[],
	records: readonly SegmentRecord[],
	concurrency: number,
): PlanSummary['estimate'] => {
	const measured = records.reduce((sum, record) => sum + megapixels(record, record.frames), 0);
	const costMs = records.reduce((sum, record) => sum + record.costMs, 0);
	const rate = measured > 0 && costMs > 0 ? costMs / measured : DEFAULT_MS_PER_MEGAPIXEL;
	const work = segments.reduce((sum, segment) => sum + megapixels(segment.canvas, segment.frames), 0);
	const seconds = (work * rate) / 1000 / Math.max(1, Math.min(concurrency, segments.length));
	return { seconds: Math.round(seconds * 10) / 10, basis: measured > 0 && costMs > 0 ? 'measured' : 'default' };
};
