import type { Diagnostic, SourceRange } from '../../diagnostics/diagnostic.ts';
import type { Layer, Scene, When } from '../../model/campaign-spec.gen.ts';
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

export const scenesOf = (draft: DraftSpec): readonly Placed<Scene>[] => placed(draft.scenes, ['scenes']);

export const layersOf = (draft: DraftSpec): readonly (Placed<Layer> & { readonly scene: Draft<Scene> })[] =>
	scenesOf(draft).flatMap(({ part, path }) => placed(part.layers, [...path, 'layers']).map((layer) => ({ ...layer, scene: part })));

/** Every `when` of the spec. */
export const conditionsOf = (draft: DraftSpec): readonly Placed<When>[] =>
	[...scenesOf(draft), ...layersOf(draft)].flatMap(({ part, path }) =>
		part.when === undefined ? [] : [{ part: part.when, path: [...path, 'when'] }],
	);

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
