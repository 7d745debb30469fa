import type { SpecPath } from '../checked-spec.ts';

/** Which values of a piece of data are to be replaced, by their number in a list of new ones. */
export type Pattern = { readonly hole: number } | { readonly children: ReadonlyMap<string | number, Pattern> };

/** The pattern of paths, in their order. No path leads through another. */
export const patternOf = (paths: readonly SpecPath[]): Pattern => {
	const root: Branch = { children: new Map() };
	for (const [hole, path] of paths.entries()) {
		let here = root;
		for (const step of path.slice(0, -1)) {
			const next = here.children.get(step) ?? { children: new Map() };
			here.children.set(step, next);
			here = next as Branch;
		}
		here.children.set(path.at(-1)!, { hole });
	}
	return root;
};

type Branch = { readonly children: Map<string | number, Branch | { readonly hole: number }> };

/** `value` with the new values in their places. What holds none of them is the same object as before; nothing is changed in place. */
export const replaceAt = (value: unknown, pattern: Pattern, replacements: readonly unknown[]): unknown => {
	if ('hole' in pattern) return replacements[pattern.hole];
	if (pattern.children.size === 0) return value;
	const copy: unknown = Array.isArray(value) ? [...value] : { ...(value as object) };
	for (const [key, child] of pattern.children) {
		const slots = copy as Record<string | number, unknown>;
		slots[key] = replaceAt(slots[key], child, replacements);
	}
	return copy;
};
