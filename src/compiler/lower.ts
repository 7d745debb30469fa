import type { Diagnostic, Outcome, SourceRange } from '../diagnostics/diagnostic.ts';
import { conclude, errorAt, fail } from '../diagnostics/diagnostic.ts';
import type { VoiceRef } from '../model/audio.ts';
import type { Cta, Layer } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Cell } from '../model/cell.ts';
import type { Timeline, TimelineScene } from '../model/timeline.ts';
import { APPEARED } from '../model/transitions.ts';
import type { Inputs } from '../ports/inputs.ts';
import { type BoundedMap, boundedMap } from './bounded-map.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { axesReadBy } from './component-layers.ts';
import { makeThemes, type ThemeMaker } from './design/theme.ts';
import { type FittedScenes, NOBODY, type PlacedScene, type Viewer } from './fit-cell.ts';
import { type LoweredScene, lowerScene, type SceneRequest } from './lower-scene.ts';
import { makeNarratives, type Told, type Unfilled } from './narratives.ts';
import type { PlainScene } from './resolve-scene.ts';
import { showsCaptions } from './sound/caption-settings.ts';
import { voiceFrame } from './sound/scene-length.ts';
import type { OutputSound } from './sound/sound-of.ts';
import type { VoiceFiller } from './sound/speak.ts';
import { type Filler, type FillProblem, makeCtaFiller } from './template/fill-scene.ts';

/** One cell for one viewer, with all that is outside of the spec. */
export type LowerRequest = { readonly cell: Cell; readonly viewer: Viewer; readonly inputs: Inputs };

export type LoweredCell = {
	/** Null when something is wrong. */
	readonly timeline: Timeline | null;
	/** What it sounds like; null when something is wrong. */
	readonly sound: OutputSound | null;
	/** What holds for everyone who gets the same narrative. */
	readonly diagnostics: readonly Diagnostic[];
	/** What holds for scenes that show the viewer's own data. */
	readonly personal: readonly Diagnostic[];
	/** Templates that the viewer's data cannot fill. */
	readonly unfilled: readonly Unfilled[];
};

/**
 * Stage 5. One cell for one viewer to its timeline in whole frames: scenes resolved and chosen, lengths fitted, templates filled, transitions laid over the start
 * of the scene that they lead to. A scene's length is its own time; while the next one fades in, it is seen on top of that.
 * Viewers whose data decides alike share one narrative, and all of its scenes that show none of their data.
 */
export const makeOutputLowerer = (checked: CheckedSpec): OutputLowerer => {
	const fillCta = new Map(Object.entries(checked.spec.ctas ?? {}).map(([name, cta]) => [name, makeCtaFiller(cta)]));
	const scenes: SceneMemo = { shared: new Map(), personal: boundedMap(MAX_PERSONAL), themeOf: makeThemes() };
	const tell = makeNarratives(checked);
	const lower = (request: LowerRequest): LoweredCell => {
		const told = tell(request);
		const { fitted, personalFault } = told.narrative;
		const { unsaid } = told;
		if (!fitted.ok && personalFault) return { ...NOTHING, personal: fitted.diagnostics, unfilled: unsaid };
		if (!fitted.ok) return { ...NOTHING, diagnostics: fitted.diagnostics, unfilled: unsaid };
		const cta = request.cell.cta === null ? undefined : fillCta.get(request.cell.cta.name);
		const unheard = unheardScenes(checked, told, fitted.value);
		if (unsaid.length + unheard.diagnostics.length + unheard.personal.length > 0) return { ...NOTHING, ...unheard, unfilled: unsaid };
		return assembleTimeline({ ...request, checked, scenes, told, fitted: fitted.value, cta });
	};
	const outline = (request: LowerRequest): Outline | null => {
		const told = tell(request);
		const { fitted, fillers } = told.narrative;
		if (!fitted.ok) return null;
		const cta = request.cell.cta === null ? undefined : fillCta.get(request.cell.cta.name);
		return {
			narrative: told.key,
			fitted: fitted.value,
			fillers: fillers.map((filler, index) => {
				const shown = cta !== undefined && cta.fields.length > 0 && showsCta(fitted.value.scenes[index]?.scene.layers);
				return shown ? [...(filler === null ? [] : [filler]), cta] : filler === null ? [] : [filler];
			}),
			voiceFillers: told.voiceFillers.filter((filler) => filler !== null),
			voices: fitted.value.scenes.map(({ scene }, index) => (showsCaptions(scene.layers) ? (told.speech[index]?.voice ?? null) : null)),
			sound: told.sound,
		};
	};
	return { lower, outline };
};

const NOTHING: LoweredCell = { timeline: null, sound: null, diagnostics: [], personal: [], unfilled: [] };

