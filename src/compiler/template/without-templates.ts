import type { SpecPath } from '../checked-spec.ts';
import type { DraftSpec } from '../draft-spec.ts';
import { misplacedInSpec, type Place, placesInSpec } from './places.ts';
import { patternOf, replaceAt } from './replace-at.ts';
import { isTemplate } from './template.ts';

/**
 * A spec for rules that know nothing of data: numbers, colours and pictures that a row gives are `undefined`, as if they could not be judged, and
 * so is what stands out in a chart whose labels a row gives, and every template where none may stand. Texts and props stay as they are written.
 */
export const withoutTemplates = (draft: DraftSpec): DraftSpec => {
	const places = placesInSpec(draft);
	const hidden = [...places.flatMap(unknownPaths(draft)), ...misplacedInSpec(draft).map(({ path }) => path)];
	const unknown = new Map(hidden.map((path) => [JSON.stringify(path), path]));
	const paths = [...unknown.values()];
	if (paths.length === 0) return draft;
	return replaceAt(
		draft,
		patternOf(paths),
		paths.map(() => undefined),
	) as DraftSpec;
};

const unknownPaths =
	(draft: DraftSpec) =>
	({ kind, path }: Place): readonly SpecPath[] => {
		if (kind === 'number' || kind === 'image' || kind === 'color') return [path];
		if (kind !== 'plain') return [];
		if (path.at(-1) === 'highlight') return [path];
		// ...data, index, label: the chart is three steps up.
		if (path.at(-1) !== 'label' || path.at(-3) !== 'data') return [];
		const highlight = [...path.slice(0, -3), 'highlight'];
		return valueIn(draft, highlight) === undefined ? [] : [highlight];
	};

const valueIn = (value: unknown, path: SpecPath): unknown =>
	path.reduce<unknown>((here, step) => (here as Readonly<Record<string | number, unknown>> | undefined)?.[step], value);

/** Whether a text names a file, and not what a row says. */
export const isWritten = (text: string | undefined): text is string => text !== undefined && !isTemplate(text);
