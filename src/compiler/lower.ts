import type { Diagnostic, Outcome, SourceRange } from '../diagnostics/diagnostic.ts';
import { conclude, errorAt, fail } from '../diagnostics/diagnostic.ts';
import type { Cta, Layer } from '../model/campaign-spec.gen.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Cell } from '../model/cell.ts';
import type { FieldPath } from '../model/recipient.ts';
import type { Timeline, TimelineScene } from '../model/timeline.ts';
import { APPEARED } from '../model/transitions.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { axesReadBy } from './component-layers.ts';
import { type FittedScenes, fitCell, NOBODY, type PlacedScene, type Viewer } from './fit-cell.ts';
import { type LoweredScene, lowerScene, type SceneRequest } from './lower-scene.ts';
import { makeDecisions } from './narrative-decisions.ts';
import type { PlainScene } from './resolve-scene.ts';
import { type Filler, type FillProblem, makeCtaFiller, makeFiller } from './template/fill-scene.ts';

/** One cell for one viewer, with all that is outside of the spec. */
export type LowerRequest = { readonly cell: Cell; readonly viewer: Viewer; readonly inputs: Inputs };

export type LoweredCell = {
	/** Null when something is wrong. */
	readonly timeline: Timeline | null;
	/** What holds for everyone who gets the same narrative. */
	readonly diagnostics: readonly Diagnostic[];
	/** What holds for scenes that show the viewer's own data. */
	readonly personal: readonly Diagnostic[];
	/** Templates that the viewer's data cannot fill. */
	readonly unfilled: readonly Unfilled[];
};

export type Unfilled = { readonly diagnostic: Diagnostic; readonly field: FieldPath | null };

/**
 * Stage 5. One cell for one viewer to its timeline in whole frames: scenes resolved and chosen, lengths fitted, templates filled, transitions laid over the start
 * of the scene that they lead to. A scene's length is its own time; while the next one fades in, it is seen on top of that.
 * Viewers whose data decides alike share one narrative, and all of its scenes that show none of their data.
 */
export const makeOutputLowerer = (checked: CheckedSpec): OutputLowerer => {
	const decide = makeDecisions(checked.spec);
	const fillCta = new Map(Object.entries(checked.spec.ctas ?? {}).map(([name, cta]) => [name, makeCtaFiller(cta)]));
	const narratives = boundedMap<Narrative>(MAX_NARRATIVES);
	const scenes: SceneMemo = { shared: new Map(), personal: boundedMap(MAX_PERSONAL) };
	const narrativeOf = (cell: Cell, viewer: Viewer): { readonly key: string; readonly narrative: Narrative } => {
		const decisions = viewer.values === null ? '' : decide(viewer.values);
		const key = `${cell.id}\n${decisions}\n${JSON.stringify(viewer.brand?.colors ?? null)}`;
		return { key, narrative: narratives.get(key, () => makeNarrative(fitCell(checked, cell, viewer))) };
	};
	const lower = ({ cell, viewer, inputs }: LowerRequest): LoweredCell => {
		const { narrative } = narrativeOf(cell, viewer);
		if (!narrative.fitted.ok) return { timeline: null, diagnostics: narrative.fitted.diagnostics, personal: [], unfilled: [] };
		const cta = cell.cta === null ? undefined : fillCta.get(cell.cta.name);
		return assembleTimeline({ checked, cell, viewer, inputs, scenes, narrative, fitted: narrative.fitted.value, cta });
	};
	const outline = (cell: Cell, viewer: Viewer): Outline | null => {
		const { key, narrative } = narrativeOf(cell, viewer);
		if (!narrative.fitted.ok) return null;
		const cta = cell.cta === null ? undefined : fillCta.get(cell.cta.name);
		return {
			narrative: key,
			fitted: narrative.fitted.value,
			fillers: narrative.fillers.map((filler, index) => {
				const shown =
					cta !== undefined &&
					cta.fields.length > 0 &&
					showsCta(narrative.fitted.ok ? narrative.fitted.value.scenes[index]?.scene.layers : undefined);
				return shown ? [...(filler === null ? [] : [filler]), cta] : filler === null ? [] : [filler];
			}),
		};
	};
	return { lower, outline };
};

