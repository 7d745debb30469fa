import { quote } from '../../diagnostics/visible.ts';
import type { CampaignSpec, DataSource } from '../../model/campaign-spec.gen.ts';
import { RECIPIENT, RECIPIENTS, type RowValues } from '../../model/recipient.ts';
import type { RowProblem } from '../../model/row-problem.ts';
import { type DataSources, SourceFailure } from '../../ports/data-sources.ts';
import { columnOf, type FieldValues } from './check-row.ts';
import { absentRow, type JoinedTable, loadShared, loadTable, type NamedSource, type SharedRow } from './open-tables.ts';
import { type CallSource, isPerRecipient, makeCallSource } from './per-recipient.ts';

/** A row of the recipients with what stands beside it, or why it cannot be joined. */
export type Joining = { readonly ok: true; readonly values: RowValues } | { readonly ok: false; readonly problem: RowProblem };

export type JoinedSources = {
	/** Sources that are asked for each recipient stand with what they are when they say nothing. */
	readonly join: (row: KeyedRow) => Joining;
	readonly calls: readonly CallSource[];
};

type KeyedRow = { readonly row: number; readonly key: string; readonly values: FieldValues };

/** All sources of a spec but `recipients`, read as far as they are not asked for each recipient. @throws SourceFailure */
export const openJoins = async (
	data: NonNullable<CampaignSpec['data']>,
	sources: DataSources,
	onProblem: (problem: RowProblem) => void,
): Promise<JoinedSources> => {
	const others = sharedSources(data);
	const calls = others.flatMap(({ name, source }) => (isPerRecipient(source) ? [makeCallSource(name, source, sources)] : []));
	const same: Record<string, FieldValues> = {};
	const joins: Join[] = [];
	for (const named of others) {
		const { name, source } = named;
		if (isPerRecipient(source)) same[name] = absentRow(source).values;
		else if (source.on !== undefined) joins.push(makeJoin(named, data[RECIPIENTS]!, await loadTable(named, sources, onProblem)));
		else same[name] = valuesOrFailure(name, await loadShared(named, sources));
	}
	return { join: (row) => joinRow(row, same, joins), calls };
};

export const sharedSources = (data: NonNullable<CampaignSpec['data']>): readonly NamedSource[] =>
	Object.entries(data).flatMap(([name, source]) => (name === RECIPIENTS ? [] : [{ name, source }]));

const joinRow = (row: KeyedRow, same: Readonly<Record<string, FieldValues>>, joins: readonly Join[]): Joining => {
	const values: Record<string, FieldValues> = { [RECIPIENT]: row.values, ...same };
	for (const { name, find } of joins) {
		const found = find(row);
		if (!found.ok) return found;
		values[name] = found.values;
	}
	return { ok: true, values };
};

type Join = {
	readonly name: string;
	readonly find: (
		row: KeyedRow,
	) => { readonly ok: true; readonly values: FieldValues } | { readonly ok: false; readonly problem: RowProblem };
};

const makeJoin = ({ name, source }: NamedSource, recipients: DataSource, { rows, bad }: JoinedTable): Join => {
	const on = source.on ?? '';
	const field = recipients.fields[on];
	const column = field === undefined ? on : columnOf(on, field);
	const absent = absentRow(source);
	return {
		name,
		find: (row) => {
			const value = field === undefined && on === recipients.key ? row.key : (row.values[on] ?? null);
			const wanted = value === null ? null : String(value);
			const found = wanted === null ? undefined : rows.get(wanted);
			if (found !== undefined) return { ok: true, values: found };
			const badRow = wanted === null ? undefined : bad.get(wanted);
			if (badRow === undefined && absent.ok) return absent;
			const reason = badRow === undefined ? noRow(name, wanted, absent.ok ? '' : absent.field) : brokenRow(name, badRow);
			return { ok: false, problem: { code: 'RF4214', source: RECIPIENTS, row: row.row, key: row.key, column, ...reason } };
		},
	};
};

const noRow = (name: string, wanted: string | null, field: string): Pick<RowProblem, 'summary' | 'hint'> => ({
	summary: wanted === null ? `has no value that joins a row of ${name}` : `no row of ${name} has the key ${quote(wanted)}`,
	hint: `add the row to ${name}, or give its field ${field} a \`fallback\` for recipients without one`,
});

const brokenRow = (name: string, row: number): Pick<RowProblem, 'summary' | 'hint'> => ({
	summary: `row ${row} of ${name}, which belongs to it, breaks its contract`,
	hint: `correct that row of ${name}`,
});

const valuesOrFailure = (name: string, row: SharedRow): FieldValues => {
	if (row.ok) return row.values;
	const { code, column, summary, hint } = row.problems[0]!;
	throw new SourceFailure(name, {
		code,
		summary:
			column === null
				? `its first record, which holds for all: ${summary}`
				: `${quote(column)} of its first record, which holds for all: ${summary}`,
		hint,
	});
};
