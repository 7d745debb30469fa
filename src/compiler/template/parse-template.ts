import Handlebars from 'handlebars';
import { hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import { type FieldPath, RECIPIENT } from '../../model/recipient.ts';
import { faultOfLiteral } from './accept.ts';
import { LIMITS, scanTags, type Tag, TOO_DEEP } from './scan.ts';
import {
	type Expression,
	nameOfField,
	type ParsedTemplate,
	type Scalar,
	type Template,
	type TemplateNode,
	type TemplateProblem,
	uniqueFields,
} from './template.ts';
import { isTransform, signatureOf, TRANSFORM_NAMES, type TransformName } from './transforms.ts';

type Reading = {
	readonly lines: readonly number[];
	readonly problems: TemplateProblem[];
	readonly fields: FieldPath[];
	readonly depth: number;
};

/**
 * A text as a template: `{{source.field}}`, `{{transform value key=value}}`, `{{#if value}}...{{else}}...{{/if}}`, `{{#unless}}` and comments.
 * All else of Handlebars is refused by name. Never throws, and takes milliseconds, whatever the text.
 */
export const parseTemplate = (text: string): ParsedTemplate => {
	const scan = scanTags(text);
	if (!scan.ok) return scan;
	const program = parsed(text);
	if (program === null) return { ok: false, ...unreadable(text, scan.tags) };
	const reading: Reading = { lines: lineStarts(text), problems: [], fields: [], depth: 0 };
	const nodes = readBody(reading, program.body);
	const [problem] = reading.problems;
	if (problem) return { ok: false, ...problem };
	const template: Template = { text, nodes, fields: uniqueFields(reading.fields) };
	return { ok: true, template };
};

const parsed = (text: string): hbs.AST.Program | null => {
	try {
		return Handlebars.parse(text);
	} catch {
		return null;
	}
};

/** The first tag that cannot be read on its own either. */
const unreadable = (text: string, tags: readonly Tag[]): TemplateProblem => {
	const faulty = tags.find(({ start, end, kind, name }) => {
		const tag = text.slice(start, end);
		if (kind === 'close' || /^\{\{~?\s*(else\b|\^)/.test(tag)) return false;
		return parsed(kind === 'open' ? `${tag}{{/${name}}}` : tag) === null;
	});
	const hint = 'write `{{recipient.name}}`, `{{upper recipient.name}}`, or `{{#if recipient.name}}...{{else}}...{{/if}}`';
	if (faulty === undefined) return { code: 'RF3060', summary: 'the template cannot be read', hint };
	const tag = text.slice(faulty.start, faulty.end);
	return { code: 'RF3060', summary: `${quote(tag)} cannot be read`, hint, at: { start: faulty.start, end: faulty.end } };
};

const lineStarts = (text: string): readonly number[] => [
	0,
	...[...text.matchAll(/\r\n?|\n/g)].map((found) => found.index + found[0].length),
];

const refuse = (reading: Reading, node: hbs.AST.Node, problem: Omit<TemplateProblem, 'at'>): null => {
	const offset = ({ line, column }: hbs.AST.Position): number => (reading.lines[line - 1] ?? 0) + column;
	reading.problems.push({ ...problem, at: { start: offset(node.loc.start), end: offset(node.loc.end) } });
	return null;
};

const notAllowed = (what: string, hint: string): Omit<TemplateProblem, 'at'> => ({
	code: 'RF3062',
	summary: `not allowed in a template: ${what}`,
	hint,
});

const readBody = (reading: Reading, body: readonly hbs.AST.Statement[]): readonly TemplateNode[] =>
	body.flatMap((statement) => readStatement(reading, statement) ?? []);

const readStatement = (reading: Reading, statement: hbs.AST.Statement): TemplateNode | null => {
	switch (statement.type) {
		case 'ContentStatement': {
			const text = (statement as hbs.AST.ContentStatement).value;
			return text === '' ? null : { kind: 'text', text };
		}
		case 'MustacheStatement': {
			const mustache = statement as hbs.AST.MustacheStatement;
			if (!mustache.escaped) return refuse(reading, mustache, notAllowed('three braces', 'write two'));
			const value = readCall(reading, mustache as hbs.AST.MustacheStatement & { readonly path: hbs.AST.Expression });
			return value && { kind: 'value', value };
		}
		case 'BlockStatement':
			return readBlock(reading, statement as hbs.AST.BlockStatement);
		case 'CommentStatement':
			return null;
		default:
			return refuse(reading, statement, notAllowed('partials and decorators', 'write the text itself'));
	}
};

type ReadBlock = { readonly program?: hbs.AST.Program | undefined; readonly inverse?: hbs.AST.Program | undefined };

const readBlock = (reading: Reading, block: hbs.AST.BlockStatement): TemplateNode | null => {
	if (reading.depth === LIMITS.depth) return refuse(reading, block, TOO_DEEP);
	const name = (block.path as hbs.AST.PathExpression).original;
	if (name !== 'if' && name !== 'unless') {
		const hint = FORBIDDEN.get(name) ?? 'the blocks are `{{#if recipient.name}}...{{/if}}` and `{{#unless recipient.name}}...{{/unless}}`';
		return refuse(reading, block.path, notAllowed(`the block ${quote(String(name))}`, hint));
	}
	const { program, inverse }: ReadBlock = block;
	if ((program?.blockParams ?? inverse?.blockParams) !== undefined)
		return refuse(reading, block, notAllowed('block parameters', 'remove `as |...|`'));
	const [test] = block.params;
	if (test === undefined || block.params.length > 1 || block.hash !== undefined)
		return refuse(reading, block.path, {
			code: 'RF3060',
			summary: `\`#${name}\` takes one value`,
			hint: `write \`{{#${name} recipient.name}}\``,
		});
	const inner = { ...reading, depth: reading.depth + 1 };
	const value = readExpression(reading, test);
	const shown = readBody(inner, program?.body ?? []);
	const other = readBody(inner, inverse?.body ?? []);
	if (value === null) return null;
	return name === 'if'
		? { kind: 'branch', test: value, met: shown, unmet: other }
		: { kind: 'branch', test: value, met: other, unmet: shown };
};

/** What Handlebars brings, and what to do instead. */
const FORBIDDEN: ReadonlyMap<unknown, string> = new Map([
	['each', 'a template shows single values: show a list with layers, or join it in the data'],
	['with', 'write the source before each field: `{{recipient.name}}`'],
	['lookup', 'write the field itself: `{{recipient.name}}`'],
	['log', 'remove it'],
	['if', 'write `{{#if recipient.name}}...{{/if}}`'],
	['unless', 'write `{{#unless recipient.name}}...{{/unless}}`'],
]);

const readExpression = (reading: Reading, node: hbs.AST.Expression): Expression | null => {
	switch (node.type) {
		case 'PathExpression':
			return readField(reading, node as hbs.AST.PathExpression);
		case 'SubExpression': {
			if (reading.depth === LIMITS.depth) return refuse(reading, node, TOO_DEEP);
			return readCall({ ...reading, depth: reading.depth + 1 }, node as hbs.AST.SubExpression);
		}
		case 'StringLiteral':
		case 'NumberLiteral':
		case 'BooleanLiteral':
			return { kind: 'literal', value: (node as unknown as { readonly value: Scalar }).value };
		default:
			return refuse(reading, node, notAllowed('`null` and `undefined`', 'write a text, a number, `true` or `false`'));
	}
};

/** A tag or a parenthesis: a field alone, or a transform and what it is given. */
const readCall = (
	reading: Reading,
	node: hbs.AST.Node & { readonly path: hbs.AST.Expression; readonly params: readonly hbs.AST.Expression[]; readonly hash?: hbs.AST.Hash },
): Expression | null => {
	if (node.path.type !== 'PathExpression')
		return refuse(reading, node, notAllowed('a value that is no field', 'write it outside of the braces'));
	const path = node.path as hbs.AST.PathExpression;
	const name = path.original;
	if (node.params.length === 0 && node.hash === undefined && !isTransform(name)) return readField(reading, path);
	if (isTransform(name)) return readTransform(reading, node, name);
	const fault = pathFault(path);
	const hint = FORBIDDEN.get(name);
	if (hint !== undefined) return refuse(reading, path, notAllowed(quote(name), hint));
	if (fault?.code === 'RF3062' && !/^[\w-]+$/.test(name)) return refuse(reading, path, fault);
	return refuse(reading, path, {
		code: 'RF3062',
		summary: `no transform is named ${quote(name)}`,
		hint: hintForName(name, TRANSFORM_NAMES),
	});
};

const readTransform = (
	reading: Reading,
	node: hbs.AST.Node & { readonly params: readonly hbs.AST.Expression[]; readonly hash?: hbs.AST.Hash },
	name: TransformName,
): Expression | null => {
	const args = node.params.map((param) => readExpression(reading, param));
	const pairs = (node.hash?.pairs ?? []).map((pair) => ({ pair, value: readExpression(reading, pair.value) }));
	const { least, most, named } = signatureOf(name);
	if (args.length < least || args.length > most) {
		const count = least === most ? `${least}` : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
		const summary = `\`${name}\` takes ${count} ${count === '1' ? 'value' : 'values'}, and has ${args.length}`;
		return refuse(reading, node, { code: 'RF3060', summary, hint: `write \`${signatureOf(name).example}\`` });
	}
	for (const { pair } of pairs)
		if (!Object.hasOwn(named, pair.key)) {
			const known = Object.keys(named);
			const hint = known.length === 0 ? `write \`${signatureOf(name).example}\`` : hintForName(pair.key, known);
			return refuse(reading, pair, { code: 'RF3062', summary: `\`${name}\` takes no ${quote(pair.key)}`, hint });
		}
	const given = [...args.map((value, i) => ({ value, to: i })), ...pairs.map(({ pair, value }) => ({ value, to: pair.key }))];
	for (const [i, { value, to }] of given.entries()) {
		if (value === null) return null;
		const fault = value.kind === 'literal' ? faultOfLiteral(name, to, value.value) : null;
		if (fault !== null) return refuse(reading, node.params[i] ?? pairs[i - args.length]!.pair, { code: 'RF3066', ...fault });
	}
	return {
		kind: 'call',
		name,
		args: args as readonly Expression[],
		named: Object.fromEntries(pairs.map(({ pair, value }) => [pair.key, value as Expression])),
	};
};

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const REACHING: readonly string[] = ['constructor', 'prototype', '__proto__'];

const readField = (reading: Reading, path: hbs.AST.PathExpression): Expression | null => {
	const fault = pathFault(path);
	if (fault !== null) return refuse(reading, path, fault);
	const [source, field] = path.parts as [string, string];
	reading.fields.push({ source, field });
	return { kind: 'field', field: { source, field } };
};

const pathFault = ({ data, depth, parts, original }: hbs.AST.PathExpression): Omit<TemplateProblem, 'at'> | null => {
	const written = quote(original);
	if (data) return notAllowed(written, 'write the source and the field: `{{recipient.name}}`');
	if (depth > 0 || /^(this|\.)([./]|$)/.test(original)) return notAllowed(written, 'write the source and the field: `{{recipient.name}}`');
	if (parts.some((part) => REACHING.includes(part))) return notAllowed(written, 'give the field another name, and the column with `from`');
	const [only] = parts;
	if (parts.length === 1 && only === RECIPIENT)
		return { code: 'RF3061', summary: `${written} names no field`, hint: 'write the field behind it: `{{recipient.name}}`' };
	if (parts.length === 1 && only !== undefined && NAME.test(only))
		return { code: 'RF3061', summary: `${written} names no source`, hint: `write \`{{recipient.${only}}}\`` };
	if (parts.length === 2 && parts.every((part) => NAME.test(part)) && original === nameOfField({ source: parts[0]!, field: parts[1]! }))
		return null;
	return notAllowed(`the path ${written}`, 'write a source and a field: `{{recipient.name}}`; deeper values get a field with `from`');
};
