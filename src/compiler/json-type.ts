/** The types that the schema tells apart. */
export type JsonType = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'mapping';

export const jsonTypeOf = (value: unknown): JsonType => {
	if (value === null || value === undefined) return 'null';
	if (Array.isArray(value)) return 'list';
	if (typeof value === 'string') return 'text';
	if (typeof value === 'object') return 'mapping';
	return typeof value === 'boolean' ? 'boolean' : 'number';
};

/** What a value is, in a sentence: `a list`, `the number 12`. */
export const describeValue = (value: unknown): string => {
	switch (jsonTypeOf(value)) {
		case 'null':
			return 'nothing';
		case 'boolean':
			return `${value}`;
		case 'number':
			if (Number.isNaN(value)) return 'something that is not a number';
			return Number.isFinite(value) ? `the number ${value}` : 'an endless number';
		case 'text':
			return 'a text';
		case 'list':
			return 'a list';
		case 'mapping':
			return 'a mapping';
	}
};

/** A JSON Schema type in the words of a sentence. */
export const describeType = (schemaType: string): string => SCHEMA_TYPES[schemaType] ?? schemaType;

const SCHEMA_TYPES: Readonly<Record<string, string>> = {
	string: 'a text',
	number: 'a number',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'a mapping (`key: value`)',
	null: 'nothing',
};

/** Whether a value is of a JSON Schema type. */
export const isOfType = (value: unknown, schemaType: string): boolean => {
	const type = jsonTypeOf(value);
	switch (schemaType) {
		case 'string':
			return type === 'text';
		case 'array':
			return type === 'list';
		case 'object':
			return type === 'mapping';
		case 'integer':
			return Number.isInteger(value);
		default:
			return type === schemaType;
	}
};
