import type { RenderEvent } from '../../model/events.ts';

type Sample = { readonly atMs: number; readonly frames: number };

/** Where a run stands, as far as its events tell. */
export type Progress = {
	readonly phase: 'preparing' | 'bundling' | 'rendering' | 'finished';
	readonly outputs: { readonly total: number; readonly done: number; readonly failed: number };
	readonly frames: { readonly toRender: number; readonly rendered: number; readonly reused: number };
	/** Mixes of sound. */
	readonly mixes: { readonly toMake: number; readonly made: number };
	/** Frames of segments that are not finished, by key: taken back when the segment fails. */
	readonly open: Readonly<Record<string, number>>;
	/** Rendered frames over the last seconds, oldest first. */
	readonly samples: readonly Sample[];
};

/** The rate is taken over this much of the past. */
const WINDOW_MS = 10_000;

export const NO_PROGRESS: Progress = {
	phase: 'preparing',
	outputs: { total: 0, done: 0, failed: 0 },
	frames: { toRender: 0, rendered: 0, reused: 0 },
	mixes: { toMake: 0, made: 0 },
	open: {},
	samples: [],
};

/** The state after one more event, which happened at `atMs` of any clock that only goes forward. */
export const advance = (progress: Progress, event: RenderEvent, atMs: number): Progress => {
	const { outputs, frames, mixes, open } = progress;
	switch (event.type) {
		case 'run-started':
			// A campaign of many recipients is one run after the other.
			return {
				...progress,
				phase: 'preparing',
				outputs: { ...outputs, total: outputs.total + event.outputs },
				frames: { ...frames, toRender: frames.toRender + event.framesToRender, reused: frames.reused + event.framesReused },
				mixes: { ...mixes, toMake: mixes.toMake + (event.mixesToMake ?? 0) },
				open: {},
			};
		case 'bundle-started':
			return { ...progress, phase: 'bundling' };
		case 'bundle-ready':
		case 'reel-started':
			return { ...progress, phase: 'rendering', samples: progress.samples.length === 0 ? [{ atMs, frames: 0 }] : progress.samples };
		case 'frames-rendered': {
			const rendered = frames.rendered + event.frames;
			return {
				...progress,
				phase: 'rendering',
				frames: { ...frames, rendered },
				open: { ...open, [event.segment]: (open[event.segment] ?? 0) + event.frames },
				samples: recent([...progress.samples, { atMs, frames: rendered }], atMs),
			};
		}
		case 'segment-rendered':
			return { ...progress, open: without(open, event.segment) };
		case 'segment-failed': {
			const lost = open[event.segment] ?? 0;
			const samples = progress.samples.map((sample) => ({ ...sample, frames: Math.max(0, sample.frames - lost) }));
			return { ...progress, frames: { ...frames, rendered: frames.rendered - lost }, open: without(open, event.segment), samples };
		}
		case 'output-finished':
		case 'output-unchanged':
			return { ...progress, outputs: { ...outputs, done: outputs.done + 1 } };
		case 'output-failed':
			return { ...progress, outputs: { ...outputs, failed: outputs.failed + 1 } };
		case 'mix-finished':
			return event.reused ? progress : { ...progress, mixes: { ...mixes, made: mixes.made + 1 } };
		case 'batch-finished':
		case 'segments-awaited':
		case 'mix-awaited':
		case 'workers-reduced':
		case 'mix-started':
		case 'mix-failed':
		case 'row-skipped':
		case 'picture-replaced':
		case 'rows-cut':
			return progress;
		case 'run-finished':
			return { ...progress, phase: 'finished' };
	}
};

const without = (open: Progress['open'], segment: string): Progress['open'] =>
	Object.fromEntries(Object.entries(open).filter(([key]) => key !== segment));

/** Samples inside the window, and the newest one before it, so that the window is always covered. */
const recent = (samples: readonly Sample[], atMs: number): readonly Sample[] => {
	const firstInside = samples.findIndex((sample) => sample.atMs >= atMs - WINDOW_MS);
	return samples.slice(Math.max(0, firstInside - 1));
};

/** Frames per second of late, or null before there is anything to measure. */
export const framesPerSecond = (progress: Progress, nowMs: number): number | null => {
	const [oldest] = progress.samples;
	const newest = progress.samples.at(-1);
	if (oldest === undefined || newest === undefined || newest.frames <= oldest.frames) return null;
	return (newest.frames - oldest.frames) / (Math.max(nowMs - oldest.atMs, 1) / 1000);
};
