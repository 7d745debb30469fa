import type { DataCondition, FieldCondition } from '../model/campaign-spec.gen.ts';
import { type FieldValue, fieldPathOf, type RowValues, valueAt } from '../model/recipient.ts';

type Scalar = string | number | boolean;

/** Whether all conditions of a `when.data` hold for a row, made ready for many rows. */
export const dataTest = (data: Readonly<Record<string, DataCondition>>): ((values: RowValues) => boolean) => {
	const tests = Object.entries(data).map(([written, condition]) => ({ path: fieldPathOf(written), meets: fieldTest(condition) }));
	return (values) => tests.every(({ path, meets }) => meets(valueAt(values, path)));
};

type FieldTest = (value: FieldValue) => boolean;

const fieldTest = (condition: DataCondition): FieldTest => {
	if (typeof condition !== 'object') return among([condition]);
	const tests = testsOf(condition);
	return (value) => tests.every((test) => test(value));
};

const testsOf = (condition: FieldCondition): readonly FieldTest[] => {
	const { min, max, present } = condition;
	return [
		...(condition.in === undefined ? [] : [among(condition.in)]),
		...(min === undefined ? [] : [(value: FieldValue) => typeof value === 'number' && value >= min]),
		...(max === undefined ? [] : [(value: FieldValue) => typeof value === 'number' && value <= max]),
		...(present === undefined ? [] : [(value: FieldValue) => (value !== null) === present]),
	];
};

/** A row's value has the type of its field. YAML's guess at the type of what a condition says does not count: `plan: 5` is met by the text and by the number. */
const among = (scalars: readonly Scalar[]): FieldTest => {
	const texts = new Set(scalars.map(String));
	return (value) => value !== null && texts.has(typeof value === 'string' ? value : String(value));
};
