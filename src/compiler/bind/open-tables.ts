import type { DataSource } from '../../model/campaign-spec.gen.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import { type DataSources, SourceFailure, type SourceRecord } from '../../ports/data-sources.ts';
import { makeFingerprintTable } from '../fingerprint-set.ts';
import { absentValue, type CheckedRow, columnOf, type FieldValues, makeRowCheck } from './check-row.ts';
import { refuseMissingColumns } from './missing-columns.ts';

/** A source under its name in the spec. */
export type NamedSource = { readonly name: string; readonly source: DataSource };

/** What recipients find under the keys of a joined source. */
export type JoinedTable = {
	readonly rows: ReadonlyMap<string, FieldValues>;
	/** Rows that break their contract, by key. */
	readonly bad: ReadonlyMap<string, number>;
};

const MAX_JOINED_ROWS = 1_000_000;

/** The checked rows of a source in the groups in which it was read. @throws SourceFailure, RF4216 included. */
export const checkedRows = async function* ({ name, source }: NamedSource, sources: DataSources): AsyncGenerator<readonly CheckedRow[]> {
	const check = makeRowCheck(name, source);
	let areColumnsKnown = false;
	for await (const records of sources.records(name)) {
		if (!areColumnsKnown && records.some(({ ok }) => ok)) {
			refuseMissingColumns(name, source, records);
			areColumnsKnown = true;
		}
		yield records.map(check);
	}
};

/** Says of each row whose key an earlier one has what is wrong with it; null for the first row with a key. */
export const makeDuplicateCheck = ({ name, source }: NamedSource): ((key: string, row: number) => RowProblem | null) => {
	const seen = makeFingerprintTable();
	const field = source.fields[source.key ?? ''];
	const column = field === undefined ? (source.key ?? null) : columnOf(source.key ?? '', field);
	return (key, row) => {
		const first = seen.put(key, row);
		if (first === undefined) return null;
		return {
			code: 'RF4202',
			source: name,
			row,
			key,
			column,
			summary: `has the key of row ${first}`,
			hint: 'the first row with a key counts: take one of them out, or name a field as `key` that tells them apart',
		};
	};
};

/** All of a joined source, by key. @throws SourceFailure when it cannot be read or has more than a million rows. */
export const loadTable = async (
	named: NamedSource,
	sources: DataSources,
	onProblem: (problem: RowProblem) => void,
): Promise<JoinedTable> => {
	const rows = new Map<string, FieldValues>();
	const bad = new Map<string, number>();
	const duplicate = makeDuplicateCheck(named);
	let count = 0;
	for await (const group of checkedRows(named, sources)) {
		count += group.length;
		if (count > MAX_JOINED_ROWS) throw tooManyRows(named.name);
		for (const row of group) {
			const problem = row.key === null ? null : duplicate(row.key, row.row);
			if (problem !== null) onProblem(problem);
			if (!row.ok) {
				for (const one of row.problems) onProblem(one);
				if (row.key !== null && problem === null) bad.set(row.key, row.row);
			} else if (row.key !== null && problem === null) rows.set(row.key, row.values);
		}
	}
	return { rows, bad };
};

const tooManyRows = (name: string): SourceFailure =>
	new SourceFailure(name, {
		code: 'RF4200',
		summary: `has more than ${MAX_JOINED_ROWS.toLocaleString('en-US')} rows, and a source that is joined is held in memory`,
		hint: 'join it to the recipients before, in the database that it comes from',
	});

/** What a source that holds for all says: its first record. Problems of that one when it breaks its contract. @throws SourceFailure */
export const loadShared = async (named: NamedSource, sources: DataSources): Promise<SharedRow> => {
	const check = makeRowCheck(named.name, named.source);
	const record = await firstRecord(sources.records(named.name));
	if (record === null) return emptySource(named);
	refuseMissingColumns(named.name, named.source, [record]);
	return check(record);
};

export type SharedRow =
	| { readonly ok: true; readonly values: FieldValues }
	| { readonly ok: false; readonly problems: readonly RowProblem[] };

const firstRecord = async (groups: AsyncIterable<readonly SourceRecord[]>): Promise<SourceRecord | null> => {
	for await (const [first] of groups) if (first !== undefined) return first;
	return null;
};

const emptySource = (named: NamedSource): SharedRow => {
	const absent = absentRow(named.source);
	if (absent.ok) return absent;
	throw new SourceFailure(named.name, {
		code: 'RF4208',
		summary: `has no row, and its field ${absent.field} is required`,
		hint: 'give it a row, or a `fallback` for the field',
	});
};

/** What the fields of a source are for a recipient for whom it has no row, or the first that has to be there. */
export const absentRow = ({
	fields,
}: DataSource):
	| { readonly ok: true; readonly values: FieldValues }
	| { readonly ok: false; readonly field: string; readonly values: FieldValues } => {
	const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, absentValue(field)]));
	const needed = Object.entries(fields).find(([name, field]) => field.required === true && values[name] === null)?.[0];
	return needed === undefined ? { ok: true, values } : { ok: false, field: needed, values };
};
