import type { Token } from 'stream-json/parser.js';
import { type BuiltValue, buildValue } from './json-builder.ts';
import { DEEP_RECORD, keysOf, NOT_JSON, nothingAt, notRows } from './json-values.ts';
import { type Problem, SourceProblem } from './source-problem.ts';

/** Containers within each other in a whole document. */
const MAX_DOCUMENT_DEPTH = 100_000;

/** Follows the tokens of a document to a place in it, and builds the rows that stand there: `take` gives each with its last token. */
export const findRows = (at: string | undefined) => {
	const keys = keysOf(at);
	const builder = buildValue();
	let state: 'seek' | 'list' | 'object' | 'scalar' | 'found' | 'missed' = 'seek';
	/** Objects that are open on the way, and containers that are open beside it. */
	let onWay = 0;
	let aside = 0;
	/** Whether the next value lies on the way. */
	let awaited = true;
	let key = '';
	let depth = 0;
	let wrong = nothingAt(at);

	const arrive = (token: Token): BuiltValue | null => {
		if (token.name === 'startArray') {
			state = 'list';
			return null;
		}
		state = token.name === 'startObject' ? 'object' : 'scalar';
		return build(token);
	};
	const build = (token: Token): BuiltValue | null => {
		const built = builder.take(token);
		if (built === null || state === 'list') return built;
		if (state === 'scalar') wrong = notRows(at, built.ok ? built.value : '');
		const row = state === 'object' ? built : null;
		state = state === 'object' ? 'found' : 'missed';
		return row;
	};
	const begin = (token: Token): BuiltValue | null => {
		if (!awaited) {
			if (isStart(token)) aside = 1;
			return null;
		}
		if (onWay === keys.length) return arrive(token);
		awaited = false;
		if (token.name === 'startObject') onWay++;
		else state = 'missed';
		return null;
	};
	const seek = (token: Token): BuiltValue | null => {
		if (aside > 0) {
			if (isStart(token)) aside++;
			else if (isEnd(token)) aside--;
			return null;
		}
		switch (token.name) {
			case 'startKey':
				key = '';
				return null;
			case 'stringChunk':
				// No key that is looked for is longer: the rest need not be held.
				if (key.length < 400) key += token.value;
				return null;
			case 'endKey':
				awaited = key === keys[onWay - 1];
				return null;
			case 'endObject':
				state = 'missed';
				return null;
			default:
				return isValueStart(token) ? begin(token) : null;
		}
	};

	return {
		take: (token: Token): BuiltValue | null => {
			if (isStart(token)) depth++;
			else if (isEnd(token)) depth--;
			if (depth > MAX_DOCUMENT_DEPTH) throw new SourceProblem({ ...DEEP_RECORD, summary: 'the document has too many levels' });
			switch (state) {
				case 'seek':
					return seek(token);
				case 'list':
					if (token.name !== 'endArray' || !builder.idle()) return build(token);
					state = 'found';
					return null;
				case 'object':
				case 'scalar':
					return build(token);
				case 'found':
				case 'missed':
					return null;
			}
		},
		/** What is wrong with the document as a whole, after its last token. */
		end: (): Problem | null => {
			if (depth > 0) return { ...NOT_JSON, summary: 'the document ends before its last bracket', hint: 'fetch or save it again' };
			return state === 'found' ? null : wrong;
		},
	};
};

const isStart = (token: Token): boolean => token.name === 'startObject' || token.name === 'startArray';
const isEnd = (token: Token): boolean => token.name === 'endObject' || token.name === 'endArray';

const VALUE_STARTS: ReadonlySet<Token['name']> = new Set([
	'startObject',
	'startArray',
	'startString',
	'startNumber',
	'nullValue',
	'trueValue',
	'falseValue',
]);
const isValueStart = (token: Token): boolean => VALUE_STARTS.has(token.name);
