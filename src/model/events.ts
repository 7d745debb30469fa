import type { AudioKey } from './audio.ts';
import type { Failure } from './failure.ts';
import type { SegmentKey } from './keys.ts';
import type { OutputReport } from './media.ts';

/** What happens during `render`, in order. Also the lines of `render --json`. */
export type RenderEvent =
	| {
			readonly type: 'run-started';
			readonly outputs: number;
			readonly segments: number;
			readonly framesToRender: number;
			readonly framesReused: number;
			/** Mixes of sound that are not there yet; left out in a run without sound. */
			readonly mixesToMake?: number;
	  }
	| { readonly type: 'bundle-started' }
	| { readonly type: 'bundle-ready'; readonly reused: boolean; readonly durationMs: number }
	| { readonly type: 'reel-started'; readonly reel: number; readonly segments: number; readonly frames: number; readonly attempt: number }
	/** Frames since the event before it of that segment and reel; `held` of them needed no capture. */
	| {
			readonly type: 'frames-rendered';
			readonly reel: number;
			readonly segment: SegmentKey;
			readonly frames: number;
			readonly held: number;
	  }
	| { readonly type: 'segment-rendered'; readonly segment: SegmentKey; readonly frames: number; readonly costMs: number }
	| { readonly type: 'segment-failed'; readonly segment: SegmentKey; readonly failure: Failure; readonly willRetry: boolean }
	/** Another run of this store draws segments that this one plays: they are taken from it when they are there. Once for each such run. */
	| { readonly type: 'segments-awaited'; readonly segments: number; readonly holder: LeaseHolderFacts }
	/** Another run of this store mixes a sound that this one plays: it is taken from it when it is there. Once for each such run. */
	| { readonly type: 'mix-awaited'; readonly mix: AudioKey; readonly holder: LeaseHolderFacts }
	/** There was too little memory: from here on fewer browsers draw at the same time. */
	| { readonly type: 'workers-reduced'; readonly workers: number; readonly failure: Failure }
	| { readonly type: 'mix-started'; readonly mix: AudioKey; readonly seconds: number; readonly attempt: number }
	| { readonly type: 'mix-finished'; readonly mix: AudioKey; readonly reused: boolean; readonly costMs: number }
	| { readonly type: 'mix-failed'; readonly mix: AudioKey; readonly failure: Failure; readonly willRetry: boolean }
	| { readonly type: 'output-finished'; readonly output: string; readonly path: string; readonly report: OutputReport }
	| { readonly type: 'output-unchanged'; readonly output: string; readonly path: string; readonly sha256: string }
	/** Also of an output that is in no plan: one that cannot be made from its row, or whose group has a fault of the spec. */
	| { readonly type: 'output-failed'; readonly output: string; readonly path: string; readonly failure: Failure }
	/** A row is left out: nothing can be made of it. */
	| ({ readonly type: 'row-skipped' } & RowEvent)
	/** A picture of a row cannot be had: its outputs are made with the fallback of the field, or without. */
	| ({ readonly type: 'picture-replaced' } & RowEvent)
	/** The rows cannot be read to their end: those that were not reached are missing from the run. */
	| { readonly type: 'rows-cut'; readonly failure: Failure }
	/** One of several groups of recipients is done, or given up. */
	| { readonly type: 'batch-finished'; readonly batch: number; readonly summary: RunSummary }
	| { readonly type: 'run-finished'; readonly summary: RunSummary };

/** `row` counts from 1, the first after the header; `key` is null when it cannot be told. */
export type RowEvent = { readonly source: string; readonly row: number; readonly key: string | null; readonly failure: Failure };

/** `since` is ISO 8601, by the clock of that machine. */
export type LeaseHolderFacts = { readonly pid: number; readonly host: string; readonly since: string };

export type RunSummary = {
	readonly outputs: { readonly finished: number; readonly unchanged: number; readonly failed: number };
	/** Rows that were left out, and pictures of rows that were replaced; left out where there are none. In the sum of a whole run. */
	readonly rows?: { readonly skipped: number; readonly replaced: number };
	readonly segments: { readonly rendered: number; readonly reused: number; readonly failed: number };
	readonly frames: { readonly total: number; readonly rendered: number; readonly held: number; readonly reused: number };
	/** Mixes of sound; left out in a run without. */
	readonly mixes?: { readonly mixed: number; readonly reused: number; readonly failed: number };
	readonly durationMs: number;
	readonly interrupted: boolean;
	/** The run was told to end with its first failed output, and did. */
	readonly stoppedEarly?: true;
};
