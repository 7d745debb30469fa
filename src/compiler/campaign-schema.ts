import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import campaignSchema from '../../schema/campaign.schema.json' with { type: 'json' };
import { guardedUnion } from './guarded-union.ts';

/** The keywords of JSON Schema that the language is written with, as far as messages read them. */
export type Schema = {
	readonly $ref?: string;
	readonly title?: string;
	readonly description?: string;
	readonly type?: string;
	readonly const?: unknown;
	readonly enum?: readonly unknown[];
	readonly pattern?: string;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly anyOf?: readonly Schema[];
	readonly examples?: readonly unknown[];
};

type Root = { readonly $id: string; readonly $defs: Readonly<Record<string, Schema>> };

/** What an override cannot change: it decides what is overridden. */
const FIXED: readonly string[] = ['id', 'when', 'for'];

/**
 * The schema with the keys of every `for` spelt out: an override may have the keys of the part that it stands in, each as it is there, and none of them
 * has to be there. Derived, so that no key is written twice.
 */
const withOverrides = (schema: typeof campaignSchema): object & Root => {
	const defs: Record<string, Schema> = { ...(schema.$defs as unknown as Record<string, Schema>) };
	for (const [name, def] of Object.entries(defs)) {
		if (def.properties?.['for'] === undefined) continue;
		const keys = Object.entries(def.properties).filter(([key]) => !FIXED.includes(key));
		const override = {
			...campaignSchema.$defs.overrides.additionalProperties,
			additionalProperties: false,
			properties: Object.fromEntries(keys),
		};
		defs[`${name}Overrides`] = { ...campaignSchema.$defs.overrides, additionalProperties: override } as Schema;
		defs[name] = { ...def, properties: { ...def.properties, for: { $ref: `#/$defs/${name}Overrides` } } };
	}
	return { ...schema, $defs: defs };
};

const root = withOverrides(campaignSchema);

// `ownProperties`: otherwise `{}` has the keys `toString` and `constructor`. `verbose`: the errors carry their schema and data.
// Whether the schema is one by its own meta-schema is a question for a test, and costs 70 ms at every start. Polishing the generated code costs
// more than a spec's few hundred values ever give back.
const ajv = new Ajv2020({
	allErrors: true,
	verbose: true,
	ownProperties: true,
	strict: true,
	validateSchema: false,
	code: { optimize: false },
});

/** What `$ref` points at; the schema itself when it has none. */
export const resolveSchema = (schema: Schema): Schema => {
	const name = schema.$ref?.replace('#/$defs/', '');
	return name === undefined ? schema : resolveSchema(root.$defs[name] ?? {});
};

// Only for the types: what a template gives has the type of the place that it fills.
ajv.addKeyword('tsType');

ajv.removeKeyword('anyOf').addKeyword(guardedUnion(resolveSchema));

export const validateCampaign: ValidateFunction = ajv.compile(root);

/** The alternatives of a union, those of the unions inside it included, each as one schema without `anyOf`. */
export const alternativesOf = (branches: readonly Schema[]): readonly Schema[] =>
	branches.map(resolveSchema).flatMap((branch) => (branch.anyOf ? alternativesOf(branch.anyOf) : [branch]));

/** The validator of one part of the schema. @throws when `schema` is not a part of it: our bug. */
export const validatorOf = (schema: Schema): ValidateFunction => {
	const pointer = pointers.get(schema);
	const validator = pointer === undefined ? undefined : ajv.getSchema(`${root.$id}#${pointer}`);
	if (!validator) throw new Error('not a part of the campaign schema');
	return validator as ValidateFunction;
};

const pointersIn = (value: unknown, pointer: string): [object, string][] =>
	typeof value !== 'object' || value === null
		? []
		: [[value, pointer], ...Object.entries(value).flatMap(([key, child]) => pointersIn(child, `${pointer}/${key}`))];

const pointers: ReadonlyMap<object, string> = new Map(pointersIn(root, ''));
