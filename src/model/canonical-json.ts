/**
 * JSON with sorted keys and no spaces: one spelling per value, so equal values hash alike.
 * @throws TypeError for what JSON would silently change (undefined, NaN, Date, Map): two different inputs must never share a key.
 */
export const canonicalJson = (value: unknown): string => {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
	// As JSON spells a finite number; -0 is 0.
	if (typeof value === 'number' && Number.isFinite(value)) return `${value}`;
	if (Array.isArray(value)) return canonicalArray(value);
	if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return canonicalObject(value as PlainObject);
	throw new TypeError(`not canonical JSON: ${String(value)}`);
};

type PlainObject = Readonly<Record<string, unknown>>;

// Megabytes of messages are spelt for a plan: text is added to in place, since lists of parts would cost more than the parts.
const canonicalArray = (values: readonly unknown[]): string => {
	let text = '';
	for (let index = 0; index < values.length; index++)
		text += index === 0 ? canonicalJson(values[index]) : `,${canonicalJson(values[index])}`;
	return `[${text}]`;
};

const canonicalObject = (value: PlainObject): string => {
	let text = '';
	for (const key of Object.keys(value).sort()) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key])}`;
	return `{${text}}`;
};
