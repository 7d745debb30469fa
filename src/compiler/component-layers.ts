import type { ComponentLayer, Scene } from '../model/campaign-spec.gen.ts';
import { axesOf, type Cell } from '../model/cell.ts';
import type { ComponentAxes } from '../model/component.ts';
import type { SpecPath } from './checked-spec.ts';
import type { Draft } from './draft-spec.ts';

/** A layer that draws a component of the campaign, as far as it is there. */
export type PlacedComponent = { readonly layer: Draft<ComponentLayer>; readonly path: SpecPath };

type Layers = readonly (object | undefined)[] | undefined;
type Scenes = readonly ({ readonly layers?: Layers } | undefined)[] | undefined;

/** Every component layer of a spec or of a draft of one, those inside of groups and those that a `for` gives included. */
export const componentLayers = (scenes: Scenes): readonly PlacedComponent[] =>
	(scenes ?? []).flatMap((scene, index) =>
		scene === undefined
			? []
			: [{ part: scene, path: ['scenes', index] }, ...overridesOf(scene, ['scenes', index])].flatMap(({ part, path }) =>
					'layers' in part ? within(part.layers as Layers, [...path, 'layers']) : [],
				),
	);

/** Those of one list of layers that stands at `path`. */
const within = (layers: Layers, path: SpecPath): readonly PlacedComponent[] =>
	(layers ?? []).flatMap((layer, index): readonly PlacedComponent[] => {
		if (layer === undefined) return [];
		const here = [...path, index];
		return [{ part: layer, path: here }, ...overridesOf(layer, here)].flatMap(asComponents);
	});

type Part = { readonly part: object; readonly path: SpecPath };

const asComponents = ({ part, path }: Part): readonly PlacedComponent[] => {
	const nested = 'group' in part && Array.isArray(part.group) ? within(part.group as Layers, [...path, 'group']) : [];
	return 'component' in part ? [{ layer: part as Draft<ComponentLayer>, path }, ...nested] : nested;
};

const overridesOf = (part: object, path: SpecPath): readonly Part[] =>
	'for' in part && typeof part.for === 'object' && part.for !== null
		? Object.entries(part.for).flatMap(([name, override]) =>
				typeof override === 'object' && override !== null ? [{ part: override as object, path: [...path, 'for', name] }] : [],
			)
		: [];

/** What the spec names for its components: files of code, and files that say what props they take. */
export const componentMentions = (scenes: Scenes): Readonly<Record<'component' | 'propsSchema', readonly Mention[]>> => {
	const placed = componentLayers(scenes);
	return {
		component: placed.flatMap(({ layer, path }) =>
			layer.component === undefined ? [] : [{ name: layer.component, path: [...path, 'component'] }],
		),
		propsSchema: placed.flatMap(({ layer, path }) =>
			typeof layer.propsSchema === 'string' ? [{ name: layer.propsSchema, path: [...path, 'propsSchema'] }] : [],
		),
	};
};

type Mention = { readonly name: string; readonly path: SpecPath };

/** The axes of a cell that the components of a scene read, with their values. */
export const axesReadBy = (scene: Scene, cell: Cell): ComponentAxes => {
	const axes = axesOf(cell);
	const names = new Set(componentLayers([scene]).flatMap(({ layer }) => (layer.uses ?? []).flatMap((axis) => axis ?? [])));
	return Object.fromEntries([...names].map((axis) => [axis, axes[axis]]));
};
