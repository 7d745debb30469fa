import { parse } from 'csv-parse/sync';
import { unreachable } from '../../model/unreachable.ts';
import type { SourceRecord } from '../../ports/data-sources.ts';
import { asUtf8, type TextEncoding } from './as-utf8.ts';
import { bareObjects } from './bare-object.ts';
import { joinLines, type TableText } from './join-lines.ts';
import { GROUP, MAX_CELL } from './limits.ts';
import { readLines } from './read-lines.ts';
import { badRecord, type Problem, SourceProblem } from './source-problem.ts';

export type CsvOptions = { readonly delimiter?: string; readonly encoding?: TextEncoding };

type Table = { readonly delimiter: string; readonly columns: readonly string[] };

/**
 * The records of a table, from its bytes: the first line that is not empty names the columns, empty lines are no records.
 * Throws `SourceProblem` where there is no table, and where the rest of it is lost in a quote that does not end.
 */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>, options: CsvOptions): AsyncGenerator<readonly SourceRecord[]> {
	const bare = bareObjects();
	const table: { delimiter: string | null; columns: readonly string[] | null } = { delimiter: options.delimiter ?? null, columns: null };
	let row = 0;
	for await (const texts of recordTexts(bytes, options, table)) {
		let start = 0;
		if (table.columns === null) {
			table.columns = columnsOf(texts[0], table.delimiter ?? ',');
			start = 1;
		}
		for (; start < texts.length; start += GROUP) {
			const group = texts.slice(start, start + GROUP);
			yield recordsOf(group, { delimiter: table.delimiter ?? ',', columns: table.columns }, { row, bare });
			row += group.length;
		}
	}
	if (table.columns === null) throw new SourceProblem(NO_HEADER);
}

/** Groups of texts of records, none of them empty. Finds the delimiter out on the way, before the first of them. */
async function* recordTexts(
	bytes: AsyncIterable<Uint8Array>,
	{ encoding }: CsvOptions,
	table: { delimiter: string | null; readonly columns: readonly string[] | null },
): AsyncGenerator<readonly TableText[]> {
	const joiner = joinLines({
		mayOpen: (text) => opensQuote(text, table.delimiter ?? ','),
		isRecord: (text) => cellsOf([text], table.delimiter ?? ',') !== null,
		lookLikeRecords: (lines) => lines.length > 1 && lines.every((line) => cellsIn(line, table.delimiter) === table.columns?.length),
	});
	for await (const lines of readLines(asUtf8(bytes, encoding))) {
		if (table.delimiter === null) {
			const first = lines.find(({ text }) => text.trim() !== '');
			if (first !== undefined) table.delimiter = delimiterOf(first.text);
		}
		const texts = joiner.push(lines);
		if (texts.length > 0) yield texts;
	}
	const { records, unclosed } = joiner.end();
	if (records.length > 0) yield records;
	if (unclosed !== null) throw new SourceProblem(neverClosed(unclosed));
}

