import { piecesOf } from '../compiler/name-pattern.ts';
import { collisionKey, losesIdentity, safeName } from '../compiler/safe-name.ts';
import { readField, textOf } from '../data/read-field.ts';
import { quote } from '../diagnostics/visible.ts';
import { sha256Hex } from '../model/keys.ts';

/** A row with its name: `path` below the output folder, or why it has none. `number` is 1 for the first row. */
export type NamedRow<Data> = {
	readonly row: Data;
	readonly number: number;
	/** Null when the order names no key. */
	readonly key: string | null;
	readonly named: { readonly ok: true; readonly path: string } | { readonly ok: false; readonly reason: string };
};

export type NamingOrder<Data> = {
	readonly composition: string;
	/** Takes `{data.field}` with dots into objects, `{key}`, `{row}` and `{composition}`. */
	readonly naming: string | undefined;
	/** A field, with dots, or a function. */
	readonly key: string | ((row: Data) => string) | undefined;
};

const ENDING = '.mp4';
/** Bytes of one folder or file name without its ending: file systems take 255. */
const MAX_PART_BYTES = 200;
const MARK_DIGITS = 8;

/**
 * Names for the videos of rows: safe on every file system, never out of the folder. Where a value loses something in being made safe, and no key in the
 * name tells the row, 8 digits of its key's sha256 do, when there are keys. A row that lacks a value of the naming has no name.
 * @throws RangeError for a naming that cannot be, rows that are no objects, keys that are missing or given twice, and two rows with one name
 */
export const nameRows = <Data extends object>(rows: readonly Data[], order: NamingOrder<Data>): readonly NamedRow<Data>[] => {
	const naming = order.naming ?? (order.key === undefined ? `{row}${ENDING}` : `{key}${ENDING}`);
	checkNaming(naming, order.key !== undefined);
	const named = rows.map((row, index): NamedRow<Data> => {
		const number = index + 1;
		if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new RangeError(`row ${number} of the data is no object`);
		const key = keyOf(row, number, order.key);
		return { row, number, key, named: nameRow(naming, { row, number, key, composition: order.composition }) };
	});
	refuseTwice(
		named,
		({ key }) => key ?? undefined,
		(key) => `the key ${quote(key)}: a key tells one row from all others`,
	);
	const pathOf = ({ named: name }: NamedRow<Data>): string | undefined => (name.ok ? collisionKey(name.path) : undefined);
	refuseTwice(named, pathOf, (path) => `the name ${quote(path)}: add a field to \`naming\` that tells them apart, or {row}`);
	return named;
};

const PLACEHOLDERS = ['key', 'row', 'composition'];

const checkNaming = (naming: string, hasKey: boolean): void => {
	const isKnown = (name: string): boolean => /^data\.[^.]+(\.[^.]+)*$/.test(name) || PLACEHOLDERS.includes(name);
	const wrong = piecesOf(naming).find((piece) => piece.kind === 'stray' || (piece.kind === 'placeholder' && !isKnown(piece.name)));
	if (wrong !== undefined)
		throw new RangeError(
			`the naming "${naming}" has ${wrong.written}: fields are written {data.field}, and there are {key}, {row} and {composition}`,
		);
	if (!naming.endsWith(ENDING)) throw new RangeError(`the naming "${naming}" does not end with ${ENDING}`);
	if (!hasKey && naming.includes('{key}')) throw new RangeError(`the naming "${naming}" asks for {key}: say which field is the \`key\``);
};

const keyOf = <Data extends object>(row: Data, number: number, key: NamingOrder<Data>['key']): string | null => {
	if (key === undefined) return null;
	const found = textOf(typeof key === 'function' ? key(row) : readField(row, key));
	if (found === undefined) throw new RangeError(`row ${number} has no key${typeof key === 'function' ? '' : ` "${key}"`}`);
	return found;
};

type Named = { readonly row: object; readonly number: number; readonly key: string | null; readonly composition: string };

const nameRow = (naming: string, one: Named): NamedRow<object>['named'] => {
	const values = new Map<string, string>();
	for (const piece of piecesOf(naming)) {
		if (piece.kind !== 'placeholder') continue;
		const value = textFor(piece.name, one);
		if (value === undefined)
			return { ok: false, reason: `the row has no text "${piece.name.slice('data.'.length)}", which its file is named by` };
		values.set(piece.name, value);
	}
	const parts = partsOf(naming).map((part) => fillPart(part, values));
	const isLossy =
		[...values.values()].some((value) => losesIdentity(value, safeName(value))) || parts.some((part) => part !== safePart(part));
	const told = values.get('key');
	const isTold = told !== undefined && !losesIdentity(told, safeName(told));
	const mark = isLossy && !isTold && one.key !== null ? `-${sha256Hex(one.key).slice(0, MARK_DIGITS)}` : '';
	const safe = parts.map((part, index) => (index < parts.length - 1 ? safePart(part) : safePart(part, mark)));
	return { ok: true, path: `${safe.join('/')}${ENDING}` };
};

const partsOf = (naming: string): readonly string[] =>
	naming
		.slice(0, -ENDING.length)
		.split('/')
		.filter((part, index, all) => index === all.length - 1 || (part !== '' && part !== '.'));

/** Each value is made safe on its own: none of them has a say in where the path goes. */
const fillPart = (part: string, values: ReadonlyMap<string, string>): string =>
	piecesOf(part)
		.map((piece) => (piece.kind === 'placeholder' ? safeName(values.get(piece.name)!) : piece.written))
		.join('');

const safePart = (part: string, mark = ''): string => `${safeName(part, MAX_PART_BYTES - mark.length)}${mark}`;

const textFor = (name: string, { row, number, key, composition }: Named): string | undefined => {
	if (name === 'key') return key ?? undefined;
	if (name === 'row') return String(number);
	return name === 'composition' ? composition : textOf(readField(row, name.slice('data.'.length)));
};

const refuseTwice = <Data>(
	rows: readonly NamedRow<Data>[],
	read: (row: NamedRow<Data>) => string | undefined,
	say: (value: string) => string,
): void => {
	const taken = new Map<string, NamedRow<Data>>();
	for (const row of rows) {
		const value = read(row);
		const first = value === undefined ? undefined : taken.get(value);
		if (value === undefined) continue;
		if (first !== undefined) throw new RangeError(`rows ${first.number} and ${row.number} have ${say(value)}`);
		taken.set(value, row);
	}
};
