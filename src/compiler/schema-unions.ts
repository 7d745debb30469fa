import { didYouMean, listNames } from '../diagnostics/suggest.ts';
import { quote } from '../diagnostics/visible.ts';
import { alternativesOf, resolveSchema, type Schema } from './campaign-schema.ts';
import type { SpecPath } from './checked-spec.ts';
import { isOfType } from './json-type.ts';
import { notAllowed, wrongType } from './schema-errors.ts';
import type { Fault } from './schema-fault.ts';

/** The alternative of a union that the user meant, or what to say when none can be made out. */
export type UnionChoice = { readonly meant: Schema } | { readonly fault: Fault };

/**
 * Picks by the type of the value, then, between mappings, by the value of their `type` key, else by the key that only one of them requires.
 * So one mistake gives one message and not one for each alternative.
 */
export const chooseAlternative = (branches: readonly Schema[], data: unknown, path: SpecPath): UnionChoice => {
	const all = alternativesOf(branches);
	const fitting = all.filter((schema) => typesOf(schema).some((type) => isOfType(data, type)));
	const [first] = fitting;
	if (!first) return { fault: { ...wrongType(all.flatMap(typesOf), data, path), ...cureByExample(all, data) } };
	if (fitting.length === 1) return { meant: first };
	if (fitting.every((schema) => fixedValues(schema).length > 0)) return { fault: notAllowed(fitting.flatMap(fixedValues), data, path) };
	if (typeof data !== 'object' || data === null) return { meant: first };
	return fitting.every((schema) => typeName(schema) !== undefined) ? chooseByType(fitting, data, path) : chooseByKey(fitting, data, path);
};

const fixedValues = (schema: Schema): readonly unknown[] => schema.enum ?? (schema.const === undefined ? [] : [schema.const]);

const typesOf = (schema: Schema): readonly string[] =>
	schema.type === undefined ? fixedValues(schema).map((value) => (typeof value === 'number' ? 'number' : 'string')) : [schema.type];

/** What to write in place of a value of a wrong type, when one of the alternatives makes a good example. */
const cureByExample = (all: readonly Schema[], data: unknown): { readonly hint?: string } => {
	if (data === null) return {};
	const [name] = all.flatMap(fixedValues);
	if (name !== undefined) return { hint: `write a name, such as ${name}` };
	const types = all.map(typeName).filter((type) => type !== undefined);
	const given = types.find((type) => type === data) ?? types[0];
	if (given !== undefined) return { hint: `write it as a mapping, such as {type: ${given}}` };
	const key = all[0]?.type === 'object' ? all[0].required?.[0] : undefined;
	return key === undefined
		? {}
		: { hint: `write it as a mapping, such as {${key}: ${typeof data === 'string' ? data.slice(0, 40) : '…'}}` };
};

const typeName = (schema: Schema): string | undefined => {
	const name = resolveSchema(schema.properties?.['type'] ?? {}).const;
	return typeof name === 'string' ? name : undefined;
};

const chooseByType = (mappings: readonly Schema[], data: object, path: SpecPath): UnionChoice => {
	const names = mappings.map((schema) => typeName(schema) ?? '');
	if (!Object.hasOwn(data, 'type')) {
		const hint = `add one of: ${listNames(names.map((name) => `\`type: ${name}\``))}`;
		return { fault: { code: 'RF2004', summary: 'missing key "type"', hint, path, at: 'key', broken: [path] } };
	}
	const written = (data as { readonly type: unknown }).type;
	const meant = mappings.find((schema) => typeName(schema) === written);
	return meant ? { meant } : { fault: { ...notAllowed(names, written, [...path, 'type']), broken: [path] } };
};

const chooseByKey = (mappings: readonly Schema[], data: object, path: SpecPath): UnionChoice => {
	const kinds = mappings.map((schema) => ({ schema, key: schema.required?.[0] ?? '' }));
	const present = kinds.filter(({ key }) => Object.hasOwn(data, key));
	const [first, second] = present;
	if (first && !second) return { meant: first.schema };
	// A mock-up has an image and is no image layer: one kind may have the key of another among its own.
	const spanning = present.find(({ schema }) => present.every(({ key }) => Object.hasOwn(schema.properties ?? {}, key)));
	if (spanning) return { meant: spanning.schema };
	const keys = kinds.map(({ key }) => key);
	const fault = { code: 'RF2007', path, at: 'key', broken: [path] } as const;
	const isAsset = path[0] === 'assets';
	const what = isAsset ? 'an asset' : 'a layer';
	if (first && second) {
		const summary = `${what} is one thing, and this one has ${present.map(({ key }) => quote(key)).join(' and ')}`;
		return { fault: { ...fault, summary, hint: `make ${what} of each`, path: [...path, second.key] } };
	}
	const summary = `${what} needs one of ${keys.join(', ')}`;
	for (const key of Object.keys(data)) {
		const close = didYouMean(key, keys);
		if (close !== undefined)
			return { fault: { ...fault, summary, hint: `${quote(key)}: did you mean ${quote(close)}?`, path: [...path, key] } };
	}
	const example = isAsset
		? 'say what it is, such as `stockImage: {query: a quiet street}`'
		: 'say what the layer shows, such as `text: Hello`';
	return { fault: { ...fault, summary, hint: example } };
};
