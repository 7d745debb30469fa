/**
 * JSON with sorted keys and no spaces: one spelling per value, so equal values hash alike.
 * @throws TypeError for what JSON would silently change (undefined, NaN, Date, Map): two different inputs must never share a key.
 */
export const canonicalJson = (value: unknown): string => {
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
	if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(Object.is(value, -0) ? 0 : value);
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
		const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
		return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
	}
	throw new TypeError(`not canonical JSON: ${String(value)}`);
};
