type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that refer to themselves become `unknown` from here on. */
const MAX_DEPTH = 12;

/**
 * A JSON Schema as a TypeScript type, in one line for what is short and indented with tabs for objects. What a type cannot say (ranges, patterns)
 * is left out; what is not understood is `unknown`.
 */
export const typeOfSchema = (schema: unknown, indent = 0): string => typeAt(schema, { root: schema, indent, depth: 0 });

type Place = { readonly root: unknown; readonly indent: number; readonly depth: number };

const typeAt = (schema: unknown, place: Place): string => {
	if (schema === false) return 'never';
	if (!isRecord(schema) || place.depth > MAX_DEPTH) return 'unknown';
	const within = { ...place, depth: place.depth + 1 };
	if (typeof schema['$ref'] === 'string') return typeAt(referred(schema['$ref'], place.root), within);
	if ('const' in schema) return literal(schema['const']);
	if (Array.isArray(schema['enum'])) return union(schema['enum'].map(literal));
	for (const key of ['anyOf', 'oneOf'] as const)
		if (Array.isArray(schema[key])) return union(schema[key].map((branch) => typeAt(branch, within)));
	if (Array.isArray(schema['allOf'])) return schema['allOf'].map((part) => parenthesised(typeAt(part, within))).join(' & ') || 'unknown';
	const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type'] ?? ('properties' in schema ? 'object' : undefined)];
	return union(types.map((type) => typeNamed(type, schema, within)));
};

const typeNamed = (type: unknown, schema: JsonSchema, place: Place): string => {
	switch (type) {
		case 'string':
		case 'boolean':
		case 'null':
			return type;
		case 'number':
		case 'integer':
			return 'number';
		case 'array':
			return `readonly ${parenthesised('items' in schema ? typeAt(schema['items'], place) : 'unknown')}[]`;
		case 'object':
			return objectType(schema, place);
		default:
			return 'unknown';
	}
};

const objectType = (schema: JsonSchema, place: Place): string => {
	const properties = isRecord(schema['properties']) ? Object.entries(schema['properties']) : [];
	const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
	const more = schema['additionalProperties'];
	if (properties.length === 0)
		return `Readonly<Record<string, ${isRecord(more) ? typeAt(more, place) : more === false ? 'never' : 'unknown'}>>`;
	const inner = { ...place, indent: place.indent + 1 };
	const tabs = '\t'.repeat(inner.indent);
	const lines = properties.map(([name, child]) => {
		const comment =
			isRecord(child) && typeof child['description'] === 'string' ? `${tabs}/** ${commentText(child['description'])} */\n` : '';
		return `${comment}${tabs}readonly ${propertyName(name)}${required.has(name) ? '' : '?'}: ${typeAt(child, inner)};\n`;
	});
	return `{\n${lines.join('')}${'\t'.repeat(place.indent)}}`;
};

const referred = (reference: string, root: unknown): unknown => {
	if (!reference.startsWith('#')) return undefined;
	return reference
		.slice(1)
		.split('/')
		.filter((part) => part !== '')
		.reduce<unknown>((here, part) => (isRecord(here) ? here[part.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined), root);
};

const isRecord = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

const union = (types: readonly string[]): string => {
	const distinct = [...new Set(types)];
	if (distinct.includes('unknown')) return 'unknown';
	return distinct.map((type) => (type.includes(' & ') ? `(${type})` : type)).join(' | ') || 'never';
};

const parenthesised = (type: string): string => (/ [|&] |^readonly /.test(type) && !type.startsWith('{') ? `(${type})` : type);

/** A literal type; `unknown` for what has none. */
export const literal = (value: unknown): string => {
	if (typeof value === 'string') return quoted(value);
	if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
	return 'unknown';
};

/** In single quotes, with nothing in it that could end the text early. */
export const quoted = (text: string): string =>
	`'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'").replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;

const propertyName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

const commentText = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('*/', '*\\/').trim();
