import { type Diagnostic, errorAt } from '../../diagnostics/diagnostic.ts';
import { hintForName } from '../../diagnostics/suggest.ts';
import { quote } from '../../diagnostics/visible.ts';
import type { DataCondition, Field } from '../../model/campaign-spec.gen.ts';
import { fieldPathOf } from '../../model/recipient.ts';
import type { SpecPath } from '../checked-spec.ts';
import type { Draft } from '../draft-spec.ts';
import { lookUpField } from '../template/known-fields.ts';
import { faultOf } from './fields.ts';
import { conditionsOf, placed, type RuleInput } from './rule.ts';

/** Conditions on data name fields that there are, and values that those can have. */
export const conditionProblems = (input: RuleInput): readonly Diagnostic[] =>
	conditionsOf(input.draft).flatMap(({ part, path }) =>
		Object.entries(part.data ?? {}).flatMap(([written, condition]) => {
			const here = [...path, 'data', written];
			const found = lookUpField(input.draft, fieldPathOf(written));
			if (found.kind === 'unknown') return [errorAt(input.rangeOf(here, 'key'), 'RF3061', found.summary, found.hint)];
			return found.kind === 'unsure' || condition === undefined
				? []
				: conditionProblem(input, { field: found.field, condition, path: here });
		}),
	);

type Condition = { readonly field: Draft<Field>; readonly condition: Draft<DataCondition>; readonly path: SpecPath };

const conditionProblem = (input: RuleInput, { field, condition, path }: Condition): readonly Diagnostic[] => {
	if (typeof condition !== 'object') return neverHeld(input, { field, value: condition, path });
	const bounds = (['min', 'max'] as const).filter((key) => condition[key] !== undefined);
	const isNumber = field.type === 'number' || field.type === 'integer' || field.type === undefined;
	return [
		...(isNumber
			? []
			: bounds.map((key) =>
					errorAt(
						input.rangeOf([...path, key]),
						'RF3066',
						`\`${key}\` is for numbers, and the field is of the type ${field.type}`,
						'write `in: [...]`, or give the field `type: number`',
					),
				)),
		...(condition.min !== undefined && condition.max !== undefined && condition.min > condition.max
			? [
					errorAt(
						input.rangeOf([...path, 'min']),
						'RF2005',
						`min ${condition.min} is more than max ${condition.max}`,
						'exchange them, or raise max',
					),
				]
			: []),
		...placed(condition.in, [...path, 'in']).flatMap(({ part, path: place }) => neverHeld(input, { field, value: part, path: place })),
	];
};

type Compared = { readonly field: Draft<Field>; readonly value: string | number | boolean; readonly path: SpecPath };

/** A value that the field cannot have is a mistake in one of the two. */
const neverHeld = ({ rangeOf }: RuleInput, { field, value, path }: Compared): readonly Diagnostic[] => {
	const fault = faultOf(field, value);
	const shown = typeof value === 'string' ? quote(value) : String(value);
	if (fault !== null) return [errorAt(rangeOf(path), 'RF3066', `no row has this value: ${shown} ${fault[0]}`, fault[1])];
	const listed = field.enum?.filter((one) => one !== undefined);
	if (listed === undefined || listed.length < field.enum!.length || listed.includes(value)) return [];
	return [
		errorAt(
			rangeOf(path),
			'RF3066',
			`no row has this value: ${shown} is not in the \`enum\` of the field`,
			hintForName(String(value), listed.map(String)),
		),
	];
};

/** The brand's colours come out of a picture. */
export const brandProblems = ({ draft, rangeOf }: RuleInput): readonly Diagnostic[] => {
	const written = draft.brand?.colors?.from;
	if (written === undefined) return [];
	const at = rangeOf(['brand', 'colors', 'from']);
	const path = fieldPathOf(written);
	const found = lookUpField(draft, path);
	if (found.kind === 'unknown') return [errorAt(at, 'RF3061', found.summary, found.hint)];
	if (
		found.kind === 'unsure' ||
		found.field.format === 'image' ||
		(Object.hasOwn(found.field, 'format') && found.field.format === undefined)
	)
		return [];
	const hint = `write \`${path.field}: {type: string, format: image}\` in the fields of its source`;
	return [errorAt(at, 'RF3066', `the field ${quote(written)} is not said to be a picture`, hint)];
};
