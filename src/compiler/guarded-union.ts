import type { CodeKeywordDefinition } from 'ajv/dist/2020.js';
import { _, not } from 'ajv/dist/compile/codegen/index.js';

/** What is read of an alternative. */
export type Alternative = { readonly $ref?: string; readonly type?: string; readonly required?: readonly string[] };

/**
 * The keyword `anyOf`, with the same meaning and less work: a mapping is not tried as an alternative whose first required key it lacks.
 * Without that a wrong layer is an error or two of every kind of layer, all of them thrown away, and a hostile spec has thousands of layers.
 * `resolve` gives what a branch that is a `$ref` points at, and any other branch itself.
 */
export const guardedUnion = (resolve: (branch: Alternative) => Alternative): CodeKeywordDefinition => ({
	keyword: 'anyOf',
	schemaType: 'array',
	trackErrors: true,
	error: { message: 'must match a schema in anyOf' },
	code: (cxt) => {
		const { gen, data } = cxt;
		const branches = cxt.schema as readonly Alternative[];
		const valid = gen.let('valid', false);
		const fits = gen.name('_valid');
		branches.forEach((branch, schemaProp) => {
			const { type, required = [] } = resolve(branch);
			const [key] = type === 'object' ? required : [];
			const worthTrying =
				key === undefined
					? not(valid)
					: _`!${valid} && typeof ${data} == "object" && ${data} !== null && Object.prototype.hasOwnProperty.call(${data}, ${key})`;
			gen.if(worthTrying, () => {
				cxt.subschema({ keyword: 'anyOf', schemaProp, compositeRule: true }, fits);
				gen.assign(valid, fits);
			});
		});
		cxt.result(
			valid,
			() => cxt.reset(),
			() => cxt.error(true),
		);
	},
});