/** Cells for viewers, lowered or only looked at. */
export type OutputLowerer = {
	readonly lower: (request: LowerRequest) => LoweredCell;
	/** What a cell is for a viewer before anything is drawn; null when its scenes do not fit. */
	readonly outline: (cell: Cell, viewer: Viewer) => Outline | null;
};

export type Outline = {
	/** Equal for viewers that share all of the cell's scenes which show none of their data. */
	readonly narrative: string;
	readonly fitted: FittedScenes;
	/** By scene: what fills its holes. None for one that is the same for everyone. */
	readonly fillers: readonly (readonly SceneOrCtaFiller[])[];
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

const MAX_NARRATIVES = 4_000;
/** The cells of a few recipients at most have a personal scene in common. */
const MAX_PERSONAL = 200;

/** A cell's scenes for all viewers whose data decides alike, and what they have drawn so far in common. */
type Narrative = {
	readonly fitted: Outcome<FittedScenes>;
	/** Null for a scene that is the same for everyone. */
	readonly fillers: readonly (SceneFiller | null)[];
	readonly drawn: Map<number, LoweredScene>;
};

type SceneFiller = Filler<'scene', PlainScene>;

const makeNarrative = (outcome: Outcome<FittedScenes>): Narrative => {
	if (!outcome.ok) return { fitted: outcome, fillers: [], drawn: new Map() };
	const fillers = outcome.value.scenes.map(({ scene }) => makeFiller(scene));
	const scenes = outcome.value.scenes.map((placed, index) => withoutEscapes(placed, fillers[index]!));
	return {
		fitted: { ...outcome, value: { ...outcome.value, scenes } },
		fillers: fillers.map((filler) => (filler.fields.length === 0 ? null : filler)),
		drawn: new Map(),
	};
};

/** `\\{{` stands for braces, and is the same for everyone. */
const withoutEscapes = (placed: PlacedScene, filler: SceneFiller): PlacedScene => {
	const filled = filler.hasHoles && filler.fields.length === 0 ? filler.fill({}) : null;
	return filled?.ok ? { ...placed, scene: filled.scene } : placed;
};

type SceneMemo = { readonly shared: Map<string, LoweredScene>; readonly personal: BoundedMap<LoweredScene> };

type Assembly = LowerRequest & {
	readonly checked: CheckedSpec;
	readonly scenes: SceneMemo;
	readonly narrative: Narrative;
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
	return { timeline: isWhole ? { canvas: cell.platform.canvas, frames: fitted.total, scenes } : null, diagnostics, personal, unfilled };
};

type DrawnScene = { readonly lowered: LoweredScene; readonly isPersonal: boolean } | { readonly unfilled: readonly Unfilled[] };

const drawScene = (assembly: Assembly, index: number, frames: number): DrawnScene => {
	const { narrative, fitted, cta, viewer, cell } = assembly;
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
	{ checked, viewer, inputs, fitted }: Assembly,
	index: number,
	{ placed: { scene, path, sourceOf }, cell, frames }: ScenePart,
): SceneRequest => {
	const entering = fitted.transitions[index - 1] ?? null;
	return {
		checked: { ...checked, rangeOf: (place, at) => checked.rangeOf(sourceOf(place), at) },
		...{ scene, path, sourceOf, cell, inputs, frames },
		brand: viewer.brand ?? checked.spec.brand ?? null,
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
	});

/** Whether a scene draws the cell's call to action. */
export const showsCta = (layers: readonly Layer[] | undefined): boolean =>
	layers?.some((layer) => 'cta' in layer || ('group' in layer && showsCta(layer.group))) ?? false;

/** Makes what it does not hold; forgets the oldest when it is full. */
type BoundedMap<T> = { get(key: string, make: () => T): T };

const boundedMap = <T>(size: number): BoundedMap<T> => {
	const values = new Map<string, T>();
	return {
		get(key, make) {
			const known = values.get(key);
			if (known !== undefined) return known;
			const made = make();
			values.set(key, made);
			if (values.size > size) values.delete(values.keys().next().value!);
			return made;
		},
	};
};
