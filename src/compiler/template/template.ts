import type { Code } from '../../diagnostics/codes.ts';
import type { FieldPath, FieldValue } from '../../model/recipient.ts';
import type { TransformName } from './transforms.ts';

/** What a template computes with; a missing value is never one. */
export type Scalar = Exclude<FieldValue, null>;

export type Expression =
	| { readonly kind: 'literal'; readonly value: Scalar }
	| { readonly kind: 'field'; readonly field: FieldPath }
	| {
			readonly kind: 'call';
			readonly name: TransformName;
			readonly args: readonly Expression[];
			readonly named: Readonly<Record<string, Expression>>;
	  };

export type TemplateNode =
	| { readonly kind: 'text'; readonly text: string }
	| { readonly kind: 'value'; readonly value: Expression }
	| {
			readonly kind: 'branch';
			readonly test: Expression;
			readonly met: readonly TemplateNode[];
			readonly unmet: readonly TemplateNode[];
	  };

/** A text with holes, checked: rendering it reads fields and calls transforms, and does nothing else. */
export type Template = {
	readonly text: string;
	readonly nodes: readonly TemplateNode[];
	/** Every field that some row may read, each once, in the order of the text. */
	readonly fields: readonly FieldPath[];
};

/** Why a text is no template. `at` is the faulty piece of it, in UTF-16 offsets. */
export type TemplateProblem = {
	readonly code: Code;
	readonly summary: string;
	readonly hint: string;
	readonly at?: { readonly start: number; readonly end: number };
};

export type ParsedTemplate = { readonly ok: true; readonly template: Template } | ({ readonly ok: false } & TemplateProblem);

/** Cheap: whether a text has to be read as a template. An escaped `\{{` counts. */
export const isTemplate = (text: unknown): text is string => typeof text === 'string' && text.includes('{{');

/** The fields that a template reads in some row, each once. */
export const fieldsOf = (template: Template): readonly FieldPath[] => template.fields;

/** The field, when a template is one field and nothing around it. */
export const onlyField = ({ nodes }: Template): FieldPath | null => {
	const [node] = nodes;
	return nodes.length === 1 && node?.kind === 'value' && node.value.kind === 'field' ? node.value.field : null;
};

export const nameOfField = ({ source, field }: FieldPath): string => `${source}.${field}`;

/** The fields of several lists, each once, in order. */
export const uniqueFields = (fields: readonly FieldPath[]): readonly FieldPath[] => [
	...new Map(fields.map((field) => [nameOfField(field), field])).values(),
];
