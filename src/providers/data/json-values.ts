import type { SourceRecord } from '../../ports/data-sources.ts';
import type { BareObject } from './bare-object.ts';
import { MAX_CELL, MAX_DEPTH, MAX_RECORD } from './limits.ts';
import { badRecord, type Checked, type Problem } from './source-problem.ts';

/** A value of JSON as a record of a source: an object whose keys are its columns. Objects in it inherit nothing. */
export const recordOfValue = (value: unknown, row: number): SourceRecord => {
	if (!isObject(value)) return badRecord(row, notAnObject(value));
	const budget = { left: MAX_RECORD };
	const values = Object.create(null) as BareObject;
	for (const [key, inner] of Object.entries(value)) {
		const copy = withoutPrototypes(inner, 2, budget);
		if (!copy.ok) return badRecord(row, copy.problem, key);
		values[key] = copy.value;
	}
	return { ok: true, row, values };
};

const withoutPrototypes = (value: unknown, depth: number, budget: { left: number }): Checked<unknown> => {
	budget.left -= typeof value === 'string' ? value.length : 8;
	if (budget.left < 0) return { ok: false, problem: LARGE_RECORD };
	if (typeof value === 'string' && value.length > MAX_CELL) return { ok: false, problem: LARGE_TEXT };
	if (typeof value !== 'object' || value === null) return { ok: true, value };
	if (depth > MAX_DEPTH) return { ok: false, problem: DEEP_RECORD };
	const copy: unknown[] | BareObject = Array.isArray(value) ? [] : (Object.create(null) as BareObject);
	for (const [key, inner] of Object.entries(value)) {
		budget.left -= key.length;
		const result = withoutPrototypes(inner, depth + 1, budget);
		if (!result.ok) return result;
		(copy as Record<string, unknown>)[key] = result.value;
	}
	return { ok: true, value: copy };
};

/** The same value, with null for what no record may have: containers deeper than one level below the deepest. It is refused as the whole would be. */
export const cutDeep = (value: unknown, depth = 1): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	if (depth > MAX_DEPTH + 1) return null;
	if (Array.isArray(value)) return value.map((inner) => cutDeep(inner, depth + 1));
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutDeep(inner, depth + 1)]));
};

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The keys of `data.items`. None for the document itself. */
export const keysOf = (at: string | undefined): readonly string[] => (at === undefined ? [] : at.split('.'));

/** What stands at a place in a document; undefined where there is nothing. Only keys that the document itself has are followed. */
export const valueAtKeys = (document: unknown, keys: readonly string[]): unknown => {
	let value = document;
	for (const key of keys) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
		value = (value as Readonly<Record<string, unknown>>)[key];
	}
	return value;
};

/** The rows at a place in a document: those of a list, or one object as one row. */
export const rowsAt = (document: unknown, at: string | undefined): Checked<readonly unknown[]> => {
	const value = valueAtKeys(document, keysOf(at));
	if (Array.isArray(value)) return { ok: true, value };
	if (isObject(value)) return { ok: true, value: [value] };
	return { ok: false, problem: value === undefined ? nothingAt(at) : notRows(at, value) };
};

/** A document in JSON that is held as a whole. */
export const parseJson = (text: string): Checked<unknown> => {
	const document = text.startsWith('\uFEFF') ? text.slice(1) : text;
	try {
		const value: unknown = JSON.parse(document);
		// Only of a valid text: in one whose quotes are not closed, the search would take time with the square of its length.
		return { ok: true, value: LONG_NUMBER.test(document) ? (JSON.parse(withTextIds(document)) as unknown) : value };
	} catch {
		return { ok: false, problem: NOT_JSON };
	}
};

const LONG_NUMBER = /\d{16}/;

/** The same document with whole numbers that JavaScript cannot hold, such as long ids, as the texts that they are. */
const withTextIds = (text: string): string =>
	text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (part) =>
		/^-?\d{16,}$/.test(part) && !Number.isSafeInteger(Number(part)) ? `"${part}"` : part,
	);

const kindOf = (value: unknown): string => {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	switch (typeof value) {
		case 'object':
			return 'an object';
		case 'string':
			return 'a text';
		case 'number':
			return 'a number';
		default:
			return 'true or false';
	}
};

const notAnObject = (value: unknown): Problem => ({
	code: 'RF4201',
	summary: `the row is ${kindOf(value)}, not an object with fields`,
	hint: 'make each row an object: {"id": 1, "name": "Ada"}',
});

const ROWS_AT = 'name with `at` where the rows stand: keys with dots between them';

export const nothingAt = (at: string | undefined): Problem => ({
	code: 'RF4200',
	...(at === undefined
		? { summary: 'the document is empty', hint: 'save it again, or fetch it again' }
		: { summary: `there is nothing at "${at}" in the document`, hint: ROWS_AT, key: 'at' }),
});

export const notRows = (at: string | undefined, value: unknown): Problem => ({
	code: 'RF4200',
	summary: `${at === undefined ? 'the document' : `what stands at "${at}"`} is ${kindOf(value)}, not a list of rows`,
	hint: ROWS_AT,
	...(at === undefined ? {} : { key: 'at' }),
});

export const NOT_JSON: Problem = {
	code: 'RF4201',
	summary: 'the text is not valid JSON',
	hint: 'correct it; a JSON checker says where it breaks',
};

export const LARGE_TEXT: Problem = { code: 'RF4206', summary: 'a text is larger than 64 KB', hint: 'shorten it' };
export const LARGE_RECORD: Problem = {
	code: 'RF4206',
	summary: 'the row is larger than 1 MB',
	hint: 'shorten it, or name with `at` the list that holds the rows',
};
export const DEEP_RECORD: Problem = {
	code: 'RF4206',
	summary: 'the row has more than 64 levels',
	hint: 'flatten it: a field reads a value at `from: user.name`',
};
