/** A value of a field after its contract was checked; null where the row has none and the field no fallback. */
export type FieldValue = string | number | boolean | null;

/** The values that one recipient sees, by source and field. Those of `data.recipients` stand under `recipient`. */
export type RowValues = Readonly<Record<string, Readonly<Record<string, FieldValue>>>>;

/** One row of `data.recipients` that keeps its contract, with what is joined to it. */
export type Recipient = {
	/** What its source's `key` field says: stable, and unique in the campaign. */
	readonly key: string;
	/** Which row of its source it is: 1 is the first one after the header. */
	readonly row: number;
	readonly values: RowValues;
};

/** The name under which `data.recipients` is read in templates. */
export const RECIPIENT = 'recipient';
/** The source that makes one output of each cell for each of its rows. */
export const RECIPIENTS = 'recipients';

/** A field by source and name. */
export type FieldPath = { readonly source: string; readonly field: string };

/** `industry` and `accounts.plan`, as conditions, names and colours write fields: without a source, the recipients' own. */
export const fieldPathOf = (written: string): FieldPath => {
	const [first = '', second] = written.split('.');
	return second === undefined ? { source: RECIPIENT, field: first } : { source: first, field: second };
};

export const valueAt = (values: RowValues, { source, field }: FieldPath): FieldValue => values[source]?.[field] ?? null;
