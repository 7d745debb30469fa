import type { DataSource, Field } from '../../model/campaign-spec.gen.ts';
import type { FieldValue } from '../../model/recipient.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import type { SourceRecord } from '../../ports/data-sources.ts';
import { type FieldCheck, isFault, makeFieldCheck, type ValueFault } from './field-value.ts';
import { makeColumnReader } from './read-column.ts';

/** One value for each field of the source, in the order of the spec. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A record held against the contract of its source. `key` is null in a source without one, and where it cannot be told. */
export type CheckedRow =
	| { readonly ok: true; readonly row: number; readonly key: string | null; readonly values: FieldValues }
	| { readonly ok: false; readonly row: number; readonly key: string | null; readonly problems: readonly RowProblem[] };

/** Characters of a key: names of files and all that is remembered are made of it. */
const MAX_KEY = 200;

/** The contract of a source, made ready for many rows: every problem of a row is found. A key that is no field of the source is read as a text from its column. */
export const makeRowCheck = (name: string, source: DataSource): ((record: SourceRecord) => CheckedRow) => {
	const fields = Object.entries(source.fields).map(([field, contract]) => prepare(field, contract, field === source.key));
	const readKey = source.key === undefined ? null : keyReader(source, source.key);
	return (record) => {
		if (!record.ok) {
			const { row, column, code, summary, hint, passing } = record;
			const problem = { code, source: name, row, key: null, column, summary, hint, ...(passing ? { passing } : {}) };
			return { ok: false, row, key: null, problems: [problem] };
		}
		const values: Record<string, FieldValue> = {};
		let faults = NO_FAULTS;
		for (const field of fields) {
			const value = fieldValue(field, record.values);
			if (isFault(value)) faults = [...faults, { column: field.column, fault: value }];
			else values[field.name] = value;
		}
		const key = readKey === null ? null : readKey(record.values);
		if (key !== null && typeof key === 'object') faults = [...faults, key];
		const keyText = typeof key === 'string' ? key : null;
		if (faults.length === 0) return { ok: true, row: record.row, key: keyText, values };
		const place = { source: name, row: record.row, key: keyText };
		return { ok: false, row: record.row, key: keyText, problems: faults.map(({ column, fault }) => ({ ...fault, ...place, column })) };
	};
};

const NO_FAULTS: readonly PlacedFault[] = [];

type PlacedFault = { readonly column: string; readonly fault: ValueFault };

type PreparedField = {
	readonly name: string;
	readonly column: string;
	readonly read: (values: Readonly<Record<string, unknown>>) => unknown;
	readonly check: FieldCheck;
	/** What stands for a value that is not there. */
	readonly missing: FieldValue | ValueFault;
};

const prepare = (name: string, contract: Field, isKey: boolean): PreparedField => {
	const column = columnOf(name, contract);
	return {
		name,
		column,
		read: makeColumnReader(column),
		check: makeFieldCheck(contract),
		missing: isKey ? NO_KEY : (absentValue(contract) ?? (contract.required === true ? NO_VALUE : null)),
	};
};

const fieldValue = (field: PreparedField, values: Readonly<Record<string, unknown>>): FieldValue | ValueFault => {
	const value = field.check(field.read(values));
	return value === null ? field.missing : value;
};

const NO_VALUE: ValueFault = {
	code: 'RF4203',
	summary: 'has no value, and the field is required',
	hint: 'give one, or a `fallback` for the field',
};
const NO_KEY: ValueFault = {
	code: 'RF4203',
	summary: 'has no value, and it is the key of the row',
	hint: 'give each row a key of its own that stays the same for good',
};

/** The column, or the place in a document, that a field is read from. */
export const columnOf = (name: string, field: Field): string => field.from ?? name;

/** What a field is in a row that has no value for it. */
export const absentValue = ({ type, fallback }: Field): FieldValue =>
	fallback === undefined ? null : type === 'string' ? String(fallback) : fallback;

/** Null where the field of the key has a problem of its own. */
const keyReader = (source: DataSource, key: string): ((values: Readonly<Record<string, unknown>>) => string | PlacedFault | null) => {
	const field = source.fields[key];
	const column = field === undefined ? key : columnOf(key, field);
	const read = makeColumnReader(column);
	const check = makeFieldCheck(field ?? { type: 'string' });
	return (values) => {
		const value = check(read(values));
		if (isFault(value)) return field === undefined ? { column, fault: value } : null;
		if (value === null) return field === undefined ? { column, fault: NO_KEY } : null;
		const text = String(value);
		return text.length > MAX_KEY ? { column, fault: keyTooLong(text.length) } : text;
	};
};

const keyTooLong = (length: number): ValueFault => ({
	code: 'RF4206',
	summary: `has ${length} characters, and the key of a row has at most ${MAX_KEY}`,
	hint: 'name a field with short values that stay the same as `key` of the source',
});
