import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { DataSource, Field } from '../../model/campaign-spec.gen.ts';
import { formatRule } from '../bind/text-format.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { Draft } from '../draft-spec.ts';
import { placed, type RuleInput } from './rule.ts';

type Value = string | number | boolean;

/** What fields say of their values does not contradict itself. */
export const fieldProblems = (input: RuleInput, fields: Draft<DataSource>['fields'], path: SpecPath): readonly Diagnostic[] =>
	Object.entries(fields ?? {}).flatMap(([name, field]) => {
		if (field?.type === undefined) return [];
		const here = [...path, name];
		return [...keysThatSuit(input, field, here), ...orderedBounds(input, field, here), ...valuesThatSuit(input, field, here)];
	});

const ONLY_FOR = [
	['format', ['string']],
	['minLength', ['string']],
	['maxLength', ['string']],
	['minimum', ['number', 'integer']],
	['maximum', ['number', 'integer']],
] as const;

const keysThatSuit = ({ rangeOf }: RuleInput, field: Draft<Field>, path: SpecPath): readonly Diagnostic[] =>
	ONLY_FOR.filter(([key, types]) => field[key] !== undefined && !(types as readonly string[]).includes(field.type!)).map(([key, types]) => {
		const hint = `remove it, or write \`type: ${types[0]}\``;
		return errorAt(rangeOf([...path, key], 'key'), 'RF2000', `\`${key}\` says nothing about a field of the type ${field.type}`, hint);
	});

const BOUNDS = [
	['minimum', 'maximum'],
	['minLength', 'maxLength'],
] as const;

const orderedBounds = ({ rangeOf }: RuleInput, field: Draft<Field>, path: SpecPath): readonly Diagnostic[] =>
	BOUNDS.flatMap(([low, high]) => {
		const [least, most] = [field[low], field[high]];
		if (least === undefined || most === undefined || least <= most) return [];
		const summary = `${low} ${least} is more than ${high} ${most}`;
		return [errorAt(rangeOf([...path, low]), 'RF2005', summary, `exchange them, or raise ${high}`)];
	});

const valuesThatSuit = ({ rangeOf }: RuleInput, field: Draft<Field>, path: SpecPath): readonly Diagnostic[] => {
	const values = [
		...(field.fallback === undefined ? [] : [{ value: field.fallback, at: [...path, 'fallback'], isFallback: true }]),
		...placed(field.enum, [...path, 'enum']).map(({ part, path: at }) => ({ value: part, at, isFallback: false })),
	];
	const listed = field.enum?.filter((value) => value !== undefined);
	return values.flatMap(({ value, at, isFallback }) => {
		const fault =
			faultOf(field, value) ??
			(isFallback && listed !== undefined && !listed.includes(value) ? ['is not in `enum`', 'add it there, or write one of them'] : null);
		if (fault === null) return [];
		return [errorAt(rangeOf(at), 'RF2006', `${shown(value)} ${fault[0]}`, fault[1]!)];
	});
};

const shown = (value: Value): string => (typeof value === 'string' ? quote(value) : String(value));

/** Why a value breaks what its field says: what it is not, and the cure. */
export const faultOf = (field: Draft<Field>, value: Value): readonly [is: string, hint: string] | null => {
	if (!isOfType(field.type, value)) return [`is not of the type ${field.type}`, cureForType(field.type, value)];
	if (typeof value === 'number') {
		if (field.minimum !== undefined && value < field.minimum)
			return [`is less than the minimum ${field.minimum}`, 'write more, or lower `minimum`'];
		if (field.maximum !== undefined && value > field.maximum)
			return [`is more than the maximum ${field.maximum}`, 'write less, or raise `maximum`'];
	}
	if (typeof value !== 'string') return null;
	const length = [...value].length;
	if (field.minLength !== undefined && length < field.minLength)
		return [`is shorter than ${field.minLength} characters`, 'write more, or lower `minLength`'];
	if (field.maxLength !== undefined && length > field.maxLength)
		return [`is longer than ${field.maxLength} characters`, 'write less, or raise `maxLength`'];
	const format = field.format === undefined ? null : formatRule(field.format);
	return format === null || format.holds(value) ? null : [`is not ${format.article}`, format.hint];
};

const isOfType = (type: Field['type'] | undefined, value: Value): boolean => {
	if (type === undefined) return true;
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type;
};

const cureForType = (type: Field['type'] | undefined, value: Value): string => {
	if (type === 'string') return `put it in quotes: '${value}'`;
	return typeof value === 'string' && type !== 'boolean' && /^-?\d+(\.\d+)?$/.test(value)
		? `write it without quotes: ${value}`
		: `write a value of the type ${type}, or change \`type\``;
};
