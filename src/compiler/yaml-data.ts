import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { type Diagnostic, errorAt, type SourceRange } from '../diagnostics/diagnostic.ts';
import { quote } from '../diagnostics/visible.ts';
import { MAX_DEPTH, MAX_ENTRIES, MAX_VALUES, tooDeep } from './yaml-limits.ts';

const FORBIDDEN_KEYS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** A document as plain data. */
export type YamlData = {
	/** Plain objects without any forbidden key, arrays, texts, numbers, booleans and null. What an alias repeats is the same object. */
	readonly data: unknown;
	/** What each alias stands for. */
	readonly aliases: ReadonlyMap<Node, Node>;
	readonly problems: readonly Diagnostic[];
	/** False when `data` is not what the text means: checking it further would only find consequences. */
	readonly sound: boolean;
};

/** How much a value holds, with aliases expanded. */
type Extent = { readonly data: unknown; readonly size: number; readonly height: number };
type Anchor = { readonly node: Node; extent: Extent | null };
type Walk = {
	readonly file: string;
	readonly anchors: Map<string, Anchor>;
	readonly aliases: Map<Node, Node>;
	readonly problems: Diagnostic[];
	sound: boolean;
	stopped: boolean;
};

const NOTHING: Extent = { data: null, size: 1, height: 1 };

/** Document to data. Repeated keys keep their first value, forbidden ones are left out, each with a diagnostic. */
export const readData = (document: Document.Parsed, file: string): YamlData => {
	const walk: Walk = { file, anchors: new Map(), aliases: new Map(), problems: [], sound: true, stopped: false };
	const { data } = readNode(walk, document.contents, 1);
	return { data, aliases: walk.aliases, problems: walk.problems, sound: walk.sound && !walk.stopped };
};

/** The key of a pair as data has it, or null when it has none: a list, a mapping, an alias or nothing. */
export const keyText = (key: unknown): string | null => {
	if (!isScalar(key)) return null;
	if (typeof key.value === 'string') return key.value;
	return key.value === null ? null : (key.source ?? String(key.value));
};

export const rangeOfNode = (node: Node, file: string): SourceRange => {
	const [start, end] = node.range ?? [0, 0];
	return { file, start, end };
};

const readNode = (walk: Walk, node: Node | null, depth: number): Extent => {
	if (walk.stopped || node === null) return NOTHING;
	if (isAlias(node)) return readAlias(walk, node, depth);
	if (depth > MAX_DEPTH && !isScalar(node)) return stop(walk, tooDeep(rangeOfNode(node, walk.file)));
	if ((isMap(node) || isSeq(node)) && node.items.length > MAX_ENTRIES) {
		const range = rangeOfNode(node, walk.file);
		const summary = `${node.items.length} entries are too many: no list or mapping takes more than ${MAX_ENTRIES}`;
		return stop(walk, errorAt(range, 'RF1005', summary, 'keep rows of data in a file of their own'));
	}
	const anchor: Anchor = { node, extent: null };
	if ('anchor' in node && node.anchor) walk.anchors.set(node.anchor, anchor);
	const extent = isMap(node) ? readMap(walk, node, depth) : isSeq(node) ? readList(walk, node, depth) : readScalar(walk, node as Scalar);
	anchor.extent = extent;
	if (extent.size <= MAX_VALUES) return extent;
	return stop(
		walk,
		errorAt(
			rangeOfNode(node, walk.file),
			'RF1004',
			`aliases make this more than ${MAX_VALUES} values`,
			'write what is needed without aliases',
		),
	);
};

const stop = (walk: Walk, problem: Diagnostic): Extent => {
	if (!walk.stopped) walk.problems.push(problem);
	walk.stopped = true;
	return NOTHING;
};

const readAlias = (walk: Walk, node: Node & { readonly source: string }, depth: number): Extent => {
	const range = rangeOfNode(node, walk.file);
	const anchor = walk.anchors.get(node.source);
	const name = quote(`*${node.source}`);
	if (!anchor)
		return stop(
			walk,
			errorAt(range, 'RF1001', `the alias ${name} has no anchor before it`, `quote the text, or write &${node.source} first`),
		);
	if (!anchor.extent)
		return stop(walk, errorAt(range, 'RF1004', `the alias ${name} stands for something that contains it`, 'write the value out'));
	if (depth + anchor.extent.height - 1 > MAX_DEPTH) return stop(walk, tooDeep(range));
	walk.aliases.set(node, anchor.node);
	return anchor.extent;
};

const readList = (walk: Walk, list: YAMLSeq, depth: number): Extent => {
	const items = list.items.map((item) => readNode(walk, item as Node | null, depth + 1));
	return {
		data: items.map((item) => item.data),
		size: items.reduce((sum, item) => sum + item.size, 1),
		height: 1 + items.reduce((most, item) => Math.max(most, item.height), 0),
	};
};

const readMap = (walk: Walk, map: YAMLMap, depth: number): Extent => {
	const data: Record<string, unknown> = {};
	const firsts = new Map<string, Node>();
	let size = 1;
	let height = 0;
	for (const pair of map.items) {
		const value = readNode(walk, pair.value as Node | null, depth + 1);
		size += value.size;
		height = Math.max(height, value.height);
		const key = acceptKey(walk, pair, firsts, rangeOfNode(map, walk.file));
		if (key !== null) data[key] = value.data;
	}
	return { data, size, height: height + 1 };
};

/** The key under which the pair's value is kept; null, after saying why, when it is not. */
const acceptKey = (walk: Walk, pair: Pair, firsts: Map<string, Node>, mapRange: SourceRange): string | null => {
	const node = pair.key as Node | null;
	const key = keyText(node);
	const range = node ? rangeOfNode(node, walk.file) : mapRange;
	if (node === null || key === null) {
		walk.problems.push(errorAt(range, 'RF1008', 'a key has to be a text', 'write `key: value`'));
		walk.sound = false;
		return null;
	}
	if (key === '<<') {
		walk.problems.push(
			errorAt(range, 'RF1008', 'merge keys (<<) are not supported', 'write the merged keys out, or use an alias for a whole value'),
		);
		walk.sound = false;
		return null;
	}
	if (FORBIDDEN_KEYS.includes(key)) {
		walk.problems.push(errorAt(range, 'RF1007', `the key ${quote(key)} is not allowed`, 'choose another name'));
		return null;
	}
	const first = firsts.get(key);
	if (first) {
		const related = [{ message: 'first written here', range: rangeOfNode(first, walk.file) }];
		walk.problems.push({ ...errorAt(range, 'RF1002', `the key ${quote(key)} is written twice`, 'keep one of them'), related });
		return null;
	}
	firsts.set(key, node);
	if (isScalar(node) && typeof node.value !== 'string') {
		walk.problems.push(errorAt(range, 'RF1008', `the key ${quote(key)} is not a text`, `put it in quotes: '${key}':`));
	}
	return key;
};

const readScalar = (walk: Walk, node: Scalar): Extent => {
	const { value, source } = node;
	if (
		typeof value === 'number' &&
		Number.isInteger(value) &&
		!Number.isSafeInteger(value) &&
		/^[-+]?(\d+|0[xo][\da-f]+)$/i.test(source ?? '')
	) {
		const summary = `the number ${quote(source ?? '', 40)} is too large to be kept exactly`;
		walk.problems.push(errorAt(rangeOfNode(node, walk.file), 'RF1008', summary, 'put it in quotes if it is a name or an id'));
	}
	return { data: value ?? null, size: 1, height: 0 };
};
