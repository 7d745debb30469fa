import type { Drawing, Easing, Track } from '../../model/drawing.ts';
import { toFrames } from '../../model/units.ts';
import { roundBox } from '../design/geometry.ts';
import { type Entering, enteringFrames, enterTracks } from '../design/motion.ts';
import type { DrawnFigure, FigureSite } from './figure.ts';
import { countFrames } from './number.ts';
import type { SceneContext } from './scene-context.ts';

/** How the parts of a figure grow. Frames of the scene. */
export type Growth = {
	readonly start: number;
	readonly frames: number;
	/** Between one part and the next. */
	readonly stagger: number;
	readonly easing: Easing;
	/** A figure that is seen from frame 0 on, or that is not to move, stands there grown. */
	readonly still: boolean;
};

const STAGGER_SECONDS = 0.07;
/** Parts of a figure never wait longer than this share of the growth for each other. */
const LONGEST_STAGGER = 0.7;

/** Values are never overshot: a bar that swings past its end says something false. */
export const growthOf = (context: SceneContext, { start, entrance, visible }: Entering, parts: number): Growth => {
	const frames = countFrames(context);
	return {
		start,
		frames,
		stagger: Math.min(toFrames(STAGGER_SECONDS, context.fps), (frames * LONGEST_STAGGER) / Math.max(1, parts)),
		easing: entrance.easing === 'expo.out' ? 'expo.out' : 'power3.out',
		still: visible || entrance.kind === 'none',
	};
};

const spanOf = ({ start, frames, stagger }: Growth, part: number): readonly [number, number] => {
	const begin = start + Math.round(part * stagger);
	return [begin, begin + frames];
};

/** A path that is drawn from its start. */
export const drawnTracks = (growth: Growth, part: number): readonly Track[] => {
	const [start, end] = spanOf(growth, part);
	return growth.still ? [] : [{ property: 'draw', from: 0, to: 1, start, end, easing: growth.easing }];
};

/** A bar that rises from behind its base: it travels its own height and shows what is above the base. */
export const risingTracks = (growth: Growth, part: number, height: number): readonly Track[] => {
	const [start, end] = spanOf(growth, part);
	if (growth.still) return [];
	const span = { start, end, easing: growth.easing };
	return [
		{ property: 'y', from: height, to: 0, ...span },
		{ property: 'clip-bottom', from: 1, to: 0, ...span },
	];
};

/** A bar that grows to the right from behind its base. */
export const stretchingTracks = (growth: Growth, part: number, width: number): readonly Track[] => {
	const [start, end] = spanOf(growth, part);
	if (growth.still) return [];
	const span = { start, end, easing: growth.easing };
	return [
		{ property: 'x', from: -width, to: 0, ...span },
		{ property: 'clip-left', from: 1, to: 0, ...span },
	];
};

/** Words that appear once the part that they belong to has mostly grown. */
export const labelTracks = (growth: Growth, part: number): readonly Track[] => {
	const [start, end] = spanOf(growth, part);
	if (growth.still) return [];
	const from = start + Math.round((end - start) * 0.4);
	return [
		{
			property: 'opacity',
			from: 0,
			to: 1,
			start: from,
			end: Math.max(from + 1, start + Math.round((end - start) * 0.7)),
			easing: 'power2.out',
		},
	];
};

/** Frame in which the last of `parts` has arrived. */
export const grownAt = (growth: Growth, parts: number): number => (growth.still ? growth.start : spanOf(growth, parts - 1)[1]);

/** Seconds in which a figure appears while its parts grow. */
const APPEAR_SECONDS = 0.2;

/** The parts of a figure. It appears quietly while they move, or as its layer asks for. */
export const figureGroup = ({ box, entering }: FigureSite, children: readonly Drawing[], arrived: number): DrawnFigure => {
	const { start, visible, asked, entrance, fps } = entering;
	const whole = roundBox(box);
	const end = start + Math.max(2, toFrames(APPEAR_SECONDS, fps));
	const quiet: readonly Track[] = visible ? [] : [{ property: 'opacity', from: 0, to: 1, start, end, easing: 'power2.out' }];
	const isAsked = asked === true || entrance.kind === 'none';
	return {
		drawing: { type: 'group', box: whole, tracks: isAsked ? enterTracks(whole, entering) : quiet, children },
		arrived: isAsked ? Math.max(arrived, start + enteringFrames(entrance, fps)) : arrived,
	};
};
