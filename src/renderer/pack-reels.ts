import { canonicalJson } from '../model/canonical-json.ts';
import type { SegmentKey } from '../model/keys.ts';
import type { PlannedOutput } from '../model/render-plan.ts';
import type { SegmentMessage } from '../model/segment-message.ts';

/** A segment that has to be drawn, with what packing needs to know of it. */
export type ReelSegment = { readonly key: SegmentKey; readonly frames: number };

/** What a reel's segments have behind them. */
export type ReelHistory = {
	/** Which attempt at these segments it is, from 1. */
	readonly attempt: number;
	/** How often in a row something outside of the render ended it before another segment was finished, from 0. */
	readonly losses: number;
};

/** Segments of one canvas and one encoder profile that one worker draws one after the other. */
export type PackedReel = ReelHistory & {
	readonly segments: readonly ReelSegment[];
	readonly frames: number;
};

export type PackingOrder = {
	readonly outputs: readonly Pick<PlannedOutput, 'segments'>[];
	readonly messages: Readonly<Record<string, SegmentMessage>>;
	/** The keys that have to be drawn. */
	readonly missing: ReadonlySet<SegmentKey>;
	readonly workers: number;
};

/** A reel is short enough that losing it costs little: about ten seconds of film. */
const MAX_REEL_FRAMES = 300;

/** What opening a page costs, in frames that could be drawn meanwhile. */
const PAGE_FRAMES = 20;

const UNTRIED: ReelHistory = { attempt: 1, losses: 0 };

export const makeReel = (segments: readonly ReelSegment[], { attempt, losses }: ReelHistory = UNTRIED): PackedReel => ({
	segments,
	attempt,
	losses,
	frames: segments.reduce((sum, segment) => sum + segment.frames, 0),
});

/**
 * The missing segments as reels, in the order in which they should start. Outputs come in the order of the plan, so that the first ones are
 * finished early; what an output shares with most others comes first in it. Every worker gets about as much to do as the others.
 */
export const packReels = (order: PackingOrder): readonly PackedReel[] => {
	const ranked = rankSegments(order);
	const groups = groupByCanvas(ranked, order.messages);
	const total = ranked.reduce((sum, segment) => sum + segment.frames, 0);
	if (total === 0) return [];
	const candidates = [1, 2, 3, 4].map((parts) => {
		const limit = Math.min(MAX_REEL_FRAMES, Math.ceil(total / order.workers / parts));
		const reels = groups.flatMap((group) => cutGroup(group, { limit, workers: order.workers }));
		return { reels, span: makespan(reels, order.workers) };
	});
	const best = candidates.reduce((a, b) => (b.span < a.span ? b : a));
	const rank = new Map(ranked.map((segment, i) => [segment.key, i]));
	const rankOf = (reel: PackedReel): number => Math.min(...reel.segments.map((segment) => rank.get(segment.key) ?? 0));
	return [...best.reels].sort((a, b) => rankOf(a) - rankOf(b));
};

/** Each missing segment once, in the order of the first output that plays it. */
const rankSegments = ({ outputs, messages, missing }: PackingOrder): readonly ReelSegment[] => {
	const uses = new Map<SegmentKey, number>();
	for (const output of outputs) for (const key of new Set(output.segments)) uses.set(key, (uses.get(key) ?? 0) + 1);
	const ranked = new Set<SegmentKey>();
	for (const output of outputs) {
		const own = output.segments.filter((key) => missing.has(key) && !ranked.has(key));
		for (const key of own.sort((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0))) ranked.add(key);
	}
	return [...ranked].map((key) => ({ key, frames: messages[key]?.frames ?? 0 }));
};

const groupByCanvas = (segments: readonly ReelSegment[], messages: PackingOrder['messages']): readonly (readonly ReelSegment[])[] => {
	const groups = new Map<string, ReelSegment[]>();
	for (const segment of segments) {
		const message = messages[segment.key];
		const name = message === undefined ? '' : canonicalJson([message.canvas, message.encoder]);
		const group = groups.get(name);
		if (group === undefined) groups.set(name, [segment]);
		else group.push(segment);
	}
	return [...groups.values()];
};

type Limits = { readonly limit: number; readonly workers: number };

/** Cuts a group into rounds that keep every worker busy once, and each round into reels of about the same length. */
const cutGroup = (group: readonly ReelSegment[], { limit, workers }: Limits): readonly PackedReel[] => {
	const reels: PackedReel[] = [];
	let round: ReelSegment[] = [];
	let frames = 0;
	const close = (): void => {
		if (round.length > 0) reels.push(...balance(round, Math.min(workers, Math.max(1, Math.ceil(frames / limit)))));
		round = [];
		frames = 0;
	};
	for (const segment of group) {
		if (frames > 0 && frames + segment.frames > limit * workers) close();
		round.push(segment);
		frames += segment.frames;
	}
	close();
	return reels;
};

/** Longest first, each into the reel that is shortest so far; inside a reel in the order given. */
const balance = (segments: readonly ReelSegment[], count: number): readonly PackedReel[] => {
	const bins = Array.from({ length: count }, () => ({ frames: 0, segments: new Set<ReelSegment>() }));
	for (const segment of [...segments].sort((a, b) => b.frames - a.frames)) {
		const shortest = bins.reduce((a, b) => (b.frames < a.frames ? b : a));
		shortest.segments.add(segment);
		shortest.frames += segment.frames;
	}
	return bins.filter((bin) => bin.segments.size > 0).map((bin) => makeReel(segments.filter((segment) => bin.segments.has(segment))));
};

/** Frames until the last worker is done when each takes the next reel as soon as it is free. */
const makespan = (reels: readonly PackedReel[], workers: number): number => {
	const busy = Array.from({ length: workers }, () => 0);
	for (const reel of reels) {
		const next = busy.indexOf(Math.min(...busy));
		busy[next] = (busy[next] ?? 0) + reel.frames + PAGE_FRAMES;
	}
	return Math.max(...busy);
};
