import { quote } from '../diagnostics/visible.ts';

/** One place where two JSON values differ, as in `scenes[0].layers[1].size`. A value that is only on one side is undefined on the other. */
export type Difference = { readonly path: string; readonly before: unknown; readonly after: unknown };

/** More than this many differences say nothing that the first ones do not. */
const MAX_DIFFERENCES = 200;

/** Where two JSON values differ, in the order of the first one's keys. */
export const differences = (before: unknown, after: unknown): readonly Difference[] => {
	const found: Difference[] = [];
	collect({ path: '', before, after }, found);
	return found;
};

/**
 * What a person would say first about the change from one message to another: words that changed, then files, then colours, then whatever differs first. Null
 * when nothing differs. A changed word also moves boxes; the box is not what they want to hear.
 */
export const describeChange = (before: unknown, after: unknown): string | null => {
	const found = differences(before, after);
	const [first] = [...found].sort((a, b) => rankOf(a) - rankOf(b));
	return first === undefined ? null : sayDifference(first);
};

const rankOf = ({ path }: Difference): number => {
	if (/\.text$/.test(path)) return 0;
	if (/\.sha256$/.test(path) || isCode(path)) return 1;
	return /color/i.test(path) ? 2 : 3;
};

const sayDifference = ({ path, before, after }: Difference): string => {
	const isPlain = [before, after].every((value) => typeof value === 'string' && value.length <= 60);
	if (/\.text$/.test(path) && isPlain) return `text ${quote(String(before))} is ${quote(String(after))}`;
	if (/color/i.test(path) && isPlain) return `colour ${before} is ${after}`;
	if (/^fonts.*sha256$/.test(path)) return 'another font file';
	if (/\.sha256$/.test(path)) return 'another image';
	if (isCode(path)) return 'another component, or other code of it';
	if (/\.background\b/.test(path)) return 'another background';
	if (/(^|\.)frames$/.test(path)) return 'another length';
	return /\.tracks\b/.test(path) ? 'other movement, or at other times' : path;
};

/** The hash of a component's code. */
const isCode = (path: string): boolean => /\.layers\[\d+\]\.code$/.test(path);

const collect = ({ path, before, after }: Difference, found: Difference[]): void => {
	if (Object.is(before, after) || found.length >= MAX_DIFFERENCES) return;
	const keys = bothKeys(before, after);
	if (keys === null) {
		found.push({ path: path === '' ? '(whole value)' : path, before, after });
		return;
	}
	for (const key of keys) {
		const inner = typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
		collect({ path: inner, before: at(before, key), after: at(after, key) }, found);
	}
};

/** The keys of two lists or two records, or null when the values cannot be compared part by part. */
const bothKeys = (a: unknown, b: unknown): readonly (string | number)[] | null => {
	if (Array.isArray(a) && Array.isArray(b)) return Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index);
	return isRecord(a) && isRecord(b) ? [...new Set([...Object.keys(a), ...Object.keys(b)])] : null;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, key: string | number): unknown => (value as Record<string | number, unknown>)[key];
