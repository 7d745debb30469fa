import { type FitFailure, fitDuration, type SceneLength } from './fit-duration.ts';

/** What decides which scenes stay. `priority` is null for a scene that always does. */
export type DroppableScene = { readonly length: SceneLength; readonly priority: number | null };

export type KeptScenes<T> =
	| { readonly fits: true; readonly kept: readonly T[]; readonly frames: readonly number[] }
	| { readonly fits: false; readonly kept: readonly T[]; readonly failure: FitFailure };

/**
 * The scenes that are shown in `total` frames, with their lengths. While they are too long together, the optional one of the lowest priority goes, the later
 * one among equals. Scenes that are too short are not helped by dropping any.
 */
export const dropScenes = <T extends Pick<DroppableScene, 'priority'>>(
	scenes: readonly T[],
	total: number,
	/** How long each of the scenes that are kept may be: that can hang on the ones beside it. */
	lengthsOf: (kept: readonly T[]) => readonly SceneLength[],
): KeptScenes<T> => {
	let kept = scenes;
	for (;;) {
		const fit = fitDuration(lengthsOf(kept), total);
		if (fit.fits) return { fits: true, kept, frames: fit.frames };
		const next = fit.reason === 'long' ? dispensable(kept) : null;
		if (next === null || kept.length === 1) return { fits: false, kept, failure: fit };
		kept = kept.filter((scene) => scene !== next);
	}
};

const dispensable = <T extends Pick<DroppableScene, 'priority'>>(scenes: readonly T[]): T | null => {
	let least: T | null = null;
	for (const scene of scenes) {
		if (scene.priority === null) continue;
		if (least === null || scene.priority <= (least.priority ?? 0)) least = scene;
	}
	return least;
};
