import { isUtf8 } from 'node:buffer';
import type { SourceRecord } from '../../../src/ports/data-sources.ts';
import { csvRecords } from '../../../src/providers/data/csv-records.ts';
import { jsonRecords, lineRecords } from '../../../src/providers/data/json-records.ts';
import { SourceProblem } from '../../../src/providers/data/source-problem.ts';
import { inPieces } from '../../providers/data/records.ts';
import { expectThat, type FuzzKind, type Verdict } from '../kind.ts';
import { mutateJson, mutateLines } from '../mutate-json.ts';
import { mutateText } from '../mutate-text.ts';

type Reader = (bytes: AsyncIterable<Uint8Array>) => AsyncGenerator<readonly SourceRecord[]>;
/** `end` is the code of what was wrong with the source as a whole. */
type Reading = { readonly records: readonly SourceRecord[]; readonly end: string | null };

const readAll = async (reader: Reader, input: Buffer, size: number): Promise<Reading> => {
	const records: SourceRecord[] = [];
	try {
		for await (const group of reader(inPieces(input, size))) for (const record of group) records.push(record);
	} catch (error) {
		if (error instanceof SourceProblem) return { records, end: error.problem.code };
		throw error;
	}
	return { records, end: null };
};

const shown = (records: readonly SourceRecord[]): string =>
	JSON.stringify(records.map((record) => (record.ok ? record.values : [record.row, record.column, record.code])));

const LONG_ID = /\d{16}/;

const checkRecords = (records: readonly SourceRecord[]): void => {
	for (const [index, record] of records.entries()) {
		expectThat(record.row === index + 1, `row ${record.row} comes at place ${index + 1}`);
		if (record.ok)
			expectThat(!('hasOwnProperty' in record.values) || Object.hasOwn(record.values, 'hasOwnProperty'), 'a row that inherits');
		else expectThat(record.summary.length > 0 && record.hint.length > 0, 'a bad row without words');
	}
};

/** Reads twice, in pieces of different size: where a file is cut for reading may change nothing. */
const readTwice = async (reader: Reader, input: Buffer): Promise<Reading> => {
	const whole = await readAll(reader, input, 1 << 20);
	const pieces = await readAll(reader, input, Math.max(3, Math.floor(input.length / 37)));
	// Reading stops at a fault of the whole, so only the rows before it are the same.
	const count = whole.end === null ? whole.records.length : Math.min(whole.records.length, pieces.records.length);
	expectThat(shown(whole.records.slice(0, count)) === shown(pieces.records.slice(0, count)), 'other rows in other pieces');
	expectThat(
		(whole.end === null) === (pieces.end === null) && (whole.end !== null || count === pieces.records.length),
		`ends with ${whole.end} or ${pieces.end}`,
	);
	checkRecords(whole.records);
	return whole;
};

const verdictOf = ({ records, end }: Reading): Verdict => (end === null && records.some(({ ok }) => ok) ? 'accepted' : 'refused');

const CSV = [
	'id,name,company,amount\n1,Ada,"Engines, Ltd",12.5\n2,"Grace ""G"" H",Navy,0\n3,Zoë,"two\nlines",-3\n',
	'\ufeffid;stadt;ort\r\n1;Köln;"a;b"\r\n2;;\r\n\r\n3;"x";y\r\n',
	`key\tvalue\n${Array.from({ length: 60 }, (_, i) => `k${i}\tvalue ${i}`).join('\n')}`,
];

export const csv: FuzzKind = {
	name: 'csv',
	share: 5,
	prepare: async () => ({
		seeds: CSV.map((text) => Buffer.from(text)),
		mutate: mutateText,
		judge: async (input) => {
			const reading = await readTwice((bytes) => csvRecords(bytes, {}), input);
			const rows = reading.records.flatMap((record) => (record.ok ? [record.values] : []));
			const columns = JSON.stringify(Object.keys(rows[0] ?? {}));
			for (const values of rows) {
				expectThat(JSON.stringify(Object.keys(values)) === columns, 'a row with other columns than the header');
				expectThat(
					Object.values(values).every((cell) => typeof cell === 'string'),
					'a cell that is no text',
				);
			}
			return verdictOf(reading);
		},
	}),
};

const PEOPLE = [
	{ id: 'a1', name: 'Ada', tags: ['x', 'y'], address: { city: 'London', lines: [1, 2.5, null] }, vip: true },
	{ id: 'b2', name: 'Zoë "Z" 👩‍🚀', tags: [], address: {}, vip: false },
];

/** What the engine itself makes of a text; undefined where it refuses it. */
const parsedByEngine = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const isPlain = (input: Buffer): boolean => isUtf8(input) && !input.includes(0) && input.length < 60_000 && input[0] !== 0xef;

const checkAgainst = (found: readonly unknown[], record: SourceRecord, index: number): void => {
	const value = found[index];
	if (!record.ok || LONG_ID.test(JSON.stringify(value))) return;
	expectThat(JSON.stringify(record.values) === JSON.stringify(value), `row ${index + 1} is not what the text says`);
};

export const json: FuzzKind = {
	name: 'json',
	share: 4,
	prepare: async () => ({
		seeds: [JSON.stringify(PEOPLE), JSON.stringify(PEOPLE, null, '\t'), JSON.stringify(PEOPLE[0])].map((text) => Buffer.from(text)),
		mutate: mutateJson,
		judge: async (input) => {
			const reading = await readTwice((bytes) => jsonRecords(bytes, undefined), input);
			if (isPlain(input) && reading.end === null) {
				const document = parsedByEngine(input.toString('utf8'));
				expectThat(document !== undefined, 'a text that is no JSON was read to its end');
				const rows = Array.isArray(document) ? document : [document];
				expectThat(rows.length === reading.records.length, `${reading.records.length} rows of ${rows.length}`);
				for (const [index, record] of reading.records.entries()) checkAgainst(rows, record, index);
			}
			return verdictOf(reading);
		},
	}),
};

export const ndjson: FuzzKind = {
	name: 'ndjson',
	share: 3,
	prepare: async () => ({
		seeds: [
			Buffer.from([...PEOPLE, ...PEOPLE, ...PEOPLE].map((row) => JSON.stringify(row)).join('\n')),
			Buffer.from(`${JSON.stringify(PEOPLE[1])}\r\n`),
		],
		mutate: mutateLines,
		judge: async (input) => {
			const reading = await readTwice(lineRecords, input);
			if (isPlain(input) && input.includes(0x0a)) {
				const lines = input
					.toString('utf8')
					.split('\n')
					.filter((line) => line.trim() !== '');
				expectThat(lines.length === reading.records.length, `${reading.records.length} rows of ${lines.length} lines`);
				const values = lines.map(parsedByEngine);
				for (const [index, record] of reading.records.entries()) checkAgainst(values, record, index);
			}
			return verdictOf(reading);
		},
	}),
};
