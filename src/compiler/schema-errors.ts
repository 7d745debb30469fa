import type { ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean, hintForName, listNames } from '../diagnostics/suggest.ts';
import { quote } from '../diagnostics/visible.ts';
import { resolveSchema, type Schema } from './campaign-schema.ts';
import type { SpecPath } from './checked-spec.ts';
import { describeType, describeValue, isOfType } from './json-type.ts';
import type { Fault } from './schema-fault.ts';
import { malformed, wordsOfPattern } from './schema-patterns.ts';

/** One error of Ajv, other than of a union, in the user's words. Null for errors that only say that another one happened. */
export const describeError = (error: ErrorObject, path: SpecPath): Fault | null => {
	if (error.propertyName !== undefined) return describeKey(error, path, error.propertyName);
	switch (error.keyword) {
		case 'propertyNames':
			return null;
		case 'additionalProperties':
			return unknownKey(error, path);
		case 'required':
			return missingKey(error, path);
		case 'type':
			return wrongType([String(error.params['type'])], error.data, path, error.parentSchema as Schema);
		case 'enum':
			return notAllowed(error.params['allowedValues'] as readonly unknown[], error.data, path);
		case 'const':
			return path.join() === 'reelform' ? wrongVersion(error, path) : notAllowed([error.params['allowedValue']], error.data, path);
		case 'pattern':
			return malformed(String(error.data), String(error.params['pattern']), path);
		default:
			return outOfRange(error, path);
	}
};

/** A value that is of none of the types that are allowed in its place. */
export const wrongType = (types: readonly string[], data: unknown, path: SpecPath, schema: Schema = {}): Fault => ({
	code: 'RF2003',
	summary: `expected ${anyOf([...new Set(types.map(describeType))])}, got ${describeValue(data)}`,
	hint: cureForType(types, data, schema),
	path,
	at: 'value',
	broken: [path],
});

/** A value that is not one of a fixed few. */
export const notAllowed = (allowed: readonly unknown[], data: unknown, path: SpecPath): Fault => {
	const types = [...new Set(allowed.map((value) => (typeof value === 'number' ? 'number' : 'string')))];
	if (!types.some((type) => isOfType(data, type))) return wrongType(types, data, path);
	const summary = `${typeof data === 'string' ? quote(data) : data} is not one of the allowed values`;
	const names = allowed.map(String);
	// Digits that look alike say nothing about numbers.
	const hint = typeof data === 'number' ? `one of: ${names.join(', ')}` : hintForName(String(data), names);
	return { code: 'RF2002', summary, hint, path, at: 'value', broken: [path] };
};

const anyOf = (words: readonly string[]): string =>
	words.length < 3 ? words.join(' or ') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const cureForType = (types: readonly string[], data: unknown, schema: Schema): string => {
	if (data === null)
		return types.includes('object') && !schema.required ? 'write `{}`, or remove the key' : 'write a value, or remove the key';
	if (types.includes('string')) {
		if (schema.pattern !== undefined) return `write ${wordsOfPattern(schema.pattern).expected}`;
		if (typeof data !== 'object') return `put it in quotes: '${data}'`;
	}
	if (types.some((type) => type === 'number' || type === 'integer')) {
		if (typeof data === 'string' && /^\d+(\.\d+)?$/.test(data)) return `remove the quotes: ${data}`;
		if (typeof data === 'number' && Number.isFinite(data)) return `such as ${Math.round(data)}`;
	}
	if (types.includes('array'))
		return typeof data === 'string' ? `write it as a list: [${data.slice(0, 40)}]` : 'write a list: `[a, b]`, or a line with `- ` for each';
	if (types.includes('object'))
		return schema.properties ? `its keys are: ${listNames(Object.keys(schema.properties))}` : 'write `key: value` lines under it';
	return `write ${types.map(describeType).join(' or ')} here`;
};

const unknownKey = (error: ErrorObject, path: SpecPath): Fault => {
	const key = String(error.params['additionalProperty']);
	const known = Object.keys((error.parentSchema as Schema | undefined)?.properties ?? {});
	const meant = didYouMean(key, known);
	const hint = cureForUnknown(key, known, (error.data as Readonly<Record<string, unknown>>)[key]);
	// What a misspelt key was meant to set is not missing: it is written under the wrong name.
	const misspelt = meant !== undefined && !Object.hasOwn(error.data as object, meant) ? [[...path, meant]] : [];
	const broken = [[...path, key], ...misspelt];
	return { code: 'RF2001', summary: `unknown key ${quote(key)}`, hint, path: [...path, key], at: 'key', broken };
};

