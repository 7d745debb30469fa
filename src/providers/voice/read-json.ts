/** The value of JSON text; undefined for anything else. */
export const readJson = (text: string | Uint8Array): unknown => {
	try {
		return JSON.parse(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'));
	} catch {
		return undefined;
	}
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
