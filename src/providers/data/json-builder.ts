import type { Token } from 'stream-json/parser.js';
import type { BareObject } from './bare-object.ts';
import { DEEP_RECORD, LARGE_RECORD, LARGE_TEXT } from './json-values.ts';
import { MAX_CELL, MAX_DEPTH, MAX_RECORD } from './limits.ts';
import type { Checked, Problem } from './source-problem.ts';

/** `column` is the key of the record in which the fault is. */
export type BuiltValue = Checked<unknown> & { readonly column: string | null };

type Container = { readonly value: unknown[] | BareObject; key: string };

/**
 * Builds one value from the tokens of a document, piece by piece, and holds no more of it than a record may have.
 * `take` gives the value with its last token, null before.
 */
export const buildValue = () => {
	let stack: Container[] = [];
	let depth = 0;
	let size = 0;
	let text = '';
	let fault: { readonly problem: Problem; readonly column: string | null } | null = null;

	const refuse = (problem: Problem) => {
		fault ??= { problem, column: stack[0] !== undefined && !Array.isArray(stack[0].value) ? stack[0].key : null };
		stack = [];
		text = '';
	};
	const grow = (bytes: number) => {
		size += bytes;
		if (size > MAX_RECORD) refuse(LARGE_RECORD);
	};
	const finish = (value: unknown): BuiltValue => {
		const built: BuiltValue = fault === null ? { ok: true, value, column: null } : { ok: false, ...fault };
		stack = [];
		size = 0;
		fault = null;
		return built;
	};
	const put = (value: unknown): BuiltValue | null => {
		if (depth === 0) return finish(value);
		grow(8);
		const into = stack.at(-1);
		if (into === undefined || fault !== null) return null;
		if (Array.isArray(into.value)) into.value.push(value);
		else into.value[into.key] = value;
		return null;
	};
	const open = (value: unknown[] | BareObject) => {
		depth++;
		if (fault !== null) return;
		if (depth > MAX_DEPTH) refuse(DEEP_RECORD);
		else stack.push({ value, key: '' });
	};
	const close = (): BuiltValue | null => {
		depth--;
		return put(stack.pop()?.value);
	};
	const add = (piece: string) => {
		if (fault !== null) return;
		text += piece;
		if (text.length > MAX_CELL) refuse(LARGE_TEXT);
	};
	const takeText = (): string => {
		const taken = text;
		text = '';
		grow(taken.length);
		return taken;
	};

	return {
		/** Whether no value has begun that did not end. */
		idle: () => depth === 0,
		take: (token: Token): BuiltValue | null => {
			switch (token.name) {
				case 'startObject':
					open(Object.create(null) as BareObject);
					return null;
				case 'startArray':
					open([]);
					return null;
				case 'endObject':
				case 'endArray':
					return close();
				case 'stringChunk':
				case 'numberChunk':
					add(token.value);
					return null;
				case 'endKey': {
					const into = stack.at(-1);
					const key = takeText();
					if (into !== undefined) into.key = key;
					return null;
				}
				case 'endString':
					return put(takeText());
				case 'endNumber':
					return put(numberOf(takeText()));
				case 'nullValue':
				case 'trueValue':
				case 'falseValue':
					return put(token.value);
				default:
					return null;
			}
		},
	};
};

/** A whole number that JavaScript cannot hold, such as a long id, stays the text that it is. */
const numberOf = (text: string): number | string => {
	const value = Number(text);
	return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(text) ? text : value;
};
