import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import { quote, visible } from '../../diagnostics/visible.ts';
import type { DataSource } from '../../model/campaign-spec.gen.ts';
import { SourceFailure, type SourceRecord } from '../../ports/data-sources.ts';
import { columnOf } from './check-row.ts';
import { makeColumnReader } from './read-column.ts';

export type MissingColumn = { readonly column: string; readonly hint: string };

/**
 * Columns that a source is asked for and that none of these records has. In a table each of them counts; in other sources, where a record may leave a key out,
 * those without which every row is a bad one. None when no record could be read.
 */
export const missingColumns = (source: DataSource, records: readonly SourceRecord[]): readonly MissingColumn[] => {
	const readable = records.flatMap((record) => (record.ok ? [record.values] : []));
	const first = readable[0];
	if (first === undefined) return [];
	const missing = neededColumns(source).filter((column) => {
		const read = makeColumnReader(column);
		return readable.every((values) => read(values) === undefined);
	});
	if (missing.length === 0) return [];
	const there = placesIn(first);
	return missing.map((column) => ({ column, hint: hintFor(column, there) }));
};

/** @throws SourceFailure (RF4216) that names them all when there are any. */
export const refuseMissingColumns = (name: string, source: DataSource, records: readonly SourceRecord[]): void => {
	const missing = missingColumns(source, records);
	const [first] = missing;
	if (first === undefined) return;
	const columns = missing.map(({ column }) => quote(column)).join(', ');
	const hints = missing.slice(0, MAX_HINTS).map(({ column, hint }) => (missing.length === 1 ? hint : `${visible(column)}: ${hint}`));
	throw new SourceFailure(name, {
		code: 'RF4216',
		summary: `${missing.length === 1 ? 'column' : 'columns'} ${columns} cannot be found`,
		hint: hints.join('; '),
	});
};

const MAX_HINTS = 3;
const MAX_PLACES = 200;

const neededColumns = (source: DataSource): readonly string[] => {
	const isTable = source.type === 'csv';
	const fields = Object.entries(source.fields).flatMap(([name, field]) =>
		isTable || name === source.key || (field.required === true && field.fallback === undefined) ? [columnOf(name, field)] : [],
	);
	const key = source.key === undefined || source.fields[source.key] !== undefined ? [] : [source.key];
	return [...new Set([...fields, ...key])];
};

const hintFor = (column: string, there: readonly string[]): string => {
	const near = didYouMean(column, there);
	return near === undefined
		? `name one that is there with \`from\`: ${visible(listNames(there))}`
		: `did you mean ${quote(near)}? Name it with \`from\``;
};

/** The keys of a record, and with a dot those one step inside. */
const placesIn = (values: Readonly<Record<string, unknown>>): readonly string[] =>
	Object.entries(values)
		.flatMap(([key, value]) =>
			typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key],
		)
		.slice(0, MAX_PLACES);
