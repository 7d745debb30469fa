import { type Diagnostic, fail, type Outcome, succeed } from '../diagnostics/diagnostic.ts';
import type { Brand } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import type { RowValues } from '../model/recipient.ts';
import type { SceneTransition } from '../model/timeline.ts';
import { toFrames } from '../model/units.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { type DroppableScene, dropScenes } from './drop-scenes.ts';
import type { FitFailure, SceneLength } from './fit-duration.ts';
import { lowerTransition } from './lower/transition.ts';
import { matchesWhen } from './matches-when.ts';
import { type ResolvedScene, resolveScene } from './resolve-scene.ts';
import { captionWishes, showsCaptions } from './sound/caption-settings.ts';
import { framesForVoice, sceneLength, type Timing, type VoiceLength, voiceFrame } from './sound/scene-length.ts';
import { snapToBeats } from './sound/snap-to-beats.ts';

/** `path` counts the scenes of the spec, whatever the cell shows of them. */
export type PlacedScene = ResolvedScene & Pick<DroppableScene, 'priority'> & { readonly path: SpecPath };

export type FittedScenes = {
	readonly scenes: readonly PlacedScene[];
	/** Which of the scenes that are shown each of them is: those that do not fit are left out. */
	readonly places: readonly number[];
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

/** What fitting needs to know of a scene's voice: one for each scene that is shown. */
export type VoiceLengths = readonly (VoiceLength | null)[];

/** The scenes of a cell with their lengths in whole frames and the transitions between them; or why they do not fit. How long voices are is not known. */
export const fitCell = (checked: CheckedSpec, cell: Cell, viewer: Viewer = NOBODY): Outcome<FittedScenes> => {
	const shown = shownScenes(checked, cell, viewer.values);
	const voices = shown.map(({ scene }) => (scene.voiceover === undefined ? null : { delay: 0, seconds: null }));
	return fitScenes({ checked, cell, brand: viewer.brand ?? checked.spec.brand ?? null }, shown, { voices, beats: [] });
};

export type Fitting = { readonly checked: CheckedSpec; readonly cell: Cell; readonly brand: Brand | null };

/** `beats` in frames, rising: flexible scenes begin on them. */
export type Sounding = { readonly voices: VoiceLengths; readonly beats: readonly number[] };

export const fitScenes = ({ checked, cell, brand }: Fitting, shown: readonly PlacedScene[], sounding: Sounding): Outcome<FittedScenes> => {
	const { fps } = cell.platform.canvas;
	const total = toFrames(cell.seconds, fps);
	if (shown.length === 0) return fail(noScene(checked, cell));
	const leaving = new Map(shown.map((placed) => [placed, lowerTransition(placed.scene.transition, { cell, brand })]));
	const voiceOf = (placed: PlacedScene): VoiceLength | null => sounding.voices[shown.indexOf(placed)] ?? null;
	const timingOf = (kept: readonly PlacedScene[], index: number): Timing => {
		const before = kept[index - 1];
		return { voice: voiceOf(kept[index]!), entering: (before && leaving.get(before)?.frames) ?? 0, fps };
	};
	const lengthsOf = (kept: readonly PlacedScene[]): readonly SceneLength[] =>
		kept.map(({ scene }, index) => sceneLength(scene, timingOf(kept, index)));
	const fit = dropScenes(shown, total, lengthsOf);
	const scenes = fit.kept;
	if (!fit.fits) {
		const timings = scenes.map((_, index) => timingOf(scenes, index));
		return fail(doesNotFit(checked, cell, { scenes, timings, failure: fit.failure }));
	}
	const frames = sounding.beats.length === 0 ? fit.frames : snapToBeats(fit.frames, lengthsOf(scenes), sounding.beats);
	const transitions = scenes.map((placed, index) => (index === scenes.length - 1 ? null : (leaving.get(placed) ?? null)));
	const problems = scenes.flatMap((_, index) => [
		...((transitions[index]?.frames ?? 0) > (frames[index + 1] ?? 0) ? [transitionTooLong(checked, scenes, index)] : []),
		...voiceTooLong(checked, scenes, { index, frames: frames[index]!, timing: timingOf(scenes, index) }),
	]);
	const places = scenes.map((placed) => shown.indexOf(placed));
	return problems.length > 0 ? fail(...problems) : succeed({ scenes, places, frames, transitions, total });
};

/** The scenes whose `when` holds, as the cell shows them; those with a voice-over with the captions that the spec asks for. */
export const shownScenes = ({ spec }: CheckedSpec, cell: Cell, values: RowValues | null): readonly PlacedScene[] => {
	const { layer } = captionWishes(spec);
	return spec.scenes.flatMap((written, index) => {
		if (!matchesWhen(written.when, cell, values)) return [];
		const path = ['scenes', index];
		const resolved = resolveScene(written, path, cell, values);
		const adds = layer !== null && resolved.scene.voiceover !== undefined && !showsCaptions(resolved.scene.layers);
		const scene = adds ? { ...resolved.scene, layers: [...(resolved.scene.layers ?? []), layer] } : resolved.scene;
		return [{ ...resolved, scene, path, priority: scene.optional === true ? (scene.priority ?? 0) : null }];
	});
};

type VoicedScene = { readonly index: number; readonly frames: number; readonly timing: Timing };

const voiceTooLong = (
	checked: CheckedSpec,
	scenes: readonly PlacedScene[],
	{ index, frames, timing: { voice, entering, fps } }: VoicedScene,
): readonly Diagnostic[] => {
	const needed = framesForVoice(voice, entering, fps);
	if (voice?.seconds == null || needed <= frames) return [];
	const { scene, path, sourceOf } = scenes[index]!;
	const before = voiceFrame(voice, entering, fps) / fps;
	const [said, room] = [voice.seconds.toFixed(1), Math.max(0, frames / fps - before).toFixed(1)];
	return [
		{
			code: 'RF3074',
			severity: 'error',
			summary: `the voice-over of scene ${scene.id} takes ${said} s, and its scene leaves it ${room} s`,
			range: checked.rangeOf(sourceOf([...path, 'voiceover'])),
			hint: `say less, write \`duration: auto\`, or make the scene at least ${(Math.ceil((needed / fps) * 10) / 10).toFixed(1)} s long`,
		},
	];
};

const noScene = (checked: CheckedSpec, cell: Cell): Diagnostic => ({
	code: 'RF3011',
	severity: 'error',
	summary: `no scene is left of a video of ${cell.seconds} s`,
	range: checked.rangeOf(['scenes'], 'key'),
	hint: 'every `when` rules it out: loosen one, or exclude the cell in `matrix`',
});

type Misfit = { readonly scenes: readonly PlacedScene[]; readonly timings: readonly Timing[]; readonly failure: FitFailure };

const doesNotFit = (checked: CheckedSpec, cell: Cell, { scenes, timings, failure }: Misfit): Diagnostic => {
	const fps = cell.platform.canvas.fps;
	const seconds = (failure.by / fps).toFixed(2).replace(/\.?0+$/, '');
	const named = scenes.map(({ scene }) => scene.id).join(', ');
	const isLong = failure.reason === 'long';
	const led = scenes.map((placed, index) => (isLong && isLedByVoice(placed, timings[index]!) ? timings[index]!.voice!.seconds : null));
	const shorten = 'shorten a scene, give one a smaller `min`, or leave one out with `when: {duration: {min: ...}}`';
	return {
		code: 'RF3003',
		severity: 'error',
		summary: isLong
			? `scenes ${named} are at least ${seconds} s (${failure.by} frames) longer than the ${cell.seconds} s of the video`
			: `scenes ${named} leave ${seconds} s (${failure.by} frames) of the ${cell.seconds} s of the video empty`,
		range: checked.rangeOf(scenes[0]!.path),
		hint: isLong
			? `${led.some((voice) => voice !== null) ? 'say less, ' : ''}${shorten}`
			: 'let a scene stretch: `duration: {share: 1}`, or raise its `max`',
		related: scenes.flatMap(({ scene, path, sourceOf }, index) => {
			const at = (key: string) => checked.rangeOf(sourceOf([...path, key]));
			const voice = led[index] ?? null;
			if (voice !== null) return [{ message: `the voice-over of scene ${scene.id} takes ${voice.toFixed(1)} s`, range: at('voiceover') }];
			return scene.duration === undefined ? [] : [{ message: `scene ${scene.id}`, range: at('duration') }];
		}),
	};
};

/** Whether a scene could be shorter if it were silent. */
const isLedByVoice = ({ scene }: PlacedScene, timing: Timing): boolean =>
	timing.voice?.seconds != null && sceneLength(scene, timing).min > sceneLength(scene, { ...timing, voice: null }).min;

const transitionTooLong = (checked: CheckedSpec, scenes: readonly PlacedScene[], index: number): Diagnostic => ({
	code: 'RF3004',
	severity: 'error',
	summary: `the transition out of ${scenes[index]!.scene.id} is longer than the scene ${scenes[index + 1]!.scene.id}`,
	range: checked.rangeOf(scenes[index]!.sourceOf([...scenes[index]!.path, 'transition'])),
	hint: 'shorten the transition, or lengthen the scene after it',
});
