import type { Code } from '../../diagnostics/codes.ts';
import type { FieldPath, RowValues } from '../../model/recipient.ts';
import { unreachable } from '../../model/unreachable.ts';
import { faultOf } from './accept.ts';
import { type Formats, makeFormats } from './figures.ts';
import { LIMITS } from './scan.ts';
import { type Expression, nameOfField, type Scalar, type Template, type TemplateNode } from './template.ts';
import { kindTaken, transformOf } from './transforms.ts';

/** Why a row cannot fill a template. `field` is the one that is to blame; null when none was read. */
export type RenderProblem = { readonly field: FieldPath | null; readonly code: Code; readonly summary: string; readonly hint: string };

export type Rendered = { readonly ok: true; readonly text: string } | ({ readonly ok: false } & RenderProblem);
type Evaluated = { readonly ok: true; readonly value: Scalar } | ({ readonly ok: false } & RenderProblem);

export type RenderOptions = {
	/** What is done to every value on its way into the text, and to no part of the text around it. */
	readonly escape: (text: string) => string;
};

export type Renderer = {
	readonly text: (values: RowValues, options: RenderOptions) => Rendered;
	/** The value of a template that is one tag and nothing around it, of its own type; else the text. */
	readonly value: (values: RowValues) => Evaluated;
};

const AS_GIVEN: RenderOptions = { escape: (text) => text };

/** Renders one template for many rows. The same values give the same text, always. */
export const makeRenderer = (template: Template): Renderer => {
	const formats = makeFormats();
	const text = (values: RowValues, options: RenderOptions): Rendered => {
		const piece = renderNodes({ values, formats, escape: options.escape }, template.nodes);
		return !piece.ok && piece.field === null ? { ...piece, field: template.fields[0] ?? null } : piece;
	};
	const [only] = template.nodes;
	const value = (values: RowValues): Evaluated => {
		if (template.nodes.length === 1 && only?.kind === 'value') return evaluate({ values, formats }, only.value);
		const rendered = text(values, AS_GIVEN);
		return rendered.ok ? { ok: true, value: rendered.text } : rendered;
	};
	return { text, value };
};

/** A template with the values of one row. A value that is missing is a problem, but for `default`, `#if` and `#unless`. */
export const renderTemplate = (template: Template, values: RowValues, options: RenderOptions): Rendered =>
	makeRenderer(template).text(values, options);

const TOO_LONG = {
	code: 'RF3063',
	summary: `the text becomes longer than ${LIMITS.output} characters`,
	hint: 'truncate the value, or give its field a `maxLength`',
} as const;

type Scope = { readonly values: RowValues; readonly formats: Formats };

const renderNodes = (scope: Scope & RenderOptions, nodes: readonly TemplateNode[]): Rendered => {
	let text = '';
	for (const node of nodes) {
		const piece = renderNode(scope, node);
		if (!piece.ok) return piece;
		text += piece.text;
		if (text.length > LIMITS.output) return { ok: false, field: null, ...TOO_LONG };
	}
	return { ok: true, text };
};

const renderNode = (scope: Scope & RenderOptions, node: TemplateNode): Rendered => {
	switch (node.kind) {
		case 'text':
			return { ok: true, text: node.text };
		case 'value': {
			const found = evaluate(scope, node.value);
			return found.ok ? { ok: true, text: scope.escape(String(found.value)) } : found;
		}
		case 'branch': {
			const found = evaluate(scope, node.test);
			if (!found.ok && found.code !== 'RF3064') return found;
			return renderNodes(scope, found.ok && isTrue(found.value) ? node.met : node.unmet);
		}
		default:
			return unreachable(node);
	}
};

const isTrue = (value: Scalar): boolean => value !== '' && value !== false && value !== 0;

const evaluate = (scope: Scope, expression: Expression): Evaluated => {
	switch (expression.kind) {
		case 'literal':
			return { ok: true, value: expression.value };
		case 'field': {
			const value = ownValue(scope.values, expression.field);
			return value === null ? missing(expression.field) : { ok: true, value };
		}
		case 'call':
			return expression.name === 'default' ? firstPresent(scope, expression.args) : call(scope, expression);
		default:
			return unreachable(expression);
	}
};

const ownValue = (values: RowValues, { source, field }: FieldPath): Scalar | null => {
	const record = Object.hasOwn(values, source) ? values[source] : undefined;
	return record !== undefined && Object.hasOwn(record, field) ? (record[field] ?? null) : null;
};

const missing = (field: FieldPath): Evaluated => ({
	ok: false,
	field,
	code: 'RF3064',
	summary: `${nameOfField(field)} has no value`,
	hint: `give the field a \`fallback\`, or write {{default ${nameOfField(field)} "..."}}`,
});

/** The first of several values that is there and not blank; the last one as it is. */
const firstPresent = (scope: Scope, args: readonly Expression[]): Evaluated => {
	let found: Evaluated | null = null;
	for (const [index, arg] of args.entries()) {
		found = evaluate(scope, arg);
		if (!found.ok && found.code !== 'RF3064') return found;
		if (found.ok && (index === args.length - 1 || typeof found.value !== 'string' || found.value.trim() !== '')) return found;
	}
	return found!;
};

const call = (scope: Scope, { name, args, named }: Extract<Expression, { kind: 'call' }>): Evaluated => {
	const given: Scalar[] = [];
	const byName: Record<string, Scalar> = {};
	for (const [to, expression] of [...args.entries(), ...Object.entries(named)]) {
		const found = evaluate(scope, expression);
		if (!found.ok) return found;
		const fault = expression.kind === 'literal' ? null : faultOf(kindTaken(name, to), found.value);
		if (fault !== null) return { ok: false, field: fieldIn(expression), code: 'RF3066', ...fault };
		if (typeof to === 'number') given.push(found.value);
		else byName[to] = found.value;
	}
	const value = transformOf(name).run({ args: given, named: byName, formats: scope.formats });
	if (value.length <= LIMITS.output) return { ok: true, value };
	return { ok: false, field: fieldIn({ kind: 'call', name, args, named }), ...TOO_LONG };
};

/** The first field that an expression reads. */
const fieldIn = (expression: Expression): FieldPath | null => {
	switch (expression.kind) {
		case 'literal':
			return null;
		case 'field':
			return expression.field;
		case 'call':
			return [...expression.args, ...Object.values(expression.named)].reduce<FieldPath | null>(
				(found, part) => found ?? fieldIn(part),
				null,
			);
		default:
			return unreachable(expression);
	}
};
