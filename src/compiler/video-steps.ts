import type { VideoStep } from '../model/drawing.ts';
import type { VideoFacts } from '../model/inputs.ts';

/** `from` and `to` in seconds of the video, `start` and `end` in frames of the scene; the video's `from` falls on `start`. */
export type VideoSpan = {
	readonly from: number;
	readonly to: number;
	readonly loop: boolean;
	readonly fps: number;
	readonly start: number;
	readonly end: number;
};

/** Seconds. Containers that count in milliseconds write a frame up to half of one too late. */
const ROUNDING = 0.0006;

/**
 * Which frame of a video each frame of a scene shows: the one that is seen at `from` + i / fps. Behind its end it begins again, or its last frame stays.
 * Only changes are listed.
 */
export const videoSteps = ({ times }: Pick<VideoFacts, 'times'>, span: VideoSpan): readonly VideoStep[] => {
	const { from, to, fps, start, end } = span;
	const steps: VideoStep[] = [];
	const first = frameAt(times, from);
	const last = Math.max(first, lastBefore(times, to));
	for (let frame = start; frame < end; frame++) {
		const passed = (frame - start) / fps;
		const index = Math.min(last, frameAt(times, from + (span.loop ? wrapped(passed, to - from) : passed)));
		if (steps.at(-1)?.[1] !== index) steps.push([frame, index]);
	}
	return steps;
};

/** A time at the very end of a round is the begin of the next one, whatever floating point says. */
const wrapped = (time: number, length: number): number => Math.max(0, time - Math.floor((time + ROUNDING) / length) * length);

/** The frame that is seen at a time; the first one before it begins. */
const frameAt = (times: readonly number[], time: number): number => Math.max(0, upTo(times, time + ROUNDING) - 1);

/** The last frame that is seen before a time. */
const lastBefore = (times: readonly number[], time: number): number => Math.max(0, upTo(times, time - ROUNDING) - 1);

/** How many of the rising times are at most `time`. */
const upTo = (times: readonly number[], time: number): number => {
	let [low, high] = [0, times.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (times[middle]! <= time) low = middle + 1;
		else high = middle;
	}
	return low;
};
