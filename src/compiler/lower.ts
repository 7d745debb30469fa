import { conclude, type Diagnostic, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import type { Layer } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Cell } from '../model/cell.ts';
import type { SceneTransition, Timeline, TimelineScene } from '../model/timeline.ts';
import { APPEARED } from '../model/transitions.ts';
import { toFrames, toSeconds } from '../model/units.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { axesReadBy } from './component-layers.ts';
import { type DroppableScene, dropScenes } from './drop-scenes.ts';
import type { FitFailure, SceneLength } from './fit-duration.ts';
import { lowerTransition } from './lower/transition.ts';
import { type LoweredScene, lowerScene, type SceneRequest } from './lower-scene.ts';
import { matchesWhen } from './matches-when.ts';
import { type PlainScene, type ResolvedScene, resolveScene } from './resolve-scene.ts';

/** `path` counts the scenes of the spec, whatever the cell shows of them. */
type PlacedScene = ResolvedScene & DroppableScene & { readonly path: SpecPath };

/**
 * Stage 5. One cell to its timeline in whole frames: scenes resolved and chosen, lengths fitted, transitions laid over the start of the scene that they lead to.
 * A scene's length is its own time; while the next one fades in, it is seen on top of that.
 */
export const makeLowerer = (checked: CheckedSpec, inputs: Inputs): ((cell: Cell) => Outcome<Timeline>) => {
	const lowered = new Map<string, LoweredScene>();
	const lowerOnce = (request: SceneRequest): LoweredScene => {
		const key = requestKey(request);
		const known = lowered.get(key);
		if (known !== undefined) return known;
		const result = lowerScene(request);
		lowered.set(key, result);
		return result;
	};
	return (cell) => lowerCell({ checked, inputs, lowerOnce }, cell);
};

type Lowering = { readonly checked: CheckedSpec; readonly inputs: Inputs; readonly lowerOnce: (request: SceneRequest) => LoweredScene };

/** Cells that give the same answer here get one lowered scene: all that `lowerScene` may read of a cell is in it. */
const requestKey = (request: SceneRequest): string =>
	canonicalJson({
		scene: request.scene,
		path: [...request.path],
		canvas: request.cell.platform.canvas,
		safeArea: request.cell.platform.safeArea,
		mood: request.cell.mood,
		cta: showsCta(request.scene.layers) ? (request.cell.cta?.name ?? null) : null,
		axes: axesReadBy(request.scene, request.cell),
		frames: request.frames,
		framesEntering: request.framesEntering,
		appeared: request.appeared ?? null,
		first: request.first,
	});

const showsCta = (layers: readonly Layer[] | undefined): boolean =>
	layers?.some((layer) => 'cta' in layer || ('group' in layer && showsCta(layer.group))) ?? false;

const lowerCell = (lowering: Lowering, cell: Cell): Outcome<Timeline> => {
	const fitted = fitCell(lowering.checked, cell);
	return fitted.ok ? assembleTimeline(lowering, cell, fitted.value) : fitted;
};

/** The scenes of a cell with their lengths in whole frames and the transitions between them; or why they do not fit. */
export const fitCell = (checked: CheckedSpec, cell: Cell): Outcome<FittedScenes> => {
	const total = toFrames(cell.seconds, cell.platform.canvas.fps);
	const shown = scenesOf(checked, cell);
	if (shown.length === 0) return fail(noScene(checked, cell));
	const fit = dropScenes(shown, total);
	const scenes = fit.kept;
	if (!fit.fits) return fail(doesNotFit(checked, cell, scenes, fit.failure));
	const transitions = scenes.map(({ scene }, index) =>
		index === scenes.length - 1 ? null : lowerTransition(scene.transition, { cell, brand: checked.spec.brand ?? null }),
	);
	const tooLong = transitions.flatMap((transition, index) =>
		transition !== null && transition.frames > fit.frames[index + 1]! ? [transitionTooLong(checked, scenes, index)] : [],
	);
	return tooLong.length > 0 ? fail(...tooLong) : succeed({ scenes, frames: fit.frames, transitions, total });
};

/** The scenes whose `when` holds, as the cell shows them. */
const scenesOf = ({ spec }: CheckedSpec, cell: Cell): readonly PlacedScene[] =>
	spec.scenes.flatMap((written, index) => {
		if (!matchesWhen(written.when, cell)) return [];
		const path = ['scenes', index];
		const resolved = resolveScene(written, path, cell);
		const { scene } = resolved;
		const priority = scene.optional === true ? (scene.priority ?? 0) : null;
		return [{ ...resolved, path, priority, length: sceneLength(scene, cell.platform.canvas.fps) }];
	});

export type FittedScenes = {
	readonly scenes: readonly PlacedScene[];
	readonly frames: readonly number[];
	readonly transitions: readonly (SceneTransition | null)[];
	readonly total: number;
};

const assembleTimeline = ({ checked, inputs, lowerOnce }: Lowering, cell: Cell, fitted: FittedScenes): Outcome<Timeline> => {
	const diagnostics: Diagnostic[] = [];
	let start = 0;
	const scenes = fitted.scenes.map(({ scene, path, sourceOf }, index): TimelineScene => {
		const transition = fitted.transitions[index] ?? null;
		const frames = fitted.frames[index]! + (transition?.frames ?? 0);
		const entering = fitted.transitions[index - 1] ?? null;
		const framesEntering = entering?.frames ?? 0;
		const drawn = lowerOnce({
			checked: { ...checked, rangeOf: (place, at) => checked.rangeOf(sourceOf(place), at) },
			scene,
			path,
			sourceOf,
			cell,
			brand: checked.spec.brand ?? null,
			inputs,
			frames,
			framesEntering,
			...(entering === null ? {} : { appeared: APPEARED[entering.type] }),
			first: index === 0,
		});
		diagnostics.push(...drawn.diagnostics);
		const placed = { id: scene.id, start, frames, background: drawn.background, layers: drawn.layers, transition };
		start += fitted.frames[index]!;
		return placed;
	});
	return conclude({ canvas: cell.platform.canvas, frames: fitted.total, scenes }, diagnostics);
};

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
