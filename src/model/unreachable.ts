/** Compile error when a case is missing; throws if reached all the same. */
export const unreachable = (value: never): never => {
	throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
