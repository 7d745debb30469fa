import { type Diagnostic, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import type { Brand } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { RowValues } from '../model/recipient.ts';
import type { SceneTransition } from '../model/timeline.ts';
import { toFrames, toSeconds } from '../model/units.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { type DroppableScene, dropScenes } from './drop-scenes.ts';
import type { FitFailure, SceneLength } from './fit-duration.ts';
import { lowerTransition } from './lower/transition.ts';
import { matchesWhen } from './matches-when.ts';
import { type PlainScene, type ResolvedScene, resolveScene } from './resolve-scene.ts';

/** `path` counts the scenes of the spec, whatever the cell shows of them. */
export type PlacedScene = ResolvedScene & DroppableScene & { readonly path: SpecPath };

export type FittedScenes = {
	readonly scenes: readonly PlacedScene[];
	readonly frames: readonly number[];
	readonly transitions: readonly (SceneTransition | null)[];
	readonly total: number;
};

/** Who an output is for: what conditions and templates read, and the brand as it is for them. */
export type Viewer = {
	/** Null in a campaign without data. */
	readonly values: RowValues | null;
	/** The spec's own when null. */
	readonly brand: Brand | null;
};

export const NOBODY: Viewer = { values: null, brand: null };

/** The scenes of a cell with their lengths in whole frames and the transitions between them; or why they do not fit. */
export const fitCell = (checked: CheckedSpec, cell: Cell, viewer: Viewer = NOBODY): Outcome<FittedScenes> => {
	const total = toFrames(cell.seconds, cell.platform.canvas.fps);
	const shown = scenesOf(checked, cell, viewer.values);
	if (shown.length === 0) return fail(noScene(checked, cell));
	const fit = dropScenes(shown, total);
	const scenes = fit.kept;
	if (!fit.fits) return fail(doesNotFit(checked, cell, scenes, fit.failure));
	const transitions = scenes.map(({ scene }, index) =>
		index === scenes.length - 1 ? null : lowerTransition(scene.transition, { cell, brand: viewer.brand ?? checked.spec.brand ?? null }),
	);
	const tooLong = transitions.flatMap((transition, index) =>
		transition !== null && transition.frames > fit.frames[index + 1]! ? [transitionTooLong(checked, scenes, index)] : [],
	);
	return tooLong.length > 0 ? fail(...tooLong) : succeed({ scenes, frames: fit.frames, transitions, total });
};

/** The scenes whose `when` holds, as the cell shows them. */
const scenesOf = ({ spec }: CheckedSpec, cell: Cell, values: RowValues | null): readonly PlacedScene[] =>
	spec.scenes.flatMap((written, index) => {
		if (!matchesWhen(written.when, cell, values)) return [];
		const path = ['scenes', index];
		const resolved = resolveScene(written, path, cell, values);
		const { scene } = resolved;
		const priority = scene.optional === true ? (scene.priority ?? 0) : null;
		return [{ ...resolved, path, priority, length: sceneLength(scene, cell.platform.canvas.fps) }];
	});

const sceneLength = ({ duration }: PlainScene, fps: number): SceneLength => {
	if (typeof duration === 'number' || typeof duration === 'string') {
		const frames = toFrames(toSeconds(duration), fps);
		return { min: frames, max: frames, share: 1 };
	}
	return {
		min: duration?.min === undefined ? 1 : toFrames(toSeconds(duration.min), fps),
		max: duration?.max === undefined ? Number.MAX_SAFE_INTEGER / 1024 : toFrames(toSeconds(duration.max), fps),
		share: duration?.share ?? 1,
	};
};

const noScene = (checked: CheckedSpec, cell: Cell): Diagnostic => ({
	code: 'RF3011',
	severity: 'error',
	summary: `no scene is left of a video of ${cell.seconds} s`,
	range: checked.rangeOf(['scenes'], 'key'),
	hint: 'every `when` rules it out: loosen one, or exclude the cell in `matrix`',
});

const doesNotFit = (checked: CheckedSpec, cell: Cell, scenes: readonly PlacedScene[], fit: FitFailure): Diagnostic => {
	const fps = cell.platform.canvas.fps;
	const seconds = (fit.by / fps).toFixed(2).replace(/\.?0+$/, '');
	const named = scenes.map(({ scene }) => scene.id).join(', ');
	return {
		code: 'RF3003',
		severity: 'error',
		summary:
			fit.reason === 'long'
				? `scenes ${named} are at least ${seconds} s (${fit.by} frames) longer than the ${cell.seconds} s of the video`
				: `scenes ${named} leave ${seconds} s (${fit.by} frames) of the ${cell.seconds} s of the video empty`,
		range: checked.rangeOf(scenes[0]!.path),
		hint:
			fit.reason === 'long'
				? 'shorten a scene, give one a smaller `min`, or leave one out with `when: {duration: {min: ...}}`'
				: 'let a scene stretch: `duration: {share: 1}`, or raise its `max`',
		related: scenes
			.filter(({ scene }) => scene.duration !== undefined)
			.map(({ scene, path, sourceOf }) => ({ message: `scene ${scene.id}`, range: checked.rangeOf(sourceOf([...path, 'duration'])) })),
	};
};

const transitionTooLong = (checked: CheckedSpec, scenes: readonly PlacedScene[], index: number): Diagnostic => ({
	code: 'RF3004',
	severity: 'error',
	summary: `the transition out of ${scenes[index]!.scene.id} is longer than the scene ${scenes[index + 1]!.scene.id}`,
	range: checked.rangeOf(scenes[index]!.sourceOf([...scenes[index]!.path, 'transition'])),
	hint: 'shorten the transition, or lengthen the scene after it',
});
