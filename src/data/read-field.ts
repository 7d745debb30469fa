/** One record of people's data: a row of a table, an object of a JSON document. */
export type Row = Readonly<Record<string, unknown>>;

/** The value at `user.name`: a property of that very name, else the way through the objects and lists. Own properties alone; undefined where there is none. */
export const readField = (row: unknown, field: string): unknown => {
	const whole = ownValue(row, field);
	return whole === undefined ? field.split('.').reduce(ownValue, row) : whole;
};

const ownValue = (holder: unknown, name: string): unknown =>
	typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name) ? (holder as Row)[name] : undefined;

const NOTHING_TO_SEE = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]*$/u;

/** Missing, null, not a number, or a text that shows nothing: what would leave a hole in "Hi !". */
export const isEmpty = (value: unknown): boolean =>
	value === undefined || value === null || Number.isNaN(value) || (typeof value === 'string' && NOTHING_TO_SEE.test(value));

/** What can be written as text; undefined for what is empty, and for objects and lists. */
export const textOf = (value: unknown): string | undefined => {
	if (isEmpty(value)) return undefined;
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
};

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A number, or a text that is one as JSON writes it; undefined for anything else: `1,200` is a different number in different places. */
export const numberOf = (value: unknown): number | undefined => {
	const read = typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
	return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
};