/** Cells for viewers, lowered or only looked at. */
export type OutputLowerer = {
	readonly lower: (request: LowerRequest) => LoweredCell;
	/** What a cell is for a viewer before anything is drawn; null when its scenes do not fit. */
	readonly outline: (request: LowerRequest) => Outline | null;
};

export type Outline = {
	/** Equal for viewers that share all of the cell's scenes which show none of their data. */
	readonly narrative: string;
	readonly fitted: FittedScenes;
	/** By scene: what fills its holes. None for one that is the same for everyone. */
	readonly fillers: readonly (readonly SceneOrCtaFiller[])[];
	/** What fills what is said, where that is not the same for everyone. */
	readonly voiceFillers: readonly VoiceFiller[];
	/** By scene: whose words its captions draw; null for a scene without captions. */
	readonly voices: readonly (VoiceRef | null)[];
	readonly sound: () => OutputSound;
};

type SceneOrCtaFiller = Filler<'scene', PlainScene> | Filler<'cta', Cta>;

/** Stage 5 for a campaign without data. */
export const makeLowerer = (checked: CheckedSpec, inputs: Inputs): ((cell: Cell) => Outcome<Timeline>) => {
	const { lower } = makeOutputLowerer(checked);
	return (cell) => {
		const { timeline, diagnostics, personal } = lower({ cell, viewer: NOBODY, inputs });
		const all = [...diagnostics, ...personal];
		return timeline === null ? fail(...all) : conclude(timeline, all);
	};
};

/** The cells of a few recipients at most have a personal scene in common. */
const MAX_PERSONAL = 200;

/** Scenes whose length or captions hang on words that nobody has said yet. */
const unheardScenes = (
	checked: CheckedSpec,
	{ speech, voiceFillers }: Told,
	{ scenes }: FittedScenes,
): Pick<LoweredCell, 'diagnostics' | 'personal'> => {
	const found = scenes.flatMap(({ scene, path, sourceOf }, index) => {
		const said = speech[index] ?? null;
		const isAuto = scene.duration === 'auto';
		if (said === null || said.heard !== null || !(isAuto || showsCaptions(scene.layers))) return [];
		const summary = `the voice-over of scene ${scene.id} has not been said yet, and ${isAuto ? 'the length of the scene depends' : 'its captions depend'} on it`;
		const range = checked.rangeOf(sourceOf([...path, 'voiceover']));
		const hint = 'run `reelform assets resolve`, or use a voice of this machine: `provider: local`';
		return [{ isPersonal: (voiceFillers[index] ?? null) !== null, diagnostic: errorAt(range, 'RF3075', summary, hint) }];
	});
	const those = (personal: boolean): readonly Diagnostic[] => found.flatMap((one) => (one.isPersonal === personal ? [one.diagnostic] : []));
	return { diagnostics: those(false), personal: those(true) };
};

type SceneMemo = {
	readonly shared: Map<string, LoweredScene>;
	readonly personal: BoundedMap<LoweredScene>;
	readonly themeOf: ThemeMaker;
};

type Assembly = LowerRequest & {
	readonly checked: CheckedSpec;
	readonly scenes: SceneMemo;
	readonly told: Told;
	readonly fitted: FittedScenes;
	readonly cta: ReturnType<typeof makeCtaFiller> | undefined;
};

const assembleTimeline = (assembly: Assembly): LoweredCell => {
	const { fitted, cell } = assembly;
	const diagnostics: Diagnostic[] = [];
	const personal: Diagnostic[] = [];
	const unfilled: Unfilled[] = [];
	let start = 0;
	const scenes: TimelineScene[] = [];
	for (const [index, { scene }] of fitted.scenes.entries()) {
		const transition = fitted.transitions[index] ?? null;
		const frames = fitted.frames[index]! + (transition?.frames ?? 0);
		const drawn = drawScene(assembly, index, frames);
		if ('unfilled' in drawn) unfilled.push(...drawn.unfilled);
		else {
			(drawn.isPersonal ? personal : diagnostics).push(...drawn.lowered.diagnostics);
			const { background, layers } = drawn.lowered;
			scenes.push({ id: scene.id, start, frames, background, layers, transition });
		}
		start += fitted.frames[index]!;
	}
	const isWhole = unfilled.length === 0 && [...diagnostics, ...personal].every(({ severity }) => severity !== 'error');
	const sound = isWhole ? assembly.told.sound() : null;
	const { audio = null, captions = null } = sound ?? {};
	const heard = { ...(audio === null ? {} : { audio }), ...(captions === null ? {} : { captions }) };
	const timeline = isWhole ? { canvas: cell.platform.canvas, frames: fitted.total, scenes, ...heard } : null;
	return { timeline, sound, diagnostics, personal, unfilled };
};

