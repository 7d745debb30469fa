/** Readers of answers that nobody vouches for: what is missing or of another type is null or empty, and never throws. */

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

/** The value of nested keys that are its own. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
	keys.reduce<unknown>((inner, key) => (Object.hasOwn(fieldsOf(inner), key) ? fieldsOf(inner)[key] : undefined), value);

const LONGEST_TEXT = 2000;

/** A text, or a number as one; trimmed. Null for an empty one. */
export const textAt = (value: unknown, ...keys: readonly string[]): string | null => {
	const found = at(value, ...keys);
	if (typeof found !== 'string' && typeof found !== 'number') return null;
	return String(found).trim().slice(0, LONGEST_TEXT) || null;
};

/** A finite number above 0, also written as text. */
export const sizeAt = (value: unknown, ...keys: readonly string[]): number | null => {
	const found = Number(textAt(value, ...keys) ?? Number.NaN);
	return Number.isFinite(found) && found > 0 ? found : null;
};

/** `#rrggbb` in lower case. */
export const colorAt = (value: unknown, ...keys: readonly string[]): string | null => {
	const found = textAt(value, ...keys)?.toLowerCase() ?? '';
	return /^#[0-9a-f]{6}$/.test(found) ? found : null;
};

/** An absolute address of the web. */
export const linkAt = (value: unknown, ...keys: readonly string[]): string | null => {
	const found = textAt(value, ...keys);
	return found !== null && /^https?:\/\//.test(found) && URL.canParse(found) ? found : null;
};
