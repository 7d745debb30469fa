import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { SourceRange } from '../diagnostics/diagnostic.ts';
import type { CheckedSpec } from './checked-spec.ts';
import { keyText, rangeOfNode } from './yaml-data.ts';

/** A parsed text: where its nodes stand. */
export type SourceTree = { readonly file: string; readonly root: Node | null; readonly aliases: ReadonlyMap<Node, Node> };

type Step = { readonly value: Node | null; readonly key: Node | null };

/** The lookup of `CheckedSpec.rangeOf`. Values behind an alias stand where the anchor is. Constant time for each step of a path. */
export const makeRangeOf = (tree: SourceTree): CheckedSpec['rangeOf'] => {
	const pairs = new Map<YAMLMap, ReadonlyMap<string, Pair>>();
	const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
		const known = pairs.get(map) ?? indexPairs(map);
		pairs.set(map, known);
		return known.get(key);
	};
	const stepInto = (from: Node | null, step: string | number): Step | undefined => {
		const node = from === null ? null : (tree.aliases.get(from) ?? from);
		if (isSeq(node) && typeof step === 'number' && step < node.items.length) return { key: null, value: node.items[step] as Node | null };
		const pair = isMap(node) ? pairOf(node, String(step)) : undefined;
		return pair && { key: pair.key as Node, value: pair.value as Node | null };
	};
	return (path, at = 'value') => {
		let here: Step = { key: null, value: tree.root };
		for (const step of path) {
			const next = stepInto(here.value, step);
			if (!next) return rangeOfStep(here, 'key', tree.file);
			here = next;
		}
		return rangeOfStep(here, at, tree.file);
	};
};

/** Where `needle` stands inside the text that is written at a path, or the whole text when it is written differently there. */
export const findInside = (text: string, whole: SourceRange, needle: string): SourceRange => {
	const start = text.indexOf(needle, whole.start);
	const end = start + needle.length;
	return start === -1 || needle === '' || end > whole.end ? whole : { file: whole.file, start, end };
};

/** The first pair of each key: the one whose value is kept. */
const indexPairs = (map: YAMLMap): ReadonlyMap<string, Pair> => {
	const index = new Map<string, Pair>();
	for (const pair of map.items) {
		const key = keyText(pair.key);
		if (key !== null && !index.has(key)) index.set(key, pair);
	}
	return index;
};

// A key with nothing after it has a value of no length somewhere behind the colon: the key is the better place.
const rangeOfStep = ({ key, value }: Step, at: 'key' | 'value', file: string): SourceRange => {
	const written = value !== null && (!isScalar(value) || (value.range?.[1] ?? 0) > (value.range?.[0] ?? 0));
	const node = at === 'value' && written ? value : (key ?? value);
	return node === null ? { file, start: 0, end: 0 } : rangeOfNode(node, file);
};
