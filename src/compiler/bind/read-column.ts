type Values = Readonly<Record<string, unknown>>;

/**
 * How a column is read: as it is named, and else with its dots as steps into nested values. Only what records have themselves is seen, nothing that they inherit;
 * undefined when there is no such thing.
 */
export const makeColumnReader = (column: string): ((values: Values) => unknown) => {
	if (!column.includes('.')) return (values) => (Object.hasOwn(values, column) ? values[column] : undefined);
	const steps = column.split('.');
	return (values) => (Object.hasOwn(values, column) ? values[column] : nested(values, steps));
};

const nested = (values: Values, steps: readonly string[]): unknown => {
	let here: unknown = values;
	for (const step of steps) {
		if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
		here = (here as Values)[step];
	}
	return here;
};
