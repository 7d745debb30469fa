import type { Code } from '../../diagnostics/codes.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { Field } from '../../model/campaign-spec.gen.ts';
import type { FieldValue } from '../../model/recipient.ts';
import { unreachable } from '../../model/unreachable.ts';
import { formatRule } from './text-format.ts';

/** What is wrong with one value. */
export type ValueFault = { readonly code: Code; readonly summary: string; readonly hint: string };

/** A field's value of what a source has in its place: null when there is none. */
export type FieldCheck = (raw: unknown) => FieldValue | ValueFault;

export const isFault = (value: FieldValue | ValueFault): value is ValueFault => typeof value === 'object' && value !== null;

/** Characters of a text whose field does not say `maxLength`. */
export const MAX_CHARACTERS = 10_000;

/**
 * The check of one field, made once for all rows. White space around texts is dropped, and line breaks become line feeds; otherwise a text stays as it is.
 * Empty texts, texts in which nothing can be seen, and null are missing. Fallbacks are left to the caller.
 */
export const makeFieldCheck = (field: Field): FieldCheck => {
	const convert = converterOf(field);
	const rules = rulesOf(field);
	return (raw) => {
		const value = convert(raw);
		if (value === null || isFault(value)) return value;
		for (const rule of rules) {
			const fault = rule(value);
			if (fault !== null) return fault;
		}
		return value;
	};
};

const converterOf = ({ type }: Field): FieldCheck => {
	switch (type) {
		case 'string':
			return toText;
		case 'number':
			return toNumber;
		case 'integer':
			return toInteger;
		case 'boolean':
			return toBoolean;
		default:
			return unreachable(type);
	}
};

/** The texts that are trimmed of what `trim` knows, or missing, before a type is asked for. */
const presentText = (raw: string): string | null => {
	const text = raw.trim();
	return text === '' || (text.charCodeAt(0) > 0x7f && UNSEEN.test(text)) ? null : text;
};

/** Zero-width characters, fillers and the empty Braille pattern: a greeting with these in the place of a name reads as one without it. */
const UNSEEN = /^[\s\u2800\p{Default_Ignorable_Code_Point}]*$/u;
/** Candidates for `UNDRAWABLE`, told quickly. */
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000d-\u001f\u007f-\u009f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/;
/** Control characters, halves of surrogate pairs and code points that are no characters. */
const UNDRAWABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\p{Cs}|\p{Noncharacter_Code_Point}/u;

const toText: FieldCheck = (raw) => {
	if (typeof raw !== 'string') {
		if (raw === null || raw === undefined) return null;
		if (typeof raw === 'boolean' || (typeof raw === 'number' && Number.isFinite(raw))) return String(raw);
		return wrongType(raw, 'a text');
	}
	const text = presentText(raw);
	if (text === null || !SUSPECT.test(text)) return text;
	const found = UNDRAWABLE.exec(text);
	return found === null ? text.replace(/\r\n?/g, '\n') : undrawable(found);
};

const undrawable = ({ 0: character, index }: RegExpExecArray): ValueFault => {
	const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
	return {
		code: 'RF4207',
		summary: `has U+${code}, which is no character that can be drawn, after ${index} others`,
		hint: 'take it out, or write the file anew in UTF-8',
	};
};

const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const NUMBER_HINT = 'write it as 1234.5: without separators, units and currency signs';

const toNumber: FieldCheck = (raw) => {
	if (typeof raw !== 'string') {
		if (raw === null || raw === undefined) return null;
		return typeof raw === 'number' && Number.isFinite(raw) ? raw + 0 : wrongType(raw, 'a number');
	}
	const text = presentText(raw);
	if (text === null) return null;
	const value = NUMBER.test(text) ? Number(text) : Number.NaN;
	// Adding zero turns -0 into 0, which reads alike.
	return Number.isFinite(value) ? value + 0 : broken(`${quote(text)} is not a number`, NUMBER_HINT);
};

const toInteger: FieldCheck = (raw) => {
	const value = toNumber(raw);
	if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
	return Number.isInteger(value)
		? broken(`${written(raw)} is too large to be counted exactly`, 'make the field a string, or the number smaller than 9007199254740992')
		: broken(`${written(raw)} is not a whole number`, 'write a number without a fraction, or make the type of the field `number`');
};

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
	['true', true],
	['yes', true],
	['1', true],
	['false', false],
	['no', false],
	['0', false],
]);

