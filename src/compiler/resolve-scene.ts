import type { Background, Layer, Overrides, Scene, Transition, When } from '../model/campaign-spec.gen.ts';
import type { Cell } from '../model/cell.ts';
import { aspectOf } from '../model/platform.ts';
import type { RowValues } from '../model/recipient.ts';
import type { SpecPath } from './checked-spec.ts';
import { matchesWhen } from './matches-when.ts';

/** A scene as one cell shows it: nothing in it depends on the cell any more. Templates in it are not filled yet. */
export type PlainScene = Omit<Scene, 'when' | 'for' | 'background' | 'transition'> & {
	readonly background?: Background;
	readonly transition?: Transition;
};

export type ResolvedScene = {
	readonly scene: PlainScene;
	/** Where the spec has what stands at a path of the resolved scene. Other paths are where they are. */
	readonly sourceOf: (path: SpecPath) => SpecPath;
};

/** One of the values of a cell, from the most general to the most particular: what comes later has the last word. */
const namesOf = (cell: Cell): readonly string[] => [...new Set([aspectOf(cell.platform.canvas), cell.platform.name, cell.variant])];

/**
 * Before stage 5: takes the `for` overrides that apply to a cell, leaves out the layers whose `when` does not hold, and chooses among candidates.
 * What cells have in common reads alike afterwards, whatever it was written for. `path` is where the scene stands in the spec.
 */
export const resolveScene = (scene: Scene, path: SpecPath, cell: Cell, values: RowValues | null = null): ResolvedScene => {
	const moved = new Map<string, SpecPath>();
	const resolving: Resolving = { cell, values, names: namesOf(cell), moved };
	const { background, transition, layers, ...rest } = override(resolving, scene, path) as Omit<Scene, 'when' | 'for'>;
	const chosenBackground = choose<Background>(resolving, background, [...path, 'background']);
	const chosenTransition = choose<Transition>(resolving, transition, [...path, 'transition']);
	const resolved: PlainScene = {
		...rest,
		...(layers === undefined ? {} : { layers: resolveLayers(resolving, layers, [...path, 'layers']) }),
		...(chosenBackground === undefined ? {} : { background: chosenBackground }),
		...(chosenTransition === undefined ? {} : { transition: chosenTransition }),
	};
	return { scene: resolved, sourceOf: (place) => sourceOf(moved, place) };
};

type Resolving = {
	readonly cell: Cell;
	/** What conditions on data read. */
	readonly values: RowValues | null;
	readonly names: readonly string[];
	/** Places of the resolved scene that come from another place of the spec. */
	readonly moved: Map<string, SpecPath>;
};

const sourceOf = (moved: ReadonlyMap<string, SpecPath>, path: SpecPath): SpecPath => {
	for (let length = path.length; length > 0; length--) {
		const source = moved.get(JSON.stringify(path.slice(0, length)));
		if (source !== undefined) return [...source, ...path.slice(length)];
	}
	return path;
};

const move = ({ moved }: Resolving, path: SpecPath, source: SpecPath): void => {
	moved.set(JSON.stringify(path), source);
};

type Adaptive = { readonly when?: When; readonly for?: Overrides };

/** A part with the keys that its `for` gives it here, and without `when` and `for`. */
const override = (resolving: Resolving, part: Adaptive, path: SpecPath): object => {
	const { when: _, for: overrides, ...keys } = part;
	const merged: Record<string, unknown> = { ...keys };
	const source = sourceOf(resolving.moved, path);
	for (const name of resolving.names) {
		if (overrides === undefined || !Object.hasOwn(overrides, name)) continue;
		for (const [key, value] of Object.entries(overrides[name]!)) {
			merged[key] = value;
			move(resolving, [...path, key], [...source, 'for', name, key]);
		}
	}
	return merged;
};

const resolveLayers = (resolving: Resolving, layers: readonly Layer[], path: SpecPath): Layer[] => {
	const source = sourceOf(resolving.moved, path);
	const resolved: Layer[] = [];
	for (const [index, layer] of layers.entries()) {
		if (!matchesWhen(layer.when, resolving.cell, resolving.values)) continue;
		const place = [...path, resolved.length];
		move(resolving, place, [...source, index]);
		const plain = override(resolving, layer, place) as Layer;
		if (!('group' in plain)) resolved.push(plain);
		else {
			const group = resolveLayers(resolving, plain.group, [...place, 'group']);
			if (group.length > 0) resolved.push({ ...plain, group });
		}
	}
	return resolved;
};

/** The first candidate whose `when` holds; a value that is no list is the only one. */
const choose = <T extends string | Adaptive>(
	resolving: Resolving,
	candidates: T | readonly T[] | undefined,
	path: SpecPath,
): T | undefined => {
	if (candidates === undefined) return undefined;
	const list = Array.isArray(candidates) ? (candidates as readonly T[]) : null;
	const all = list ?? [candidates as T];
	const index = all.findIndex((one) => typeof one === 'string' || matchesWhen(one.when, resolving.cell, resolving.values));
	const chosen = all[index];
	if (chosen === undefined) return undefined;
	if (list !== null) move(resolving, path, [...sourceOf(resolving.moved, path), index]);
	if (typeof chosen === 'string') return chosen;
	const { when: _, ...plain } = chosen as Adaptive;
	return plain as T;
};
