import type { AudioKey, AudioMessage, AudioToolchain, CaptionPage } from './audio.ts';
import type { SegmentKey } from './keys.ts';
import type { Canvas, SegmentMessage, Toolchain } from './segment-message.ts';

export const PLAN_FORMAT_VERSION = 1;

export type OutputAxes = {
	readonly platform: string;
	/** Seconds. */
	readonly duration: number;
	readonly variant: string;
	readonly mood: string;
	readonly cta: string | null;
};

export type PlannedOutput = {
	readonly id: string;
	/** Relative to the output folder, with forward slashes. */
	readonly path: string;
	readonly axes: OutputAxes;
	/** Key of the recipient's row; null in a campaign without recipients. */
	readonly recipient: string | null;
	/** Row of that recipient in its source; left out without recipients. */
	readonly row?: number;
	readonly width: number;
	readonly height: number;
	readonly fps: number;
	readonly frames: number;
	/** In playing order. */
	readonly segments: readonly SegmentKey[];
	/** What is heard; null or left out for a silent video. */
	readonly audio?: AudioKey | null;
};

export type SegmentAction = 'reuse' | 'render';

export type PlannedSegment = {
	readonly key: SegmentKey;
	/** Which scenes it shows: `hook`, `hook > close` for a transition. */
	readonly label: string;
	readonly canvas: Canvas;
	readonly frames: number;
	/** How many times outputs play it. */
	readonly uses: number;
	readonly action: SegmentAction;
	/** Why: `in the store`, `new`, `changed: scenes[0].layers[1].runs[0].text`. */
	readonly reason: string;
};

export type PlannedMix = {
	readonly key: AudioKey;
	readonly seconds: number;
	/** How many outputs play it. */
	readonly uses: number;
	readonly action: SegmentAction;
	readonly reason: string;
};

export type Tally = { readonly total: number; readonly unique: number; readonly reused: number; readonly toRender: number };

export type PlanSummary = {
	readonly outputs: number;
	readonly segments: Tally;
	readonly frames: Tally;
	/** Mixes of sound; left out in a campaign without. */
	readonly mixes?: Tally;
	/** Sentences that voices say, and how many different ones there are of them; left out in a campaign without. */
	readonly sentences?: { readonly total: number; readonly distinct: number; readonly toSynthesize: number };
	/** Seconds of rendering on this machine; from the store's own records where there are any. */
	readonly estimate: { readonly seconds: number; readonly basis: 'measured' | 'default' };
};

/** What happens to each output against the last render of this campaign. */
export type OutputChange = { readonly id: string; readonly path: string; readonly change: 'new' | 'changed' | 'unchanged' | 'orphaned' };

export type RenderPlan = {
	readonly formatVersion: typeof PLAN_FORMAT_VERSION;
	readonly campaign: string;
	readonly summary: PlanSummary;
	readonly outputs: readonly PlannedOutput[];
	readonly segments: readonly PlannedSegment[];
	/** Left out in a campaign without sound. */
	readonly mixes?: readonly PlannedMix[];
	readonly changes: readonly OutputChange[];
};

/** The plan with what is needed to execute it. `plan --out` saves it whole. */
export type ExecutablePlan = {
	readonly plan: RenderPlan;
	readonly toolchain: Toolchain;
	readonly messages: Readonly<Record<string, SegmentMessage>>;
	/** By key; left out in a campaign without sound. */
	readonly sounds?: Readonly<Record<string, AudioMessage>>;
	readonly audioToolchain?: AudioToolchain;
	/** What is written beside an output as SRT and VTT, by the output's id; left out without captions. */
	readonly captions?: Readonly<Record<string, readonly CaptionPage[]>>;
};