const toBoolean: FieldCheck = (raw) => {
	if (raw === null || raw === undefined || typeof raw === 'boolean') return raw ?? null;
	if (typeof raw !== 'string' && typeof raw !== 'number') return wrongType(raw, 'true or false');
	const text = presentText(String(raw));
	if (text === null) return null;
	return TRUTHS.get(text.toLowerCase()) ?? broken(`${quote(text)} is neither true nor false`, 'write true, false, yes, no, 1 or 0');
};

type ValueRule = (value: string | number | boolean) => ValueFault | null;

const rulesOf = (field: Field): readonly ValueRule[] => [
	...(field.type === 'string' ? textRules(field) : []),
	...(field.enum === undefined ? [] : [allowed(field.enum, field.type)]),
	...(field.minimum === undefined ? [] : [atLeast(field.minimum)]),
	...(field.maximum === undefined ? [] : [atMost(field.maximum)]),
];

const textRules = (field: Field): readonly ValueRule[] => {
	const { minLength = 0, maxLength } = field;
	const format = field.format === undefined ? null : formatRule(field.format);
	return [
		longest(maxLength ?? MAX_CHARACTERS, maxLength === undefined),
		...(minLength > 1 ? [shortest(minLength)] : []),
		...(format === null
			? []
			: [
					(value: unknown) =>
						format.holds(String(value)) ? null : broken(`${quote(String(value))} is not ${format.article}`, format.hint),
				]),
	];
};

const longest =
	(limit: number, isOurs: boolean): ValueRule =>
	(value) => {
		const text = String(value);
		if (text.length <= limit) return null;
		const length = charactersOf(text);
		if (length <= limit) return null;
		return {
			code: isOurs ? 'RF4206' : 'RF4204',
			summary: `${quote(text, 30)} has ${length} characters, and ${limit} are the most`,
			hint: isOurs ? 'shorten it: no video shows as much' : 'shorten it, or raise `maxLength` of the field',
		};
	};

const shortest =
	(limit: number): ValueRule =>
	(value) => {
		const length = charactersOf(String(value));
		return length >= limit
			? null
			: broken(
					`${quote(String(value))} has ${length} characters, and ${limit} are the least`,
					'write more, or lower `minLength` of the field',
				);
	};

/** Code points, as JSON Schema counts. */
const charactersOf = (text: string): number => {
	let count = text.length;
	for (let i = 0; i < text.length - 1; i++) {
		if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) count--;
	}
	return count;
};

const allowed = (values: readonly (string | number | boolean)[], type: Field['type']): ValueRule => {
	// A text `5` and a number 5 in the spec mean the same for a field that says what it is.
	const names = new Set<unknown>(type === 'string' ? values.map(String) : values);
	const listed = [...names].slice(0, 8).map(String).join(', ');
	return (value) =>
		names.has(value)
			? null
			: broken(`${quote(String(value))} is not one of the values of the field`, `one of: ${listed}${names.size > 8 ? ' and others' : ''}`);
};

const atLeast =
	(limit: number): ValueRule =>
	(value) =>
		typeof value !== 'number' || value >= limit ? null : broken(`${value} is less than ${limit}`, `write ${limit} or more`);

const atMost =
	(limit: number): ValueRule =>
	(value) =>
		typeof value !== 'number' || value <= limit ? null : broken(`${value} is more than ${limit}`, `write ${limit} or less`);

const broken = (summary: string, hint: string): ValueFault => ({ code: 'RF4204', summary, hint });

const written = (raw: unknown): string => (typeof raw === 'string' ? quote(raw.trim()) : String(raw));

const wrongType = (raw: unknown, wanted: string): ValueFault =>
	broken(
		`${Array.isArray(raw) ? 'a list' : typeof raw === 'object' ? 'an object' : String(raw)} stands where ${wanted} should be`,
		typeof raw === 'object'
			? 'name a single value in it with `from`, with dots between keys'
			: `give ${wanted}, or change the type of the field`,
	);
