import { jsonParser, type Token } from 'stream-json/parser.js';
import type { SourceRecord } from '../../ports/data-sources.ts';
import { asUtf8 } from './as-utf8.ts';
import { findRows } from './find-rows.ts';
import type { BuiltValue } from './json-builder.ts';
import { isObject, NOT_JSON, parseJson, recordOfValue } from './json-values.ts';
import { GROUP } from './limits.ts';
import { type Line, readLines } from './read-lines.ts';
import { badRecord, type Problem, SourceProblem } from './source-problem.ts';

/** The rows of a document in JSON, from its bytes: of the list at `at`, or one object there as one row. Throws `SourceProblem` where the document is none. */
export async function* jsonRecords(bytes: AsyncIterable<Uint8Array>, at: string | undefined): AsyncGenerator<readonly SourceRecord[]> {
	const parse = jsonParser({ packValues: false, streamValues: true });
	const rows = findRows(at);
	let row = 0;
	for await (const text of textsOf(asUtf8(bytes))) {
		const group: SourceRecord[] = [];
		for (const token of tokensOf(parse, text)) {
			const built = rows.take(token);
			if (built !== null) group.push(recordOfBuilt(built, ++row));
		}
		if (group.length > 0) yield group;
	}
	const problem = rows.end();
	if (problem !== null) throw new SourceProblem(problem);
}

/** The rows of a text with one value in JSON on each line. Empty lines are none. */
export async function* lineRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly SourceRecord[]> {
	let row = 0;
	for await (const lines of readLines(asUtf8(bytes))) {
		const filled = lines.filter(({ text }) => text.trim() !== '');
		for (let start = 0; start < filled.length; start += GROUP) {
			yield filled.slice(start, start + GROUP).map((line) => recordOfLine(line, ++row));
		}
	}
}

const recordOfLine = ({ text, valid, long }: Line, row: number): SourceRecord => {
	if (long) return badRecord(row, LARGE_LINE);
	if (!valid) return badRecord(row, NOT_UTF8);
	const document = parseJson(text);
	return document.ok ? recordOfValue(document.value, row) : badRecord(row, { ...document.problem, summary: 'the line is not valid JSON' });
};

const recordOfBuilt = (built: BuiltValue, row: number): SourceRecord => {
	if (!built.ok) return badRecord(row, built.problem, built.column);
	return isObject(built.value) ? { ok: true, row, values: built.value } : recordOfValue(built.value, row);
};

async function* textsOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	const decode = (chunk?: Buffer): string => {
		try {
			return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
		} catch {
			throw new SourceProblem({ ...NOT_UTF8, summary: 'the document has bytes that are no text in UTF-8' });
		}
	};
	for await (const chunk of bytes) yield decode(chunk);
	// A number at the end of a document ends with what comes after it.
	yield `${decode()}\n`;
}

const tokensOf = (parse: ReturnType<typeof jsonParser>, text: string): readonly Token[] => {
	let out: unknown;
	try {
		out = parse(text);
	} catch {
		throw new SourceProblem(NOT_JSON);
	}
	return typeof out === 'object' && out !== null && 'values' in out ? (out.values as Token[]) : [];
};

const NOT_UTF8: Problem = { code: 'RF4205', summary: 'the line has bytes that are no text in UTF-8', hint: 'save the file as UTF-8' };
const LARGE_LINE: Problem = { code: 'RF4206', summary: 'the line is larger than 1 MB', hint: 'write one row on each line' };
