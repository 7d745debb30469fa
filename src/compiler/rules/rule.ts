import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic.ts';
import type { Background, Layer, Overrides, Scene, Transition, When } from '../../model/campaign-spec.gen.ts';
import type { CheckedSpec, SpecPath } from '../checked-spec.ts';
import type { Draft, DraftSpec } from '../draft-spec.ts';

/** What a rule reads: what is left of a spec without the parts that break the schema. */
export type RuleInput = {
	readonly draft: DraftSpec;
	readonly rangeOf: CheckedSpec['rangeOf'];
	/** Where a piece of the text at a path is written, or the whole text. */
	readonly findIn: (path: SpecPath, piece: string) => SourceRange;
};

/** One rule on the meaning of a spec. Says nothing about what it cannot judge because a part is broken or missing. */
export type Rule = (input: RuleInput) => readonly Diagnostic[];

/** A part of a draft and where it stands. */
export type Placed<T> = { readonly part: Draft<T>; readonly path: SpecPath };

/** Every scene, and after it what its `for` gives it: scenes of which only the overridden keys are there. */
export const scenesOf = (draft: DraftSpec): readonly Placed<Scene>[] =>
	placed(draft.scenes, ['scenes']).flatMap((scene) => [scene, ...overridesOf<Scene>(scene)]);

/** Every layer, those inside groups and what a `for` gives one included. */
export const layersOf = (draft: DraftSpec): readonly (Placed<Layer> & { readonly scene: Draft<Scene> })[] =>
	scenesOf(draft).flatMap(({ part, path }) => layersIn(part.layers, [...path, 'layers']).map((layer) => ({ ...layer, scene: part })));

const layersIn = (layers: readonly (Draft<Layer> | undefined)[] | undefined, path: SpecPath): readonly Placed<Layer>[] =>
	(placed(layers, path) as readonly Placed<Layer>[])
		.flatMap((layer) => [layer, ...overridesOf<Layer>(layer)])
		.flatMap((layer) => [layer, ...('group' in layer.part ? layersIn(layer.part.group, [...layer.path, 'group']) : [])]);

/** The schema has checked that an override has keys of the part that it stands in. */
const overridesOf = <T extends { readonly for?: Overrides }>({ part, path }: Placed<T>): readonly Placed<T>[] =>
	Object.entries((part as Draft<{ for?: Overrides }>).for ?? {}).flatMap(([name, override]) =>
		override === undefined ? [] : [{ part: override as Draft<T>, path: [...path, 'for', name] }],
	);

/** Every `for` of the spec. */
export const forsOf = (draft: DraftSpec): readonly Placed<Overrides>[] =>
	[...scenesOf(draft), ...layersOf(draft)].flatMap(({ part, path }) =>
		part.for === undefined ? [] : [{ part: part.for, path: [...path, 'for'] }],
	);

/** Every background, each candidate of a list on its own. */
export const backgroundsOf = (draft: DraftSpec): readonly Placed<Background>[] =>
	scenesOf(draft).flatMap(({ part: { background }, path }) => candidates<Background>(background, [...path, 'background']));

/** Every transition, each candidate of a list on its own. */
export const transitionsOf = (draft: DraftSpec): readonly Placed<Transition>[] =>
	scenesOf(draft).flatMap(({ part: { transition }, path }) => candidates<Transition>(transition, [...path, 'transition']));

const candidates = <T>(written: Draft<T> | readonly (Draft<T> | undefined)[] | undefined, path: SpecPath): readonly Placed<T>[] => {
	if (written === undefined) return [];
	return Array.isArray(written) ? placed(written as readonly (Draft<T> | undefined)[], path) : [{ part: written as Draft<T>, path }];
};

/** Every `when` of the spec, and every one inside another. */
export const conditionsOf = (draft: DraftSpec): readonly Placed<When>[] =>
	[...scenesOf(draft), ...layersOf(draft), ...backgroundsOf(draft), ...transitionsOf(draft)].flatMap(({ part, path }) =>
		typeof part === 'string' ? [] : conditionsIn(part.when, [...path, 'when']),
	);

const conditionsIn = (when: Draft<When> | undefined, path: SpecPath): readonly Placed<When>[] =>
	when === undefined
		? []
		: [
				{ part: when, path },
				...(['any', 'all'] as const).flatMap((key) => placed(when[key], [...path, key]).flatMap((one) => conditionsIn(one.part, one.path))),
				...conditionsIn(when.not, [...path, 'not']),
			];

/** The parts of a list that are not broken. */
export const placed = <Part>(list: readonly (Part | undefined)[] | undefined, path: SpecPath): readonly { part: Part; path: SpecPath }[] =>
	(list ?? []).flatMap((part, i) => (part === undefined ? [] : [{ part, path: [...path, i] }]));

/** Every text in a piece of data, with its path. */
export const textsIn = (value: unknown, path: SpecPath): readonly { readonly text: string; readonly path: SpecPath }[] => {
	if (typeof value === 'string') return [{ text: value, path }];
	if (Array.isArray(value)) return value.flatMap((item, i) => textsIn(item, [...path, i]));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, child]) => textsIn(child, [...path, key]));
};
