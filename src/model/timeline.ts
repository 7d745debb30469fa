import type { AudioMessage, CaptionPage } from './audio.ts';
import type { Drawing, Easing, Paint } from './drawing.ts';
import type { Canvas } from './segment-message.ts';
import type { TransitionEffect } from './transitions.ts';

/** A drawing that is there from one frame of its scene to another (excluded). Its tracks count from the scene's first frame. */
export type TimedDrawing = { readonly drawing: Drawing; readonly from: number; readonly until: number };

/** `easing` bends the progress that the effect's kernel is given. */
export type SceneTransition = TransitionEffect & { readonly frames: number; readonly easing: Easing };

/** A scene of one cell. Neighbours overlap by the transition between them. */
export type TimelineScene = {
	readonly id: string;
	/** First frame of the timeline in which the scene is seen. */
	readonly start: number;
	/** Frames in which it is seen, both transitions included. */
	readonly frames: number;
	readonly background: Paint;
	/** Back to front. */
	readonly layers: readonly TimedDrawing[];
	/** Into the next scene; null is a cut, and always so on the last. */
	readonly transition: SceneTransition | null;
};

export type Timeline = {
	readonly canvas: Canvas;
	readonly frames: number;
	readonly scenes: readonly TimelineScene[];
	/** What is heard; left out for silence. */
	readonly audio?: AudioMessage;
	/** Words as they are said; left out where nobody asks for captions. */
	readonly captions?: readonly CaptionPage[];
};
