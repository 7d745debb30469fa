/** Path of the first place where two JSON values differ, as in `scenes[0].layers[1].size`, or null when they are equal. */
export const firstDifference = (a: unknown, b: unknown, path = ''): string | null => {
	if (Object.is(a, b)) return null;
	if (Array.isArray(a) && Array.isArray(b)) {
		const found = firstOf(Math.min(a.length, b.length), (index) => firstDifference(a[index], b[index], `${path}[${index}]`));
		return found ?? (a.length === b.length ? null : `${path}[${Math.min(a.length, b.length)}]`);
	}
	if (isRecord(a) && isRecord(b)) {
		const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
		return firstOf(keys.length, (index) =>
			firstDifference(a[keys[index]!], b[keys[index]!], path === '' ? keys[index]! : `${path}.${keys[index]!}`),
		);
	}
	return path === '' ? '(whole value)' : path;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const firstOf = (length: number, find: (index: number) => string | null): string | null => {
	for (let index = 0; index < length; index++) {
		const found = find(index);
		if (found !== null) return found;
	}
	return null;
};
