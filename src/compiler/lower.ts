import { conclude, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Scene } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Cell } from '../model/cell.ts';
import type { SceneTransition, Timeline, TimelineScene } from '../model/timeline.ts';
import { toFrames, toSeconds } from '../model/units.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { transitionSeconds } from './design/moods.ts';
import { type FitFailure, fitDuration, type SceneLength } from './fit-duration.ts';
import { type LoweredScene, lowerScene, type SceneRequest } from './lower-scene.ts';
import { matchesWhen } from './matches-when.ts';

type PlacedScene = { readonly scene: Scene; readonly path: SpecPath };

/**
 * Stage 5. One cell to its timeline in whole frames: scenes chosen, lengths fitted, transitions laid over the start of the scene that they lead to.
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
		scene: [...request.path],
		layers: request.scene.layers?.map((layer) => matchesWhen(layer.when, request.cell)) ?? [],
		canvas: request.cell.platform.canvas,
		safeArea: request.cell.platform.safeArea,
		mood: request.cell.mood,
		cta: request.scene.layers?.some((layer) => 'cta' in layer && matchesWhen(layer.when, request.cell))
			? (request.cell.cta?.name ?? null)
			: null,
		frames: request.frames,
		framesEntering: request.framesEntering,
		first: request.first,
	});

const lowerCell = (lowering: Lowering, cell: Cell): Outcome<Timeline> => {
	const { checked } = lowering;
	const fps = cell.platform.canvas.fps;
	const total = toFrames(cell.seconds, fps);
	const scenes = checked.spec.scenes
		.map((scene, index) => ({ scene, path: ['scenes', index] }))
		.filter(({ scene }) => matchesWhen(scene.when, cell));
	if (scenes.length === 0) return { ok: false, diagnostics: [noScene(checked, cell)] };

	const fit = fitDuration(
		scenes.map(({ scene }) => sceneLength(scene, fps)),
		total,
	);
	if (!fit.fits) return { ok: false, diagnostics: [doesNotFit(checked, cell, scenes, fit)] };
	const transitions = scenes.map(({ scene }, index) => (index === scenes.length - 1 ? null : transitionOf(scene, cell)));
	const tooLong = transitions.flatMap((transition, index) =>
		transition !== null && transition.frames > fit.frames[index + 1]! ? [transitionTooLong(checked, cell, scenes, index)] : [],
	);
	if (tooLong.length > 0) return { ok: false, diagnostics: tooLong };
	return assembleTimeline(lowering, cell, { scenes, frames: fit.frames, transitions, total });
};

type FittedScenes = {
	readonly scenes: readonly PlacedScene[];
	readonly frames: readonly number[];
	readonly transitions: readonly (SceneTransition | null)[];
	readonly total: number;
};

const assembleTimeline = ({ checked, inputs, lowerOnce }: Lowering, cell: Cell, fitted: FittedScenes): Outcome<Timeline> => {
	const diagnostics: Diagnostic[] = [];
	let start = 0;
	const scenes = fitted.scenes.map(({ scene, path }, index): TimelineScene => {
		const transition = fitted.transitions[index] ?? null;
		const frames = fitted.frames[index]! + (transition?.frames ?? 0);
		const framesEntering = fitted.transitions[index - 1]?.frames ?? 0;
		const drawn = lowerOnce({
			checked,
			scene,
			path,
			cell,
			brand: checked.spec.brand ?? null,
			inputs,
			frames,
			framesEntering,
			first: index === 0,
		});
		diagnostics.push(...drawn.diagnostics);
		const placed = { id: scene.id, start, frames, background: drawn.background, layers: drawn.layers, transition };
		start += fitted.frames[index]!;
		return placed;
	});
	return conclude({ canvas: cell.platform.canvas, frames: fitted.total, scenes }, diagnostics);
};

const sceneLength = ({ duration }: Scene, fps: number): SceneLength => {
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

const transitionOf = ({ transition }: Scene, cell: Cell): SceneTransition | null => {
	if (transition === undefined || transition === 'cut') return null;
	if (transition !== 'crossfade' && transition.type === 'cut') return null;
	const written = transition === 'crossfade' ? undefined : transition.duration;
	const seconds = written === undefined ? transitionSeconds(cell.mood) : toSeconds(written);
	return { type: 'crossfade', frames: Math.max(1, toFrames(seconds, cell.platform.canvas.fps)) };
};

const noScene = (checked: CheckedSpec, cell: Cell): Diagnostic => ({
	code: 'RF3011',
	severity: 'error',
	summary: `no scene is left for ${cell.id}`,
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
				? `scenes ${named} are at least ${seconds} s (${fit.by} frames) longer than the ${cell.seconds} s of ${cell.id}`
				: `scenes ${named} leave ${seconds} s (${fit.by} frames) of the ${cell.seconds} s of ${cell.id} empty`,
		range: checked.rangeOf(scenes[0]!.path),
		hint:
			fit.reason === 'long'
				? 'shorten a scene, give one a smaller `min`, or leave one out with `when: {duration: {min: ...}}`'
				: 'let a scene stretch: `duration: {share: 1}`, or raise its `max`',
		related: scenes
			.filter(({ scene }) => scene.duration !== undefined)
			.map(({ scene, path }) => ({ message: `scene ${scene.id}`, range: checked.rangeOf([...path, 'duration']) })),
	};
};

const transitionTooLong = (checked: CheckedSpec, cell: Cell, scenes: readonly PlacedScene[], index: number): Diagnostic => ({
	code: 'RF3004',
	severity: 'error',
	summary: `the transition out of ${scenes[index]!.scene.id} is longer than the scene ${scenes[index + 1]!.scene.id} in ${cell.id}`,
	range: checked.rangeOf([...scenes[index]!.path, 'transition']),
	hint: 'shorten the transition, or lengthen the scene after it',
});