/** How a text is cut by a delimiter, its quotes seen as signs like any other. One when there is none. */
const cellsIn = (text: string, delimiter: string | null): number => (delimiter === null ? 1 : text.split(delimiter).length);

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The delimiter that a header has most often outside of quotes; a comma where it has none. */
const delimiterOf = (header: string): string => {
	const bare = header.replace(/"[^"]*("|$)/g, '');
	const counts = DELIMITERS.map((delimiter) => cellsIn(bare, delimiter));
	return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
};

const columnsOf = (header: TableText | undefined, delimiter: string): readonly string[] => {
	if (header === undefined) throw new SourceProblem(NO_HEADER);
	if (header.kind === 'broken') throw new SourceProblem({ ...BROKEN_QUOTES, summary: 'the header line has broken quotes' });
	if (header.kind === 'long') throw new SourceProblem({ ...TOO_LARGE, summary: 'the header line is larger than 1 MB' });
	if (!header.valid) throw new SourceProblem(notUtf8('the header line'));
	const columns = cellsOfAll([header.text], delimiter)[0]?.map((name) => name.trim());
	if (columns === undefined) throw new SourceProblem({ ...BROKEN_QUOTES, summary: 'the header line has broken quotes' });
	const nameless = columns.indexOf('');
	if (nameless >= 0) throw new SourceProblem(namelessColumn(nameless + 1));
	const twice = columns.find((name, index) => columns.indexOf(name) !== index);
	if (twice !== undefined) throw new SourceProblem(sameColumns(twice));
	return columns;
};

type Row = { readonly row: number; readonly bare: () => Record<string, unknown> };

const recordsOf = (texts: readonly TableText[], table: Table, { row, bare }: Row): readonly SourceRecord[] => {
	const cells = cellsOfAll(
		texts.flatMap((text) => (text.kind === 'text' ? [text.text] : [])),
		table.delimiter,
	);
	let next = 0;
	return texts.map((text, index) => {
		const at = row + index + 1;
		switch (text.kind) {
			case 'broken':
				return badRecord(at, BROKEN_QUOTES);
			case 'long':
				return badRecord(at, TOO_LARGE, longColumn(text.text, table));
			case 'text':
				return recordOf(cells[next++] ?? null, { table, valid: text.valid, row: at, bare });
			default:
				return unreachable(text);
		}
	});
};

type Shape = Row & { readonly table: Table; readonly valid: boolean };

const recordOf = (cells: readonly string[] | null, { table: { columns }, valid, row, bare }: Shape): SourceRecord => {
	if (cells === null) return badRecord(row, BROKEN_QUOTES);
	const nameOf = (index: number): string | null => columns[index] ?? null;
	if (!valid) return badRecord(row, notUtf8('the row'), nameOf(cells.findIndex((cell) => cell.includes('\uFFFD'))));
	if (cells.length !== columns.length) return badRecord(row, ragged(cells.length, columns.length));
	const values = bare();
	for (const [index, column] of columns.entries()) {
		const cell = cells[index] ?? '';
		if (cell.length > MAX_CELL) return badRecord(row, TOO_LARGE, column);
		values[column] = cell;
	}
	return { ok: true, row, values };
};

/** Whether a cell begins with a quote. Quotes elsewhere are signs like any other: `5" screen`. */
const opensQuote = (text: string, delimiter: string): boolean => text.startsWith('"') || text.includes(`${delimiter}"`);

/** The cells of each text, null for one with broken quotes. */
const cellsOfAll = (texts: readonly string[], delimiter: string): readonly (readonly string[] | null)[] => {
	const isLiteral = (text: string): boolean => text.includes('"') && !opensQuote(text, delimiter);
	if (!texts.some(isLiteral)) return parsedOrNull(texts, delimiter);
	const parsed = parsedOrNull(
		texts.filter((text) => !isLiteral(text)),
		delimiter,
	);
	let next = 0;
	return texts.map((text) => (isLiteral(text) ? text.split(delimiter) : (parsed[next++] ?? null)));
};

/** Texts are read together, and apart only to find the one that is broken. Those that are so beyond doubt are left out at once: each would cost two parsers. */
const parsedOrNull = (texts: readonly string[], delimiter: string): readonly (readonly string[] | null)[] => {
	const sound = texts.filter((text) => !hasStrayQuote(text, delimiter));
	if (sound.length === texts.length) return parsedTogether(texts, delimiter);
	const parsed = parsedTogether(sound, delimiter);
	let next = 0;
	return texts.map((text) => (hasStrayQuote(text, delimiter) ? null : (parsed[next++] ?? null)));
};

/** A quote inside a cell that did not begin with one, or something between the end of a quoted cell and the next delimiter. */
const hasStrayQuote = (text: string, delimiter: string): boolean => {
	if (!text.includes('"')) return false;
	let state: 'start' | 'bare' | 'quoted' | 'closed' = 'start';
	for (const sign of text) {
		if (state === 'quoted') state = sign === '"' ? 'closed' : 'quoted';
		else if (sign === delimiter || sign === '\n') state = 'start';
		else if (sign !== '"') {
			if (state === 'closed') return true;
			state = 'bare';
		} else if (state === 'bare') return true;
		else state = 'quoted';
	}
	return false;
};

const parsedTogether = (texts: readonly string[], delimiter: string): readonly (readonly string[] | null)[] => {
	if (texts.length === 0) return [];
	const all = cellsOf(texts, delimiter);
	if (all !== null) return all;
	if (texts.length === 1) return [null];
	const middle = texts.length >> 1;
	return [...parsedTogether(texts.slice(0, middle), delimiter), ...parsedTogether(texts.slice(middle), delimiter)];
};

/** Null when one of the texts has quotes where none may be. */
const cellsOf = (texts: readonly string[], delimiter: string): string[][] | null => {
	try {
		const records = parse(texts.join('\n'), { delimiter, record_delimiter: '\n', relax_column_count: true });
		return records.length === texts.length ? records : null;
	} catch (error) {
		if (error instanceof Error && 'code' in error) return null;
		throw error;
	}
};

/** The column of the first cell that is too large, as far as the beginning of the record tells it. */
const longColumn = (text: string, { delimiter, columns }: Table): string | null => {
	let column = 0;
	let start = 0;
	let quoted = false;
	for (let at = 0; at < text.length; at++) {
		if (at - start > MAX_CELL) return columns[column] ?? null;
		const sign = text[at];
		if (sign === '"') quoted = !quoted;
		else if (sign === delimiter && !quoted) {
			column++;
			start = at + 1;
		}
	}
	return quoted ? (columns[column] ?? null) : null;
};

const NO_HEADER: Problem = { code: 'RF4200', summary: 'the table has no header line', hint: 'name the columns in the first line' };

const BROKEN_QUOTES: Problem = {
	code: 'RF4201',
	summary: 'the row has broken quotes',
	hint: 'put a cell with quotes in quotes as a whole, and write each quote inside of it twice: "5"" screen"',
};

const TOO_LARGE: Problem = {
	code: 'RF4206',
	summary: 'a cell is larger than 64 KB, or the row larger than 1 MB',
	hint: 'shorten it, or look for a quote that is not closed',
};

const ragged = (found: number, expected: number): Problem => ({
	code: 'RF4201',
	summary: `the row has ${found} ${found === 1 ? 'cell' : 'cells'}, but the header names ${expected} ${expected === 1 ? 'column' : 'columns'}`,
	hint: 'put cells that contain the delimiter in quotes, and leave no cell out',
});

const notUtf8 = (what: string): Problem => ({
	code: 'RF4205',
	summary: `${what} has bytes that are no text in the encoding of the file`,
	hint: 'save the file as UTF-8, or name its encoding: `encoding: windows-1252`',
});

const namelessColumn = (column: number): Problem => ({
	code: 'RF4200',
	summary: `column ${column} has no name in the header line`,
	hint: 'name each column, or remove the delimiter at the end of the line',
});

const sameColumns = (name: string): Problem => ({
	code: 'RF4200',
	summary: `two columns have the name "${name}"`,
	hint: 'rename one of them',
});

const neverClosed = (line: number): Problem => ({
	code: 'RF4200',
	summary: `the quote that opens in line ${line} is never closed; what follows cannot be read`,
	hint: 'close the quote, or remove it',
});