type DrawnScene = { readonly lowered: LoweredScene; readonly isPersonal: boolean } | { readonly unfilled: readonly Unfilled[] };

const drawScene = (assembly: Assembly, index: number, frames: number): DrawnScene => {
	const { fitted, cta, viewer, cell } = assembly;
	const { narrative } = assembly.told;
	const placed = fitted.scenes[index]!;
	const filler = narrative.fillers[index] ?? null;
	const fillsCta = cta !== undefined && cta.fields.length > 0 && showsCta(placed.scene.layers);
	if (filler === null && !fillsCta) {
		const known = narrative.drawn.get(index);
		if (known !== undefined) return { lowered: known, isPersonal: false };
		const request = sceneRequest(assembly, index, { placed, cell, frames });
		const key = requestKey(request);
		const lowered = assembly.scenes.shared.get(key) ?? lowerScene(request);
		assembly.scenes.shared.set(key, lowered);
		narrative.drawn.set(index, lowered);
		return { lowered, isPersonal: false };
	}
	const values = viewer.values ?? {};
	const filled = filler === null ? { ok: true as const, scene: placed.scene } : filler.fill(values);
	const call = fillsCta ? cta.fill(values) : null;
	if (!filled.ok || call?.ok === false) {
		const { path, sourceOf } = placed;
		const rangeOf = (inside: SpecPath): SourceRange => assembly.checked.rangeOf(sourceOf([...path, ...inside]));
		const ofCta = (inside: SpecPath): SourceRange => assembly.checked.rangeOf(['ctas', cell.cta?.name ?? '', ...inside]);
		const inScene = filled.ok ? [] : filled.problems.map((problem) => unfilledAt(rangeOf(problem.path), problem));
		const inCta = call === null || call.ok ? [] : call.problems.map((problem) => unfilledAt(ofCta(problem.path), problem));
		return { unfilled: [...inScene, ...inCta] };
	}
	const seen = call === null || cell.cta === null ? cell : { ...cell, cta: { ...cell.cta, spec: call.cta } };
	const request = sceneRequest(assembly, index, { placed: { ...placed, scene: filled.scene }, cell: seen, frames });
	return { lowered: assembly.scenes.personal.get(requestKey(request), () => lowerScene(request)), isPersonal: true };
};

const unfilledAt = (range: SourceRange, { field, code, summary, hint }: FillProblem): Unfilled => ({
	diagnostic: errorAt(range, code, summary, hint),
	field,
});

type ScenePart = { readonly placed: PlacedScene; readonly cell: Cell; readonly frames: number };

const sceneRequest = (
	{ checked, viewer, inputs, fitted, told, scenes }: Assembly,
	index: number,
	{ placed: { scene, path, sourceOf }, cell, frames }: ScenePart,
): SceneRequest => {
	const entering = fitted.transitions[index - 1] ?? null;
	const said = showsCaptions(scene.layers) ? (told.speech[index] ?? null) : null;
	const heard = said?.heard ?? null;
	return {
		...(said === null || heard === null
			? {}
			: { spoken: { at: voiceFrame(said, entering?.frames ?? 0, cell.platform.canvas.fps), words: heard.words } }),
		checked: { ...checked, rangeOf: (place, at) => checked.rangeOf(sourceOf(place), at) },
		...{ scene, path, sourceOf, cell, inputs, frames },
		brand: viewer.brand ?? checked.spec.brand ?? null,
		themeOf: scenes.themeOf,
		framesEntering: entering?.frames ?? 0,
		...(entering === null ? {} : { appeared: APPEARED[entering.type] }),
		first: index === 0,
	};
};

/** Cells that give the same answer here get one lowered scene: all that `lowerScene` may read of a cell is in it. */
const requestKey = (request: SceneRequest): string =>
	canonicalJson({
		scene: request.scene,
		path: [...request.path],
		canvas: request.cell.platform.canvas,
		safeArea: request.cell.platform.safeArea,
		mood: request.cell.mood,
		brand: request.brand?.colors ?? null,
		cta: showsCta(request.scene.layers) ? request.cell.cta : null,
		axes: axesReadBy(request.scene, request.cell),
		frames: request.frames,
		framesEntering: request.framesEntering,
		appeared: request.appeared ?? null,
		first: request.first,
		spoken: request.spoken ?? null,
	});

/** Whether a scene draws the cell's call to action. */
export const showsCta = (layers: readonly Layer[] | undefined): boolean =>
	layers?.some((layer) => 'cta' in layer || ('group' in layer && showsCta(layer.group))) ?? false;