const cureForUnknown = (key: string, known: readonly string[], value: unknown): string => {
	if (/\s/.test(key) && /[^\S ]/.test(key)) return 'it holds a space of another kind than the usual one: type it again';
	if (known.length === 0) return 'remove it: nothing is set here';
	const names = hintForName(key, known);
	// As `{text: One, two}` has it: what follows the comma is a key without a value.
	return value === null && didYouMean(key, known) === undefined
		? `put the text before it in quotes, if this is a part of it; else ${names}`
		: names;
};

const missingKey = (error: ErrorObject, path: SpecPath): Fault => {
	const key = String(error.params['missingProperty']);
	const schema = (error.parentSchema as Schema | undefined)?.properties?.[key] ?? {};
	return {
		code: 'RF2004',
		summary: `missing key ${quote(key)}`,
		hint: cureForMissing(key, schema),
		path,
		at: 'key',
		broken: [[...path, key]],
	};
};

const cureForMissing = (key: string, schema: Schema): string => {
	const resolved = resolveSchema(schema);
	const example = schema.const ?? schema.examples?.[0] ?? resolved.examples?.[0] ?? resolved.enum?.[0];
	if (example !== undefined) return `add it, such as \`${key}: ${typeof example === 'object' ? JSON.stringify(example) : example}\``;
	const meaning = (schema.description ?? resolved.description)?.split('. ', 1)[0]?.replace(/\.$/, '');
	return meaning === undefined ? `add \`${key}: …\`` : `add \`${key}: …\`: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`;
};

const wrongVersion = (error: ErrorObject, path: SpecPath): Fault => ({
	code: 'RF2008',
	summary: `language version ${typeof error.data === 'string' ? quote(error.data) : describeVersion(error.data)} is not supported`,
	hint: 'this compiler reads version 1: write `reelform: 1`, or use a newer reelform',
	path,
	at: 'value',
	broken: [path],
});

const describeVersion = (data: unknown): string => (typeof data === 'number' ? String(data) : `(${describeValue(data)})`);

/** An error about the name of a key of a mapping with free names. */
const describeKey = (error: ErrorObject, path: SpecPath, key: string): Fault => {
	const place = [...path, key];
	const fault =
		error.keyword === 'pattern' ? malformed(key, String(error.params['pattern']), place) : outOfRange({ ...error, data: key }, place);
	return { ...fault, at: 'key' };
};

const outOfRange = (error: ErrorObject, path: SpecPath): Fault => {
	const { summary, hint } = describeRange(error);
	// Too many or too few of the right thing can still be checked further.
	const countable = /^(min|max)(Items|Properties)$/.test(error.keyword);
	return { code: hint === '' ? 'RF2000' : 'RF2005', summary, hint, path, at: 'value', broken: countable ? [] : [path] };
};

const describeRange = (error: ErrorObject): { readonly summary: string; readonly hint: string } => {
	const limit = Number(error.params['limit']);
	const size = error.data !== null && typeof error.data === 'object' ? Object.keys(error.data).length : String(error.data).length;
	switch (error.keyword) {
		case 'minimum':
			return { summary: `${error.data} is too small`, hint: `write at least ${limit}` };
		case 'exclusiveMinimum':
			return { summary: `${error.data} is too small`, hint: `write more than ${limit}` };
		case 'maximum':
		case 'exclusiveMaximum':
			return { summary: `${error.data} is too large`, hint: `write at most ${limit}` };
		case 'multipleOf': {
			const step = Number(error.params['multipleOf']);
			const near = Math.round(Number(error.data) / step) * step;
			return { summary: `${error.data} is not ${step === 2 ? 'even' : `a multiple of ${step}`}`, hint: `write ${near}` };
		}
		case 'minItems':
			return { summary: size === 0 ? 'the list is empty' : `the list is too short: ${size}`, hint: `write at least ${limit}` };
		case 'maxItems':
			return { summary: `the list is too long: ${size}`, hint: `write at most ${limit}` };
		case 'minProperties':
			return { summary: 'the mapping is empty', hint: cureForEmpty(error.parentSchema as Schema | undefined) };
		case 'maxProperties':
			return { summary: `the mapping has too many keys: ${size}`, hint: `write at most ${limit}` };
		case 'minLength':
			return { summary: 'the text is empty', hint: 'write a text, or remove the key' };
		case 'maxLength':
			return { summary: `the text is too long: ${size} characters`, hint: `write at most ${limit}` };
		default:
			return { summary: `this value is not allowed here: it ${error.message ?? error.keyword}`, hint: '' };
	}
};

const cureForEmpty = (schema: Schema = {}): string => {
	const keys = Object.keys(schema.properties ?? {});
	return keys.length > 0 ? `write one of: ${listNames(keys)}; or remove it` : 'write an entry, or remove it';
};
