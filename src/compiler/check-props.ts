import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Diagnostic, errorAt } from '../diagnostics/diagnostic.ts';
import type { Inputs } from '../ports/inputs.ts';
import type { CheckedSpec, SpecPath } from './checked-spec.ts';
import { componentLayers } from './component-layers.ts';
import { isTemplate } from './template/template.ts';

/** The props of every component against the schema that its layer gives, each problem where the prop is written. Of a prop that a row gives nothing is said. */
export const checkProps = (checked: CheckedSpec, inputs: Inputs): readonly Diagnostic[] =>
	componentLayers(checked.spec.scenes).flatMap(({ layer, path }) => {
		const written = layer.propsSchema;
		const schema = typeof written === 'string' ? inputs.propsSchemas?.get(written) : written;
		if (schema === undefined) return [];
		return checkLayer(checked, { name: layer.component ?? '', props: layer.props ?? {}, schema, path });
	});

type Given = { readonly name: string; readonly props: unknown; readonly schema: object; readonly path: SpecPath };

const checkLayer = ({ rangeOf }: CheckedSpec, { name, props, schema, path }: Given): readonly Diagnostic[] => {
	const { $schema: _, $id: __, ...rules } = schema as Readonly<Record<string, unknown>>;
	const ajv = new Ajv2020({ allErrors: true, strict: false, validateFormats: false, ownProperties: true, logger: false, verbose: true });
	try {
		const validate = ajv.compile(rules);
		if (validate(props)) return [];
		const written = (validate.errors ?? []).filter(({ data }) => !isTemplate(data));
		return written.map((error) => {
			const at = [...path, 'props', ...placeOf(error)];
			return errorAt(rangeOf(at), 'RF3040', `"${name}": ${describe(error)}`, 'correct the prop, or the `propsSchema` of the layer');
		});
	} catch (error) {
		const summary = `the schema of the props of "${name}" cannot be used: ${(error as Error).message}`;
		return [errorAt(rangeOf([...path, 'propsSchema']), 'RF4022', summary, 'write a JSON Schema, as of json-schema.org/draft/2020-12')];
	}
};

const placeOf = ({ instancePath, keyword, params }: ErrorObject): SpecPath => {
	const steps = instancePath
		.split('/')
		.slice(1)
		.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
		.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
	return keyword === 'additionalProperties' ? [...steps, params['additionalProperty'] as string] : steps;
};

const describe = ({ instancePath, keyword, params, message }: ErrorObject): string => {
	const prop = instancePath === '' ? 'the props' : `props${instancePath.replaceAll('/', '.')}`;
	if (keyword === 'additionalProperties') return `${prop} have no "${params['additionalProperty']}"`;
	if (keyword === 'enum') return `${prop} must be one of ${(params['allowedValues'] as unknown[]).map(String).join(', ')}`;
	return `${prop} ${message ?? 'are wrong'}`;
};
